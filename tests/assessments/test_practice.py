"""Practice: it says at once what is right, as often as one likes, and counts for nothing."""

import re
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from assessments.actions import hand_in, start_attempt
from assessments.admitting import judge_attempt_statements
from assessments.carrying import practice_payload
from assessments.errors import QuizNotOpenError, TooFewQuestionsError
from assessments.models import Attempt, Paper, PracticePaper
from assessments.offering import quizzes_of_course
from courses.models import ActivityState, CourseProgress
from elearning.lib.ids import activity_iri
from records.actions import append_statements
from records.state import rebuild_state, state_hash
from records.statements import build_statement, read_statement
from tests.assessments.sitting import Sitting, answer_right, answer_wrong, responses_to
from tests.factories.accounts import sign_in
from tests.factories.assessments import CANARY, QuizFactory, add_practice, make_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return make_course(complete=False)


@pytest.fixture
def quiz(course):
    return add_practice(course)


@pytest.fixture
def sitting(course, quiz, client):
    return Sitting(sign_in(client, course.login), quiz.uuid)


def keys_of(quiz):
    """Return the form fields of the right response, and of a wrong one, for each question in order."""
    known = [(item["kind"], item["structure"]) for item in practice_payload(quiz)["items"]]
    return [(answer_right(*each), answer_wrong(*each)) for each in known]


def answer(sitting, number, fields):
    """Answer by a plain form and follow it, as a browser without JavaScript does."""
    url = reverse("assessments:question", args=[sitting.attempt, number])
    reply = sitting.client.post(url, fields | {"nonce": "n", "step": "0"})
    assert (reply.status_code, reply["Location"]) == (302, f"{url}#told")
    return sitting.open("question", number).content.decode()


def test_an_answer_is_explained_at_once_and_not_before(sitting, quiz):
    sitting.start()
    (right, wrong), *_others = keys_of(quiz)
    before = sitting.open("question", 1).content.decode()
    assert CANARY not in before
    assert 'id="told"' not in before
    page = answer(sitting, 1, wrong)
    told = page[page.index('id="told"') :]
    assert "Not right yet" in told
    assert f"{CANARY} en 90" in told
    assert "[en] Do 0" in told  # the right one
    assert 'href="' + reverse("assessments:question", args=[sitting.attempt, 2]) in told
    page = answer(sitting, 1, right)
    assert "Not right yet" not in page
    assert f"{CANARY} en 90" in page
    assert f"{CANARY} en 91" not in page


def test_the_questions_come_in_the_authors_order_with_no_script(sitting, quiz):
    sitting.start()
    html = sitting.open("question", 1).content.decode()
    assert "quiz.js" not in html
    assert re.findall(r'name="response" value="([^"]+)"', html) == practice_payload(quiz)["items"][0]["choices"]


def test_a_practice_is_ended_and_begun_again_without_limit(sitting, quiz, course):
    for number in range(1, 6):
        sitting.start()
        for place, (right, _wrong) in enumerate(keys_of(quiz), 1):
            answer(sitting, place, right)
        assert "End the practice" in sitting.open("attempt-review").content.decode()
        sitting.hand_in()
        page = sitting.open("attempt-result").content.decode()
        assert "Practice done" in page
        assert "Practise again" in page
        assert [f"{CANARY} en {number}" in page for number in (90, 91, 92)] == [True] * 3
        assert Attempt.objects.filter(number=number).get().points_milli == 3000
    assert PracticePaper.objects.count() == 1
    assert not Paper.objects.exists()


def test_a_full_practice_moves_nothing(sitting, quiz, course):
    sitting.start()
    for place, (right, _wrong) in enumerate(keys_of(quiz), 1):
        answer(sitting, place, right)
    before = list(CourseProgress.objects.values())
    sitting.hand_in()
    attempt = Attempt.objects.get()
    assert (attempt.quiz_class, attempt.is_passed, attempt.counts) == ("practice", True, False)
    assert not ActivityState.objects.filter(kind="quiz").exists()
    assert list(CourseProgress.objects.values()) == before
    before_rebuild = state_hash()
    assert rebuild_state() == before_rebuild
    assert Attempt.objects.get().points_milli == 3000


def test_an_open_practice_goes_on_in_another_process(sitting, quiz):
    from assessments import access, papers

    sitting.start()
    answer(sitting, 1, keys_of(quiz)[0][0])
    for each in (access.kept, papers.kept, papers.kept_practice):
        each.clear()
    assert 'id="told"' in sitting.open("question", 1).content.decode()


def test_practice_opens_as_its_author_says(course):
    add_practice(course)
    late = QuizFactory.create(course_uuid=course.uuid, quiz_class="practice", opens_after="lessons")
    with pytest.raises(QuizNotOpenError):
        start_attempt(by=course.login, quiz=late, enrolment=course.enrolment)


def test_practice_without_questions_neither_shows_nor_starts(course):
    empty = QuizFactory.create(course_uuid=course.uuid, quiz_class="practice", opens_after="enrolment")
    assert [entry.uuid for entry in quizzes_of_course(course.uuid, "en")] == [course.quiz.uuid]
    with pytest.raises(TooFewQuestionsError):
        start_attempt(by=course.login, quiz=empty, enrolment=course.enrolment)


def test_a_graded_paper_never_holds_a_practice_question(course, quiz):
    practised = {item["question"] for item in practice_payload(quiz)["items"]}
    course = make_course()
    for _attempt in range(3):
        attempt = start_attempt(by=course.login, quiz=course.quiz, enrolment=course.enrolment)
        assert not practised & {item for item in Paper.objects.get(pk=attempt.pk).text.split('"') if len(item) == 36}
        hand_in(by=course.login, attempt=attempt.pk)


def test_the_course_page_offers_practice_beside_the_test(course, quiz):
    practice, test = quizzes_of_course(course.uuid, "en")
    assert (practice.uuid, practice.counts, practice.is_open_from_start) == (quiz.uuid, False, True)
    assert practice.description.startswith("3 questions")
    assert (test.counts, test.is_open_from_start) == (True, False)
    assert practice.pass_mark_percent == 0


def said_on_a_device(course, about, unit, verb, **facts):
    return build_statement(
        base=settings.ACTIVITY_BASE,
        actor_uuid=course.enrolment.actor_uuid,
        verb=verb,
        activity=activity_iri(settings.ACTIVITY_BASE, "quiz", about.uuid),
        unit=("attempt", unit),
        timestamp=timezone.now(),
        facts=facts,
        registration=course.enrolment.pk,
    )


def test_practice_on_a_device_arrives_in_two_parts(course, quiz):
    payload, unit, actor = practice_payload(quiz), uuid4(), course.enrolment.actor_uuid
    facts = {"enrolment": str(course.enrolment.pk), "quiz": str(quiz.uuid), "number": 1, "paper": payload["sha256"]}
    begun = said_on_a_device(course, quiz, unit, "initialized", **facts)
    item = payload["items"][0]
    given = {"question": item["question"], "response": item["structure"]["right"][0], "flagged": False}
    answered = said_on_a_device(course, quiz, unit, "answered", **given, nonce="p", step=1, ordinal=1)
    ended = said_on_a_device(course, quiz, unit, "submitted", ordinal=2)
    for part in ([begun], [answered, ended]):
        verdict = judge_attempt_statements([read_statement(each) for each in part], actor)
        assert set(verdict.values()) == {None}
        append_statements(by=[actor], statements=part)
    attempt = Attempt.objects.get()
    assert (attempt.quiz_class, attempt.points_milli, attempt.out_of_milli) == ("practice", 1000, 3000)


def test_a_learners_test_pages_say_nothing_of_practice(course, client):
    course = make_course()
    sitting = Sitting(sign_in(client, course.login), course.quiz.uuid)
    attempt = sitting.start()
    page = sitting.client.post(
        reverse("assessments:question", args=[attempt, 1]),
        responses_to(attempt, answer_right)[0] | {"nonce": "n"},
        follow=True,
    )
    assert 'id="told"' not in page.content.decode()
