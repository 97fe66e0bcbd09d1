"""Questions about enrolments: which rows a login may see."""

from typing import Any, Self

from django.db import models

from courses import policy


class EnrolmentQuerySet(models.QuerySet[Any]):
    """Enrolments, narrowed by who asks."""

    def visible_to(self, login: Any) -> Self:
        """Return the enrolments this login may see: its own, its cohorts', its countries'."""
        return policy.ENROLMENTS.filter(self, login)

    def of(self, login: Any) -> Self:
        """Return the login's own enrolments."""
        return self.filter(person=login.person.uuid)
