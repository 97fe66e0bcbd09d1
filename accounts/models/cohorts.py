"""Cohorts and who is in them."""

import uuid
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import policy
from accounts.models.people import Person
from accounts.models.places import Agency, Country
from accounts.timezones import validate_time_zone


class CohortQuerySet(models.QuerySet["Cohort"]):
    """Cohorts, narrowed by who asks."""

    def visible_to(self, login: policy.Viewer) -> Self:
        """Return the cohorts this login trains or coordinates."""
        return policy.COHORTS.filter(self, login)


class Cohort(models.Model):
    """One row is one group that learns together, in one country, under one trainer or more."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=150)
    country = models.ForeignKey(Country, models.PROTECT, related_name="cohorts", verbose_name=_("country"))
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="cohorts", verbose_name=_("agency")
    )
    language = models.CharField(_("language"), max_length=8, default="en")
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[validate_time_zone])

    objects = CohortQuerySet.as_manager()

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        ordering = ("-starts_on", "name")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="cohort_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return self.name


class CohortMemberQuerySet(models.QuerySet["CohortMember"]):
    """Members, narrowed by their part and by whether they are there. Whoever counts people counts `active`."""

    def active(self) -> Self:
        """Return those who are in the cohort: not waiting, not withdrawn, not moved."""
        return self.filter(state=CohortMember.State.ACTIVE)

    def waiting(self) -> Self:
        """Return those on the waiting list, who came first first."""
        return self.filter(state=CohortMember.State.WAITING).order_by("joined_at", "pk")

    def learners(self) -> Self:
        """Return those who learn."""
        return self.filter(role=CohortMember.Role.LEARNER)

    def trainers(self) -> Self:
        """Return those who train."""
        return self.filter(role=CohortMember.Role.TRAINER)


class CohortMember(models.Model):
    """One row is one person's part in one cohort."""

    class Role(models.TextChoices):
        LEARNER = "learner", _("Learner")
        TRAINER = "trainer", _("Trainer")

    class State(models.TextChoices):
        ACTIVE = "active", _("In the cohort")
        WAITING = "waiting", _("On the waiting list")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        MOVED = "moved", _("Moved to another cohort")

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="members", verbose_name=_("cohort"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships", verbose_name=_("person"))
    role = models.CharField(_("part"), max_length=8, choices=Role, default=Role.LEARNER)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ACTIVE)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    # Why somebody left, by a code of accounts.leaving; free text is nobody's business here.
    left_reason = models.CharField(_("reason"), max_length=24, blank=True)

    objects = CohortMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("cohort member")
        verbose_name_plural = _("cohort members")
        constraints = (models.UniqueConstraint(fields=("cohort", "person", "role"), name="member_once_in_cohort"),)

    def __str__(self) -> str:
        return f"{self.person}, {self.cohort}"
