"""Quizzes: what is drawn, and the rules of an attempt."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Quiz(models.Model):
    """One row is one graded quiz of a course, in all its languages."""

    class Opens(models.TextChoices):
        LESSONS = "lessons", _("When all lessons are complete")
        ENROLMENT = "enrolment", _("From the start")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course_uuid = models.UUIDField(_("course"), db_index=True)
    # Words by language: {"en": …, "fr": …}.
    title = models.JSONField(_("title"), default=dict)
    instructions = models.JSONField(_("instructions"), default=dict)
    draw = models.PositiveSmallIntegerField(_("questions drawn"), default=10, validators=[MinValueValidator(1)])
    pass_mark_percent = models.PositiveSmallIntegerField(
        _("pass mark (%)"), default=70, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    attempt_limit = models.PositiveSmallIntegerField(_("attempts"), default=3, validators=[MinValueValidator(1)])
    opens_after = models.CharField(_("opens"), max_length=10, choices=Opens, default=Opens.LESSONS)

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        constraints = (
            models.CheckConstraint(condition=models.Q(draw__gte=1), name="quiz_draws_something"),
            models.CheckConstraint(
                condition=models.Q(pass_mark_percent__range=(1, 100)), name="quiz_pass_mark_percent"
            ),
            models.CheckConstraint(condition=models.Q(attempt_limit__gte=1), name="quiz_allows_an_attempt"),
        )

    def __str__(self) -> str:
        return self.title_in(get_language() or "en")

    def title_in(self, language: str) -> str:
        """Return the title in a language, else in English."""
        return _in_language(self.title, language)

    def instructions_in(self, language: str) -> str:
        """Return the instructions in a language, else in English."""
        return _in_language(self.instructions, language)


def _in_language(words: dict[str, str], language: str) -> str:
    return words.get(language.split("-", maxsplit=1)[0]) or words.get("en", "")
