"""Quizzes: what is asked, the rules of an attempt, when it is open."""

import uuid

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Cohort, Person
from assessments.models.bank import QuestionCategory, QuestionTag, in_language
from assessments.rules import problems_of_rules


class Quiz(models.Model):
    """One row is one quiz of a course, in all its languages.

    Without sections it draws `draw` questions of its course, spread over the lessons.
    """

    class Class(models.TextChoices):
        PRACTICE = "practice", _("Practice")
        GRADED = "graded", _("Graded")
        EXAM = "exam", _("Certifying exam")

    class Opens(models.TextChoices):
        LESSONS = "lessons", _("When all lessons are complete")
        ENROLMENT = "enrolment", _("From the start")

    class Behaviour(models.TextChoices):
        AT_END = "at_end", _("Answers are marked at the end")
        AT_ONCE = "at_once", _("Each answer is marked at once")
        TRIES = "tries", _("Several tries, each wrong one costs points")
        CERTAINTY = "certainty", _("With how certain the learner is")

    class Layout(models.TextChoices):
        ONE = "one", _("One question a page")
        ALL = "all", _("All questions on one page")

    class Review(models.TextChoices):
        SCORE = "score", _("The score only")
        OBJECTIVES = "objectives", _("The score, and what to read again")
        AFTERWARDS = "afterwards", _("The right answers, once they can’t be used any more")
        AT_ONCE = "at_once", _("The right answers, after each hand-in")

    class LateRule(models.TextChoices):
        DECIDE = "decide", _("Late work is kept, and a trainer decides")
        CUT = "cut", _("Answers given after the time do not count")

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
    # "" stands for the usual one of its class: at once in practice, else at the end.
    behaviour = models.CharField(_("marking"), max_length=10, choices=Behaviour, blank=True)
    penalty_percent = models.PositiveSmallIntegerField(
        _("cost of a wrong try (%)"), default=33, validators=[MaxValueValidator(100)]
    )
    layout = models.CharField(_("pages"), max_length=4, choices=Layout, default=Layout.ONE)
    review = models.CharField(
        _("what learners see afterwards"), max_length=10, choices=Review, default=Review.AFTERWARDS
    )
    late_rule = models.CharField(_("after the time"), max_length=6, choices=LateRule, default=LateRule.DECIDE)
    wait_s = models.PositiveIntegerField(_("wait between attempts (seconds)"), default=0)
    has_second_marker = models.BooleanField(
        _("two people mark"), default=False, help_text=_("Answers that a person marks are marked by two.")
    )

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
            # Whatever tells right from wrong before the end needs the keys where it is sat.
            models.CheckConstraint(
                condition=~models.Q(behaviour__in=["at_once", "tries"]) | models.Q(quiz_class="practice"),
                name="only_practice_tells_at_once",
            ),
        )

    def __str__(self) -> str:
        return self.title_in(get_language() or "en")

    def clean(self) -> None:
        """Refuse rules that do not go together."""
        super().clean()
        if problems := problems_of_rules(self):
            raise ValidationError({"behaviour": problems})

    def title_in(self, language: str) -> str:
        """Return the title in a language, else in English."""
        return in_language(self.title, language)

    def instructions_in(self, language: str) -> str:
        """Return the instructions in a language, else in English."""
        return in_language(self.instructions, language)


class QuizSection(models.Model):
    """One row is one part of a quiz; its questions stay together, in the order of the sections."""

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    title = models.JSONField(_("title"), default=dict)
    is_shuffled = models.BooleanField(_("questions in any order"), default=True)

    class Meta:
        verbose_name = _("quiz section")
        verbose_name_plural = _("quiz sections")
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("quiz", "position"), name="one_section_per_position"),)

    def __str__(self) -> str:
        return in_language(self.title, get_language() or "en")


class QuizSlot(models.Model):
    """One row is one question that is always asked, or a number of them drawn by a filter. Each weighs alike.

    An empty part of the filter lets all pass; of several tags a question needs all.
    """

    section = models.ForeignKey(QuizSection, models.CASCADE, related_name="slots")
    position = models.PositiveSmallIntegerField()
    # A question that is always asked; the filter then says nothing.
    question_uuid = models.UUIDField(_("question"), null=True, blank=True)
    count = models.PositiveSmallIntegerField(_("questions drawn"), default=1, validators=[MinValueValidator(1)])
    lesson_uuid = models.UUIDField(_("lesson"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=24, blank=True)
    difficulty = models.PositiveSmallIntegerField(_("difficulty"), null=True, blank=True)
    category = models.ForeignKey(
        QuestionCategory, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("category")
    )
    tags = models.ManyToManyField(QuestionTag, blank=True, related_name="+", verbose_name=_("tags"))
    # Thousandths of a point for each question.
    weight_milli = models.PositiveIntegerField(_("points"), default=1000, validators=[MinValueValidator(1)])

    class Meta:
        verbose_name = _("quiz slot")
        verbose_name_plural = _("quiz slots")
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("section", "position"), name="one_slot_per_position"),)

    def __str__(self) -> str:
        return f"{self.section_id}/{self.position}"


class QuizWindow(models.Model):
    """One row is when a quiz is open to a cohort. Authors type the cohort's local time; these are moments."""

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="windows")
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="quiz_windows")
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)

    class Meta:
        verbose_name = _("opening time")
        verbose_name_plural = _("opening times")
        constraints = (
            models.UniqueConstraint(fields=("quiz", "cohort"), name="one_window_per_cohort"),
            models.CheckConstraint(
                condition=models.Q(opens_at=None)
                | models.Q(closes_at=None)
                | models.Q(opens_at__lt=models.F("closes_at")),
                name="window_closes_after_it_opens",
            ),
        )

    def __str__(self) -> str:
        return f"{self.quiz_id}/{self.cohort_id}"


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
