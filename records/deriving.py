"""The registry of derivations: upper apps say here how state follows from statements.

State is derived in two steps. A *unit kind* turns the set of statements of one unit into rows.
A *roll-up* turns rows into wider rows (a course from its lessons, a total from enrolments). Each
returns what it touched, by roll-up name. Roll-ups run by their `order`, so that each runs once over
all the keys touched before it; an upper app's roll-up may `follow` a lower app's, which then need
not know it.

A derivation is a function of a set: it sorts what it needs sorted by what the statements say,
never by when they arrived.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from records.errors import UnknownUnitKindError
from records.models import DerivedRow
from records.statements import Said

Touched = Mapping[str, Iterable[Any]]


@dataclass(frozen=True, slots=True)
class UnitKind:
    """How the statements of units of one kind become rows.

    `is_unmoved(fresh, all)` may say that a unit's rows stay as they are although `fresh` came to its
    statements: they are then not derived. It may only say so where deriving would change nothing.
    """

    name: str
    verbs: frozenset[str]
    derive: Callable[[Mapping[UUID, Sequence[Said]]], Touched]
    tables: tuple[type[DerivedRow], ...]
    is_unmoved: Callable[[Sequence[Said], Sequence[Said]], bool] | None = None


@dataclass(frozen=True, slots=True)
class Rollup:
    """How rows become wider rows. `derive` takes the touched keys; lower `order` runs first.

    A `late` one is read by no action, only by pages: where one act says several things, it runs
    once, at the end (derive_late_ones_once).
    """

    name: str
    order: int
    derive: Callable[[set[Any]], Touched]
    tables: tuple[type[DerivedRow], ...]
    late: bool = False


@dataclass(slots=True)
class Registry:
    """All derivations of the site."""

    units: dict[str, UnitKind] = field(default_factory=dict)
    rollups: dict[str, Rollup] = field(default_factory=dict)
    followers: dict[str, list[str]] = field(default_factory=dict)

    def unit_kind(self, name: str) -> UnitKind:
        """Return a unit kind; raise UnknownUnitKindError."""
        try:
            return self.units[name]
        except KeyError:
            raise UnknownUnitKindError(name) from None

    def rollups_in_order(self) -> list[Rollup]:
        """Return the roll-ups as they run."""
        return sorted(self.rollups.values(), key=lambda rollup: rollup.order)

    def tables(self) -> list[type[DerivedRow]]:
        """Return every derived table, those derived last first: the order in which to empty them."""
        tables: list[type[DerivedRow]] = []
        for group in (self.units.values(), self.rollups_in_order()):
            for derivation in group:
                tables.extend(table for table in derivation.tables if table not in tables)
        return tables[::-1]


registry = Registry()
_postponed: ContextVar[dict[str, set[Any]] | None] = ContextVar("postponed", default=None)


def register_unit_kind(kind: UnitKind) -> None:
    """Add a unit kind; apps do so in AppConfig.ready."""
    registry.units[kind.name] = kind


def register_rollup(rollup: Rollup) -> None:
    """Add a roll-up."""
    registry.rollups[rollup.name] = rollup


def follow(leader: str, follower: str) -> None:
    """Let every key that one roll-up derives be derived by another after it."""
    names = registry.followers.setdefault(leader, [])
    if follower not in names:
        names.append(follower)


def derive_units(units: Mapping[str, Mapping[UUID, Sequence[Said]]]) -> None:
    """Derive the given units, with all their statements, and every roll-up they touch."""
    waiting: dict[str, set[Any]] = {}
    for kind, sets in units.items():
        _add(waiting, registry.unit_kind(kind).derive(sets))
    _derive_rollups(waiting, _postponed.get())


def derive_keys(keys: Touched) -> None:
    """Derive some keys of roll-ups again, where a row beside the log changed that they read."""
    waiting: dict[str, set[Any]] = {}
    _add(waiting, keys)
    _derive_rollups(waiting, _postponed.get())


@contextmanager
def derive_late_ones_once() -> Iterator[None]:
    """Run the late roll-ups once, at the end of the block. The caller is in the transaction of its act."""
    if _postponed.get() is not None:
        yield
        return
    postponed: dict[str, set[Any]] = {}
    token = _postponed.set(postponed)
    try:
        yield
    finally:
        _postponed.reset(token)
    _derive_rollups(postponed, None)


def _derive_rollups(waiting: dict[str, set[Any]], postponed: dict[str, set[Any]] | None) -> None:
    for rollup in registry.rollups_in_order():
        keys = waiting.pop(rollup.name, None)
        if not keys:
            continue
        if rollup.late and postponed is not None:
            _add(postponed, {rollup.name: keys})
            continue
        _add(waiting, rollup.derive(keys))
        _add(waiting, dict.fromkeys(registry.followers.get(rollup.name, ()), keys))
    if waiting:
        msg = f"touched roll-ups that do not exist or ran already: {sorted(waiting)}"
        raise LookupError(msg)


def _add(waiting: dict[str, set[Any]], touched: Touched) -> None:
    for name, keys in touched.items():
        waiting.setdefault(name, set()).update(keys)
