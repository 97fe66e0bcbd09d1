"""What the apps above add to joining, registered from AppConfig.ready: accounts knows no plan, course or record.

* a *capacity* says how many learners a cohort has places for;
* *admitted* listeners hear of learners who came in by an act of staff: courses are begun there;
* *taken back* listeners hear of learners whose coming in was a mistake: what it began is taken back there;
* *traces* say which people have done something since a moment, so that nobody with a history is removed.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from accounts.models import Cohort, Login, Person

Capacity = Callable[[Cohort], int | None]
Listener = Callable[[Login, Cohort, Sequence[Person]], object]
Undoing = Callable[[Login, Cohort, Sequence[Person], dt.datetime], object]
Trace = Callable[[Sequence[Person], dt.datetime], set[UUID]]

_capacities: list[Capacity] = []
_admitted: list[Listener] = []
_taken_back: list[Undoing] = []
_traces: dict[str, tuple[Any, Trace]] = {}


def register_capacity(provider: Capacity) -> None:
    """Add a provider (cohort) -> places for learners, None where there is no limit. Repeats count once."""
    if provider not in _capacities:
        _capacities.append(provider)


def on_admitted(listener: Listener) -> None:
    """Call (by, cohort, people) for learners whom staff let in, within the transaction of the act."""
    if listener not in _admitted:
        _admitted.append(listener)


def on_taken_back(listener: Undoing) -> None:
    """Call (by, cohort, people, since) for learners whose coming in since then is undone, within the transaction."""
    if listener not in _taken_back:
        _taken_back.append(listener)


def register_trace(code: str, label: Any, trace: Trace) -> None:
    """Add what can be left behind: a late-translated text, and (people, since) -> UUIDs of those who left it."""
    _traces[code] = (label, trace)


def capacity_of(cohort: Cohort) -> int | None:
    """Return how many learners a cohort has places for: the smallest number that anybody gives."""
    known = [places for provider in _capacities if (places := provider(cohort)) is not None]
    return min(known, default=None)


def announce_admitted(by: Login, cohort: Cohort, people: Sequence[Person]) -> None:
    """Tell the listeners; nothing for nobody."""
    for listener in _admitted if people else ():
        listener(by, cohort, people)


def announce_taken_back(by: Login, cohort: Cohort, people: Sequence[Person], since: dt.datetime) -> None:
    """Tell the listeners; nothing for nobody."""
    for listener in _taken_back if people else ():
        listener(by, cohort, people, since)


def traces_of(people: Sequence[Person], since: dt.datetime) -> dict[UUID, str]:
    """Return by person the code of the first trace that was found; who left none is not in it."""
    found: dict[UUID, str] = {}
    for code, (_label, trace) in _traces.items() if people else ():
        for uuid in trace(people, since):
            found.setdefault(uuid, code)
    return found


def trace_label(code: str) -> str:
    """Return what was left behind in words; the code itself where no app named it."""
    return str(_traces[code][0]) if code in _traces else code
