"""Devices: a person on a browser, known by a key."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person


class Device(models.Model):
    """One row is one person on one device, and the key that signs what this person says there."""

    uuid = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, models.PROTECT, to_field="uuid", related_name="devices")
    actor_uuid = models.UUIDField()
    # SubjectPublicKeyInfo of a P-256 key, base64.
    public_key = models.TextField()
    label = models.CharField(max_length=80, blank=True)
    enrolled_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Person, models.PROTECT, to_field="uuid", null=True, related_name="+")
    last_seen_at = models.DateTimeField(null=True)
    # The highest sequence number received, and the hash of that statement.
    last_sequence = models.PositiveBigIntegerField(default=0)
    head_sha256 = models.CharField(max_length=64, blank=True)
    # What the device last said of itself: its clock against ours, and what waits in its queue.
    clock_skew_s = models.IntegerField(null=True)
    waiting_count = models.PositiveIntegerField(null=True)
    waiting_since = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        ordering = ("-last_seen_at", "uuid")
        indexes = (models.Index(fields=("actor_uuid",), name="devices_of_actor"),)

    def __str__(self) -> str:
        return str(self.uuid)
