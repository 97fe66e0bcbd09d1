"""A certifying exam: opened by a trainer with a code, on the site's own clock, for the cohort alone."""

import datetime as dt
import json
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.policy import COORDINATOR, TRAINER
from assessments.actions import close_exam, hand_in, open_exam, save_response, start_attempt, start_exam
from assessments.carrying import carry_papers
from assessments.drawing import read_sheet
from assessments.errors import (
    ExamCodeError,
    ExamNotOpenError,
    ExamNotYoursError,
    NoAttemptLeftError,
    TimeIsOverError,
)
from assessments.models import Attempt, ExamOpening, Paper
from assessments.offering import quizzes_of_course
from records.models import Statement
from tests.assessments.sitting import Sitting, answer_right, questions_of, responses_to
from tests.factories.accounts import (
    CohortFactory,
    CohortMemberFactory,
    CountryFactory,
    InvitationCodeFactory,
    make_login,
    sign_in,
)
from tests.factories.assessments import QuizFactory, enrol_by_statement, make_course

pytestmark = pytest.mark.django_db
LIMIT_S = 1800


@pytest.fixture
def course():
    return make_course(quiz_class="exam", time_limit_s=LIMIT_S, attempt_limit=1)


@pytest.fixture
def cohort(course):
    made = CohortFactory.create(country=course.login.person.country)
    CohortMemberFactory.create(cohort=made, person=course.login.person)
    InvitationCodeFactory.create(cohort=made, course_uuid=course.uuid, created_by=course.login.person)
    return made


@pytest.fixture
def trainer(cohort):
    made = make_login(TRAINER, cohort.country)
    CohortMemberFactory.create(cohort=cohort, person=made.person, role="trainer")
    return made


@pytest.fixture
def code(course, cohort, trainer):
    return open_exam(by=trainer, cohort=cohort, quiz=course.quiz, minutes=15)[1]


def begin(course, code):
    return start_exam(by=course.login, quiz=course.quiz, enrolment=course.enrolment, code=code)


def save(course, attempt, number=0):
    given = responses_to(attempt.pk, answer_right)[number]
    question = questions_of(attempt.pk)[number]
    return save_response(by=course.login, attempt=attempt.pk, question=question, given=given, nonce="n")


def after(monkeypatch, seconds):
    now = timezone.now() + dt.timedelta(seconds=seconds)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


def test_an_exam_does_not_begin_without_its_code(course, cohort):
    with pytest.raises(ExamNotOpenError):
        start_attempt(by=course.login, quiz=course.quiz, enrolment=course.enrolment)
    with pytest.raises(ExamCodeError):
        begin(course, "NNNNNNNN")
    assert not Paper.objects.exists()


def test_the_code_begins_one_attempt_however_it_is_typed(course, code):
    attempt = begin(course, f" {code[:4].lower()}-{code[4:]} ")
    assert begin(course, code).pk == attempt.pk
    sheet = read_sheet(Paper.objects.get().text)
    assert (sheet.quiz_class, sheet.time_limit_s, sheet.attempt_limit) == ("exam", LIMIT_S, 1)
    said = json.loads(Statement.objects.get(verb="initialized", unit_uuid=attempt.pk).text)
    assert said["context"]["extensions"]["facts"]["opening"] == str(ExamOpening.objects.get().uuid)
    assert code not in ExamOpening.objects.get().code_sha256


def test_the_code_is_for_learners_of_the_cohort_while_it_is_open(course, cohort, code, monkeypatch):
    stranger = make_login()
    enrolment = enrol_by_statement(stranger, course.uuid, [], [course.quiz.uuid])
    with pytest.raises(ExamCodeError):
        start_exam(by=stranger, quiz=course.quiz, enrolment=enrolment, code=code)
    other = QuizFactory.create(course_uuid=course.uuid, quiz_class="exam")
    with pytest.raises(ExamCodeError):
        start_exam(by=course.login, quiz=other, enrolment=course.enrolment, code=code)
    after(monkeypatch, 15 * 60 + 1)
    with pytest.raises(ExamCodeError):
        begin(course, code)


def test_a_closed_exam_lets_nobody_begin_and_nobody_stop(course, cohort, trainer, code):
    attempt = begin(course, code)
    opening = ExamOpening.objects.get()
    close_exam(by=trainer, cohort=cohort, opening=opening.uuid)
    close_exam(by=trainer, cohort=cohort, opening=opening.uuid)
    with pytest.raises(ExamCodeError):
        begin(course, code)
    assert save(course, attempt).was_new
    acts = list(AuditEvent.objects.filter(act__startswith="exam.").order_by("pk").values_list("act", flat=True))
    assert acts == ["exam.opened", "exam.closed"]


def test_the_attempts_of_an_exam_are_used_up(course, code):
    hand_in(by=course.login, attempt=begin(course, code).pk)
    with pytest.raises(NoAttemptLeftError):
        begin(course, code)


def test_only_who_answers_for_the_cohort_opens_an_exam_of_its_course(course, cohort, trainer):
    country = course.login.person.country
    for login in (
        make_login(),
        make_login(TRAINER, country),
        make_login(COORDINATOR, CountryFactory.create(code="UA")),
    ):
        with pytest.raises(ExamNotYoursError):
            open_exam(by=login, cohort=cohort, quiz=course.quiz, minutes=15)
    elsewhere = QuizFactory.create(quiz_class="exam")
    graded = QuizFactory.create(course_uuid=course.uuid)
    for quiz in (elsewhere, graded):
        with pytest.raises(ExamNotYoursError):
            open_exam(by=trainer, cohort=cohort, quiz=quiz, minutes=15)
    with pytest.raises(ExamNotYoursError):
        close_exam(by=make_login(), cohort=cohort, opening=course.quiz.uuid)
    assert not AuditEvent.objects.filter(act__startswith="exam.").exists()


@pytest.mark.parametrize(("seconds", "is_taken"), [(LIMIT_S - 1, True), (LIMIT_S + 59, True), (LIMIT_S + 61, False)])
def test_an_answer_after_the_time_and_a_minute_is_refused(course, code, monkeypatch, seconds, is_taken):
    attempt = begin(course, code)
    after(monkeypatch, seconds)
    if is_taken:
        assert save(course, attempt).was_new
    else:
        with pytest.raises(TimeIsOverError):
            save(course, attempt)


def test_what_was_saved_in_time_is_handed_in_later_and_scored(course, code, monkeypatch):
    attempt = begin(course, code)
    for number in range(10):
        save(course, attempt, number)
    after(monkeypatch, LIMIT_S * 4)
    handed_in = hand_in(by=course.login, attempt=attempt.pk)
    assert (handed_in.points_milli, handed_in.flags, handed_in.counts) == (10_000, "", True)
    assert Attempt.objects.get().counts


def test_a_graded_test_with_a_limit_takes_a_late_answer_and_says_so(monkeypatch):
    course = make_course(time_limit_s=LIMIT_S)
    attempt = start_attempt(by=course.login, quiz=course.quiz, enrolment=course.enrolment)
    after(monkeypatch, LIMIT_S + 61)
    for number in range(10):
        save(course, attempt, number)
    handed_in = hand_in(by=course.login, attempt=attempt.pk)
    assert (handed_in.flags, handed_in.is_passed, handed_in.counts) == ("late", True, False)


def test_no_device_carries_an_exam(course, code):
    begin(course, code)
    assert carry_papers(by=course.login, device=course.uuid, courses=[course.uuid]) == []


def test_a_learner_types_the_code_and_goes_on_without_it(course, code, client):
    sign_in(client, course.login)
    url = reverse("assessments:exam", args=[course.quiz.uuid])
    assert client.post(reverse("assessments:attempt-start", args=[course.quiz.uuid]))["Location"] == url
    page = client.get(url)
    assert "30 minutes" in page.content.decode()
    refused = client.post(url, {"code": "22222222"})
    assert refused.status_code == 422
    assert "You lose no attempt" in refused.content.decode()
    begun = client.post(url, {"code": code})
    assert begun.status_code == 302
    assert "/attempts/" in begun["Location"]
    assert "Go on with the exam" in client.get(url).content.decode()
    again = client.post(reverse("assessments:attempt-start", args=[course.quiz.uuid]))
    assert again["Location"] == begun["Location"]
    assert client.post(url, {"code": ""}).status_code == 422


def test_the_pages_say_until_when_and_lead_to_the_hand_in_afterwards(course, code, client, monkeypatch):
    sitting = Sitting(sign_in(client, course.login), course.quiz.uuid)
    sitting.attempt = begin(course, code).pk
    assert "Time until" in sitting.open("question", 1).content.decode()
    assert "Time until" in sitting.open("attempt-review").content.decode()
    after(monkeypatch, LIMIT_S + 61)
    url = reverse("assessments:question", args=[sitting.attempt, 1])
    review = reverse("assessments:attempt-review", args=[sitting.attempt])
    assert client.get(url)["Location"] == review
    values = responses_to(sitting.attempt, answer_right)[0] | {"nonce": "n"}
    assert client.post(url, values)["Location"] == review
    reply = client.post(url, values, headers={"accept": "application/json"})
    assert (reply.status_code, reply.json()["closed"], reply.json()["url"]) == (409, True, review)
    assert "The time of this exam is over" in sitting.open("attempt-review").content.decode()
    assert sitting.hand_in().status_code == 302


def test_a_trainer_opens_reads_out_and_closes(course, cohort, trainer, client):
    sign_in(client, trainer)
    url = reverse("assessments:cohort-exam", args=[cohort.uuid])
    page = client.get(url).content.decode()
    assert "Three kinds of test" in page
    opened = client.post(url, {"quiz": str(course.quiz.uuid), "minutes": "15"}).content.decode()
    (shown,) = re.findall(r'<b class="code">([2-9A-Z ]+)</b>', opened)
    assert begin(course, shown)
    opening = ExamOpening.objects.get()
    page = client.get(url).content.decode()
    assert str(opening.uuid) in page
    assert shown not in page
    client.post(url, {"close": str(opening.uuid)})
    assert str(opening.uuid) not in client.get(url).content.decode()
    assert client.post(url, {"close": "x"}).status_code == 404


def test_the_course_page_leads_to_the_code(course):
    (entry,) = quizzes_of_course(course.uuid, "en")
    assert entry.asks_first
    assert entry.start_url(course.enrolment) == reverse("assessments:exam", args=[course.quiz.uuid])
    assert "30 minutes" in entry.description


def test_an_exam_of_another_class_or_course_has_no_page(client):
    course = make_course()
    sign_in(client, course.login)
    elsewhere = QuizFactory.create(quiz_class="exam")
    for quiz in (course.quiz, elsewhere):
        assert client.get(reverse("assessments:exam", args=[quiz.uuid])).status_code == 404
