"""The registry of derivations: upper apps say here how state follows from statements.

State is derived in two steps. A *unit kind* turns the set of statements of one unit into rows.
A *roll-up* turns rows into wider rows (a course from its lessons, a total from enrolments). Each
returns what it touched, by roll-up name, and roll-ups run in the order of their registration,
which is the order of the apps, so that each runs once over all the keys touched before it.

A derivation is a function of a set: it sorts what it needs sorted by what the statements say,
never by when they arrived.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from records.errors import UnknownUnitKindError
from records.models import DerivedRow
from records.statements import Said

Touched = Mapping[str, Iterable[Any]]


@dataclass(frozen=True, slots=True)
class UnitKind:
    """How the statements of units of one kind become rows."""

    name: str
    verbs: frozenset[str]
    derive: Callable[[Mapping[UUID, Sequence[Said]]], Touched]
    tables: tuple[type[DerivedRow], ...]


@dataclass(frozen=True, slots=True)
class Rollup:
    """How rows become wider rows. `derive` takes the touched keys."""

    name: str
    derive: Callable[[set[Any]], Touched]
    tables: tuple[type[DerivedRow], ...]


@dataclass(slots=True)
class Registry:
    """All derivations of the site."""

    units: dict[str, UnitKind] = field(default_factory=dict)
    rollups: dict[str, Rollup] = field(default_factory=dict)

    def unit_kind(self, name: str) -> UnitKind:
        """Return a unit kind; raise UnknownUnitKindError."""
        try:
            return self.units[name]
        except KeyError:
            raise UnknownUnitKindError(name) from None

    def tables(self) -> list[type[DerivedRow]]:
        """Return every derived table, those derived last first: the order in which to empty them."""
        tables: list[type[DerivedRow]] = []
        for derivation in [*self.units.values(), *self.rollups.values()]:
            tables.extend(table for table in derivation.tables if table not in tables)
        return tables[::-1]


registry = Registry()


def register_unit_kind(kind: UnitKind) -> None:
    """Add a unit kind; apps do so in AppConfig.ready."""
    registry.units[kind.name] = kind


def register_rollup(rollup: Rollup) -> None:
    """Add a roll-up after those registered before it."""
    registry.rollups[rollup.name] = rollup


def derive_units(units: Mapping[str, Mapping[UUID, Sequence[Said]]]) -> None:
    """Derive the given units, with all their statements, and every roll-up they touch."""
    waiting: dict[str, set[Any]] = {}
    for kind, sets in units.items():
        _add(waiting, registry.unit_kind(kind).derive(sets))
    for name, rollup in registry.rollups.items():
        keys = waiting.pop(name, None)
        if keys:
            _add(waiting, rollup.derive(keys))
    if waiting:
        msg = f"touched roll-ups that do not exist or ran already: {sorted(waiting)}"
        raise LookupError(msg)


def _add(waiting: dict[str, set[Any]], touched: Touched) -> None:
    for name, keys in touched.items():
        waiting.setdefault(name, set()).update(keys)
