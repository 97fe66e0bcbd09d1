"""Issuing for a whole cohort: one run, one line for each person, gone on with by whoever has time."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Cohort, Person
from certificates.models.rules import AwardRule


class IssuingRun(models.Model):
    """One row is one act of issuing for a cohort. It is worked on in slices, each by whoever holds the lease."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="issuing_runs", verbose_name=_("cohort"))
    role = models.CharField(_("who receives it"), max_length=8, choices=AwardRule.Role, default=AwardRule.Role.LEARNER)
    started_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    # Until then one process works on it; one that died is waited for no longer than that.
    leased_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("act of issuing")
        verbose_name_plural = _("acts of issuing")
        ordering = ("-started_at", "-pk")
        constraints = (
            # A second click finds the run that is open.
            models.UniqueConstraint(
                fields=("cohort", "role"), condition=models.Q(finished_at__isnull=True), name="one_open_run_of_a_cohort"
            ),
        )

    def __str__(self) -> str:
        return str(self.uuid)


class IssuingLine(models.Model):
    """One row is one person of a run: what became of it, and of what is missing each part."""

    class Result(models.TextChoices):
        WAITING = "", _("Waiting")
        ISSUED = "issued", _("Issued now")
        ALREADY = "already", _("Issued before")
        NOT_DUE = "not-due", _("Not yet due")
        FAILED = "failed", _("Could not be issued")

    run = models.ForeignKey(IssuingRun, models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    # Null for a trainer's award, which no enrolment earns.
    enrolment_uuid = models.UUIDField(null=True)
    result = models.CharField(max_length=8, choices=Result, blank=True, default=Result.WAITING)
    # Conditions that are not met, as certificates.eligibility writes them; or the code of an error.
    unmet = models.JSONField(default=list, blank=True)
    award_uuid = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("line of an act of issuing")
        verbose_name_plural = _("lines of acts of issuing")
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("run", "position"), name="one_line_at_a_place"),)
        indexes = (models.Index(fields=("run", "result"), name="issuing_line_result"),)

    def __str__(self) -> str:
        return f"{self.run_id}/{self.position}"
