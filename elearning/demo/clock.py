"""The demo's own clock, so that what its people did has the dates on which they did it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone


@contextmanager
def clock_at(moment: dt.datetime) -> Iterator[None]:
    """Let Django's clock stand at a moment. For this one command only: nothing else runs in its process."""
    true_clock = timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = true_clock
