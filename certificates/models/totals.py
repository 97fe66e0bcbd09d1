"""What a coordinator's page reads: a row per enrolment, and totals that follow from those rows."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from records.models import DerivedRow

NO_COHORT = uuid.UUID(int=0)


class Standing(DerivedRow):
    """One row is what one enrolment adds to the totals: its place, and how far it has come."""

    natural_key = "enrolment_uuid"

    enrolment_uuid = models.UUIDField(primary_key=True)
    country_code = models.CharField(max_length=2)
    cohort_uuid = models.UUIDField(default=NO_COHORT)
    course_uuid = models.UUIDField()
    is_completed = models.BooleanField(default=False)
    is_certified = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("standing")
        verbose_name_plural = _("standings")

    def __str__(self) -> str:
        return str(self.enrolment_uuid)


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

    class Meta:
        verbose_name = _("total")
        verbose_name_plural = _("totals")

    def __str__(self) -> str:
        return self.key
