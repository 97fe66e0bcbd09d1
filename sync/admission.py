"""What a device may say: each line is judged by what it proves and by what this site knows itself.

The order of the rules is fixed: what proves who speaks comes before what is spoken of, so that nobody
learns from a reason anything about somebody else's work.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from assessments.admitting import judge_attempt_statements
from assessments.keeping import Kept
from certificates.evaluation.answering import FOLLOW_UP, LEARNER, read_answer
from courses.models import Enrolment
from courses.progress import lesson_unit
from elearning.lib.signing import from_base64, is_signed, to_base64
from records.errors import MalformedStatementError
from records.quarantining import Refusal
from records.statements import Said, utc_text
from sync.devices import DeviceKey, DeviceState, find_devices
from sync.errors import LineUnreadableError, SealUnreadableError
from sync.keys import SiteKeys
from sync.lines import Line, decode_line, is_sealed, read_line, read_said
from sync.reasons import Reason

LARGEST_NUMBER = 1_000_000
# Ten years in milliseconds; a number beyond it is no length of a page's life.
LONGEST_MS = 10 * 366 * 24 * 3600 * 1000
LARGEST_SEQUENCE = 1_000_000_000
BEFORE_ENROLMENT = dt.timedelta(days=1)
INTO_FUTURE = dt.timedelta(hours=24)
ALLOWED = {
    "lesson": frozenset({"initialized", "progressed", "completed"}),
    "attempt": frozenset({"initialized", "answered", "submitted"}),
    FOLLOW_UP: frozenset({"responded"}),
}
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PARTS = {"id", "actor", "verb", "object", "context", "timestamp"}
_LONGEST_PROBLEM = 300


@dataclass(frozen=True, slots=True)
class Spoken:
    """One statement of a device as it came: in which line, and by which signature."""

    number: int
    said: Said
    signature: str
    at: dt.datetime
    device: UUID
    sequence: int
    previous: str


@dataclass(frozen=True, slots=True)
class Refused:
    """One line that is refused."""

    number: int
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What the door needs of an enrolment."""

    actor: UUID
    since: dt.datetime


kept_enrolments: Kept[UUID, Enrolled] = Kept(4096)


def hear(number: int, raw: bytes | str, keys: SiteKeys) -> Spoken | Refused:
    """Return what a line says, whoever said it; Refused where it can't be read."""
    text = raw if isinstance(raw, str) else raw.decode(errors="backslashreplace")
    signature = ""
    try:
        line = _open(raw, keys)
        text, signature = line.text, to_base64(line.signature)
        return _spoken(number, read_said(text), signature)
    except LineUnreadableError:
        return Refused(number, Refusal(text, Reason.LINE_UNREADABLE))
    except SealUnreadableError:
        return Refused(number, Refusal(text, Reason.SEALED_UNREADABLE))
    except MalformedStatementError as error:
        detail = str(error)[:_LONGEST_PROBLEM]
        return Refused(number, Refusal(text, Reason.MALFORMED, detail, _claimed_id(text), signature=signature))


def prove(heard: Sequence[Spoken]) -> tuple[list[Spoken], list[Refused]]:
    """Return those that the key of the device they name has signed, for its own person; and the others.

    One query where a device is new to this process.
    """
    devices = find_devices({each.device for each in heard})
    proven: list[Spoken] = []
    refused: list[Refused] = []
    for each in heard:
        reason = _unproven(each, devices.get(each.device))
        if reason is None:
            proven.append(each)
        else:
            device = devices.get(each.device)
            is_certain = reason == Reason.FOREIGN_ACTOR and device is not None
            refused.append(refuse(each, reason, said_by=device.actor if is_certain and device else None))
    return proven, refused


def judge(
    proven: Sequence[Spoken], states: Mapping[UUID, DeviceState], now: dt.datetime, waived: Iterable[str] = ()
) -> dict[int, str]:
    """Return line number -> reason for those that are refused; not for `waived` reasons, which a person lets pass.

    No query where this process knows the enrolments and papers.
    """
    pardoned = frozenset(waived)
    enrolments = _enrolments({uuid for each in proven if (uuid := _uuid_in(each.said.facts.get("enrolment")))})
    people = {uuid: key.person for uuid, key in find_devices({each.device for each in proven}).items()}
    reasons: dict[int, str] = {}
    for each in proven:
        found = _reasons(each, states.get(each.device), people.get(each.device), enrolments, now)
        if reason := next((one for one in found if one not in pardoned), None):
            reasons[each.number] = reason
    by_actor: dict[UUID, list[Said]] = {}
    for each in proven:
        if each.said.unit_kind == "attempt" and each.number not in reasons:
            by_actor.setdefault(each.said.actor_uuid, []).append(each.said)
    of_papers: dict[UUID, str | None] = {}
    for actor, said in by_actor.items():
        of_papers |= judge_attempt_statements(said, actor)
    for each in proven:
        if each.number not in reasons and (reason := of_papers.get(each.said.id) or _of_numbers(each)):
            reasons[each.number] = reason
    return reasons


def refuse(spoken: Spoken, reason: str, *, said_by: UUID | None, detail: str = "") -> Refused:
    """Return the refusal of a statement that could be read."""
    said = spoken.said
    return Refused(spoken.number, Refusal(said.text, reason, detail, str(said.id), said_by, spoken.signature))


def _open(raw: bytes | str, keys: SiteKeys) -> Line:
    text = decode_line(raw) if isinstance(raw, bytes) else raw
    if is_sealed(text):
        # A seal around a seal is no line: it would be opened for as long as it goes on.
        return read_line(keys.open_sealed(text))
    return read_line(text)


def _spoken(number: int, said: Said, signature: str) -> Spoken:
    """Return the statement with its place in its device's chain; raise MalformedStatementError."""
    body, mark = said.body, said.device
    if not mark:
        msg = "it does not say which device it comes from"
        raise MalformedStatementError(msg)
    actor, verb, about, context = body["actor"], body["verb"], body["object"], body["context"]
    is_plain = (
        set(body) == _PARTS
        and set(actor) == {"objectType", "account"}
        and set(actor["account"]) == {"homePage", "name"}
        and set(verb) == {"id"}
        and set(about) == {"objectType", "id"}
        and set(context) <= {"extensions", "registration"}
        and set(context["extensions"]) <= {"unit", "facts", "device"}
        and set(context["extensions"]["unit"]) == {"kind", "id"}
    )
    if not is_plain:
        msg = "it has parts that no device says"
        raise MalformedStatementError(msg)
    at = dt.datetime.fromisoformat(said.timestamp)
    if utc_text(at) != said.timestamp:
        msg = f"{said.timestamp!r} is not a time as devices write it"
        raise MalformedStatementError(msg)
    device, sequence, previous = UUID(mark["id"]), mark["seq"], mark["prev"]
    return Spoken(number, said, signature, at, device, sequence, previous)


def _claimed_id(text: str) -> str:
    """Return what an unreadable statement gives as its id, so that a device can find it in its queue."""
    found = re.search(rf'"id":"({_UUID.pattern})","object"', text)
    return found[1] if found else ""


def _unproven(spoken: Spoken, device: DeviceKey | None) -> str | None:
    if device is None:
        return Reason.DEVICE_UNKNOWN
    if not is_signed(device.key, from_base64(spoken.signature), spoken.said.text):
        return Reason.SIGNATURE_INVALID
    return Reason.FOREIGN_ACTOR if device.actor != spoken.said.actor_uuid else None


def _reasons(
    spoken: Spoken,
    state: DeviceState | None,
    person: UUID | None,
    enrolments: Mapping[UUID, Enrolled],
    now: dt.datetime,
) -> Iterable[str]:
    """Yield every reason that speaks against a statement, in the order of the rules."""
    if state is None or state.is_revoked:
        yield Reason.DEVICE_REVOKED
    if state is not None and state.is_suspended:
        yield Reason.LOGIN_SUSPENDED
    if spoken.said.verb not in ALLOWED.get(spoken.said.unit_kind, ()):
        yield Reason.VERB_NOT_YOURS
    elif spoken.said.unit_kind == FOLLOW_UP:
        yield from _of_follow_up(spoken.said, person)
    else:
        yield from _of_enrolment(spoken, enrolments)
    if spoken.at > now + INTO_FUTURE:
        yield Reason.FROM_THE_FUTURE


def _of_follow_up(said: Said, person: UUID | None) -> Iterable[str]:
    """Yield what speaks against an answer to a follow-up: learners answer for themselves, supervisors at the site."""
    answer = read_answer(said.unit_uuid, said.facts)
    if answer is None:
        yield Reason.MALFORMED
    elif answer["by"] != LEARNER:
        yield Reason.VERB_NOT_YOURS
    elif answer["person_id"] != person:
        yield Reason.FOREIGN_ACTOR


def _of_enrolment(spoken: Spoken, enrolments: Mapping[UUID, Enrolled]) -> Iterable[str]:
    facts, said = spoken.said.facts, spoken.said
    if "enrolment" not in facts and said.unit_kind != "lesson" and said.verb != "initialized":
        return
    enrolment = _uuid_in(facts.get("enrolment"))
    if enrolment is None:
        yield Reason.MALFORMED
        return
    enrolled = enrolments.get(enrolment)
    if enrolled is None:
        yield Reason.ENROLMENT_UNKNOWN
        return
    if enrolled.actor != said.actor_uuid or not _is_of_its_unit(said, enrolment):
        yield Reason.ENROLMENT_NOT_YOURS
        return
    if spoken.at < enrolled.since - BEFORE_ENROLMENT:
        yield Reason.BEFORE_ENROLMENT


def _is_of_its_unit(said: Said, enrolment: UUID) -> bool:
    if said.unit_kind != "lesson":
        return True
    lesson = _uuid_in(said.facts.get("lesson"))
    return lesson is not None and lesson_unit(enrolment, lesson) == said.unit_uuid


def _of_numbers(spoken: Spoken) -> str | None:
    facts, mark = spoken.said.facts, spoken.said.device
    numbers = [facts[name] for name in ("ordinal", "step", "number") if name in facts]
    is_fine = (
        all(type(number) is int and 0 <= number <= LARGEST_NUMBER for number in numbers)
        and mark["ms"] <= LONGEST_MS
        and mark["seq"] <= LARGEST_SEQUENCE
    )
    return None if is_fine else Reason.NUMBER_OUT_OF_RANGE


def _enrolments(uuids: set[UUID]) -> dict[UUID, Enrolled]:
    """Return those enrolments that are here. No query for those this process has met: they are frozen when made."""
    found = kept_enrolments.take(uuids)
    if missing := uuids - found.keys():
        rows = Enrolment.objects.filter(pk__in=missing).values_list("pk", "actor_uuid", "enrolled_at")
        fresh = {pk: Enrolled(actor, since) for pk, actor, since in rows}
        kept_enrolments.keep(fresh)
        found |= fresh
    return found


def _uuid_in(value: Any) -> UUID | None:
    return UUID(value) if isinstance(value, str) and _UUID.fullmatch(value) else None
