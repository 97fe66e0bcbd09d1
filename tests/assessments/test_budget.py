"""What a whole sitting asks of the database, pinned: page by page, and in all."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Question, Quiz
from assessments.versions import versions_of
from courses.catalogue import read_catalogue
from courses.packs.writing import load_pack
from tests.assessments.sitting import Sitting, answer_right, answer_wrong, responses_to
from tests.factories.accounts import make_login, sign_in
from tests.factories.assessments import complete_by_statement, enrol_by_statement

PACK = Path(__file__).parents[2] / "courses" / "curriculum" / "first-aid-kit"
pytestmark = [
    # Real commits: what a committed start leaves in the process is part of the budget.
    pytest.mark.django_db(transaction=True),
    # Wagtail leaves the temporary file of an uploaded picture to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

MOST_QUERIES = 80
# How a transaction is held is not counted: on PostgreSQL the log is held by a lock of its own.
_NOT_COUNTED = re.compile(r"^(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SELECT pg_advisory_xact_lock)")


def queries_of(act) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return sum(not _NOT_COUNTED.match(query["sql"]) for query in captured)


def enrolled_login(outline):
    login = make_login()
    graded = Quiz.objects.filter(course_uuid=outline.uuid, quiz_class=Quiz.Class.GRADED)
    quizzes = list(graded.values_list("uuid", flat=True))
    enrolment = enrol_by_statement(login, outline.uuid, [each.uuid for each in outline.lessons], quizzes)
    complete_by_statement(enrolment, [each.uuid for each in outline.lessons])
    return login, quizzes[0]


@pytest.fixture
def outline(transactional_db):
    load_pack(PACK)
    catalogue = read_catalogue()
    return next(catalogue.in_language("en"))


def counts_of_a_sitting(outline, answering) -> dict[str, int]:
    """Return the queries of each part of a sitting, in a process that has seen one before."""

    def sitting_of():
        login, quiz = enrolled_login(outline)
        return Sitting(sign_in(Client(), login), quiz)

    warm = sitting_of()
    warm.client.get(reverse("courses:course", args=[outline.slug]))
    warm.sit(responses_to(warm.start(), answering))
    # A start reads the versions that it draws; which of them the process has met hangs on the draw.
    versions_of(Question.objects.drawable(outline.uuid).values_list("version_sha256", flat=True))

    sitting, counts = sitting_of(), {}
    counts["course"] = queries_of(lambda: sitting.client.get(reverse("courses:course", args=[outline.slug])))
    counts["start"] = queries_of(sitting.start)
    assert sitting.attempt
    values = responses_to(sitting.attempt, answering)
    counts["question"] = queries_of(lambda: sitting.open("question", 1))
    counts["saves"] = queries_of(lambda: [sitting.save(number, each) for number, each in enumerate(values, 1)])
    counts["review"] = queries_of(lambda: sitting.open("attempt-review"))
    counts["hand-in"] = queries_of(sitting.hand_in)
    counts["result"] = queries_of(lambda: sitting.open("attempt-result"))
    return counts


def test_each_part_of_a_sitting_asks_what_it_must(outline):
    counts = counts_of_a_sitting(outline, answer_wrong)
    assert counts.pop("hand-in") <= 12  # courses' and certificates' roll-ups are in it
    # What the learner is granted is a query of the course page; the result asks only where something ever was.
    assert counts == {"course": 6, "start": 8, "question": 2, "saves": 30, "review": 2, "result": 5}


def test_a_sitting_that_earns_a_certificate_stays_within_its_budget(outline):
    counts = counts_of_a_sitting(outline, answer_right)
    assert sum(counts.values()) <= MOST_QUERIES, counts


def test_saving_asks_as_much_when_much_was_said_before(outline):
    login, quiz = enrolled_login(outline)
    sitting = Sitting(sign_in(Client(), login), quiz)
    values = responses_to(sitting.start(), answer_right)
    first = queries_of(lambda: sitting.save(1, values[0]))
    for step in range(2, 12):
        sitting.save(1, values[0] if step % 2 else {}, step=step)
    assert queries_of(lambda: sitting.save(1, {}, step=13)) == first == 3
