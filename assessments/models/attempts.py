"""Papers, which are drawn once and kept, and attempts, which follow from what was answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from courses.models import Enrolment
from elearning.lib.growing import GrowingModel
from records.models import DerivedRow


class Paper(GrowingModel):
    """One row is one paper: the questions drawn for one attempt, in their order, and the rules.

    `text` is canonical JSON, without keys: {"seed", "pass_mark_percent", "items": [{"question",
    "version", "choices"}]}; assessments.drawing reads it. The uuid is the attempt's.
    """

    uuid = models.UUIDField(primary_key=True)
    enrolment_uuid = models.UUIDField()
    quiz_uuid = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    node_uuid = models.UUIDField()
    # The device that carries it; null where it was drawn for the site's own page.
    device_uuid = models.UUIDField(null=True)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    drawn_at = models.DateTimeField()

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        base_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(
                fields=("node_uuid", "enrolment_uuid", "quiz_uuid", "number"),
                condition=models.Q(device_uuid=None),
                name="paper_drawn_once",
            ),
            models.UniqueConstraint(
                fields=("node_uuid", "enrolment_uuid", "quiz_uuid", "number", "device_uuid"),
                condition=models.Q(device_uuid__isnull=False),
                name="paper_carried_once",
            ),
        )

    def __str__(self) -> str:
        return str(self.uuid)


class PracticePaper(GrowingModel):
    """One row is one practice paper, the same for everybody, by the hash of its text (as a Paper's)."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    quiz_uuid = models.UUIDField()
    text = models.TextField()

    class Meta:
        verbose_name = _("practice paper")
        verbose_name_plural = _("practice papers")
        base_manager_name = "objects"

    def __str__(self) -> str:
        return self.sha256


class Attempt(DerivedRow):
    """One row is one attempt by one learner. Points are of the paper's items, a point each."""

    natural_key = "uuid"

    uuid = models.UUIDField(primary_key=True)
    enrolment = models.ForeignKey(Enrolment, models.DO_NOTHING, db_constraint=False, related_name="attempts")
    quiz_uuid = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True)
    # Thousandths of a point, so that partial credit stays a whole number: 7500 is 7.5 points.
    points_milli = models.PositiveIntegerField(null=True)
    out_of_milli = models.PositiveIntegerField(null=True)
    is_passed = models.BooleanField(null=True)
    quiz_class = models.CharField(max_length=10, default="graded")
    # Why a person must look at it: codes of assessments.flags, sorted, with spaces between them.
    flags = models.CharField(max_length=200, blank=True)
    # What that person decided: "", "approved" or "denied".
    decision = models.CharField(max_length=10, blank=True)
    elapsed_ms = models.BigIntegerField(null=True)
    # False where a part of the time is only what the device's clock said between two page sessions.
    is_time_proven = models.BooleanField(default=True)
    # Handed in, and a person has yet to mark a part of it: no score before.
    awaits_marking = models.BooleanField(default=False)
    # Whether it moves the course: passed, and nothing about it waits for a decision.
    counts = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ("number", "started_at", "uuid")
        indexes = (models.Index(fields=("enrolment", "quiz_uuid"), name="attempts_of_enrolment"),)

    def __str__(self) -> str:
        return f"{self.uuid}, {self.number}"

    @property
    def is_open(self) -> bool:
        """Tell whether it still takes answers."""
        return self.handed_in_at is None


class HandMarking(DerivedRow):
    """One row is one answer that a person marks: who has marked it so far, and what it came to.

    The uuid follows from attempt and question. Marks are thousandths of a full mark.
    """

    natural_key = "uuid"

    uuid = models.UUIDField(primary_key=True)
    attempt = models.ForeignKey(Attempt, models.DO_NOTHING, db_constraint=False, related_name="hand_markings")
    question_uuid = models.UUIDField()
    version_sha256 = models.CharField(max_length=64)
    # The actor accounts of those who marked, in the order in which they did.
    first_by_uuid = models.UUIDField(null=True)
    first_milli = models.PositiveIntegerField(null=True)
    second_by_uuid = models.UUIDField(null=True)
    second_milli = models.PositiveIntegerField(null=True)
    # What counts; null while a marker is missing.
    final_milli = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = _("hand marking")
        verbose_name_plural = _("hand markings")
        ordering = ("uuid",)

    def __str__(self) -> str:
        return str(self.uuid)


class Accommodation(DerivedRow):
    """One row is what one learner is granted in every quiz: more time, more attempts, pauses.

    The uuid follows from the person (assessments.accommodating).
    """

    natural_key = "uuid"

    uuid = models.UUIDField(primary_key=True)
    person_uuid = models.UUIDField(unique=True)
    # Of the usual time: 150 is half as much again.
    time_percent = models.PositiveSmallIntegerField(default=100)
    extra_attempts = models.PositiveSmallIntegerField(default=0)
    may_pause = models.BooleanField(default=False)
    ends_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("accommodation")
        verbose_name_plural = _("accommodations")
        ordering = ("uuid",)

    def __str__(self) -> str:
        return str(self.uuid)


class Regrade(GrowingModel):
    """One row is one act of marking a question anew, after its key was mended.

    What it changes is said by statements about each attempt; this is the record of the act.
    """

    uuid = models.UUIDField(primary_key=True)
    question_uuid = models.UUIDField()
    # The version that was asked, and the one whose key counts instead ("" for the other rules).
    from_version = models.CharField(max_length=64)
    to_version = models.CharField(max_length=64, blank=True)
    # "key", "full" (a full mark for everybody) or "drop" (left out of the score).
    rule = models.CharField(max_length=8)
    reason = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # What it changed, by counts: {"attempts", "up", "down", "passed", "failed"}.
    summary = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("regrade")
        verbose_name_plural = _("regrades")
        base_manager_name = "objects"
        ordering = ("-at",)

    def __str__(self) -> str:
        return str(self.uuid)
