"""A trainer or a coordinator decides about a flagged attempt, and what follows from it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.policy import COORDINATOR, TRAINER
from assessments.actions import decide_attempt
from assessments.errors import NothingToDecideError
from assessments.models import Attempt
from courses.models import CourseProgress
from records.models import Statement
from records.state import rebuild_state, state_hash
from tests.assessments.saying import device, saying_of, sit_on_a_device
from tests.assessments.sitting import answer_wrong
from tests.factories.accounts import CountryFactory, make_login, sign_in
from tests.factories.assessments import make_course, notice_by_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def late(db):
    """A passed attempt over its time limit."""
    course = make_course(time_limit_s=600)
    course.saying = sit_on_a_device(course, took_s=900)
    return course


def attempt_of(course):
    return Attempt.objects.get(pk=course.saying.attempt)


def coordinator_of(course):
    return make_login(COORDINATOR, course.login.person.country)


def decide(course, *, approve=True, by=None, reason="The tablet fell into the river."):
    return decide_attempt(by=by or coordinator_of(course), attempt=attempt_of(course), approve=approve, reason=reason)


def is_complete(course):
    return CourseProgress.objects.get(pk=course.enrolment.pk).completed_at is not None


def test_an_approved_attempt_counts_and_completes_the_course(late):
    row = decide(late)
    assert (row.decision, row.counts, row.flags) == ("approved", True, "late")
    assert is_complete(late)
    before = state_hash()
    assert rebuild_state() == before


def test_a_denied_attempt_does_not_and_the_latest_decision_stands(late):
    by = coordinator_of(late)
    decide(late, by=by)
    row = decide(late, approve=False, by=by)
    assert (row.decision, row.counts, row.points_milli) == ("denied", False, 10_000)
    assert not is_complete(late)


def test_the_same_decision_again_is_one_decision(late):
    by = coordinator_of(late)
    decide(late, by=by)
    decide(late, by=by)
    assert Statement.objects.filter(verb="approved").count() == 1
    audited = AuditEvent.objects.get(act="attempt.decided")
    assert audited.actor_uuid == by.person.uuid
    assert "river" not in str(audited.detail)


def test_answers_that_arrive_after_the_decision_are_not_decided_with_it(late):
    decide(late)
    late.saying.answer(400, "q", "changed", ordinal=1, device=device(100, 400_000))
    late.saying.send()
    row = attempt_of(late)
    assert (row.decision, row.counts) == ("", False)
    assert "answers-changed" in row.flags
    assert decide(late).counts


def test_a_flag_that_arrives_after_the_decision_waits_for_another(late):
    decide(late)
    notice_by_statement(late.saying.attempt, "fork")
    assert (attempt_of(late).decision, attempt_of(late).counts) == ("", False)


def test_there_is_nothing_to_decide_about_an_attempt_without_flags(course):
    course.saying = sit_on_a_device(course)
    with pytest.raises(NothingToDecideError):
        decide(course)


def test_nobody_decides_outside_the_scope_of_a_role_or_about_oneself(late):
    elsewhere = make_login(COORDINATOR, CountryFactory.create(code="UA"))
    for by in (make_login(), make_login(TRAINER), elsewhere, late.login):
        with pytest.raises(PermissionDenied):
            decide(late, by=by)
    himself = make_course(time_limit_s=600, login=coordinator_of(late))
    himself.saying = sit_on_a_device(himself, took_s=900)
    with pytest.raises(PermissionDenied):
        decide(himself, by=himself.login)
    assert not Statement.objects.filter(verb__in=["approved", "denied"]).exists()


def test_the_learner_cannot_approve_by_a_statement(late):
    late.saying.say("approved", 950, {"reason": "I am sure."})
    late.saying.send()
    assert (attempt_of(late).decision, attempt_of(late).counts) == ("", False)


def test_the_list_says_why_and_the_page_takes_the_decision(late, client):
    by = coordinator_of(late)
    sign_in(client, by)
    page = client.get(reverse("assessments:flagged")).content.decode()
    assert "Over the time" in page
    assert late.login.person.full_name in page
    url = reverse("assessments:flagged-attempt", args=[late.saying.attempt])
    assert "longer than its time limit" in client.get(url).content.decode()
    refused = client.post(url, {"decision": "counts", "reason": " "})
    assert refused.status_code == 200
    assert not attempt_of(late).counts
    assert client.post(url, {"decision": "counts", "reason": "The tablet slept."}).status_code == 302
    assert attempt_of(late).counts
    assert "The tablet slept." in client.get(url).content.decode()


def test_the_list_asks_as_much_for_many_as_for_one(late, client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    sign_in(client, coordinator_of(late))
    client.get(reverse("assessments:flagged"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("assessments:flagged"))
    for _number in range(3):
        other = make_course(time_limit_s=600)
        other.login.person.country = late.login.person.country
        other.login.person.save()
        sit_on_a_device(other, took_s=900)
    with django_assert_num_queries(len(one)):
        client.get(reverse("assessments:flagged"))


def test_the_learner_reads_what_is_looked_at_and_what_was_decided(late, client):
    sign_in(client, late.login)
    url = reverse("assessments:attempt-result", args=[late.saying.attempt])
    waiting = client.get(url).content.decode()
    assert "Passed, waiting for your trainer" in waiting
    assert "Your answers are kept and scored." in waiting
    assert "Over the time" in waiting
    assert "CANARYFEEDBACK" not in waiting
    decide(late, approve=False, reason="Sat beside <b>another</b> officer.")
    denied = client.get(url).content.decode()
    assert "This attempt does not count" in denied
    assert "Sat beside &lt;b&gt;another&lt;/b&gt; officer." in denied
    decide(late, reason="On second thoughts.")
    assert "You have passed" in client.get(url).content.decode()


def test_a_flagged_attempt_that_did_not_pass_waits_for_nobody(client):
    course = make_course(time_limit_s=600)
    course.saying = sit_on_a_device(course, answer_wrong, took_s=900)
    sign_in(client, coordinator_of(course))
    page = client.get(reverse("assessments:flagged")).content.decode()
    assert "Nothing waits for you" in page
    assert "None needed" in page


def test_without_its_paper_nothing_is_scored_and_what_was_noticed_shows(course):
    sit_on_a_device(course)
    lost = saying_of(course_paper(course))
    lost.attempt = course.quiz.uuid
    lost.begin()
    lost.hand_in(9)
    lost.send()
    notice_by_statement(lost.attempt, "clock-ahead")
    row = Attempt.objects.get(pk=lost.attempt)
    assert (row.is_passed, row.flags, row.counts) == (None, "clock-ahead", False)


def course_paper(course):
    from assessments.models import Paper

    return Paper.objects.get(enrolment_uuid=course.enrolment.pk)
