"""Sessions of a cohort, who holds them, and who was there."""

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Cohort, Person
from certificates.models.programmes import CohortPlan
from records.models import DerivedRow

_BY_UUID: dict[str, Any] = {"to_field": "uuid", "db_constraint": False, "on_delete": models.DO_NOTHING}


class Session(models.Model):
    """One row is one meeting of a cohort, from one time to another, in the cohort's time zone on the page."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="sessions", verbose_name=_("cohort"))
    title = models.CharField(_("title"), max_length=150)
    mode = models.CharField(
        _("how it is held"), max_length=10, choices=CohortPlan.Mode, default=CohortPlan.Mode.IN_PERSON
    )
    place = models.CharField(_("place"), max_length=150, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    # What counts as hours of training: the breaks are not in it.
    minutes = models.PositiveSmallIntegerField(_("minutes of training"))
    # A list of objects: `minutes`, `title`, `method`.
    agenda = models.JSONField(_("agenda"), default=list, blank=True)
    # certificates.programmes.session_plans: the template's fields, by name.
    plan = models.JSONField(_("session plan"), default=dict, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ("starts_at", "pk")
        constraints = (
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="session_ends_later"),
        )

    def __str__(self) -> str:
        return self.title


class SessionPart(models.Model):
    """One row is who has which part in one session: a trainer by person, a guest by office where no person is known."""

    class Role(models.TextChoices):
        LEAD = "lead", _("Lead trainer")
        CO_TRAINER = "co-trainer", _("Co-trainer")
        OBSERVER = "observer", _("Observer")
        GUEST = "guest", _("Guest")

    session = models.ForeignKey(Session, models.CASCADE, related_name="parts")
    role = models.CharField(_("part"), max_length=10, choices=Role)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="session_parts", verbose_name=_("person")
    )
    # Such as "Prosecutor, anti-trafficking unit"; never a name.
    office = models.CharField(_("office"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("part in a session")
        verbose_name_plural = _("parts in sessions")
        constraints = (
            models.UniqueConstraint(
                fields=("session", "person"), condition=models.Q(person__isnull=False), name="one_part_in_a_session"
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) | ~models.Q(office=""), name="part_is_somebody_s"
            ),
        )

    def __str__(self) -> str:
        return f"{self.role}"


class Attendance(DerivedRow):
    """One row is whether one person was at one session: from statements `attended`, the latest by time and id."""

    natural_key = "uuid"

    class Status(models.TextChoices):
        PRESENT = "present", _("Present")
        ABSENT = "absent", _("Absent")
        EXCUSED = "excused", _("Excused")

    # Derived from session and person: certificates.programmes.attendance.
    uuid = models.UUIDField(primary_key=True)
    session_uuid = models.UUIDField(db_index=True)
    cohort_uuid = models.UUIDField(db_index=True)
    person = models.ForeignKey(Person, related_name="attendances", **_BY_UUID)
    status = models.CharField(max_length=8, choices=Status)
    # Minutes of training attended; the session's unless the person came late or left early.
    minutes = models.PositiveSmallIntegerField(default=0)
    # How it was taken: on a list, by QR code, from a CSV file, from a paper sheet.
    taken_by = models.CharField(max_length=8)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")

    def __str__(self) -> str:
        return f"{self.status} {self.session_uuid}"
