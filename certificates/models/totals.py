"""What a coordinator's page reads: a row per enrolment, and totals that follow from those rows."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.policy import Viewer
from certificates import dimensions, policy
from certificates.counting import MEASURES, STAGES, Counted
from certificates.places import NO_COHORT
from courses.models import Enrolment
from records.models import DerivedRow


class Standing(DerivedRow):
    """One row is what one enrolment adds to the totals: its place, its groups, and how far it has come.

    Months are numbers such as 202603. What a person has said of themselves is read when the row is derived;
    whoever changes it derives the row again (certificates.standings.derive_standings_of).
    """

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
    cohort_uuid = models.UUIDField(default=NO_COHORT, db_index=True)
    course_uuid = models.UUIDField()
    month = models.PositiveIntegerField(default=0)
    agency_uuid = models.UUIDField(null=True)
    rank_band = models.CharField(max_length=8, blank=True)
    sex = models.CharField(max_length=8, blank=True)
    age_band = models.CharField(max_length=8, blank=True)
    language = models.CharField(max_length=8, blank=True)
    duty = models.CharField(max_length=8, blank=True)
    is_started = models.BooleanField(default=False)
    is_finished = models.BooleanField(default=False)
    is_completed = models.BooleanField(default=False)
    is_certified = models.BooleanField(default=False)
    completed_in = models.PositiveIntegerField(null=True)
    certified_in = models.PositiveIntegerField(null=True)
    expires_in = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = _("standing")
        verbose_name_plural = _("standings")

    def __str__(self) -> str:
        return str(self.pk)

    def counted(self) -> Counted:
        """Return the row as the totals see it."""
        return Counted(
            self.country_code,
            self.cohort_uuid,
            self.course_uuid,
            self.month,
            {
                dimensions.SEX: self.sex,
                dimensions.AGE: self.age_band,
                dimensions.RANK: self.rank_band,
                dimensions.DUTY: self.duty,
                dimensions.LANGUAGE: self.language,
                dimensions.AGENCY: str(self.agency_uuid or ""),
            },
            self.is_started,
            self.is_finished,
            self.is_completed,
            self.is_certified,
            self.completed_in,
            self.certified_in,
            self.expires_in,
        )


class TotalQuerySet(models.QuerySet["Total"]):
    """Totals, narrowed by who asks."""

    def visible_to(self, login: Viewer) -> Self:
        """Return the rows of the login's countries, and of the cohorts it trains."""
        return policy.TOTALS.filter(self, login)


class Total(DerivedRow):
    """One row is one cohort's totals in one course, of those who began in one month; a country's are the sum.

    A row changes only by the difference between a standing's old row and its new one, so the same
    statement derived twice changes nothing.
    """

    natural_key = "key"
    measures: ClassVar[tuple[str, ...]] = STAGES
    place: ClassVar[tuple[str, ...]] = ("country_code", "cohort_uuid", "course_uuid", "month")

    key = models.CharField(max_length=120, primary_key=True)
    country_code = models.CharField(max_length=2, db_index=True)
    cohort_uuid = models.UUIDField(default=NO_COHORT, db_index=True)
    course_uuid = models.UUIDField()
    month = models.PositiveIntegerField(default=0)
    enrolled = models.PositiveIntegerField(default=0)
    started = models.PositiveIntegerField(default=0)
    finished = models.PositiveIntegerField(default=0)
    completed = models.PositiveIntegerField(default=0)
    certified = models.PositiveIntegerField(default=0)

    objects = TotalQuerySet.as_manager()

    class Meta:
        verbose_name = _("total")
        verbose_name_plural = _("totals")

    def __str__(self) -> str:
        return self.key


class TallyQuerySet(models.QuerySet["Tally"]):
    """Tallies, narrowed by who asks."""

    def visible_to(self, login: Viewer) -> Self:
        """Return the rows of the countries that the login runs: a trainer's cohorts have none of their own."""
        return policy.TALLIES.filter(self, login)


class Tally(DerivedRow):
    """One row is one group of one country in one course, of one month: the totals apart by sex, age and so on.

    Cohorts are not in it, so that it grows with countries and months, not with cohorts.
    """

    natural_key = "key"
    measures: ClassVar[tuple[str, ...]] = MEASURES
    place: ClassVar[tuple[str, ...]] = ("country_code", "course_uuid", "month", "dimension", "value")

    key = models.CharField(max_length=120, primary_key=True)
    country_code = models.CharField(max_length=2)
    course_uuid = models.UUIDField()
    month = models.PositiveIntegerField()
    dimension = models.CharField(max_length=8)
    value = models.CharField(max_length=36, blank=True)
    enrolled = models.PositiveIntegerField(default=0)
    started = models.PositiveIntegerField(default=0)
    finished = models.PositiveIntegerField(default=0)
    completed = models.PositiveIntegerField(default=0)
    certified = models.PositiveIntegerField(default=0)
    completed_then = models.PositiveIntegerField(default=0)
    certified_then = models.PositiveIntegerField(default=0)

    objects = TallyQuerySet.as_manager()

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        indexes = (models.Index(fields=("dimension", "country_code", "month"), name="tally_of_a_country"),)

    def __str__(self) -> str:
        return self.key


class Headcount(models.Model):
    """One row is what no statement says of a cohort's people, counted now and then: it makes no part of the state.

    `pending` are on the cohort's list without an enrolment in it; `trained_others` are certified here and have
    led or shared a session since. `month` is when they were put on the list, or began.
    """

    country_code = models.CharField(max_length=2)
    cohort_uuid = models.UUIDField(default=NO_COHORT)
    month = models.PositiveIntegerField()
    pending = models.PositiveIntegerField(default=0)
    trained_others = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("headcount")
        verbose_name_plural = _("headcounts")
        constraints = (
            models.UniqueConstraint(fields=("country_code", "cohort_uuid", "month"), name="headcount_once_in_a_month"),
        )

    def __str__(self) -> str:
        return f"{self.cohort_uuid} {self.month}"


class Reporting(models.Model):
    """One row is how many of one country's sources (devices, nodes) have reported lately, counted now and then."""

    source = models.CharField(max_length=16)
    country_code = models.CharField(max_length=2)
    total = models.PositiveIntegerField()
    reported = models.PositiveIntegerField()
    oldest_at = models.DateTimeField(null=True)
    newest_at = models.DateTimeField(null=True)
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("reporting")
        verbose_name_plural = _("reporting")
        constraints = (models.UniqueConstraint(fields=("source", "country_code"), name="reporting_once_in_a_country"),)

    def __str__(self) -> str:
        return f"{self.source} {self.country_code}"
