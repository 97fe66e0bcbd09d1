"""Questions about people: which rows a login may see."""

from typing import Self

from django.db import models

from accounts import policy


class PersonQuerySet(models.QuerySet["Person"]):  # type: ignore[type-arg]  # noqa: F821
    """People, narrowed by who asks."""

    def visible_to(self, login: policy.Viewer) -> Self:
        """Return the people this login may see: itself, its cohorts', its countries'."""
        return policy.PEOPLE.filter(self, login)
