"""Who is confirmed as police: said by staff who know the person, never by the person."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.people import Person


class PoliceConfirmationQuerySet(models.QuerySet["PoliceConfirmation"]):
    """Confirmations, now and in the past."""

    def in_force(self) -> Self:
        """Return the confirmations that have not ended."""
        return self.filter(ended_at__isnull=True)


class PoliceConfirmation(models.Model):
    """One row says for a time that one person is police.

    It opens the courses that are reserved for police. It stays on this node, and a merge of two records does not
    carry it over: somebody confirms the record that is kept.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="police_confirmations", verbose_name=_("person"))
    confirmed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("confirmed by"))
    confirmed_at = models.DateTimeField(_("confirmed on"))
    ended_at = models.DateTimeField(_("ended on"), null=True, blank=True)

    objects = PoliceConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = _("confirmation as police")
        verbose_name_plural = _("confirmations as police")
        constraints = (
            models.UniqueConstraint(
                fields=("person",), condition=models.Q(ended_at__isnull=True), name="police_confirmed_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("confirmed_by")), name="nobody_confirms_themselves"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id}, {self.confirmed_at:%Y-%m-%d}"
