"""How the bank is kept in order: categories, tags, and the pictures that questions show."""

import uuid

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Country
from elearning.lib.growing import GrowingModel


class QuestionCategory(models.Model):
    """One row is one drawer of the bank. One of no country is everybody's."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Words by language: {"en": …, "fr": …}.
    name = models.JSONField(_("name"), default=dict)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("in")
    )
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="question_categories",
        verbose_name=_("country"),
    )

    class Meta:
        verbose_name = _("question category")
        verbose_name_plural = _("question categories")
        ordering = ("pk",)

    def __str__(self) -> str:
        return in_language(self.name, get_language() or "en")


class QuestionTag(models.Model):
    """One row is one word to find questions by, of one facet."""

    class Facet(models.TextChoices):
        MODULE = "module", _("Module")
        OBJECTIVE = "objective", _("Objective")
        ARTICLE = "article", _("Treaty article")
        TOPIC = "topic", _("Topic")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    facet = models.CharField(_("facet"), max_length=10, choices=Facet, default=Facet.TOPIC)
    slug = models.SlugField(_("short name"), max_length=80)
    name = models.JSONField(_("name"), default=dict)

    class Meta:
        verbose_name = _("question tag")
        verbose_name_plural = _("question tags")
        ordering = ("facet", "slug")
        constraints = (models.UniqueConstraint(fields=("facet", "slug"), name="tag_once_in_facet"),)

    def __str__(self) -> str:
        return in_language(self.name, get_language() or "en") or self.slug


class QuestionImage(GrowingModel):
    """One row is one picture as learners get it, made anew from what was uploaded, by the hash of its bytes.

    A question names it in its body as {"image": {"sha256", "width", "height"}}; its alternative text is
    the words of the part "image".
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    media_type = models.CharField(max_length=20)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    content = models.BinaryField()

    class Meta:
        verbose_name = _("question image")
        verbose_name_plural = _("question images")
        base_manager_name = "objects"

    def __str__(self) -> str:
        return self.sha256


def in_language(words: dict[str, str], language: str) -> str:
    """Return the words of a language, else the English ones."""
    return words.get(language.split("-", maxsplit=1)[0]) or words.get("en", "")
