"""What staff did."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """One row is one act of a member of staff; the database refuses to change or delete it.

    People are named by UUID, without a foreign key, so that erasing a person leaves this log whole.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField()
    actor_uuid = models.UUIDField(null=True, db_index=True)
    act = models.CharField(max_length=48)
    target_kind = models.CharField(max_length=32, blank=True)
    target_uuid = models.UUIDField(null=True, db_index=True)
    country_code = models.CharField(max_length=2, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act}"
