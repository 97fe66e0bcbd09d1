"""Awards: derived from the acts that issued and revoked them; and the names on them."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Cohort, Country, Person
from records.models import DerivedRow

_BY_UUID: dict[str, Any] = {"to_field": "uuid", "db_constraint": False, "on_delete": models.DO_NOTHING}


class Award(DerivedRow):
    """One row is one award to one person: per award, period and version there is never a second."""

    natural_key = "uuid"

    uuid = models.UUIDField(primary_key=True)
    serial = models.CharField(_("serial number"), max_length=24, unique=True)
    person = models.ForeignKey(Person, related_name="awards", **_BY_UUID)
    enrolment_uuid = models.UUIDField(db_index=True)
    award_uuid = models.UUIDField()
    period = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    course_uuid = models.UUIDField()
    # Titles by language, as they were on that day.
    title = models.JSONField()
    edition = models.CharField(max_length=40)
    source_version = models.CharField(max_length=40)
    language = models.CharField(max_length=8)
    country = models.ForeignKey(
        Country, models.DO_NOTHING, to_field="code", db_constraint=False, related_name="awards"
    )
    cohort = models.ForeignKey(Cohort, null=True, related_name="awards", **_BY_UUID)
    lessons = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    points_milli = models.PositiveIntegerField()
    out_of_milli = models.PositiveIntegerField()
    pass_mark_percent = models.PositiveSmallIntegerField()
    issued_at = models.DateTimeField()
    valid_until = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revocation_reason = models.CharField(max_length=32, blank=True)

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ("-issued_at", "uuid")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "award_uuid", "period", "version"), name="awarded_once_per_period_and_version"
            ),
        )

    def __str__(self) -> str:
        return self.serial


class HolderName(models.Model):
    """One row is the name printed on one award. The statement holds only its salted hash.

    Erasing a person removes the row through accounts.privacy, the one place allowed to.
    """

    award_uuid = models.UUIDField(primary_key=True)
    full_name = models.CharField(max_length=150)
    full_name_other = models.CharField(max_length=150, blank=True)
    salt = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("name on an award")
        verbose_name_plural = _("names on awards")

    def __str__(self) -> str:
        return self.full_name
