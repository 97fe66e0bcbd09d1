"""Questions about people: which rows a login may see."""

from typing import TYPE_CHECKING, Self

from django.db import models

from accounts import policy

if TYPE_CHECKING:
    from accounts.models import Person  # noqa: F401  # named below as a string: the model imports this module


class PersonQuerySet(models.QuerySet["Person"]):
    """People, narrowed by who asks."""

    def visible_to(self, login: policy.Viewer) -> Self:
        """Return the people this login may see: itself, its cohorts', its countries'."""
        return policy.PEOPLE.filter(self, login)
