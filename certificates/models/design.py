"""How the certificates of a programme look: wording, seal, signatories. Edited in Wagtail's admin."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.policy import Viewer
from certificates import policy
from certificates.models.programmes import Programme


class CertificateDesignQuerySet(models.QuerySet["CertificateDesign"]):
    """Designs, narrowed by who asks."""

    def editable_by(self, login: Viewer) -> Self:
        """Return the designs that this login may change."""
        return policy.DESIGNS.filter(self, login)


class CertificateDesign(models.Model):
    """One row is the look of one programme's certificates; the row without a programme is the usual one.

    It says nothing about who earned what: that is the award's. Printing an old certificate anew takes the look of
    today, but of the signatories those who held their office on the day of issue.
    """

    class Ground(models.TextChoices):
        DARK = "dark", _("Dark band")
        WHITE = "white", _("White, to save ink")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.OneToOneField(
        Programme,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="certificate_design",
        verbose_name=_("programme"),
    )
    ground = models.CharField(_("ground"), max_length=8, choices=Ground, default=Ground.DARK)
    shows_score = models.BooleanField(_("show the score"), default=True)
    # Texts by language; where a language has none, the usual words stand, or nothing.
    title = models.JSONField(_("title"), default=dict, blank=True)
    subtitle = models.JSONField(_("line below the course"), default=dict, blank=True)
    funding = models.JSONField(_("donors"), default=dict, blank=True)
    footer = models.JSONField(_("footer"), default=dict, blank=True)
    # Re-encoded by us: never the bytes that came in.
    seal_png = models.BinaryField(_("seal"), default=bytes, blank=True, editable=False)
    seal_alt = models.CharField(_("what the seal shows"), max_length=150, blank=True)
    # A list of objects: `name` and `office` as typed, `since` and `until` as ISO dates or empty.
    signatories = models.JSONField(_("signatories"), default=list, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = CertificateDesignQuerySet.as_manager()

    class Meta:
        verbose_name = _("design of certificates")
        verbose_name_plural = _("designs of certificates")
        # Nobody holds a Django permission on it: certificates.policy decides, country by country (ADR 0008).
        default_permissions = ()
        constraints = (
            # Coalesce: SQL holds two NULLs for different, and there would be two usual designs.
            models.UniqueConstraint(Coalesce("programme", 0), name="one_design_for_a_programme"),
        )

    def __str__(self) -> str:
        programme: Any = self.programme
        return str(programme) if programme else str(_("All other certificates"))
