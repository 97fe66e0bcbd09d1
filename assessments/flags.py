"""What is odd about an attempt, so that a person looks at it before it counts. Pure.

A flagged attempt is kept and scored like any other. The codes travel in statements and never change.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from assessments.answering import AttemptLog
from assessments.drawing import Sheet
from assessments.exams import GRACE_S
from assessments.lateness import is_before_opening, is_late
from assessments.timing import Elapsed, clock_is_odd
from assessments.windows import may_begin_at

if TYPE_CHECKING:
    from datetime import datetime

    from django.utils.functional import Promise

LATE = "late"
CLOCK = "clock"
ANSWERS_CHANGED = "answers-changed"
SURPLUS = "surplus"
CLOCK_AHEAD = "clock-ahead"
FORK = "fork"
ATTEMPTS_USED_UP = "attempts-used-up"
TOO_EARLY = "too-early"
NOT_OPEN = "not-open"
# What only the site that receives a statement can know; it says so with the verb `noticed`.
NOTICES = frozenset({CLOCK_AHEAD, FORK, ATTEMPTS_USED_UP})


@dataclass(frozen=True, slots=True)
class Flag:
    """What a code means: in a few words, and in one or two sentences for the one who decides."""

    code: str
    label: "Promise"
    why: "Promise"


_FLAGS = (
    Flag(
        LATE,
        _("Over the time"),
        _("The attempt took longer than its time limit, or was handed in after the quiz closed, by what was measured."),
    ),
    Flag(
        CLOCK,
        _("Clock put back"),
        _("The clock of the device went back during the attempt. Its times can't be relied on."),
    ),
    Flag(
        CLOCK_AHEAD,
        _("Clock ahead"),
        _("The clock of the device was more than 5 minutes ahead of this site when the answers arrived."),
    ),
    Flag(
        ANSWERS_CHANGED,
        _("Answers differ from the hand-in"),
        _(
            "The answers that arrived are not the ones that were handed in. It happens when somebody answers"
            " on two devices at once. It can also mean that answers were changed after the hand-in."
        ),
    ),
    Flag(
        FORK,
        _("Device copied or restored"),
        _(
            "Two different records came from the device under one number. It happens when a device is"
            " restored from a backup, or when its data were copied or changed."
        ),
    ),
    Flag(
        ATTEMPTS_USED_UP,
        _("Handed in after the last attempt"),
        _("When this attempt arrived, all attempts were used up, or the right answers could be read already."),
    ),
    Flag(
        SURPLUS,
        _("More attempts than allowed"),
        _(
            "Two devices without a connection can begin more attempts than the quiz allows."
            " This one is beyond the limit."
        ),
    ),
    Flag(
        TOO_EARLY,
        _("Begun too early"),
        _("It was begun before the waiting time after the attempt before was over, by the time of the device."),
    ),
    Flag(
        NOT_OPEN,
        _("Begun before the opening"),
        _("It was begun before the quiz opened to the class, by the time of the device."),
    ),
)
FLAGS: Mapping[str, Flag] = {flag.code: flag for flag in _FLAGS}


def flags_of(log: AttemptLog, sheet: Sheet | None, elapsed: Elapsed) -> frozenset[str]:
    """Return what is odd about an attempt that is handed in, what the other attempts make of it apart."""
    found = {code for said in log.others if said.verb == "noticed" and (code := _notice(said.facts))}
    if sheet and is_late(log, sheet, elapsed):
        found.add(LATE)
    if sheet and is_before_opening(log, sheet):
        found.add(NOT_OPEN)
    if clock_is_odd(log.sitting):
        found.add(CLOCK)
    if not _stands(log):
        found.add(ANSWERS_CHANGED)
    return frozenset(found)


def read_flags(text: str) -> frozenset[str]:
    """Return the codes that a column or a statement holds."""
    return frozenset(text.split())


def flags_text(codes: AbstractSet[str]) -> str:
    """Return codes as a column or a statement holds them."""
    return " ".join(sorted(codes))


def flags_named(text: str) -> list[Flag]:
    """Return the flags that a column holds, in the order in which they are told; one not known here is left out."""
    codes = read_flags(text)
    return [flag for flag in _FLAGS if flag.code in codes]


class Handed(Protocol):
    """What the rule of the attempt limit needs to know of an attempt that is handed in."""

    pk: UUID
    number: int
    started_at: "datetime"
    handed_in_at: "datetime | None"
    flags: str


def surplus_among(attempts: Sequence[Handed], limits: Mapping[UUID, int | None]) -> set[UUID]:
    """Return the attempts beyond the limit that stood on their own paper; `limits` has it by attempt.

    They are ordered by (number, hand-in, id), which every site knows alike, whatever arrived first. One that
    a site noticed to be late for that reason is flagged already and takes nobody's place.
    """
    counted = [each for each in attempts if ATTEMPTS_USED_UP not in read_flags(each.flags)]
    ordered = sorted(counted, key=lambda each: (each.number, each.handed_in_at, each.pk))
    return {each.pk for place, each in enumerate(ordered) if (limit := limits.get(each.pk)) and place >= limit}


def too_early_among(attempts: Sequence[Handed], waits: Mapping[UUID, int]) -> set[UUID]:
    """Return the attempts begun before the waiting time of their own paper was over; `waits` has it by attempt.

    It runs from the hand-in of every attempt with a lower number. A minute is let pass, as with a time limit.
    """
    return {
        each.pk
        for each in attempts
        if (wait_s := waits.get(each.pk, 0))
        for before in attempts
        if before.number < each.number
        and (free := may_begin_at(before.handed_in_at, wait_s))
        and each.started_at + timedelta(seconds=GRACE_S) < free
    }


def _notice(facts: Mapping[str, Any]) -> str:
    code = facts.get("notice")
    return code if isinstance(code, str) and code in NOTICES else ""


def _stands(log: AttemptLog) -> bool:
    """Tell whether every hand-in names the answers that stand.

    Every one, not the first: somebody who has seen a result could otherwise hand in other answers before it.
    What this site said before hand-ins named their answers is taken as it is.
    """
    said = [(each.facts.get("standing"), each.device) for each in log.hand_ins]
    return all(standing == log.standing if standing is not None else not device for standing, device in said)
