"""Roles with a country scope."""

from typing import Self

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts import policy
from accounts.models.people import Person
from accounts.models.places import Country


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    """Role grants, now and in the past."""

    def in_force(self) -> Self:
        """Return the grants that have not ended."""
        return self.filter(ended_at__isnull=True)


class RoleGrant(models.Model):
    """One row is one role held by one person in one country, or everywhere, for a time."""

    class Role(models.TextChoices):
        TRAINER = policy.TRAINER, _("Trainer")
        COORDINATOR = policy.COORDINATOR, _("Coordinator")
        EDITOR = policy.EDITOR, _("Editor")
        ADMINISTRATOR = policy.ADMINISTRATOR, _("Administrator")

    person = models.ForeignKey(Person, models.PROTECT, related_name="role_grants", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=16, choices=Role)
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="role_grants", verbose_name=_("country")
    )
    granted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = (
            models.UniqueConstraint(
                "person",
                "role",
                Coalesce("country", 0),
                condition=models.Q(ended_at__isnull=True),
                name="role_held_once_at_a_time",
            ),
        )

    def __str__(self) -> str:
        where = self.country.name if self.country else _("everywhere")
        return f"{self.get_role_display()}, {where}"
