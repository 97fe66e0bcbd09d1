"""What messages say: each app names its own kinds, and the words are made in the reader's language."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.models.messages import Message

_LANGUAGE_IN_FRONT = re.compile(f"^/(?:{'|'.join(code for code, _name in settings.LANGUAGES)})/")


@dataclass(frozen=True, slots=True)
class MessageKind:
    """How one kind of message reads. Its texts are translated late and name their facts: `%(title)s`.

    A fact whose name ends in `_on` is an ISO date and is written as one; a fact that is a mapping is
    a text by language. `mails` says whether it is also sent by e-mail where the person has an address.
    """

    code: str
    title: Any
    text: Any
    link_label: Any = ""
    mails: bool = True


@dataclass(frozen=True, slots=True)
class Words:
    """One message as it is read."""

    title: str
    text: str
    link: str
    link_label: str


_kinds: dict[str, MessageKind] = {}


def register_message(kind: MessageKind) -> None:
    """Name a kind of message; call it from an app's ready()."""
    _kinds[kind.code] = kind


def mailed_codes() -> list[str]:
    """Return the codes of the kinds that also go out by e-mail."""
    return sorted(code for code, kind in _kinds.items() if kind.mails)


def words_of(message: Message) -> Words:
    """Return a message in the active language. No query."""
    kind = _kinds.get(message.code)
    if kind is None:
        text = gettext("This message came from a part of the site that is no longer here. Nothing is asked of you.")
        return Words(gettext("A message without words"), text, "", "")
    facts = _Facts({name: _written(name, value) for name, value in message.facts.items()})
    link = local_link(message.link)
    label = str(kind.link_label) or gettext("Open the page")
    return Words(str(kind.title) % facts, str(kind.text) % facts, link, label if link else "")


def local_link(link: str) -> str:
    """Return an address of this site with the active language in front, whatever language made it."""
    return _LANGUAGE_IN_FRONT.sub(f"/{get_language() or settings.LANGUAGE_CODE}/", link, count=1)


class _Facts(dict[str, str]):
    """Facts by name; one that is missing leaves a gap, never an error on somebody's inbox."""

    def __missing__(self, key: str) -> str:
        return "…"


def _written(name: str, value: Any) -> str:
    if isinstance(value, Mapping):
        language = (get_language() or "en").partition("-")[0]
        return str(value.get(language) or value.get("en") or next(iter(value.values()), ""))
    if name.endswith("_on") and value:
        return date_format(dt.date.fromisoformat(value), "DATE_FORMAT")
    return str(value)


register_message(
    MessageKind(
        "accounts.name-corrected",
        _("Your name was corrected"),
        _("A coordinator changed how your name is written here. If it is still wrong, tell your coordinator."),
        mails=False,
    )
)
