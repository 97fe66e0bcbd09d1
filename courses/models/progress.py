"""What follows from the statements about enrolments and lessons. Derived, never edited."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Cohort, Country, Person
from courses.enrolments import EnrolmentQuerySet
from records.models import DerivedRow

# Derived rows name other rows by the id that is the same on every node, and stand even where the
# other row has not arrived yet: that is why these keys carry no database constraint.
_BY_UUID: dict[str, Any] = {"to_field": "uuid", "db_constraint": False, "on_delete": models.DO_NOTHING}


class Enrolment(DerivedRow):
    """One row is one person's enrolment in one course, as things stood on that day.

    `outline` is frozen with it: {"lessons": [uuid, …], "quizzes": [uuid, …]}, so that a later
    edition of the course does not move the goal of somebody under way.
    """

    natural_key = "uuid"

    uuid = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, related_name="enrolments", **_BY_UUID)
    actor_uuid = models.UUIDField()
    course_uuid = models.UUIDField(db_index=True)
    period = models.PositiveSmallIntegerField(default=1)
    edition = models.CharField(max_length=40)
    source_version = models.CharField(max_length=40)
    language = models.CharField(max_length=8)
    country = models.ForeignKey(
        Country, models.DO_NOTHING, to_field="code", db_constraint=False, related_name="enrolments"
    )
    agency = models.ForeignKey(Agency, null=True, related_name="enrolments", **_BY_UUID)
    cohort = models.ForeignKey(Cohort, null=True, related_name="enrolments", **_BY_UUID)
    outline = models.JSONField()
    enrolled_at = models.DateTimeField()

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = (
            models.UniqueConstraint(fields=("person", "course_uuid", "period"), name="enrolled_once_in_a_period"),
        )

    def __str__(self) -> str:
        return str(self.uuid)


class ActivityState(DerivedRow):
    """One row is how far one enrolment has come with one lesson or quiz of its outline."""

    natural_key = "uuid"

    class Kind(models.TextChoices):
        LESSON = "lesson", _("Lesson")
        QUIZ = "quiz", _("Quiz")

    uuid = models.UUIDField(primary_key=True)
    enrolment = models.ForeignKey(Enrolment, models.DO_NOTHING, db_constraint=False, related_name="activity_states")
    activity_uuid = models.UUIDField()
    kind = models.CharField(max_length=8, choices=Kind)
    started_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    # The id of the block where the learner stopped reading; the same in every language.
    place = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("activity state")
        verbose_name_plural = _("activity states")
        constraints = (models.UniqueConstraint(fields=("enrolment", "activity_uuid"), name="one_state_per_activity"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.activity_uuid}"


class CourseProgress(DerivedRow):
    """One row is how far one enrolment has come with its course."""

    natural_key = "enrolment_id"

    enrolment = models.OneToOneField(
        Enrolment, models.DO_NOTHING, db_constraint=False, primary_key=True, related_name="progress"
    )
    activities_total = models.PositiveSmallIntegerField()
    activities_completed = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("course progress")
        verbose_name_plural = _("course progress")
        ordering: ClassVar[tuple[str, ...]] = ("enrolment_id",)

    def __str__(self) -> str:
        return f"{self.activities_completed}/{self.activities_total}"
