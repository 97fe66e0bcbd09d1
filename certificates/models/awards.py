"""Awards: derived from the acts that issued and revoked them; and the names on them."""

from typing import Any, Self

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Cohort, Country, Person
from accounts.policy import Viewer
from certificates import policy
from certificates.awarded import name_sha256
from certificates.reasons import SUPERSEDED
from elearning.lib.points import points_text
from records.models import DerivedRow

_BY_UUID: dict[str, Any] = {"to_field": "uuid", "db_constraint": False, "on_delete": models.DO_NOTHING}


class AwardQuerySet(models.QuerySet["Award"]):
    """Awards, narrowed by who asks."""

    def visible_to(self, login: Viewer) -> Self:
        """Return the awards this login may open: its own, and those of its countries."""
        return policy.AWARDS.filter(self, login)

    def in_force(self) -> Self:
        """Return the awards that were not withdrawn."""
        return self.filter(revoked_at__isnull=True)

    def current(self) -> Self:
        """Return the newest paper of each number: those that no later version replaced."""
        return self.exclude(revocation_reason=SUPERSEDED)


class Award(DerivedRow):
    """One row is one award to one person: per award, period and version there is never a second."""

    natural_key = "uuid"

    uuid = models.UUIDField(primary_key=True)
    serial = models.CharField(_("serial number"), max_length=24, db_index=True)
    person = models.ForeignKey(Person, related_name="awards", **_BY_UUID)
    enrolment_uuid = models.UUIDField(db_index=True)
    award_uuid = models.UUIDField()
    period = models.PositiveSmallIntegerField()
    # The version of the document: a corrected name makes the next one, under the same number.
    version = models.PositiveSmallIntegerField()
    # The version of the terms on which it was earned.
    rule_version = models.PositiveSmallIntegerField(default=1)
    # The award whose place this one takes: the same number, a later version.
    supersedes = models.UUIDField(null=True)
    # Opaque here as on every node: the programme's row may arrive later.
    programme_uuid = models.UUIDField(null=True, db_index=True)
    course_uuid = models.UUIDField()
    # Titles by language, as they were on that day.
    title = models.JSONField()
    edition = models.CharField(max_length=40)
    source_version = models.CharField(max_length=40)
    language = models.CharField(max_length=8)
    country = models.ForeignKey(Country, models.DO_NOTHING, to_field="code", db_constraint=False, related_name="awards")
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
    name_sha256 = models.CharField(max_length=64)

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ("-issued_at", "uuid")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "award_uuid", "period", "version"), name="awarded_once_per_period_and_version"
            ),
            models.UniqueConstraint(fields=("serial", "version"), name="award_serial_once_per_version"),
        )

    def __str__(self) -> str:
        return self.serial

    def title_in(self, language: str) -> str:
        """Return the title in a language, else in English, else in any."""
        titles: dict[str, str] = self.title
        return titles.get(language.partition("-")[0]) or titles.get("en") or next(iter(titles.values()), "")

    @property
    def is_superseded(self) -> bool:
        """Tell whether a later version with the same number took the place of this one."""
        return self.revocation_reason == SUPERSEDED

    @property
    def is_scored(self) -> bool:
        """Tell whether it quotes a test: a trainer's award does not."""
        return self.out_of_milli > 0

    @property
    def points_text(self) -> str:
        """The points that were reached, with a half where there is one."""
        return points_text(self.points_milli)

    @property
    def out_of_text(self) -> str:
        """The points there were to reach."""
        return points_text(self.out_of_milli)

    @property
    def local_title(self) -> str:
        """The title in the language of the page."""
        return self.title_in(get_language() or "en")


class HolderName(models.Model):
    """One row is the name printed on one award. The statement holds only its salted hash.

    The row stands beside the log and is not guarded: a person can be erased, the log stays whole.
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

    def fits(self, award: Award) -> bool:
        """Tell whether this is the name that the award's statement was made for."""
        return name_sha256(self.salt, self.full_name, self.full_name_other) == award.name_sha256
