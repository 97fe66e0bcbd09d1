"""The time of an exam, by the site's own clock. Pure."""

from datetime import datetime, timedelta

from assessments.answering import AttemptLog
from assessments.drawing import Sheet

# What a slow line and a last look may take; not told to the learner as time to work.
GRACE_S = 60


def ends_at(sheet: Sheet, log: AttemptLog) -> datetime | None:
    """Return when the time that was given ends; None without a limit, or before the beginning."""
    if sheet.time_limit_s is None or log.started is None:
        return None
    return datetime.fromisoformat(log.started.timestamp) + timedelta(seconds=sheet.time_limit_s)


def is_time_over(sheet: Sheet, log: AttemptLog, now: datetime) -> bool:
    """Tell whether an exam takes no more answers. Other quizzes take them late, and say so."""
    end = ends_at(sheet, log)
    return sheet.is_exam and end is not None and now > end + timedelta(seconds=GRACE_S)
