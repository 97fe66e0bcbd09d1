"""Taking in what devices say: the one door for HTTP, files and the command line.

Who carries a line does not matter: each proves its author. Nothing is dropped: what is not admitted
is kept aside with its reason. A line is named in the receipt only after the transaction that stored it.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction

from accounts.models import Login
from assessments.models import Attempt
from courses.completion import announce_completion
from records.actions import append_statements
from records.deriving import derive_late_ones_once
from records.quarantining import Refusal, quarantine, storable
from records.statements import Said
from records.storage import hold_log, statements_of
from sync.admission import Refused, Spoken, hear, judge, prove, refuse
from sync.devices import DeviceState, Report, find_devices, note_device, states_of
from sync.keys import SiteKeys, site_keys
from sync.lines import MOST_LINES, split_parcel
from sync.noticing import notices_of, say_notices
from sync.reasons import Reason

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Held:
    """One line that was kept aside: its place in what was brought, the id it claims, and why."""

    line: int
    id: str
    reason: str


@dataclass(slots=True)
class Receipt:
    """What became of each line."""

    accepted: list[UUID] = field(default_factory=list)
    known: list[UUID] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    lines: int = 0

    @property
    def stored(self) -> list[UUID]:
        """What is in the log now, new or not, each once: a repeat's receipt is the same."""
        return list(dict.fromkeys([*self.accepted, *self.known]))

    def add(self, other: "Receipt") -> None:
        """Take in what became of more lines."""
        self.accepted += other.accepted
        self.known += other.known
        self.held += other.held
        self.lines += other.lines


@dataclass(frozen=True, slots=True)
class Delivery:
    """Who brought it, when, and what the carrying device says of itself (None where it carries for others).

    `waived` are reasons that a person has decided to let pass: then what is refused is held already.
    """

    now: datetime
    carried_by: UUID | None = None
    report: Report | None = None
    waived: frozenset[str] = frozenset()
    is_held_already: bool = False


def receive_in_parts(
    lines: Iterable[bytes | str], *, carried_by: Login | None, now: datetime, report: Report | None = None
) -> Iterator[Receipt]:
    """Yield the receipt of each chunk of MOST_LINES lines, once it is stored; for files of any length."""
    delivery = Delivery(now, carried_by.person.uuid if carried_by else None, report)
    keys = site_keys()
    for chunk in _chunks(lines):
        yield _receive_chunk(chunk, delivery, keys)


def readmit(lines: Sequence[str], *, waived: frozenset[str], now: datetime) -> Receipt:
    """Take in lines that were held, without the reasons that a person has waived; what is refused stays held.

    The caller is in the transaction of that decision.
    """
    receipt, keys = Receipt(), site_keys()
    for chunk in _chunks(lines):
        receipt.add(_receive_chunk(chunk, Delivery(now, waived=waived, is_held_already=True), keys))
    return receipt


def receive(
    lines: bytes | Iterable[bytes | str], *, carried_by: Login | None, now: datetime, report: Report | None = None
) -> Receipt:
    """Store, recognise or keep aside each line; return the receipt.

    Atomic for each chunk of MOST_LINES lines. Raise ParcelRefusedError for bytes that are no parcel, and
    whatever the database raises when it can't write: what was in hand then is not stored and not named.
    """
    raw = split_parcel(lines) if isinstance(lines, bytes) else lines
    receipt = Receipt()
    for part in receive_in_parts(raw, carried_by=carried_by, now=now, report=report):
        receipt.add(part)
    return receipt


def _chunks(raw: Iterable[bytes | str]) -> Iterator[list[tuple[int, bytes | str]]]:
    numbered = iter(enumerate(raw))
    while chunk := list(islice(numbered, MOST_LINES)):
        yield chunk


def _receive_chunk(chunk: Sequence[tuple[int, bytes | str]], delivery: Delivery, keys: SiteKeys) -> Receipt:
    """Take in some lines at once; where one of them makes the site stumble, each by itself.

    Otherwise one line that we can't work with would stop all that a device has to say, for ever.
    """
    heard = [hear(number, raw, keys) for number, raw in chunk]
    try:
        receipt = _store(heard, delivery)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("lines were not taken in together; taking each by itself")
        receipt = Receipt()
        for each in heard:
            receipt.add(_store_alone(each, delivery))
    receipt.lines = len(chunk)
    return receipt


def _store_alone(heard: Spoken | Refused, delivery: Delivery) -> Receipt:
    try:
        return _store([heard], delivery)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        logger.exception("a line was kept aside because this site could not work with it")
        if isinstance(heard, Refused):
            raise
        detail = type(error).__name__
        return _store([refuse(heard, Reason.UNEXPECTED, said_by=heard.said.actor_uuid, detail=detail)], delivery)


def _store(heard: Sequence[Spoken | Refused], delivery: Delivery) -> Receipt:
    spoken = [each for each in heard if isinstance(each, Spoken)]
    # Signatures are checked before the log is held: others need not wait for our arithmetic.
    proven, unproven = prove(spoken)
    return _write(spoken, proven, [*unproven, *(each for each in heard if isinstance(each, Refused))], delivery)


@transaction.atomic
def _write(
    spoken: Sequence[Spoken], proven: Sequence[Spoken], refused: Sequence[Refused], delivery: Delivery
) -> Receipt:
    hold_log()
    here = statements_of({each.said.unit_uuid for each in spoken}, {each.said.id for each in spoken})
    hashes = {each.id: each.sha256 for each in here}
    # What is in the log is known, whoever brings it and whatever was decided of its device since.
    known = {each.number: each.said.id for each in spoken if hashes.get(each.said.id) == each.said.sha256}
    receipt = Receipt(known=list(known.values()))
    states = states_of({each.device for each in proven})
    new = [each for each in proven if each.number not in known]
    reasons = judge(new, states, delivery.now, delivery.waived)
    fresh, unfit = _sort_out(new, reasons, hashes, receipt)
    receipt.accepted = _append(fresh, here, states, delivery.now)
    receipt.held = _keep_aside([*(each for each in refused if each.number not in known), *unfit], delivery)
    _note_devices(proven, states, delivery, len({each.number for each in spoken} | {each.number for each in refused}))
    return receipt


def _sort_out(
    proven: Sequence[Spoken],
    reasons: dict[int, str],
    hashes: dict[UUID, str],
    receipt: Receipt,
) -> tuple[list[Spoken], list[Refused]]:
    """Return the new and the refused; a repeat within the batch is known."""
    fresh: list[Spoken] = []
    refused: list[Refused] = []
    for each in proven:
        said, reason, detail = each.said, reasons.get(each.number), ""
        held = hashes.get(said.id)
        if reason is None and held is not None:
            if held == said.sha256:
                receipt.known.append(said.id)
                continue
            reason, detail = Reason.ID_REUSED, f"the statement in force has sha256 {held}"
        if reason is not None:
            refused.append(refuse(each, reason, said_by=said.actor_uuid, detail=detail))
        else:
            hashes[said.id] = said.sha256
            fresh.append(each)
    return fresh, refused


def _append(
    fresh: Sequence[Spoken], here: Sequence[Said], states: dict[UUID, DeviceState], now: datetime
) -> list[UUID]:
    """Store what is new with what this node notices of it, and tell who hears that a course is complete."""
    if not fresh:
        return []
    notices = notices_of(fresh, states, now)
    # Two lines in one place of a chain: the other one's attempt is noticed too, and derived with all it has.
    elsewhere = {each.attempt for each in notices} - {each.said.unit_uuid for each in fresh}
    known = [*here, *statements_of(elsewhere)]
    said = [each.said for each in fresh]
    noticed = say_notices(notices, {each.id for each in known}, now)
    by = {each.actor_uuid for each in (*said, *noticed)}
    with derive_late_ones_once():
        outcome = append_statements(by=by, statements=[*said, *noticed], known_units=known, received_at=now)
        if outcome.quarantined:
            # Every rule of the log was asked before: what it refuses all the same is our fault, not a line's.
            msg = f"the log refused what the door admitted: {outcome.quarantined[0].reason}"
            raise RuntimeError(msg)
        _announce(said)
    return [each.id for each in said]


def _announce(said: Sequence[Said]) -> None:
    """Tell of courses that may be complete now. Queries only where a lesson was completed or a test handed in."""
    done = {UUID(each.facts["enrolment"]) for each in said if (each.unit_kind, each.verb) == ("lesson", "completed")}
    handed_in = [each.unit_uuid for each in said if each.verb == "submitted"]
    if handed_in:
        done |= set(Attempt.objects.filter(pk__in=handed_in, counts=True).values_list("enrolment_id", flat=True))
    for enrolment in sorted(done):
        announce_completion(enrolment)


def _keep_aside(refused: Sequence[Refused], delivery: Delivery) -> list[Held]:
    if not delivery.is_held_already:
        quarantine([_carried(each.refusal, delivery.carried_by) for each in refused], delivery.now)
    held = [Held(each.number, storable(each.refusal.claimed_id), str(each.refusal.reason)) for each in refused]
    return sorted(held, key=lambda each: each.line)


def _carried(refusal: Refusal, by: UUID | None) -> Refusal:
    return Refusal(
        refusal.text, str(refusal.reason), refusal.detail, refusal.claimed_id, refusal.said_by, refusal.signature, by
    )


def _note_devices(proven: Sequence[Spoken], states: dict[UUID, DeviceState], delivery: Delivery, settled: int) -> None:
    """Write how far each chain has come, and what the carrier's own device said of itself. One query a device."""
    heads: dict[UUID, tuple[int, str]] = {}
    for each in proven:
        head = heads.get(each.device, (states[each.device].last_sequence, ""))
        if each.sequence > head[0]:
            heads[each.device] = (each.sequence, each.said.sha256)
    report = delivery.report.after(settled) if delivery.report else None
    for device, key in find_devices(states).items():
        # Nobody tells for somebody else's device.
        own = report if key.person == delivery.carried_by else None
        note_device(device, heads.get(device), own, delivery.now)
