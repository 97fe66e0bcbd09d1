"""The whole way through the site: a sitting that passes ends with an award, and rebuilds to the same."""

import pytest
from django.urls import reverse

from assessments import access, papers, versions
from certificates.models import Award, Standing, Total
from records.models import Statement
from records.state import rebuild_state, state_hash
from tests.assessments.sitting import Sitting, answer_right, answer_wrong, responses_to
from tests.factories.accounts import sign_in
from tests.factories.assessments import make_course
from tests.factories.certificates import publish_course

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_papers_kept():
    yield
    for each in (access, papers, versions):
        each.kept.clear()


@pytest.fixture
def sitting(client) -> Sitting:
    course = make_course()
    publish_course(course.quiz.course_uuid)
    return Sitting(sign_in(client, course.login), course.quiz.uuid)


def sit(sitting: Sitting, answering) -> None:
    attempt = sitting.start()
    for number, values in enumerate(responses_to(attempt, answering), start=1):
        sitting.save(number, values)
    sitting.hand_in()


def test_a_passed_sitting_issues_the_award_once_and_a_rebuild_changes_nothing(client, sitting):
    sit(sitting, answer_right)
    row = Award.objects.get()
    assert (row.points_milli, row.out_of_milli, row.pass_mark_percent) == (10000, 10000, 70)
    assert Standing.objects.get().is_certified
    assert [(each.enrolled, each.completed, each.certified) for each in Total.objects.all()] == [(1, 1, 1)]
    sitting.hand_in()
    assert Statement.objects.filter(verb="earned").count() == 1
    before = state_hash()
    assert rebuild_state() == before
    assert row.serial in client.get(reverse("certificates:record")).content.decode()
    assert client.get(reverse("certificates:award-pdf", args=[row.serial])).content.startswith(b"%PDF")


def test_a_failed_sitting_issues_nothing(sitting):
    sit(sitting, answer_wrong)
    assert not Award.objects.exists()
    assert [(each.enrolled, each.completed, each.certified) for each in Total.objects.all()] == [(1, 0, 0)]
    before = state_hash()
    assert rebuild_state() == before
