"""Timed work: each app registers its own, and `manage.py run_due` does all of it.

A piece of work takes the moment and returns how much it did. It may be run at any time, again, or twice
at once: it claims what it works on by a row, never by having started first.
"""

import datetime as dt
import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass

logger = logging.getLogger(__name__)
Work = Callable[[dt.datetime], int]
_works: dict[str, Work] = {}


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one piece of work: how much was done, or the name of the error that ended it."""

    name: str
    done: int
    error: str = ""


def register_due(name: str, work: Work) -> None:
    """Add a piece of work; a second registration of a name replaces the first. Call it from ready()."""
    _works[name] = work


def due_names() -> list[str]:
    """Return the names of all pieces of work, in the order in which they run."""
    return list(_works)


def run_due_works(now: dt.datetime, only: Collection[str] = ()) -> list[Result]:
    """Do all timed work, or some of it by name; one that fails is logged and the others go on."""
    return [_run(name, work, now) for name, work in _works.items() if not only or name in only]


def _run(name: str, work: Work, now: dt.datetime) -> Result:
    try:
        return Result(name, work(now))
    except Exception as error:
        logger.exception("timed work %s failed", name)
        return Result(name, 0, type(error).__name__)
