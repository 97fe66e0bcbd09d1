"""Quizzes: what is drawn, and the rules of an attempt."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Cohort, Person


class Quiz(models.Model):
    """One row is one quiz of a course, in all its languages."""

    class Class(models.TextChoices):
        PRACTICE = "practice", _("Practice")
        GRADED = "graded", _("Graded")
        EXAM = "exam", _("Certifying exam")

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
    quiz_class = models.CharField(_("class"), max_length=10, choices=Class, default=Class.GRADED)
    time_limit_s = models.PositiveIntegerField(_("time limit (seconds)"), null=True, blank=True)
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
            models.CheckConstraint(
                condition=models.Q(time_limit_s=None) | models.Q(time_limit_s__gte=60), name="quiz_lasts_a_minute"
            ),
        )

    def __str__(self) -> str:
        return self.title_in(get_language() or "en")

    def title_in(self, language: str) -> str:
        """Return the title in a language, else in English."""
        return _in_language(self.title, language)

    def instructions_in(self, language: str) -> str:
        """Return the instructions in a language, else in English."""
        return _in_language(self.instructions, language)


class ExamOpening(models.Model):
    """One row is one time at which a trainer opened a certifying exam to a cohort, by a code read out."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="openings")
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="exam_openings")
    code_sha256 = models.CharField(max_length=64, unique=True)
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()

    class Meta:
        verbose_name = _("exam opening")
        verbose_name_plural = _("exam openings")
        ordering = ("-opened_at",)

    def __str__(self) -> str:
        return str(self.uuid)


def _in_language(words: dict[str, str], language: str) -> str:
    return words.get(language.split("-", maxsplit=1)[0]) or words.get("en", "")
