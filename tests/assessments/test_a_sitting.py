"""A learner's way through a quiz, with and without JavaScript."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from assessments.models import Attempt
from courses.models import ActivityState, CourseProgress
from records.models import Statement
from tests.assessments.sitting import answer_right, answer_wrong, responses_to
from tests.factories.accounts import make_login, sign_in

pytestmark = pytest.mark.django_db


def test_all_right_passes_and_completes_the_course(course, sitting):
    attempt = sitting.start()
    page = sitting.sit(responses_to(attempt, answer_right)).content.decode()
    assert "You have passed" in page
    row = Attempt.objects.get(pk=attempt)
    assert (row.points_milli, row.out_of_milli, row.is_passed) == (10_000, 10_000, True)
    state = ActivityState.objects.get(activity_uuid=course.quiz.uuid)
    assert state.completed_at == row.handed_in_at
    assert CourseProgress.objects.get(pk=course.enrolment.pk).completed_at == row.handed_in_at


def test_all_wrong_does_not_pass_and_leaves_two_attempts(course, sitting):
    page = sitting.sit(responses_to(sitting.start(), answer_wrong)).content.decode()
    assert "Not passed yet" in page
    assert "2 attempts left" in page
    assert ActivityState.objects.get(activity_uuid=course.quiz.uuid).completed_at is None


def test_an_open_attempt_is_no_state_of_the_quiz_yet(course, sitting):
    sitting.start()
    assert not ActivityState.objects.filter(activity_uuid=course.quiz.uuid).exists()


def test_without_javascript_each_form_saves_and_leads_on(course, sitting):
    attempt = sitting.start()
    values = responses_to(attempt, answer_right)
    page = sitting.client.get(reverse("assessments:attempt", args=[attempt]), follow=True)
    for number, each in enumerate(values, 1):
        html = page.content.decode()
        shown = re.sub(r"<template.*?</template>", "", html, flags=re.DOTALL)
        assert f"Question {number} of 10" in shown
        form = dict(re.findall(r'name="(nonce|step)" value="([^"]*)"', shown))
        action = re.findall(r'<form class="stack" method="post" action="([^"]+)"', shown)[0]
        page = sitting.client.post(action, each | form, follow=True)
    assert "Your answers" in page.content.decode()
    assert "No answer yet" not in page.content.decode()
    sitting.hand_in()
    assert "You have passed" in sitting.open("attempt-result").content.decode()


def test_an_answer_is_shown_again_with_its_mark(sitting):
    attempt = sitting.start()
    fields = responses_to(attempt, answer_wrong)[0]
    sitting.save(1, fields, as_json=False)
    shown = sitting.open("question", 1).content.decode()
    (chosen,) = fields["response"]
    assert f'value="{chosen}" checked' in shown
    assert 'class="saved"' in shown.split("<template data-number")[0]


def test_the_first_page_holds_all_questions_for_turning_without_requests(sitting):
    sitting.start()
    html = sitting.open("question", 1).content.decode()
    assert len(re.findall(r'<template data-number="\d+">', html)) == 9
    assert len(re.findall(r"<form [^>]*data-answer", html)) == 10


def test_an_attempt_goes_on_where_the_first_answer_is_missing(sitting):
    attempt = sitting.start()
    sitting.save(1, responses_to(attempt, answer_right)[0])
    response = sitting.client.get(reverse("assessments:attempt", args=[attempt]))
    assert response["Location"] == reverse("assessments:question", args=[attempt, 2])


def test_a_flag_alone_is_kept_and_is_no_answer(sitting):
    attempt = sitting.start()
    url = reverse("assessments:question", args=[attempt, 3])
    sitting.client.post(url, {"nonce": "n", "step": "0", "flagged": "1"})
    review = sitting.open("attempt-review").content.decode()
    assert "To look at again" in review
    assert "10 questions have no answer yet" in review


def test_skipping_a_question_says_nothing(sitting):
    attempt = sitting.start()
    before = Statement.objects.count()
    sitting.save(2, {}, as_json=False)
    assert Statement.objects.count() == before
    assert attempt


def test_an_unanswered_question_earns_nothing(sitting):
    attempt = sitting.start()
    sitting.save(1, responses_to(attempt, answer_right)[0])
    sitting.hand_in()
    assert Attempt.objects.get(pk=attempt).points_milli == 1000


def test_after_the_hand_in_no_answer_is_taken(sitting):
    attempt = sitting.start()
    values = responses_to(attempt, answer_right)
    sitting.hand_in()
    url = reverse("assessments:question", args=[attempt, 1])
    page = sitting.client.post(url, values[0] | {"nonce": "n", "step": "1"})
    assert page.status_code == 409
    assert "kept" in page.content.decode()
    reply = sitting.client.post(url, values[0] | {"nonce": "n", "step": "1"}, headers={"accept": "application/json"})
    assert (reply.status_code, reply.json()["closed"]) == (409, True)
    assert not Statement.objects.filter(unit_uuid=attempt, verb="answered").exists()


def test_pages_lead_to_the_result_after_the_hand_in(sitting):
    attempt = sitting.start()
    sitting.hand_in()
    for name, args in (("attempt", []), ("question", [1]), ("attempt-review", [])):
        response = sitting.client.get(reverse(f"assessments:{name}", args=[attempt, *args]))
        assert response["Location"] == reverse("assessments:attempt-result", args=[attempt])


def test_the_result_of_an_open_attempt_leads_back_to_it(sitting):
    attempt = sitting.start()
    response = sitting.client.get(reverse("assessments:attempt-result", args=[attempt]))
    assert response["Location"] == reverse("assessments:attempt", args=[attempt])


def test_a_choice_of_another_question_is_refused(sitting):
    attempt = sitting.start()
    url = reverse("assessments:question", args=[attempt, 1])
    page = sitting.client.post(url, {"response": str(uuid4()), "nonce": "n", "step": "1"})
    assert page.status_code == 400
    assert "does not belong to this question" in page.content.decode()
    reply = sitting.client.post(url, {"response": "x", "nonce": "n"}, headers={"accept": "application/json"})
    assert (reply.status_code, reply.json()["saved"]) == (400, False)
    assert not Statement.objects.filter(unit_uuid=attempt, verb="answered").exists()


@pytest.mark.parametrize(
    ("name", "args", "method"),
    [
        ("attempt", [], "get"),
        ("question", [1], "get"),
        ("question", [1], "post"),
        ("attempt-review", [], "get"),
        ("attempt-hand-in", [], "post"),
        ("attempt-result", [], "get"),
    ],
)
@pytest.mark.parametrize("role", [None, "trainer", "coordinator", "administrator"])
def test_another_persons_attempt_is_not_there(sitting, name, args, method, role):
    attempt = sitting.start()
    url = reverse(f"assessments:{name}", args=[attempt, *args])
    sign_in(sitting.client, make_login(role))
    assert getattr(sitting.client, method)(url).status_code == 404
    sitting.client.logout()
    assert getattr(sitting.client, method)(url).status_code == 302
    assert Attempt.objects.get(pk=attempt).is_open


def test_a_question_that_the_paper_has_not_is_not_there(sitting):
    attempt = sitting.start()
    for number in (0, 11):
        url = reverse("assessments:question", args=[attempt, number])
        assert sitting.client.get(url).status_code == 404
        assert sitting.client.post(url).status_code == 404


def test_no_page_of_a_sitting_is_stored(sitting):
    sitting.sit(responses_to(sitting.start(), answer_right))
    assert {("no-store" in response["Cache-Control"]) for response in sitting.seen} == {True}


def test_a_suspended_login_saves_nothing(course, sitting):
    sitting.start()
    course.login.is_active = False
    course.login.save()
    response = sitting.client.post(reverse("assessments:question", args=[sitting.attempt, 1]), {"response": "x"})
    assert response.status_code == 302
    assert "sign-in" in response["Location"]


def test_numbers_and_dates_do_not_break_a_page_in_any_language(sitting, settings):
    attempt = sitting.start()
    for code, _name in settings.LANGUAGES:
        path = reverse("assessments:question", args=[attempt, 1]).replace("/en/", f"/{code}/", 1)
        assert sitting.client.get(path).status_code == 200
    sitting.hand_in()
    for code, _name in settings.LANGUAGES:
        path = reverse("assessments:attempt-result", args=[attempt]).replace("/en/", f"/{code}/", 1)
        assert sitting.client.get(path).status_code == 200
