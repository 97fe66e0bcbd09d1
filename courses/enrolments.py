"""Questions about enrolments: which rows a login may see."""

from typing import Any, Self

from django.db import models

from courses import policy
from records.aliases import own


class EnrolmentQuerySet(models.QuerySet[Any]):
    """Enrolments, narrowed by who asks."""

    def visible_to(self, login: Any) -> Self:
        """Return the enrolments this login may see: its own, its cohorts', its countries'."""
        return policy.ENROLMENTS.filter(self, login)

    def of(self, login: Any) -> Self:
        """Return the login's own enrolments."""
        return self.filter(own("person", login.person.uuid))

    def best_first(self) -> Self:
        """Order a person's enrolments in one course: the latest period; of two records of a period the one that counts.

        That is the one completed first, then the one that has come further, then the earlier.
        """
        return self.order_by(
            "-period",
            models.F("progress__completed_at").asc(nulls_last=True),
            models.F("progress__activities_completed").desc(nulls_last=True),
            "enrolled_at",
            "uuid",
        )
