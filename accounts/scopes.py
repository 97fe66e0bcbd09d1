"""Where a role holds: some countries, everywhere, or nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


class Grant(Protocol):
    """What a scope needs to know of a role grant."""

    role: str
    country_id: int | None


@dataclass(frozen=True, slots=True)
class Scope:
    """The countries (primary keys) in which somebody holds a role."""

    everywhere: bool = False
    country_ids: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.country_ids)

    def covers(self, country_id: int | None) -> bool:
        """Tell whether a row of this country is inside; a row of no country only for 'everywhere'."""
        return self.everywhere or country_id in self.country_ids


def scope_of(role: str, grants: Iterable[Grant]) -> Scope:
    """Return the union of the grants of one role. A grant without a country holds everywhere."""
    countries = [grant.country_id for grant in grants if grant.role == role]
    return Scope(
        everywhere=None in countries,
        country_ids=frozenset(country for country in countries if country is not None),
    )
