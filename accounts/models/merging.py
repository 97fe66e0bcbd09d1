"""Two records that are one person: what a merge changed here, so that its undo puts it back."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.people import Person


class Merging(models.Model):
    """One row is one merge of one record into another, done on this node, and its undo.

    That two records are one person is said by statements (records.aliases); here stands what belongs to
    this node alone: the login and the cohorts as they were before.
    """

    class LoginWas(models.TextChoices):
        UNTOUCHED = "untouched", _("Nothing to change")
        SUSPENDED = "suspended", _("Suspended")
        MOVED = "moved", _("Handed to the record that is kept")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kept = models.ForeignKey(Person, models.PROTECT, related_name="merged_in", verbose_name=_("record that is kept"))
    absorbed = models.ForeignKey(Person, models.PROTECT, related_name="merged_away", verbose_name=_("other record"))
    login_was = models.CharField(max_length=10, choices=LoginWas, default=LoginWas.UNTOUCHED)
    # What the memberships of both were, for undo: a list of objects of accounts.actions.merging.
    memberships = models.JSONField(default=list)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("merge of two records")
        verbose_name_plural = _("merges of two records")
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("absorbed",), condition=models.Q(undone_at__isnull=True), name="merged_away_once_at_a_time"
            ),
            models.CheckConstraint(condition=~models.Q(kept=models.F("absorbed")), name="merge_is_of_two"),
        )

    def __str__(self) -> str:
        return str(self.uuid)
