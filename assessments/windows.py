"""When a quiz is open to a class, and when the next attempt may begin. Pure.

Opening and closing are typed in the class's own time zone and kept as moments. A paper keeps those that held
when it was drawn: every site then judges an attempt alike, whichever of them knows the class.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from assessments.drawing import Sheet
from records.statements import utc_text

if TYPE_CHECKING:
    from assessments.accommodating import Granted

# Where neither a time limit nor an opening says how long the work is, it is taken for a day's.
_UNKNOWN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """When a quiz opens and closes; None for no such moment. `zone` is the time zone in which it is told."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None
    zone: str = ""

    def extended(self, time_limit_s: int | None, granted: "Granted") -> "Window":
        """Return it as it holds for a learner with more time: it closes later, by as much as they are granted.

        That is what is added to the time limit, where there is one; else the same share of the time between
        opening and closing; else of a day.
        """
        if self.closes_at is None:
            return self
        if time_limit_s is not None:
            more = timedelta(seconds=(granted.time_limit_s(time_limit_s) or time_limit_s) - time_limit_s)
        else:
            whole = self.closes_at - self.opens_at if self.opens_at else _UNKNOWN
            more = whole * (granted.time_percent - 100) / 100
        return replace(self, closes_at=self.closes_at + max(more, timedelta()))

    def is_early(self, now: datetime) -> bool:
        """Tell whether it has not opened yet."""
        return self.opens_at is not None and now < self.opens_at

    def is_over(self, now: datetime) -> bool:
        """Tell whether it has closed."""
        return self.closes_at is not None and now >= self.closes_at


ALWAYS_OPEN = Window()


def window_of(sheet: Sheet) -> Window:
    """Return the window that a paper keeps."""
    return Window(_moment(sheet.opens_at), _moment(sheet.closes_at))


def with_window(sheet: Sheet, window: Window) -> Sheet:
    """Return a paper that keeps a window."""
    return replace(sheet, opens_at=text_of(window.opens_at), closes_at=text_of(window.closes_at))


def text_of(moment: datetime | None) -> str:
    """Return a moment as papers keep it; "" for none."""
    return utc_text(moment) if moment else ""


def may_begin_at(handed_in_at: datetime | None, wait_s: int) -> datetime | None:
    """Return when the next attempt may begin; None where nothing is waited for."""
    return handed_in_at + timedelta(seconds=wait_s) if handed_in_at and wait_s else None


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
