"""How long an attempt took, and how far that is proven. Pure.

A page knows how many milliseconds it has been open, whatever the clock of its device is set to: between
two statements of one page session that time is proven. Between two page sessions there is only what the
device's clock says: that time is counted and marked. The site's own clock is proven always.

Where a device slept, its page counted less than its clock: the greater of the two is taken, so that nobody
gains time by letting it sleep, and what goes beyond the page's own count is marked too.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from assessments.answering import AttemptLog
from records.statements import Said

TOLERANCE_MS = 2 * 60 * 1000
# What JSON keeps exactly, and the column too.
_MOST_MS = 2**53 - 1


@dataclass(frozen=True, slots=True)
class Moment:
    """When one statement was said: by the clock, and by the page of which device. No device: by the site."""

    clock_ms: int
    device: str = ""
    page: str = ""
    page_ms: int = 0
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Elapsed:
    """How long an attempt took, and whether all of it is proven."""

    ms: int
    is_proven: bool


def time_attempt(log: AttemptLog) -> Elapsed:
    """Return how long it took from the beginning to the hand-in, or to the last answer so far."""
    elapsed, is_proven = 0, True
    for earlier, later in pairwise(map(moment_of, log.sitting)):
        by_clock = max(0, later.clock_ms - earlier.clock_ms)
        proven = _proven_ms(earlier, later)
        step = max(by_clock, proven or 0)
        elapsed += step
        is_proven &= step - (proven or 0) <= (0 if proven is None else TOLERANCE_MS)
    return Elapsed(min(elapsed, _MOST_MS), is_proven)


def clock_is_odd(said: Iterable[Said]) -> bool:
    """Tell whether a device's clock was put back on the way: against its own order, or against its page.

    A clock that runs ahead of its page is not odd: so it looks after a sleep, and the time is counted.
    """
    devices: dict[str, list[Moment]] = defaultdict(list)
    for moment in map(moment_of, said):
        if moment.device:
            devices[moment.device].append(moment)
    return any(_went_back(sorted(moments, key=lambda each: each.seq)) for moments in devices.values())


def moment_of(said: Said) -> Moment:
    """Return when a statement was said; one whose device can't be read is of a device without a page."""
    clock_ms = round(datetime.fromisoformat(said.timestamp).timestamp() * 1000)
    device: Any = said.device
    if not device:
        return Moment(clock_ms)
    if not isinstance(device, Mapping):
        return Moment(clock_ms, "?")
    name, page = device.get("id"), device.get("page")
    return Moment(
        clock_ms,
        name if isinstance(name, str) and name else "?",
        page if isinstance(page, str) else "",
        _whole(device.get("ms")),
        _whole(device.get("seq")),
    )


def _proven_ms(earlier: Moment, later: Moment) -> int | None:
    """Return the time between two moments that does not hang on a device's clock; None where there is none."""
    if not earlier.device and not later.device:
        return max(0, later.clock_ms - earlier.clock_ms)
    if later.page and (earlier.device, earlier.page) == (later.device, later.page):
        return max(0, later.page_ms - earlier.page_ms)
    return None


def _went_back(moments: list[Moment]) -> bool:
    """Tell it of one device's moments, in the order in which it said them."""
    return any(later.clock_ms < earlier.clock_ms for earlier, later in pairwise(moments)) or any(_lags(moments))


def _lags(moments: Iterable[Moment]) -> Iterator[bool]:
    """Yield for each moment whether its clock has fallen behind its page, as far as any earlier one was ahead."""
    furthest: dict[str, int] = {}
    for each in moments:
        ahead = each.clock_ms - each.page_ms
        furthest[each.page] = max(ahead, furthest.get(each.page, ahead))
        yield furthest[each.page] - ahead > TOLERANCE_MS


def _whole(value: Any) -> int:
    return value if type(value) is int else 0
