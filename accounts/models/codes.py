"""Codes that are handed over: to join, and to get back in."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.cohorts import Cohort
from accounts.models.people import Person


class InvitationCode(models.Model):
    """One row is one code that a trainer writes on the board: it joins a cohort and opens a course."""

    code = models.CharField(_("code"), max_length=8, unique=True)
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="invitation_codes", verbose_name=_("cohort"))
    # An opaque activity id: accounts does not know courses.
    course_uuid = models.UUIDField(_("course"))
    uses_left = models.PositiveIntegerField(_("uses left"))
    expires_at = models.DateTimeField(_("expires"))
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("invitation code")
        verbose_name_plural = _("invitation codes")

    def __str__(self) -> str:
        return self.code


class OneTimeCode(models.Model):
    """One row lets one person choose a new password once; only a hash of the code is kept."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="one_time_codes")
    code_hash = models.CharField(max_length=128)
    issued_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    tries_left = models.PositiveSmallIntegerField(default=5)

    class Meta:
        verbose_name = _("one-time code")
        verbose_name_plural = _("one-time codes")
        constraints = (
            models.UniqueConstraint(
                fields=("person",), condition=models.Q(used_at__isnull=True), name="one_open_code_per_person"
            ),
        )

    def __str__(self) -> str:
        return str(self.uuid)
