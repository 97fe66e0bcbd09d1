"""The class view: how each learner stands, what the devices say, which questions are hard. It needs sync for that."""

import datetime as dt
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, CohortMember
from accounts.policy import COORDINATOR, TRAINER
from assessments import papers, versions
from assessments.accommodating import Granted
from assessments.actions import save_response, start_attempt
from assessments.models import Attempt
from courses.models import Enrolment
from records.actions import append_statements
from sync.models import Device
from tests.assessments.saying import sit_on_a_device
from tests.assessments.sitting import answer_right, answer_wrong, questions_of, responses_to
from tests.assessments.test_accommodations import bring, grant
from tests.factories.accounts import CohortFactory, CohortMemberFactory, CountryFactory, make_login, sign_in
from tests.factories.assessments import Course, complete_by_statement, enrol_by_statement, make_course
from tests.sync.doings import make_device

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_papers_kept():
    yield
    for each in (papers.kept, versions.kept):
        each.clear()


class School:
    """A cohort that takes a course of twenty questions, and its trainer."""

    def __init__(self):
        self.course = make_course(questions=20, draw=20, lessons=1)
        self.country = self.course.login.person.country
        self.cohort = CohortFactory.create(country=self.country)
        self.trainer = make_login(TRAINER, self.country, full_name="Trainer Traoré")
        CohortMemberFactory.create(cohort=self.cohort, person=self.trainer.person, role=CohortMember.Role.TRAINER)
        self.join(self.course)

    def join(self, course):
        """Put a learner and the enrolment into the cohort."""
        CohortMemberFactory.create(cohort=self.cohort, person=course.login.person)
        Enrolment.objects.filter(pk=course.enrolment.pk).update(cohort=self.cohort)

    def learner(self, name):
        """Return another learner of the course, in the cohort."""
        login = make_login(None, self.country, full_name=name)
        other = Course(self.course.uuid, self.course.lessons, self.course.quiz, self.course.questions, login)
        other.enrolment = enrol_by_statement(login, other.uuid, other.lessons, [other.quiz.uuid])
        complete_by_statement(other.enrolment, other.lessons)
        self.join(other)
        return other

    @property
    def url(self):
        return reverse("assessments:class", args=[self.cohort.uuid])

    def page(self, client):
        response = client.get(self.url)
        assert response.status_code == 200
        return response


@pytest.fixture
def school():
    return School()


@pytest.fixture
def seen(school, client):
    sign_in(client, school.trainer)
    return client


def hear_of(course, **said):
    """Give a learner a device, of which this is known."""
    Device.objects.filter(pk=make_device(course.login.person).uuid).update(**said)


def line_of(page, course):
    return next(each for each in page.context["seen"].learners if each.person == course.login.person)


def begin(course):
    """Begin an attempt on the site, and answer the first question."""
    attempt = start_attempt(by=course.login, quiz=course.quiz, enrolment=course.enrolment)
    fields, question = responses_to(attempt.pk, answer_right)[0], questions_of(attempt.pk)[0]
    save_response(by=course.login, attempt=attempt.pk, question=question, given=fields, nonce="n")


def test_each_learner_stands_where_the_work_is(school, seen):
    begun, failed, passed = (school.learner(name) for name in ("Begun", "Failed", "Passed"))
    begin(begun)
    sit_on_a_device(failed, answer_wrong)
    sit_on_a_device(passed)
    page = school.page(seen)
    assert {name: str(line_of(page, course).stage) for name, course in (("idle", school.course), ("begun", begun))} == {
        "idle": "not-begun",
        "begun": "in-progress",
    }
    assert (line_of(page, begun).answered, line_of(page, begun).total) == (1, 20)
    assert (line_of(page, passed).score, line_of(page, passed).out_of) == ("20", "20")
    text = page.content.decode()
    for words in ("1 of 20 answered", "20 of 20", "Did not pass the last attempt", "1 of 4 passed"):
        assert words in text, words
    assert [each.person.full_name for each in page.context["seen"].need_help] == ["Failed"]
    assert AuditEvent.objects.get(act="class.viewed").detail["people"] == 4


def test_a_blank_is_not_read_as_idleness(school, seen):
    silent, waiting, fresh = (school.learner(name) for name in ("Silent", "Waiting", "Fresh"))
    for course, days, count in ((silent, 5, 0), (waiting, 0, 12), (fresh, 0, 0)):
        hear_of(course, last_seen_at=timezone.now() - dt.timedelta(days=days), waiting_count=count)
    text = school.page(seen).content.decode()
    for words in ("No contact for 5 days. It may hold unsent work", "12 lines not sent yet", "Up to date"):
        assert words in text, words
    assert text.count("No device of theirs is known") == 1


def test_a_device_that_is_revoked_says_nothing(school, seen):
    hear_of(school.course, waiting_count=3, revoked_at=timezone.now())
    assert "No device of theirs is known" in school.page(seen).content.decode()


def test_the_hardest_question_comes_first_with_the_wrong_answer_chosen(school, seen):
    question = next(each for each in school.course.questions if "choices" in each.body)

    def answering(kind, structure):
        is_hard = structure.get("choices") == question.body["choices"]
        return answer_wrong(kind, structure) if is_hard else answer_right(kind, structure)

    for name in ("A", "B"):
        sit_on_a_device(school.learner(name), answering)
    # A second attempt says nothing about how hard it was: the keys may be known.
    sit_on_a_device(school.course, answering)
    sit_on_a_device(school.course)
    first, *others = school.page(seen).context["seen"].questions
    assert first.facility.question == str(question.uuid)
    assert (first.facility.n, first.facility.right) == (3, 0)
    ((words, count),) = first.facility.wrong
    assert count == 3
    assert words.startswith("[en] ")
    assert all(each.facility.right == 3 for each in others)
    assert first.facility.percent is None
    text = school.page(seen).content.decode()
    assert "0 of 3 right" in text
    assert "of the points" not in text


def test_what_was_marked_anew_is_no_longer_hard(school, seen):
    saying = sit_on_a_device(school.course, answer_wrong)
    question = school.course.questions[0]
    saying.say(
        "regraded",
        900,
        {"question": str(question.uuid), "version": question.version_sha256, "rule": "full", "to": "", "reason": "x"},
        actor=UUID(int=77),
    )
    append_statements(by=[UUID(int=77)], statements=[saying.said[-1].body])
    easiest = school.page(seen).context["seen"].questions[-1]
    assert (easiest.facility.question, easiest.facility.right) == (str(question.uuid), 1)


def test_thirty_learners_ask_as_much_as_one(school, seen):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            school.page(seen)
        return len(captured)

    def grow(course, number):
        hear_of(course, waiting_count=number)
        if number % 3 == 0:
            sit_on_a_device(course, answer_wrong if number % 2 else answer_right)
        elif number % 3 == 1:
            begin(course)

    for number in range(3):
        grow(school.learner(f"First {number}"), number)
    queries()
    few = queries()
    for number in range(27):
        grow(school.learner(f"Learner {number}"), number)
    queries()
    assert queries() == few
    assert Attempt.objects.count() == 20


def test_only_those_who_answer_for_the_class_see_it(school, client):
    for login, status in (
        (school.course.login, 403),
        (make_login(TRAINER, school.country), 404),
        (make_login(COORDINATOR, CountryFactory.create(code="UA")), 404),
        (make_login(COORDINATOR, school.country), 200),
    ):
        sign_in(client, login)
        assert client.get(school.url).status_code == status


def test_a_quiz_of_another_course_is_not_shown(school, seen):
    other = make_course()
    assert seen.get(f"{school.url}?quiz={other.quiz.uuid}").status_code == 404
    assert seen.get(f"{school.url}?quiz={school.course.quiz.uuid}").status_code == 200
    assert seen.get(f"{school.url}?quiz=nothing").status_code == 404


def test_a_class_without_a_test_says_so(client):
    cohort = CohortFactory.create()
    sign_in(client, make_login(COORDINATOR, cohort.country))
    text = client.get(reverse("assessments:class", args=[cohort.uuid])).content.decode()
    assert "This class takes no test yet" in text


def test_a_learner_who_may_have_more_attempts_is_not_said_to_have_none(school, seen):
    school.course.quiz.attempt_limit = 1
    school.course.quiz.save()
    sit_on_a_device(school.course, answer_wrong)
    assert "has no attempt left" in school.page(seen).content.decode()
    bring(grant(school.course.login.person.uuid, Granted(extra_attempts=1)))
    text = school.page(seen).content.decode()
    assert "has no attempt left" not in text
    assert "1 of 2" in text
