"""Trainers: the evidence for each, what they bring, and where they stood when the cascade was last counted."""

import uuid
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.policy import Viewer
from certificates.cascade import access_rules
from certificates.models.programmes import Programme
from records.models import DerivedRow

_BY_UUID: dict[str, Any] = {"to_field": "uuid", "db_constraint": False, "on_delete": models.DO_NOTHING}


class Evidence(DerivedRow):
    """One row is one piece of evidence for one trainer: from statements `evidenced` and `retracted`.

    What certificates, attendance and sessions prove is read there; here is what only a person can say.
    """

    natural_key = "uuid"

    class Kind(models.TextChoices):
        MICRO_TEACHING = "micro-teaching", _("Micro-teaching")
        OBSERVED = "observed", _("Observed session, passed")
        CONDUCT = "conduct", _("Code of conduct signed")

    uuid = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, related_name="evidence", **_BY_UUID)
    # Opaque here as on every node: the programme's row may arrive later. None: for no programme.
    programme_uuid = models.UUIDField(null=True)
    kind = models.CharField(max_length=16, choices=Kind)
    # The marks of a micro-teaching, in the order of certificates.cascade.rules.RUBRIC_LINES.
    marks = models.JSONField(default=list)
    session_uuid = models.UUIDField(null=True)
    happened_on = models.DateField()
    # The actor account of who says so.
    said_by_uuid = models.UUIDField()
    said_at = models.DateTimeField()
    retracted_at = models.DateTimeField(null=True)
    retraction_reason = models.CharField(max_length=24, blank=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("pieces of evidence")
        ordering = ("-happened_on", "-said_at", "uuid")

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"


class TrainerProfile(models.Model):
    """One row is what one trainer brings beside the training: what a coordinator asks when looking for one."""

    class Discipline(models.TextChoices):
        POLICE = "police", _("Police")
        BORDER = "border", _("Border guard and immigration")
        JUSTICE = "justice", _("Justice")
        PSYCHOLOGY = "psychology", _("Psychology")
        SOCIAL_WORK = "social-work", _("Social work and protection")
        LABOUR = "labour", _("Labour inspection")
        TRAINING = "training", _("Adult education")

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True, related_name="trainer_profile")
    disciplines = models.JSONField(_("disciplines"), default=list, blank=True)
    # Codes of languages in which they can hold a session.
    languages = models.JSONField(_("languages of training"), default=list, blank=True)
    # The year in which they began to work on trafficking cases: years of practice follow from it.
    practice_since = models.PositiveSmallIntegerField(
        _("working on trafficking since (year)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1950), MaxValueValidator(2100)],
    )

    class Meta:
        verbose_name = _("profile of a trainer")
        verbose_name_plural = _("profiles of trainers")

    def __str__(self) -> str:
        return str(self.person)


class TrainerLineQuerySet(models.QuerySet["TrainerLine"]):
    """Lines of the cascade, narrowed by who asks."""

    def visible_to(self, login: Viewer) -> Self:
        """Return the lines of people this login may see, in its countries and cohorts."""
        return access_rules.TRAINERS.filter(self, login)


class TrainerLine(models.Model):
    """One row is one trainer in one programme, as counted at one moment (certificates.cascade.counting).

    Planning, certificates and the calendar move it, not statements alone: so it is counted anew by timed work
    and on request, and is no derived row of the log. It holds a trainer's own figures only; sums over a
    branch are made for whoever looks, of the lines they may see.
    """

    # "programme/person": a programme that is none has no id, and null would not be one key.
    key = models.CharField(max_length=80, primary_key=True)
    person = models.ForeignKey(Person, models.CASCADE, to_field="uuid", related_name="trainer_lines")
    programme = models.ForeignKey(Programme, models.CASCADE, null=True, related_name="trainer_lines")
    # Who led the cohort in which they learnt to train.
    parent_uuid = models.UUIDField(null=True)
    generation = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10)
    # Codes of the rules that are not met, in the order of certificates.cascade.standing.Rule.
    missing = models.JSONField(default=list)
    sessions = models.PositiveIntegerField(default=0)
    last_held_on = models.DateField(null=True)
    officers_reached = models.PositiveIntegerField(default=0)
    officers_trained = models.PositiveIntegerField(default=0)
    # Trained within the twelve months before the count.
    officers_recent = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField()

    objects = TrainerLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("trainer")
        verbose_name_plural = _("trainers")
        constraints = (models.UniqueConstraint(fields=("programme", "person"), name="trainer_once_in_programme"),)

    def __str__(self) -> str:
        return self.key

    @staticmethod
    def key_of(programme: uuid.UUID | None, person: uuid.UUID) -> str:
        """Return the key of a line."""
        return f"{programme or ''}/{person}"
