"""Programmes, and what a cohort is for: the plan beside accounts' Cohort, which everything below may know."""

import uuid
from typing import Any, Self

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Cohort, Country
from accounts.policy import Viewer
from certificates import policy


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Programmes, narrowed by who asks."""

    def visible_to(self, login: Viewer) -> Self:
        """Return the programmes that concern a country or a cohort of this login."""
        return policy.PROGRAMMES.filter(self, login)


class Programme(models.Model):
    """One row is one programme: objectives and money under which cohorts are held in some countries."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(_("code"), max_length=40, unique=True)
    # A text by language.
    name = models.JSONField(_("name"))
    # A list of objects: `code`, and `text` by language.
    objectives = models.JSONField(_("objectives"), default=list, blank=True)
    # Names of organisations, as they are written. Never persons.
    partners = models.JSONField(_("partners"), default=list, blank=True)
    donors = models.JSONField(_("donors"), default=list, blank=True)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    # What was announced; the countries that are named stand in ProgrammeCountry.
    planned_countries = models.PositiveSmallIntegerField(_("countries planned"), null=True, blank=True)
    budget = models.DecimalField(_("budget"), max_digits=14, decimal_places=2, null=True, blank=True)
    budget_currency = models.CharField(_("currency"), max_length=3, blank=True)
    # Where the facts come from, and what of them does not agree, by language.
    note = models.JSONField(_("note on the data"), default=dict, blank=True)
    # certificates.cascade.rules.TrainerRules as JSON; an empty object means its defaults.
    trainer_rules = models.JSONField(_("rules for trainers"), default=dict, blank=True)
    shows_hijri = models.BooleanField(_("Hijri dates beside Gregorian ones"), default=False)
    # Loaded as history: it has no people, and its figures are nobody's target.
    is_historic = models.BooleanField(default=False)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ("-starts_on", "code")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="programme_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return self.name_in(get_language() or "en")

    def name_in(self, language: str) -> str:
        """Return the name in a language, else in English, else in any."""
        names: dict[str, str] = self.name
        return names.get(language.partition("-")[0]) or names.get("en") or next(iter(names.values()), self.code)


class ProgrammeCountry(models.Model):
    """One row is one country of one programme: whether it was planned, whether it took place, and the targets."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="countries")
    country = models.ForeignKey(Country, models.PROTECT, related_name="programmes", verbose_name=_("country"))
    is_planned = models.BooleanField(_("planned"), default=True)
    is_actual = models.BooleanField(_("carried out"), default=False)
    target_officers = models.PositiveIntegerField(_("officers to certify"), null=True, blank=True)
    target_trainers = models.PositiveIntegerField(_("trainers to certify"), null=True, blank=True)
    target_on = models.DateField(_("by"), null=True, blank=True)

    class Meta:
        verbose_name = _("country of a programme")
        verbose_name_plural = _("countries of programmes")
        ordering = ("country__code",)
        constraints = (models.UniqueConstraint(fields=("programme", "country"), name="country_once_in_programme"),)

    def __str__(self) -> str:
        return f"{self.country_id}"


class CohortPlan(models.Model):
    """One row is what one cohort is for, where it is held, and how far its planning is."""

    class Kind(models.TextChoices):
        TRAINERS = "trainers", _("Train the trainers")
        OFFICERS = "officers", _("Officers")

    class Mode(models.TextChoices):
        IN_PERSON = "in-person", _("In person")
        ONLINE = "online", _("Online")
        CENTRE = "centre", _("At a training centre without internet")

    class Stage(models.TextChoices):
        PLANNED = "planned", _("Planned")
        OPEN = "open", _("Open to join")
        RUNNING = "running", _("Under way")
        CLOSED = "closed", _("Closed")
        CANCELLED = "cancelled", _("Cancelled")

    cohort = models.OneToOneField(Cohort, models.CASCADE, primary_key=True, related_name="plan")
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="cohort_plans", verbose_name=_("programme")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.OFFICERS)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.PLANNED)
    mode = models.CharField(_("how it is held"), max_length=10, choices=Mode, default=Mode.IN_PERSON)
    # The cohort whose trainers hold this one: the branch of the cascade.
    parent = models.ForeignKey(
        Cohort, models.PROTECT, null=True, blank=True, related_name="branches", verbose_name=_("grows out of")
    )
    objective = models.CharField(_("objective"), max_length=300, blank=True)
    # The codes of the programme's objectives that it serves.
    objective_codes = models.JSONField(default=list, blank=True)
    place = models.CharField(_("place"), max_length=150, blank=True)
    host = models.CharField(_("host organisation"), max_length=150, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    capacity = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    # Plan to compare with: people invited, to complete, to certify; ends_on of Cohort is the date.
    planned_officers = models.PositiveIntegerField(_("officers planned"), null=True, blank=True)
    # What is known of a cohort before this site: `month` (2012-02), `sources` (codes), `note` by language.
    history = models.JSONField(default=dict, blank=True)
    course_uuid = models.UUIDField(null=True, blank=True)
    pre_test_quiz_uuid = models.UUIDField(null=True, blank=True)
    post_test_quiz_uuid = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("plan of a cohort")
        verbose_name_plural = _("plans of cohorts")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("cohort")),
                name="cohort_is_not_its_own_parent",
            ),
        )

    def __str__(self) -> str:
        return str(self.cohort)

    @property
    def is_for_trainers(self) -> bool:
        """Tell whether those who learn here are to train others."""
        kind: Any = self.kind
        return bool(kind == CohortPlan.Kind.TRAINERS)
