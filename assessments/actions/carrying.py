"""Draw papers ahead, for a device to take along: one for each graded quiz that may still be sat."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Login
from assessments.accommodating import attempt_limit_for
from assessments.actions.freezing import freeze_paper
from assessments.errors import TooFewQuestionsError
from assessments.models import Attempt, Paper, Quiz
from assessments.opening import is_over_for, windows_for
from assessments.results import standing_of
from assessments.windows import ALWAYS_OPEN, Window
from courses.models import Enrolment
from records.storage import hold_log

# An officer's own phone, the tablet of the post, the computer of the centre.
MOST_DEVICES = 3


@transaction.atomic
def draw_ahead(*, by: Login, device: UUID, courses: Collection[UUID]) -> list[UUID]:
    """Return the attempts whose papers a device may carry: those that are open, else one not begun yet.

    A device gets no second paper before the first is handed in, however often it asks, and only
    MOST_DEVICES of one learner carry papers that are not begun: nobody sees more of the bank by asking
    again, or from one browser after another. Whether the lessons are complete is not asked: they may be read
    far from here, and the device opens the quiz after them. A quiz that has not opened to the class, or whose
    waiting time runs, is carried all the same: the paper says from when. Papers of exams never leave the site.
    Five queries; three or four more for each new paper. The caller has seen that the device is the login's.
    """
    hold_log()
    enrolments = _latest(by, courses)
    if not enrolments:
        return []
    # Under the log's lock: of two requests at once, one draws and the other finds its paper.
    attempts: dict[tuple[UUID, UUID], list[Attempt]] = defaultdict(list)
    for attempt in Attempt.objects.filter(enrolment__in=[each.pk for each in enrolments.values()]):
        attempts[attempt.enrolment_id, attempt.quiz_uuid].append(attempt)
    carried = _carried(enrolments.values())
    found: list[UUID] = []
    quizzes = list(Quiz.objects.filter(course_uuid__in=enrolments, quiz_class=Quiz.Class.GRADED).order_by("pk"))
    windows = windows_for(quizzes, enrolments.values())
    for quiz in quizzes:
        enrolment = enrolments[quiz.course_uuid]
        before = attempts[enrolment.pk, quiz.uuid]
        window = windows.get((quiz.uuid, enrolment.cohort_id), ALWAYS_OPEN) if enrolment.cohort_id else ALWAYS_OPEN
        found += _attempts_to_carry(quiz, enrolment, before, carried[enrolment.pk, quiz.uuid], device, window)
    return found


def _latest(by: Login, courses: Collection[UUID]) -> dict[UUID, Enrolment]:
    mine = Enrolment.objects.of(by).filter(course_uuid__in=list(courses)).order_by("period")
    return {enrolment.course_uuid: enrolment for enrolment in mine}


def _carried(enrolments: Collection[Enrolment]) -> dict[tuple[UUID, UUID], list[tuple[UUID, UUID]]]:
    """Return (attempt, device) of the papers that devices carry, by enrolment and quiz."""
    found: dict[tuple[UUID, UUID], list[tuple[UUID, UUID]]] = defaultdict(list)
    rows = Paper.objects.filter(device_uuid__isnull=False, enrolment_uuid__in=[each.pk for each in enrolments])
    columns = ("uuid", "device_uuid", "enrolment_uuid", "quiz_uuid")
    for attempt, device, enrolment, quiz in rows.order_by("number").values_list(*columns):
        found[enrolment, quiz].append((attempt, device))
    return found


def _attempts_to_carry(
    quiz: Quiz,
    enrolment: Enrolment,
    before: list[Attempt],
    carried: list[tuple[UUID, UUID]],
    device: UUID,
    window: Window,
) -> list[UUID]:
    is_open = [attempt.pk for attempt in before if attempt.is_open]
    limit = attempt_limit_for(enrolment.person_id, quiz.attempt_limit, len(before), timezone.now().date())
    if is_open or not standing_of(before, limit).may_start:
        return is_open
    begun = {attempt.pk for attempt in before}
    unused = [(attempt, carrier) for attempt, carrier in carried if attempt not in begun]
    own = [attempt for attempt, carrier in unused if carrier == device]
    if own or len({carrier for _attempt, carrier in unused}) >= MOST_DEVICES:
        return own[:1]
    if is_over_for(window, quiz, enrolment.person_id, timezone.now()):
        return []
    number = max((attempt.number for attempt in before), default=0) + 1
    try:
        paper, _sheet = freeze_paper(quiz, enrolment, number, timezone.now(), device=device, window=window)
    except TooFewQuestionsError:
        # The quiz is not ready; the course can be read all the same.
        return []
    return [paper.uuid]
