"""What came after the time: after the time limit, or after the quiz closed. Pure.

By the usual rule late work is kept and flagged, and a trainer decides. By the rule LATE_IS_CUT the answers that
were given after the time are kept in the log and do not count: the one that stood in time counts instead.

Cut is only what is proven to be late: by the count of one page, or by the site's own clock. What only the clock
of a device says between two pages is flagged, as always. A closing time is another thing: there a device's own
word that it was after is taken (nobody gains by saying so), unless its clock is known to be odd.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from assessments.answering import AttemptLog, log_within
from assessments.drawing import LATE_IS_CUT, Sheet
from assessments.exams import GRACE_S
from assessments.timing import Elapsed, Moment, clock_is_odd, moment_of
from assessments.windows import window_of
from records.statements import Said

_GRACE = timedelta(seconds=GRACE_S)


@dataclass(frozen=True, slots=True)
class _Timed:
    """One thing that the learner said: how long after the beginning, as proven and as told."""

    said: Said
    proven_ms: int
    told_ms: int


def cut_late(log: AttemptLog, sheet: Sheet) -> AttemptLog:
    """Return the log with only the answers that count: all, but by the rule LATE_IS_CUT.

    In an exam the site takes no answer after the time, so nothing is to cut.
    """
    if sheet.late_rule != LATE_IS_CUT or sheet.is_exam or sheet.is_practice:
        return log
    late = {each.said.id for each in _timed(log) if _is_cut(each, log, sheet)}
    return log_within(log, late) if late else log


def is_late(log: AttemptLog, sheet: Sheet, elapsed: Elapsed) -> bool:
    """Tell whether a trainer has to look at it for its time: for all of it, or by LATE_IS_CUT for what is left."""
    if sheet.is_exam:
        return False
    if sheet.late_rule != LATE_IS_CUT or sheet.is_practice:
        return _is_over(elapsed.ms, sheet) or (log.submitted is not None and _is_after_closing(log.submitted, sheet))
    return any(
        _is_over(each.told_ms, sheet) or _is_after_closing(each.said, sheet)
        for each in _timed(log)
        if each.said.verb == "answered" and not _is_cut(each, log, sheet)
    )


def is_before_opening(log: AttemptLog, sheet: Sheet) -> bool:
    """Tell whether it was begun before the quiz opened, by what the one who began it says of the time."""
    return log.started is not None and window_of(sheet).is_early(_time_of(log.started))


def _is_cut(timed: _Timed, log: AttemptLog, sheet: Sheet) -> bool:
    if timed.said.verb != "answered":
        return False
    if _is_over(timed.proven_ms, sheet):
        return True
    return _is_after_closing(timed.said, sheet) and (not timed.said.device or not _clock_is_doubted(log))


def _is_over(ms: int, sheet: Sheet) -> bool:
    return sheet.time_limit_s is not None and ms > (sheet.time_limit_s + GRACE_S) * 1000


def _is_after_closing(said: Said, sheet: Sheet) -> bool:
    closes_at = window_of(sheet).closes_at
    return closes_at is not None and _time_of(said) > closes_at + _GRACE


def _clock_is_doubted(log: AttemptLog) -> bool:
    """Tell whether the device's clock went back, or was ahead of the site that received the answers."""
    noticed = any(each.verb == "noticed" and each.facts.get("notice") == "clock-ahead" for each in log.others)
    return noticed or clock_is_odd(log.sitting)


def _timed(log: AttemptLog) -> Iterator[_Timed]:
    """Yield what was said with its time since the beginning.

    Proven is what one device counted on its pages since its own first word, and what the site's clock says
    between two of its own: never more than it took. Told is as timing.time_attempt counts it.
    """
    proven: dict[str, tuple[Moment, int]] = {}
    before, told_ms = None, 0
    for said in log.sitting:
        moment = moment_of(said)
        earlier, so_far = proven.get(moment.device, (moment, 0))
        so_far += _proven_ms(earlier, moment)
        proven[moment.device] = (moment, so_far)
        if before is not None:
            told_ms += max(0, moment.clock_ms - before.clock_ms, _proven_ms(before, moment))
        before = moment
        yield _Timed(said, so_far, max(told_ms, so_far))


def _proven_ms(earlier: Moment, later: Moment) -> int:
    if earlier.device != later.device:
        return 0
    if not later.device:
        return max(0, later.clock_ms - earlier.clock_ms)
    return max(0, later.page_ms - earlier.page_ms) if later.page and earlier.page == later.page else 0


def _time_of(said: Said) -> datetime:
    return datetime.fromisoformat(said.timestamp)
