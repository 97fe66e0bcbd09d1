"""What an award asks for, beyond what its course asks of everybody."""

import uuid
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.policy import Viewer
from assessments.models import Quiz
from certificates import policy
from certificates.hours import hours_text
from certificates.models.programmes import Programme

# Practice is no test that anything could rest on.
COUNTING = [choice for choice in Quiz.Class.choices if choice[0] != Quiz.Class.PRACTICE]


class AwardRuleQuerySet(models.QuerySet["AwardRule"]):
    """Rules, narrowed by who asks."""

    def visible_to(self, login: Viewer) -> Self:
        """Return the rules for everybody, and those of the programmes that this login sees."""
        return policy.AWARD_RULES.filter(self, login)


class AwardRule(models.Model):
    """One row is what one award asks for: of a course everywhere, or in the cohorts of one programme.

    Without a row, a course asks that all lessons are completed and all its tests passed, and its page
    says for how long the certificate holds.
    """

    class Role(models.TextChoices):
        LEARNER = "learner", _("Those who learn in the course")
        TRAINER = "trainer", _("Trainers whom the programme certified")

    class Renewal(models.TextChoices):
        COURSE = "course", _("The course and its test, anew")
        TEST = "test", _("The test only")
        ATTEST = "attest", _("A coordinator attests it, without a test")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    role = models.CharField(_("who receives it"), max_length=8, choices=Role, default=Role.LEARNER)
    # Null for a trainer's award, which is the programme's.
    course_uuid = models.UUIDField(_("course"), null=True, blank=True, db_index=True)
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="award_rules", verbose_name=_("programme")
    )
    # A text by language; empty: the course page says what its certificate is called.
    title = models.JSONField(_("title"), default=dict, blank=True)
    needs_lessons = models.BooleanField(_("all lessons completed"), default=True)
    quiz_class = models.CharField(
        _("class of test needed"),
        max_length=10,
        choices=COUNTING,
        blank=True,
    )
    min_score_percent = models.PositiveSmallIntegerField(
        _("least score in the final test (%)"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    min_attendance_percent = models.PositiveSmallIntegerField(
        _("least attendance (%)"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    min_minutes = models.PositiveIntegerField(_("least time attended (minutes)"), null=True, blank=True)
    # Null: as the course page says. 0: no end.
    valid_months = models.PositiveSmallIntegerField(
        _("valid for (months)"), null=True, blank=True, validators=[MaxValueValidator(240)]
    )
    renewal = models.CharField(_("how it is renewed"), max_length=8, choices=Renewal, default=Renewal.COURSE)
    renews_before_days = models.PositiveSmallIntegerField(
        _("renewal opens before the end (days)"),
        default=90,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
    )

    objects = AwardRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of an award")
        verbose_name_plural = _("rules of awards")
        ordering = ("role", "course_uuid", "pk")
        constraints = (
            # Coalesce: SQL holds two NULLs for different, and there would be two rules for everybody.
            models.UniqueConstraint(
                "role",
                "course_uuid",
                Coalesce("programme", 0),
                condition=models.Q(course_uuid__isnull=False),
                name="one_rule_for_a_course",
            ),
            models.UniqueConstraint(
                fields=("programme",), condition=models.Q(role="trainer"), name="one_trainer_rule_in_a_programme"
            ),
            models.CheckConstraint(
                condition=models.Q(role="learner", course_uuid__isnull=False)
                | models.Q(role="trainer", programme__isnull=False, course_uuid__isnull=True),
                name="rule_is_of_a_course_or_of_trainers",
            ),
        )

    def __str__(self) -> str:
        what: Any = self.course_uuid or self.programme_id
        return f"{self.role} {what}"

    @property
    def hours_text(self) -> str:
        """The least time attended, in hours."""
        return hours_text(self.min_minutes)
