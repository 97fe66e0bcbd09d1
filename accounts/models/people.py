"""People, apart from how they sign in."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.places import Agency, Country, Post
from accounts.people import PersonQuerySet

EARLIEST_BIRTH_YEAR = 1920


class Person(models.Model):
    """One row is one human being, with or without a login.

    Statements name a person only by an actor account's UUID; what can tell who it is stands here,
    so that erasing a person empties this row and leaves the log whole.
    """

    class Sex(models.TextChoices):
        FEMALE = "female", _("Woman")
        MALE = "male", _("Man")
        OTHER = "other", _("Other")

    class RankBand(models.TextChoices):
        """Wide bands, not ranks: ranks differ by service, and a rank in a small post is a name."""

        JUNIOR = "junior", _("Constable, guard or clerk")
        MIDDLE = "middle", _("Sergeant, inspector or officer")
        SENIOR = "senior", _("Superintendent, commander or above")
        CIVILIAN = "civilian", _("No rank")

    class Duty(models.TextChoices):
        BORDER = "border", _("At a border")
        INLAND = "inland", _("Inland")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    full_name = models.CharField(_("full name"), max_length=150)
    full_name_other = models.CharField(_("name in a second script"), max_length=150, blank=True)
    country = models.ForeignKey(Country, models.PROTECT, related_name="people", verbose_name=_("country"))
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="people", verbose_name=_("agency"), null=True, blank=True
    )
    post = models.ForeignKey(
        Post, models.SET_NULL, related_name="people", verbose_name=_("post"), null=True, blank=True
    )
    service_number = models.CharField(_("service number"), max_length=32, blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    sex = models.CharField(_("sex"), max_length=8, choices=Sex, blank=True)
    birth_year = models.PositiveSmallIntegerField(
        _("year of birth"),
        null=True,
        blank=True,
        validators=[MinValueValidator(EARLIEST_BIRTH_YEAR), MaxValueValidator(2100)],
    )
    rank_band = models.CharField(_("rank band"), max_length=8, choices=RankBand, blank=True)
    duty = models.CharField(_("place of duty"), max_length=8, choices=Duty, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("full_name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("agency", "service_number"),
                condition=~models.Q(service_number=""),
                name="service_number_once_in_agency",
            ),
            models.CheckConstraint(
                condition=models.Q(service_number="") | models.Q(agency__isnull=False),
                name="service_number_has_agency",
            ),
        )

    def __str__(self) -> str:
        return self.full_name

    @property
    def initials(self) -> str:
        """The first letters of up to three parts of the name: what a shared device shows in its list."""
        return "".join(part[0] for part in self.full_name.split()[:3]).upper()


class ActorAccount(models.Model):
    """One row is one opaque name under which statements speak of a person.

    A person has one from the start; merging two people adds the other's, and can be undone.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="actor_accounts")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.uuid)
