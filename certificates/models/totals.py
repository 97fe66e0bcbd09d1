"""What a coordinator's page reads: a row per enrolment, and totals that follow from those rows."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.policy import Viewer
from certificates import policy
from certificates.places import NO_COHORT
from courses.models import Enrolment
from records.models import DerivedRow


class Standing(DerivedRow):
    """One row is what one enrolment adds to the totals: its place, and how far it has come."""

    natural_key = "enrolment_id"

    enrolment = models.OneToOneField(
        Enrolment,
        models.DO_NOTHING,
        db_constraint=False,
        primary_key=True,
        related_name="standing",
        db_column="enrolment_uuid",
    )
    country_code = models.CharField(max_length=2)
    cohort_uuid = models.UUIDField(default=NO_COHORT)
    course_uuid = models.UUIDField()
    is_completed = models.BooleanField(default=False)
    is_certified = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("standing")
        verbose_name_plural = _("standings")

    def __str__(self) -> str:
        return str(self.pk)


class TotalQuerySet(models.QuerySet["Total"]):
    """Totals, narrowed by who asks."""

    def visible_to(self, login: Viewer) -> Self:
        """Return the rows of the login's countries, and of the cohorts it trains."""
        return policy.TOTALS.filter(self, login)


class Total(DerivedRow):
    """One row is one cohort's totals in one course; a country's are the sum of its rows.

    A row changes only by the difference between a standing's old row and its new one, so the same
    statement derived twice changes nothing.
    """

    natural_key = "key"

    key = models.CharField(max_length=120, primary_key=True)
    country_code = models.CharField(max_length=2, db_index=True)
    cohort_uuid = models.UUIDField(default=NO_COHORT)
    course_uuid = models.UUIDField()
    enrolled = models.PositiveIntegerField(default=0)
    completed = models.PositiveIntegerField(default=0)
    certified = models.PositiveIntegerField(default=0)

    objects = TotalQuerySet.as_manager()

    class Meta:
        verbose_name = _("total")
        verbose_name_plural = _("totals")

    def __str__(self) -> str:
        return self.key
