"""Questions about people: which rows a login may see."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from accounts import policy

if TYPE_CHECKING:
    from accounts.models import Person  # noqa: F401  # named below as a string: the model imports this module


_absorbed: list[Callable[[], Any]] = []


def register_absorbed(records: Callable[[], Any]) -> None:
    """Add a subquery of the UUIDs of records that are another's now. Repeats count once."""
    if records not in _absorbed:
        _absorbed.append(records)


class PersonQuerySet(models.QuerySet["Person"]):
    """People, narrowed by who asks."""

    def visible_to(self, login: policy.Viewer) -> Self:
        """Return the people this login may see: itself, its cohorts', its countries'."""
        return policy.PEOPLE.filter(self, login)

    def standing(self) -> Self:
        """Return the people as they are counted: without records that were merged into another."""
        rows = self
        for records in _absorbed:
            rows = rows.exclude(uuid__in=records())
        return rows
