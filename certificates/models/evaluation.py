"""What people say of a training: at its end, months later, and what is known of the country around it."""

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Cohort, Person
from records.models import DerivedRow

_BY_UUID: dict[str, Any] = {"to_field": "uuid", "db_constraint": False, "on_delete": models.DO_NOTHING}


class ReactionTally(models.Model):
    """One row is how often one answer was given to one question of a cohort's reaction form.

    Nobody's form is kept, only these counts: there is nothing that could be joined to a person, by an id, a
    time or the order of rows. What is new waits until five people have answered, and is shown with them:
    whoever looks before and after one answer learns nothing of it.
    """

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="reaction_tallies")
    item = models.CharField(max_length=24)
    value = models.PositiveSmallIntegerField()
    shown = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("count of reactions")
        verbose_name_plural = _("counts of reactions")
        constraints = (models.UniqueConstraint(fields=("cohort", "item", "value"), name="reaction_counted_once"),)

    def __str__(self) -> str:
        return f"{self.item}={self.value}"


class ReactionGiven(models.Model):
    """One row is that one person has answered a cohort's reaction form. It has no time and no answer."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="reactions_given")
    person = models.ForeignKey(Person, models.CASCADE, related_name="reactions_given")

    class Meta:
        verbose_name = _("reaction given")
        verbose_name_plural = _("reactions given")
        constraints = (models.UniqueConstraint(fields=("cohort", "person"), name="one_reaction_per_person"),)

    def __str__(self) -> str:
        return str(self.pk)


class FollowUp(DerivedRow):
    """One row is one answer to a follow-up: from statements `responded`, the latest by time and id."""

    natural_key = "uuid"

    class By(models.TextChoices):
        LEARNER = "learner", _("The learner")
        SUPERVISOR = "supervisor", _("The supervisor")

    # Derived from cohort, person, months and who answers: certificates.evaluation.answering.
    uuid = models.UUIDField(primary_key=True)
    cohort_uuid = models.UUIDField(db_index=True)
    person = models.ForeignKey(Person, related_name="follow_ups", **_BY_UUID)
    months = models.PositiveSmallIntegerField()
    by = models.CharField(max_length=10, choices=By)
    # Item -> number of the answer.
    answers = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")

    def __str__(self) -> str:
        return f"{self.by} {self.months} {self.uuid}"


class SupervisorCode(models.Model):
    """One row is one code on paper with which a supervisor answers once about one learner.

    Only its keyed hash is kept. Sixty bits need no counting of tries: nobody guesses one in a lifetime.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="supervisor_codes")
    person = models.ForeignKey(Person, models.CASCADE, related_name="supervisor_codes")
    months = models.PositiveSmallIntegerField()
    code_hash = models.CharField(max_length=64, unique=True)
    issued_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("code for a supervisor")
        verbose_name_plural = _("codes for supervisors")
        constraints = (
            models.UniqueConstraint(
                fields=("cohort", "person", "months"),
                condition=models.Q(used_at__isnull=True),
                name="one_open_supervisor_code",
            ),
        )

    def __str__(self) -> str:
        return str(self.uuid)


class ContextNote(models.Model):
    """One row is what official data say of the country around one cohort: context, never an effect of the training."""

    cohort = models.OneToOneField(Cohort, models.CASCADE, primary_key=True, related_name="context_note")
    text = models.TextField(_("what the official data say"), max_length=1500)
    # Which office published it, and the year the figures are of.
    source = models.CharField(_("official source"), max_length=200)
    source_url = models.URLField(_("address of the source"), blank=True)
    year = models.PositiveSmallIntegerField(_("year of the data"))

    class Meta:
        verbose_name = _("context from official data")
        verbose_name_plural = _("contexts from official data")

    def __str__(self) -> str:
        return self.source
