"""Countries, agencies and duty posts."""

import uuid

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.territories import territory_name
from accounts.timezones import validate_time_zone


class Country(models.Model):
    """One row is one country or territory, by its ISO 3166-1 code; names come from CLDR."""

    code = models.CharField(_("ISO code"), max_length=2, unique=True)

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ("code",)
        constraints = (models.CheckConstraint(condition=models.Q(code__regex=r"^[A-Z]{2}$"), name="country_code_iso"),)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return territory_name(self.code, get_language() or "en")


class Agency(models.Model):
    """One row is one service that officers belong to: a police force, a border guard, a court."""

    class Kind(models.TextChoices):
        POLICE = "police", _("Police")
        BORDER = "border", _("Border guard")
        IMMIGRATION = "immigration", _("Immigration")
        PROSECUTION = "prosecution", _("Prosecution")
        COURT = "court", _("Court")
        SERVICE_PROVIDER = "service-provider", _("Service provider")
        TRAINING = "training", _("Training centre")
        CONSULAR = "consular", _("Consular or liaison service")
        FOCAL_POINT = "focal-point", _("National focal point")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    country = models.ForeignKey(Country, models.PROTECT, related_name="agencies", verbose_name=_("country"))
    name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ("country__code", "name")
        constraints = (models.UniqueConstraint(fields=("country", "name"), name="agency_name_once_in_country"),)

    def __str__(self) -> str:
        return f"{self.name}, {self.country.name}"


class Post(models.Model):
    """One row is one duty post of an agency, with the time zone its clock shows."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="posts", verbose_name=_("agency"))
    name = models.CharField(_("name"), max_length=150)
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[validate_time_zone])

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=("agency", "name"), name="post_name_once_in_agency"),)

    def __str__(self) -> str:
        return self.name
