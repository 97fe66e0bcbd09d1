"""The whole way through the site: a sitting that passes ends with an award, and rebuilds to the same."""

import pytest
from django.urls import reverse

from accounts.policy import COORDINATOR
from assessments import access, papers, versions
from assessments.actions import decide_attempt
from assessments.models import Attempt
from certificates.actions import issue_award
from certificates.errors import AwardNotDueError
from certificates.models import Award, Standing, Total
from records.models import Statement
from records.state import rebuild_state, state_hash
from tests.assessments.saying import sit_on_a_device
from tests.assessments.sitting import Sitting, answer_right, answer_wrong, responses_to
from tests.factories.accounts import make_login, sign_in
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


def test_a_flagged_attempt_earns_the_award_only_once_it_is_approved(client):
    course = make_course(time_limit_s=600)
    publish_course(course.quiz.course_uuid)
    attempt = Attempt.objects.get(pk=sit_on_a_device(course, took_s=900).attempt)
    assert attempt.is_passed
    assert not Award.objects.exists()
    with pytest.raises(AwardNotDueError):
        issue_award(enrolment_uuid=course.enrolment.pk)
    sign_in(client, course.login)
    assert "Waiting for your trainer" in client.get(reverse("certificates:record")).content.decode()
    trainer = make_login(COORDINATOR, course.login.person.country)
    decide_attempt(by=trainer, attempt=attempt, approve=True, reason="The road was flooded.")
    assert Award.objects.get().points_milli == 10000
    before = state_hash()
    assert rebuild_state() == before
