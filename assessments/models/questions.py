"""Questions: one row each, whatever their languages; and the versions that attempts saw."""

import uuid
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from polymorphic.managers import PolymorphicManager
from polymorphic.models import PolymorphicModel
from polymorphic.query import PolymorphicQuerySet
from wagtail.models import PreviewableMixin

from accounts.models import Country
from accounts.policy import Viewer
from assessments import policy
from assessments.models.bank import QuestionCategory, QuestionTag
from elearning.lib.growing import GrowingModel


class QuestionQuerySet(PolymorphicQuerySet[Any]):
    """Questions, narrowed by who asks and by what may be drawn."""

    def visible_to(self, login: Viewer) -> Self:
        """Return the questions this login may read in the bank."""
        return policy.QUESTIONS_READ.filter(self, login)

    def drawable(self, course_uuid: uuid.UUID, country: str = "") -> Self:
        """Return the questions that a graded quiz of a course may draw: published, never practice.

        Those that all countries share, and those of the learner's own country (its code).
        """
        ours = models.Q(country=None) | models.Q(country__code=country)
        return self.filter(ours, course_uuid=course_uuid, status="published", is_practice=False)

    def practised(self, course_uuid: uuid.UUID) -> Self:
        """Return the questions of a course's practice quiz, in the author's order.

        Only those that all countries share: the practice paper is the same for everybody.
        """
        mine = self.filter(course_uuid=course_uuid, country=None, status="published", is_practice=True)
        return mine.order_by("pk")

    def bulk_create(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse on the base: it would make base rows without their kind."""
        if self.model is Question:
            msg = "bulk_create on Question makes rows without a kind; create each of its kind"
            raise TypeError(msg)
        return super().bulk_create(*args, **kwargs)


class Question(PreviewableMixin, PolymorphicModel):
    """One row is one question in all its languages; its subclass says which kind it is.

    `body` is its structure, key and all, in the form that its kind reads (assessments.questions): what
    has words has a UUID there, and each language has a text row with the words by UUID. A question of
    no country belongs to all of them.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        RETIRED = "retired", _("Retired")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="questions", verbose_name=_("country")
    )
    course_uuid = models.UUIDField(_("course"), db_index=True)
    # The lesson it tests: where to read again after a wrong answer.
    lesson_uuid = models.UUIDField(_("lesson"), null=True, blank=True)
    difficulty = models.PositiveSmallIntegerField(
        _("difficulty"), default=2, validators=[MinValueValidator(1), MaxValueValidator(3)]
    )
    body = models.JSONField(default=dict, editable=False)
    # The language it is written in first: the others are translations of it.
    language = models.CharField(_("written in"), max_length=8, default="en", editable=False)
    category = models.ForeignKey(
        QuestionCategory, models.PROTECT, null=True, blank=True, related_name="questions", verbose_name=_("category")
    )
    tags = models.ManyToManyField(QuestionTag, blank=True, related_name="questions", verbose_name=_("tags"))
    source = models.CharField(_("source"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    is_practice = models.BooleanField(
        _("practice only"),
        default=False,
        help_text=_("The key of a practice question goes to devices; it is never drawn for a graded quiz."),
    )
    version_number = models.PositiveIntegerField(default=0, editable=False)
    version_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PolymorphicManager.from_queryset(QuestionQuerySet)()  # type: ignore[misc]  # the stubs want a class variable

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ("-updated_at", "pk")

    def __str__(self) -> str:
        return self.stem() or str(self.uuid)

    def stem(self, language: str | None = None) -> str:
        """Return the question's text in a language, else in any it has."""
        wanted = (language or get_language() or "en").split("-")[0]
        texts = {text.language: text.stem for text in self.texts.all()}
        return texts.get(wanted) or texts.get("en") or next(iter(texts.values()), "")

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """A preview for each language."""
        from assessments.admin.preview import preview_modes  # noqa: PLC0415  # the admin imports the models

        return preview_modes(self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> TemplateResponse:
        """Show the question as a learner meets it (a preview in the admin)."""
        from assessments.admin.preview import preview_question  # noqa: PLC0415  # the admin imports the models

        return preview_question(request, self, mode_name)


class QuestionText(models.Model):
    """One row is one question's words in one language.

    `choices` maps the UUID of a part (a choice, a pair's side, a gap) to its words; `feedbacks` maps it to
    what a learner is told who chose it.
    """

    question = models.ForeignKey(Question, models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=8)
    stem = models.TextField(_("question"))
    feedback = models.TextField(_("feedback"), blank=True)
    choices = models.JSONField(_("choices"), default=dict)
    feedbacks = models.JSONField(_("feedback for each choice"), default=dict)
    # Since when the words it was translated from say something else; null where they do not.
    stale_since = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("question text")
        verbose_name_plural = _("question texts")
        constraints = (models.UniqueConstraint(fields=("question", "language"), name="one_text_per_language"),)

    def __str__(self) -> str:
        return self.stem


class QuestionVersion(GrowingModel):
    """One row is a question as it was published: structure, key and words, by the hash of its text.

    Papers name versions by this hash, so an attempt keeps what it saw, and two nodes that hold the
    same version score it the same.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    question_uuid = models.UUIDField(db_index=True)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=24)
    text = models.TextField()
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("question version")
        verbose_name_plural = _("question versions")
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.question_uuid} v{self.number}"
