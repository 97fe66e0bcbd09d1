"""Draw papers ahead, for a device to take along: one for each graded quiz that may still be sat."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Login
from assessments.actions.freezing import freeze_paper
from assessments.errors import TooFewQuestionsError
from assessments.models import Attempt, Paper, Quiz
from assessments.results import standing_of
from courses.models import Enrolment
from records.storage import hold_log


@transaction.atomic
def draw_ahead(*, by: Login, device: UUID, courses: Collection[UUID]) -> list[UUID]:
    """Return the attempts whose papers a device may carry: those that are open, else one not begun yet.

    A device gets no second paper before the first is handed in, however often it asks: nobody sees
    more of the bank by asking again. Whether the lessons are complete is not asked: they may be read
    far from here, and the device opens the quiz after them. Papers of exams never leave the site.
    Four queries; two more for each new paper. The caller has seen that the device is the login's.
    """
    hold_log()
    enrolments = _latest(by, courses)
    if not enrolments:
        return []
    # Under the log's lock: of two requests at once, one draws and the other finds its paper.
    attempts: dict[tuple[UUID, UUID], list[Attempt]] = defaultdict(list)
    for attempt in Attempt.objects.filter(enrolment__in=[each.pk for each in enrolments.values()]):
        attempts[attempt.enrolment_id, attempt.quiz_uuid].append(attempt)
    carried = _carried(device, enrolments.values())
    found: list[UUID] = []
    for quiz in Quiz.objects.filter(course_uuid__in=enrolments, quiz_class=Quiz.Class.GRADED).order_by("pk"):
        enrolment = enrolments[quiz.course_uuid]
        before = attempts[enrolment.pk, quiz.uuid]
        found += _attempts_to_carry(quiz, enrolment, before, carried[enrolment.pk, quiz.uuid], device)
    return found


def _latest(by: Login, courses: Collection[UUID]) -> dict[UUID, Enrolment]:
    mine = Enrolment.objects.of(by).filter(course_uuid__in=list(courses)).order_by("period")
    return {enrolment.course_uuid: enrolment for enrolment in mine}


def _carried(device: UUID, enrolments: Collection[Enrolment]) -> dict[tuple[UUID, UUID], list[UUID]]:
    found: dict[tuple[UUID, UUID], list[UUID]] = defaultdict(list)
    rows = Paper.objects.filter(device_uuid=device, enrolment_uuid__in=[each.pk for each in enrolments])
    for attempt, enrolment, quiz in rows.order_by("number").values_list("uuid", "enrolment_uuid", "quiz_uuid"):
        found[enrolment, quiz].append(attempt)
    return found


def _attempts_to_carry(
    quiz: Quiz, enrolment: Enrolment, before: list[Attempt], carried: list[UUID], device: UUID
) -> list[UUID]:
    is_open = [attempt.pk for attempt in before if attempt.is_open]
    if is_open or not standing_of(before, quiz.attempt_limit).may_start:
        return is_open
    begun = {attempt.pk for attempt in before}
    unused = [attempt for attempt in carried if attempt not in begun]
    if unused:
        return unused[:1]
    number = max((attempt.number for attempt in before), default=0) + 1
    try:
        paper, _sheet = freeze_paper(quiz, enrolment, number, timezone.now(), device=device)
    except TooFewQuestionsError:
        # The quiz is not ready; the course can be read all the same.
        return []
    return [paper.uuid]
