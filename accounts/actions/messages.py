"""Tell people something, once; and note that they have read it."""

import logging
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone, translation

from accounts.messaging import mailed_codes, words_of
from accounts.models import Login, Message, Person
from elearning.lib.canonical import canonical_json, sha256_hex

logger = logging.getLogger(__name__)
_MAILS_AT_A_TIME = 200
# Older than this it is no news: a mail server that comes back after a month floods nobody.
_MAIL_WITHIN_DAYS = 14


@dataclass(frozen=True, slots=True)
class Telling:
    """One message to be: to whom, which, about what. An equal `key` to the same person is told once."""

    person: Person
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    link: str = ""
    key: str = ""

    @property
    def once(self) -> str:
        """The key; where none is given, the same words about the same facts are one message."""
        return self.key or f"{self.code}/{sha256_hex(canonical_json([self.code, dict(self.facts), self.link]))[:40]}"


def send_message(
    *, person: Person, code: str, facts: Mapping[str, Any] | None = None, link: str = "", key: str = ""
) -> bool:
    """Put a message in somebody's inbox; return whether it is new. The same key again changes nothing.

    `code` is registered with accounts.messaging.register_message; `facts` fill its words when it is read;
    `link` is an address of this site in any language.
    """
    return send_messages([Telling(person, code, facts or {}, link, key)]) == 1


@transaction.atomic
def send_messages(tellings: Sequence[Telling]) -> int:
    """Put many messages in inboxes; return how many are new. Two queries for each 500."""
    now = timezone.now()
    wanted = {(each.person.pk, each.once): each for each in tellings}
    people = {person for person, _key in wanted}
    keys = {key for _person, key in wanted}
    known = _known(people, keys)
    rows = [
        Message(person_id=person, key=key, code=each.code, facts=dict(each.facts), link=each.link, created_at=now)
        for (person, key), each in wanted.items()
        if (person, key) not in known
    ]
    # Whoever told the same at the same moment wins; the constraint lets nobody be told twice.
    Message.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    return len(rows)


def _known(people: Collection[int], keys: Collection[str]) -> set[tuple[int, str]]:
    found: set[tuple[int, str]] = set()
    listed = sorted(keys)
    for start in range(0, len(listed), 500):
        rows = Message.objects.filter(person__in=people, key__in=listed[start : start + 500])
        found.update(rows.values_list("person_id", "key"))
    return found


def mark_read(*, by: Login, only: uuid.UUID | None = None) -> int:
    """Note that one's own messages were read: all, or one; return how many were new."""
    rows = Message.objects.filter(person=by.person_id).unread()
    if only is not None:
        rows = rows.filter(uuid=only)
    return rows.update(read_at=timezone.now())


def mail_messages(now: datetime) -> int:
    """Send what was not mailed yet to those with an address; return how many went out. For run_due.

    A message is claimed before it is sent, so that two runs at once send one mail; a server that
    refuses gives the claim back, and the next run tries again.
    """
    if not settings.RELAIS_SENDS_MAIL:
        return 0
    since = now - timedelta(days=_MAIL_WITHIN_DAYS)
    rows = Message.objects.filter(
        mailed_at__isnull=True,
        created_at__gte=since,
        code__in=mailed_codes(),
        person__login__email__isnull=False,
        person__login__is_active=True,
    ).select_related("person__login")
    return sum(_mail(row, now) for row in rows.order_by("created_at")[:_MAILS_AT_A_TIME])


def _mail(message: Message, now: datetime) -> bool:
    if not Message.objects.filter(pk=message.pk, mailed_at__isnull=True).update(mailed_at=now):
        return False
    with translation.override(message.person.language):
        words = words_of(message)
        base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
        body = f"{words.text}\n\n{base}{words.link}\n" if words.link else f"{words.text}\n"
        mail = EmailMessage(subject=words.title, body=body, to=[message.person.login.email or ""])
    try:
        mail.send()
    except OSError:
        Message.objects.filter(pk=message.pk).update(mailed_at=None)
        logger.exception("message %s was not mailed", message.uuid)
        return False
    return True
