"""Packs that were uploaded and wait for a yes."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PackUpload(models.Model):
    """One row is one zip that a person sent and has not confirmed yet; it goes with the answer, or a day later.

    In the database rather than in a folder: the answer may reach another machine than the file did.
    """

    uuid = models.UUIDField(default=uuid.uuid4, primary_key=True, editable=False)
    login = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("login"))
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(_("zip"))
    uploaded_at = models.DateTimeField(_("uploaded at"))

    objects: Any = models.Manager()

    class Meta:
        verbose_name = _("uploaded pack")
        verbose_name_plural = _("uploaded packs")

    def __str__(self) -> str:
        return f"{self.uploaded_at:%Y-%m-%d %H:%M} {self.sha256[:8]}"
