"""The form of a statement: built, read and checked here, in xAPI's shape. Pure.

A statement is about one *unit*: a lesson visit, an attempt, an enrolment, an award. It names the
unit in its context, so that `records` can gather all statements of a unit without knowing what a
lesson is. One that was said on a device says in its `device` extension which device it was, its place
there (`seq`, `prev`), and how long the page had been open (`page`, `ms`).
"""

import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from elearning.lib.canonical import NotCanonicalError, canonical_json, sha256_hex
from records.errors import MalformedStatementError

LARGEST_STATEMENT_BYTES = 64 * 1024

VERBS = {
    "registered": "http://adlnet.gov/expapi/verbs/registered",
    "initialized": "http://adlnet.gov/expapi/verbs/initialized",
    "progressed": "http://adlnet.gov/expapi/verbs/progressed",
    "completed": "http://adlnet.gov/expapi/verbs/completed",
    "answered": "http://adlnet.gov/expapi/verbs/answered",
    "submitted": "http://activitystrea.ms/schema/1.0/submit",
    "earned": "http://id.tincanapi.com/verb/earned",
    "revoked": "http://adlnet.gov/expapi/verbs/voided",
    "noticed": "http://activitystrea.ms/schema/1.0/flag-as-inappropriate",
    "approved": "http://activitystrea.ms/schema/1.0/approve",
    "denied": "http://activitystrea.ms/schema/1.0/deny",
    "marked": "http://adlnet.gov/expapi/verbs/scored",
    "regraded": "http://activitystrea.ms/schema/1.0/update",
    "accommodated": "http://activitystrea.ms/schema/1.0/authorize",
    "restored": "http://activitystrea.ms/schema/1.0/confirm",
    "attended": "http://adlnet.gov/expapi/verbs/attended",
    "evidenced": "http://activitystrea.ms/schema/1.0/add",
    "retracted": "http://activitystrea.ms/schema/1.0/retract",
    "responded": "http://adlnet.gov/expapi/verbs/responded",
    "merged": "http://activitystrea.ms/schema/1.0/join",
    "parted": "http://activitystrea.ms/schema/1.0/leave",
}
_VERB_OF_IRI = {iri: verb for verb, iri in VERBS.items()}
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PREVIOUS = re.compile(r"([0-9a-f]{32})?")
_PAGE = re.compile(r"[0-9a-f]{8}")
UNIT_KEY = "unit"
FACTS_KEY = "facts"
DEVICE_KEY = "device"
_DEVICE_PARTS = {"id", "seq", "prev", "page", "ms"}


@dataclass(frozen=True)
class Said:
    """One well-formed statement, with the facts the log indexes beside its exact text."""

    id: uuid.UUID
    actor_uuid: uuid.UUID
    verb: str
    unit_kind: str
    unit_uuid: uuid.UUID
    text: str
    sha256: str

    @cached_property
    def body(self) -> dict[str, Any]:
        """The statement as a mapping."""
        body: dict[str, Any] = json.loads(self.text)
        return body

    @property
    def facts(self) -> dict[str, Any]:
        """What the statement says beyond actor, verb and unit; empty where it says no more."""
        facts: dict[str, Any] = self.body["context"]["extensions"].get(FACTS_KEY, {})
        return facts

    @property
    def device(self) -> dict[str, Any]:
        """Which device said it, and where in what that device said; empty for what the site said itself."""
        device: dict[str, Any] = self.body["context"]["extensions"].get(DEVICE_KEY, {})
        return device

    @property
    def timestamp(self) -> str:
        """When it happened, by the clock of the one who said it: ISO 8601 in UTC."""
        stamp: str = self.body["timestamp"]
        return stamp


def build_statement(  # noqa: PLR0913  # a statement has this many parts, all named
    *,
    base: str,
    actor_uuid: uuid.UUID,
    verb: str,
    activity: str,
    unit: tuple[str, uuid.UUID],
    timestamp: datetime,
    facts: Mapping[str, Any] | None = None,
    registration: uuid.UUID | None = None,
    statement_id: uuid.UUID | None = None,
    device: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return a statement: who did what to which activity, in which unit, when (an aware time)."""
    context: dict[str, Any] = {"extensions": {UNIT_KEY: {"kind": unit[0], "id": str(unit[1])}}}
    if facts:
        context["extensions"][FACTS_KEY] = dict(facts)
    if device:
        context["extensions"][DEVICE_KEY] = dict(device)
    if registration:
        context["registration"] = str(registration)
    return {
        "id": str(statement_id or uuid.uuid4()),
        "actor": {"objectType": "Agent", "account": {"homePage": base, "name": str(actor_uuid)}},
        "verb": {"id": VERBS[verb]},
        "object": {"objectType": "Activity", "id": activity},
        "context": context,
        "timestamp": utc_text(timestamp),
    }


def utc_text(moment: datetime) -> str:
    """Return an aware time as ISO 8601 in UTC with milliseconds.

    >>> from datetime import UTC, datetime
    >>> utc_text(datetime(2026, 11, 22, 5, 20, tzinfo=UTC))
    '2026-11-22T05:20:00.000Z'
    """
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def read_statement(body: Any) -> Said:
    """Return the checked statement; raise MalformedStatementError naming what is wrong."""
    try:
        text = canonical_json(body)
    except NotCanonicalError as error:
        raise MalformedStatementError(str(error)) from None
    if len(text) > LARGEST_STATEMENT_BYTES // 4 and len(text.encode()) > LARGEST_STATEMENT_BYTES:
        msg = f"it is longer than {LARGEST_STATEMENT_BYTES} bytes"
        raise MalformedStatementError(msg)
    try:
        unit = body["context"]["extensions"][UNIT_KEY]
        said = Said(
            id=_read_uuid(body["id"]),
            actor_uuid=_read_uuid(body["actor"]["account"]["name"]),
            verb=_VERB_OF_IRI[body["verb"]["id"]],
            unit_kind=unit["kind"],
            unit_uuid=_read_uuid(unit["id"]),
            text=text,
            sha256=sha256_hex(text),
        )
        _check_time(body["timestamp"])
        _check_text(body["object"]["id"], "the IRI of an activity")
        _check_text(unit["kind"], "the kind of a unit")
        _check_facts(body["context"]["extensions"].get(FACTS_KEY, {}))
        if DEVICE_KEY in body["context"]["extensions"]:
            _check_device(body["context"]["extensions"][DEVICE_KEY])
    except (KeyError, TypeError, AttributeError) as error:
        msg = f"{type(error).__name__} at {error}"
        raise MalformedStatementError(msg) from None
    return said


def _read_uuid(value: Any) -> uuid.UUID:
    # Two spellings of one id would be two hashes of one statement.
    if not _UUID.fullmatch(value):
        msg = f"{value!r} is not a UUID in its plain lower-case form"
        raise MalformedStatementError(msg)
    return uuid.UUID(value)


def _check_time(value: Any) -> None:
    try:
        moment = datetime.fromisoformat(value)
        # In UTC it must be a time too: the first hour of the year 1 east of Greenwich is none.
        is_time = moment.tzinfo is not None and bool(moment.astimezone(UTC))
    except (ValueError, OverflowError):
        is_time = False
    if not is_time:
        msg = f"{value!r} is not a time with its offset from UTC"
        raise MalformedStatementError(msg)


def _check_text(value: Any, what: str) -> None:
    if type(value) is not str or not value:
        msg = f"{value!r} is not {what}"
        raise MalformedStatementError(msg)


def _check_facts(value: Any) -> None:
    if type(value) is not dict:
        msg = f"the facts are a {type(value).__name__}, not a mapping"
        raise MalformedStatementError(msg)


def _check_device(value: Any) -> None:
    """Refuse a device extension that has anything but its five parts, each of its type."""
    if type(value) is not dict or set(value) != _DEVICE_PARTS:
        msg = f"the device is not a mapping of {', '.join(sorted(_DEVICE_PARTS))}"
        raise MalformedStatementError(msg)
    _read_uuid(value["id"])
    is_told = _PREVIOUS.fullmatch(value["prev"]) and _PAGE.fullmatch(value["page"])
    is_first = value["prev"] == ""
    if not is_told or type(value["seq"]) is not int or value["seq"] < 1 or is_first != (value["seq"] == 1):
        msg = f"{value!r} is no place among the statements of a device"
        raise MalformedStatementError(msg)
    if type(value["ms"]) is not int or value["ms"] < 0:
        msg = f"{value['ms']!r} is no whole number of milliseconds"
        raise MalformedStatementError(msg)
