"""What is held back: whose it is, what it says, and a person's decision on it."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions import record_audit
from accounts.models import ActorAccount, Login, Person
from records.models import QuarantinedStatement
from records.statements import VERBS
from records.storage import hold_log
from sync import policy
from sync.errors import DecidedAlreadyError, NotAcceptableError, StillRefusedError
from sync.reasons import ACCEPTABLE, WAIVED, label_of
from sync.receiving import readmit

ACCEPTED, SET_ASIDE = QuarantinedStatement.Decision.ACCEPTED, QuarantinedStatement.Decision.SET_ASIDE
_MOST_AT_ONCE = 1000
_SAYS = {
    ("lesson", "initialized"): _("A lesson was begun"),
    ("lesson", "progressed"): _("A place in a lesson"),
    ("lesson", "completed"): _("A lesson was read to its end"),
    ("attempt", "initialized"): _("A test was begun"),
    ("attempt", "answered"): _("A question was answered"),
    ("attempt", "submitted"): _("A test was handed in"),
}
_VERB_OF_IRI = {iri: verb for verb, iri in VERBS.items()}


@dataclass(frozen=True, slots=True)
class Content:
    """What a held line claims, as far as it can be read. It is not more certain than its reason says."""

    words: Any
    at: datetime | None
    sequence: int


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one person held for one reason; `first` stands for them."""

    first: QuarantinedStatement
    count: int
    newest: datetime
    label: Any


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of the lines a decision was about."""

    done: int
    refused: Mapping[str, int]


@transaction.atomic
def decide_held(
    *,
    by: Login,
    row: QuarantinedStatement,
    accept: bool,
    note: str = "",
    alike: bool = False,
    now: datetime | None = None,
) -> Decided:
    """Accept a held line, or set it aside; with `alike` all undecided lines of the same person and reason. Audited.

    Accepting takes the line in once, as if it came now without the waived reason; every other rule holds.
    A line that was set aside can still be accepted. Raise PermissionDenied, NotAcceptableError,
    DecidedAlreadyError, StillRefusedError where none could be accepted.
    """
    policy.QUARANTINED.check(by, row)
    if accept and row.reason not in ACCEPTABLE:
        raise NotAcceptableError
    hold_log()
    rows = _rows_to_decide(by, row, alike=alike)
    if not rows:
        raise DecidedAlreadyError
    moment = now or timezone.now()
    refused = _readmit(rows, moment) if accept else {}
    done = [each for each in rows if each.pk not in refused]
    if not done:
        raise StillRefusedError(next(iter(refused.values())))
    for each in done:
        each.decision, each.note = (ACCEPTED if accept else SET_ASIDE), note[:300]
        each.decided_at, each.decided_by_uuid = moment, by.person.uuid
    fields = ["decision", "note", "decided_at", "decided_by_uuid"]
    QuarantinedStatement.objects.bulk_update(done, fields, batch_size=100)
    _audit(by, done, "held-work.accepted" if accept else "held-work.set-aside")
    return Decided(len(done), Counter(refused.values()))


def people_of(rows: Iterable[QuarantinedStatement]) -> dict[UUID, Person]:
    """Return row uuid -> the person it is proven to be of, else who brought it. Two queries."""
    held = list(rows)
    actors = {each.said_by_uuid for each in held if each.said_by_uuid}
    carriers = {each.carried_by_uuid for each in held if each.carried_by_uuid and not each.said_by_uuid}
    accounts = ActorAccount.objects.filter(uuid__in=actors).select_related("person__country")
    by_actor = {account.uuid: account.person for account in accounts}
    by_uuid = {person.uuid: person for person in Person.objects.filter(uuid__in=carriers).select_related("country")}
    found: dict[UUID, Person] = {}
    for each in held:
        person = by_actor.get(each.said_by_uuid) if each.said_by_uuid else None
        if each.carried_by_uuid and not each.said_by_uuid:
            person = by_uuid.get(each.carried_by_uuid)
        if person:
            found[each.uuid] = person
    return found


def groups_of(rows: Iterable[QuarantinedStatement]) -> list[Group]:
    """Return lines by person and reason, the newest first."""
    groups: dict[tuple[Any, ...], list[QuarantinedStatement]] = {}
    for each in rows:
        whose = each.said_by_uuid or each.carried_by_uuid
        groups.setdefault((each.said_by_uuid is None, whose, each.reason), []).append(each)
    found = [
        Group(members[0], len(members), max(each.received_at for each in members), label_of(reason))
        for (_certain, _whose, reason), members in groups.items()
    ]
    return sorted(found, key=lambda group: group.newest, reverse=True)


def alike_to(rows: QuerySet[QuarantinedStatement], row: QuarantinedStatement) -> QuerySet[QuarantinedStatement]:
    """Return the undecided lines of the same proven person, held for the same reason; none where nothing is proven."""
    if row.said_by_uuid is None:
        return rows.none()
    return rows.filter(said_by_uuid=row.said_by_uuid, reason=row.reason, decision="")


def content_of(row: QuarantinedStatement) -> Content:
    """Return what a line claims; whatever it is made of, it can be shown."""
    try:
        body = json.loads(row.text)
        unit = body["context"]["extensions"]["unit"]["kind"]
        words = _SAYS.get((unit, _VERB_OF_IRI.get(body["verb"]["id"], "")))
        at = datetime.fromisoformat(body["timestamp"])
        sequence = body["context"]["extensions"].get("device", {}).get("seq", 0)
        is_plain = at.tzinfo is not None and type(sequence) is int
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        is_plain = False
    if not is_plain:
        return Content(_("It cannot be read"), None, 0)
    return Content(words or _("Something that devices do not report"), at, sequence)


def _rows_to_decide(by: Login, row: QuarantinedStatement, *, alike: bool) -> list[QuarantinedStatement]:
    """Return the rows under the log's lock, as their device said them: of two decisions at once one finds none."""
    rows = QuarantinedStatement.objects.exclude(decision=ACCEPTED)
    own = list(rows.filter(pk=row.pk))
    if not own or not alike:
        return own
    others = alike_to(policy.QUARANTINED.filter(rows, by), row).exclude(pk=row.pk)[:_MOST_AT_ONCE]
    return sorted([*own, *others], key=lambda each: (content_of(each).sequence, each.pk))


def _readmit(rows: Sequence[QuarantinedStatement], moment: datetime) -> dict[int, str]:
    """Take the lines in; return primary key -> reason for those that are still refused."""
    receipt = readmit([f"{each.signature} {each.text}" for each in rows], waived=WAIVED, now=moment)
    return {rows[each.line].pk: each.reason for each in receipt.held}


def _audit(by: Login, rows: Sequence[QuarantinedStatement], act: str) -> None:
    person = people_of(rows[:1]).get(rows[0].uuid)
    detail = {"reason": rows[0].reason, "lines": len(rows), "first": str(rows[0].uuid)}
    record_audit(by=by, act=act, target=person, country=person.country if person else None, detail=detail)
