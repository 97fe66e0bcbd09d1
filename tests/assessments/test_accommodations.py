"""More time, more attempts, breaks: what follows from them, whichever arrives first, and who sees and grants them."""

import datetime as dt
from itertools import permutations
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import AuditEvent
from accounts.policy import COORDINATOR, TRAINER
from assessments import papers
from assessments.accommodating import (
    NOTHING_GRANTED,
    Grant,
    Granted,
    accommodation_unit,
    as_granted,
    granted_during,
    granted_to,
    grants_among,
)
from assessments.actions import accommodate, hand_in, save_response, start_attempt
from assessments.carrying import carry_papers
from assessments.drawing import Item, Sheet
from assessments.errors import NoAttemptLeftError, TimeIsOverError
from assessments.models import Accommodation, Attempt, ExamOpening, Paper
from courses.models import CourseProgress
from records.actions import append_statements
from records.models import Statement
from records.state import rebuild_state, state_hash
from records.statements import build_statement, read_statement
from tests.assessments.saying import BASE, START, sit_on_a_device
from tests.assessments.sitting import Sitting, answer_wrong, questions_of, responses_to
from tests.factories.accounts import CohortFactory, CohortMemberFactory, CountryFactory, make_login, sign_in
from tests.factories.assessments import make_course

HALF_AGAIN = Granted(150)
GRANTER = UUID(int=77)
DAY = dt.timedelta(days=1)


def grant(person, granted=HALF_AGAIN, *, at=START - DAY, ends_on=None, actor=GRANTER, says=None):
    """Return the statement that somebody is granted something."""
    said = {
        "person": str(person),
        "time_percent": granted.time_percent,
        "extra_attempts": granted.extra_attempts,
        "may_pause": granted.may_pause,
        "ends_on": ends_on.isoformat() if ends_on else None,
    }
    return read_statement(
        build_statement(
            base=BASE,
            actor_uuid=actor,
            verb="accommodated",
            activity=f"{BASE}/person/{person}",
            unit=("accommodation", accommodation_unit(person)),
            timestamp=at,
            facts=said | (says or {}),
        )
    )


def bring(*said):
    outcome = append_statements(by={each.actor_uuid for each in said}, statements=[each.body for each in said])
    assert not outcome.quarantined


def person_of(course):
    return course.login.person


def coordinator_of(course):
    return make_login(COORDINATOR, person_of(course).country)


def give(course, granted=HALF_AGAIN, *, by=None, ends_on=None):
    return accommodate(by=by or coordinator_of(course), person=person_of(course), granted=granted, ends_on=ends_on)


def flags_of(saying):
    return Attempt.objects.get(pk=saying.attempt).flags


# What is granted. Pure.


@given(st.integers(60, 20_000), st.integers(100, 300), st.booleans(), st.integers(0, 5))
def test_nobody_has_less_than_the_usual(limit, percent, pause, extra):
    granted = Granted(percent, extra, pause)
    held = granted.time_limit_s(limit)
    assert limit <= held <= limit * 3 + (limit // 3600 + 1) * 900
    assert granted.attempt_limit(2) == 2 + extra
    assert granted.time_limit_s(None) is None


def test_a_paper_keeps_its_text_whatever_is_granted():
    sheet = Sheet((Item("q", "v", ()),), 70, 1, time_limit_s=600, attempt_limit=2)
    held = as_granted(sheet, Granted(200, 1, may_pause=True))
    assert (held.time_limit_s, held.attempt_limit) == (600 * 2 + 900, 3)
    assert as_granted(sheet, NOTHING_GRANTED) is sheet


def grants_of(*given_at):
    return [Grant(START + day * DAY, UUID(int=1 + place), granted) for place, (day, granted) in enumerate(given_at)]


def test_what_stood_at_the_beginning_holds_to_the_end():
    grants = grants_of((0, Granted(150)), (2, Granted(125, 1)))
    assert granted_during(grants, START + DAY, START + 3 * DAY) == Granted(150, 1)
    assert granted_during(grants, START + 2 * DAY, None) == Granted(125, 1)
    assert granted_during(grants, START - DAY, START - DAY / 2) == NOTHING_GRANTED


def test_a_grant_ends_with_its_last_day():
    until = Grant(START, UUID(int=1), HALF_AGAIN, (START + DAY).date())
    assert granted_during([until], START + DAY, None) == HALF_AGAIN
    assert granted_during([until], START + 2 * DAY, None) == NOTHING_GRANTED


@pytest.mark.parametrize(
    "facts",
    [
        {"time_percent": 50},
        {"time_percent": "150"},
        {"time_percent": True},
        {"extra_attempts": -1},
        {"extra_attempts": 1000},
        {"may_pause": 1},
        {"ends_on": "soon"},
        {"ends_on": 4},
        {"person": str(UUID(int=9))},
    ],
)
def test_what_cannot_be_read_grants_nothing(facts):
    person = UUID(int=5)
    assert not grants_among([grant(person, says=facts)], person)
    assert len(grants_among([grant(person)], person)) == 1


def test_nobody_grants_anything_to_themselves():
    person = UUID(int=5)
    assert not grants_among([grant(person, actor=UUID(int=6))], person, [UUID(int=6)])


# What follows. The clock, the attempts.


@pytest.mark.django_db
def test_an_attempt_within_the_time_as_it_is_granted_is_not_late():
    course = make_course(time_limit_s=600)
    bring(grant(person_of(course).uuid))
    assert flags_of(sit_on_a_device(course, took_s=900)) == ""
    assert flags_of(sit_on_a_device(course, took_s=961)) == "late"
    control = make_course(time_limit_s=600)
    assert flags_of(sit_on_a_device(control, took_s=900)) == "late"


@pytest.mark.django_db
def test_attempts_beyond_the_limit_are_no_surplus_where_more_are_granted():
    course = make_course(attempt_limit=1)
    first, second, third = (sit_on_a_device(course, answer_wrong) for _ in range(3))
    assert [flags_of(each) for each in (first, second, third)] == ["", "surplus", "surplus"]
    bring(grant(person_of(course).uuid, Granted(extra_attempts=1)))
    assert [flags_of(each) for each in (first, second, third)] == ["", "", "surplus"]
    before = state_hash()
    assert rebuild_state() == before


def all_orders(course, statements):
    """Return the state hashes after all orders of arrival, and after deriving each again."""
    found = set()
    for order in permutations(statements):
        with transaction.atomic():
            for said in order:
                bring(*said)
            arrived = state_hash()
            found |= {arrived, rebuild_state()}
            transaction.set_rollback(True)
        papers.kept.clear()
    assert not Attempt.objects.filter(enrolment=course.enrolment).exists()
    return found


@pytest.mark.django_db
def test_all_orders_of_grants_and_attempts_give_one_state(settings):
    """Two attempts, over time and over the limit; a grant before, one in the middle, one taken back."""
    course = make_course(time_limit_s=600, attempt_limit=1)
    with transaction.atomic():
        sayings = [sit_on_a_device(course, took_s=took_s) for took_s in (890, 1700)]
        rows = list(Paper.objects.all())
        transaction.set_rollback(True)
    for row in rows:
        Paper(**{field.attname: getattr(row, field.attname) for field in Paper._meta.concrete_fields}).save()
    person = person_of(course).uuid
    grants = [
        grant(person, Granted(150)),
        grant(person, Granted(300, 1), at=START + dt.timedelta(seconds=1000)),
        grant(person, NOTHING_GRANTED, at=START + DAY, ends_on=None),
    ]
    found = all_orders(course, [*([each] for each in grants), *(saying.said for saying in sayings)])
    assert len(found) == 1
    for each in (*grants, *(said for saying in sayings for said in saying.said)):
        bring(each)
    assert [flags_of(saying) for saying in sayings] == ["", ""]
    assert Accommodation.objects.get().time_percent == 100


@pytest.mark.django_db
def test_a_derivation_that_reads_only_the_row_would_be_found():
    """Control: what stands now is not what stood then; a rule that took the newest would say otherwise."""
    course = make_course(time_limit_s=600)
    person = person_of(course).uuid
    bring(grant(person), grant(person, NOTHING_GRANTED, at=START + DAY))
    assert flags_of(sit_on_a_device(course, took_s=900)) == ""
    assert granted_to(person, START.date()) == NOTHING_GRANTED


# Granting it.


@pytest.mark.django_db
def test_a_late_attempt_counts_once_the_time_is_granted_while_it_was_open():
    course = make_course(time_limit_s=600)
    saying = sit_on_a_device(course, took_s=900)
    assert not Attempt.objects.get(pk=saying.attempt).counts
    bring(grant(person_of(course).uuid, at=START + dt.timedelta(seconds=10)))
    assert Attempt.objects.get(pk=saying.attempt).counts
    assert CourseProgress.objects.get(pk=course.enrolment.pk).completed_at is not None


@pytest.mark.django_db
def test_granting_is_audited_without_a_reason_and_twice_is_once():
    course = make_course()
    by = coordinator_of(course)
    row = give(course, Granted(150, 1, may_pause=True), by=by)
    assert (row.time_percent, row.extra_attempts, row.may_pause) == (150, 1, True)
    give(course, Granted(150, 1, may_pause=True), by=by)
    assert Statement.objects.filter(verb="accommodated").count() == 1
    event = AuditEvent.objects.get(act="accommodation.changed")
    assert event.target_uuid == person_of(course).uuid
    assert set(event.detail) == {"time_percent", "extra_attempts", "may_pause", "ends_on", "roles"}
    give(course, NOTHING_GRANTED, by=by)
    assert granted_to(person_of(course).uuid, timezone.now().date()) == NOTHING_GRANTED


@pytest.mark.django_db
def test_only_those_who_answer_for_a_learner_grant_anything():
    course = make_course()
    person, country = person_of(course), person_of(course).country
    trainer = make_login(TRAINER, country)
    elsewhere = make_login(COORDINATOR, CountryFactory.create(code="UA"))
    for by in (make_login(), course.login, trainer, elsewhere):
        with pytest.raises(PermissionDenied):
            give(course, by=by)
    cohort = CohortFactory.create(country=country)
    CohortMemberFactory.create(cohort=cohort, person=person)
    CohortMemberFactory.create(cohort=cohort, person=trainer.person, role="trainer")
    assert give(course, by=trainer).time_percent == 150
    own = coordinator_of(course)
    with pytest.raises(PermissionDenied):
        accommodate(by=own, person=own.person, granted=HALF_AGAIN, ends_on=None)


@pytest.mark.django_db
def test_another_attempt_may_begin_where_one_more_is_granted():
    course = make_course(attempt_limit=1)
    sit_on_a_device(course, answer_wrong)
    with pytest.raises(NoAttemptLeftError):
        start_attempt(by=course.login, quiz=course.quiz, enrolment=course.enrolment)
    give(course, Granted(extra_attempts=1))
    assert start_attempt(by=course.login, quiz=course.quiz, enrolment=course.enrolment).number == 2


@pytest.mark.django_db
def test_a_grant_that_is_over_gives_nothing_more():
    course = make_course(attempt_limit=1)
    sit_on_a_device(course, answer_wrong)
    bring(grant(person_of(course).uuid, Granted(extra_attempts=1), ends_on=timezone.now().date() - DAY))
    with pytest.raises(NoAttemptLeftError):
        start_attempt(by=course.login, quiz=course.quiz, enrolment=course.enrolment)


def sit_exam(course):
    opening = ExamOpening.objects.create(
        quiz=course.quiz,
        cohort=CohortFactory.create(),
        code_sha256=uuid4().hex,
        opened_by=person_of(course),
        opened_at=timezone.now(),
        closes_at=timezone.now() + DAY,
    )
    begun = timezone.now() - dt.timedelta(seconds=800)
    return start_attempt(by=course.login, quiz=course.quiz, enrolment=course.enrolment, opening=opening, at=begun)


@pytest.mark.django_db
def test_an_exam_takes_answers_for_as_long_as_is_granted_even_in_the_middle():
    course = make_course(quiz_class="exam", time_limit_s=600)
    attempt = sit_exam(course)
    question = questions_of(attempt.pk)[0]
    fields = responses_to(attempt.pk, answer_wrong)[0]
    with pytest.raises(TimeIsOverError):
        save_response(by=course.login, attempt=attempt.pk, question=question, given=fields, nonce="n")
    give(course, Granted(150))
    assert save_response(by=course.login, attempt=attempt.pk, question=question, given=fields, nonce="n").was_new


@pytest.mark.django_db
def test_an_answer_in_the_usual_time_asks_nothing_of_what_is_granted():
    course = make_course(quiz_class="exam", time_limit_s=3600)
    attempt = sit_exam(course)
    give(course, Granted(150))
    fields, question = responses_to(attempt.pk, answer_wrong)[0], questions_of(attempt.pk)[0]
    with CaptureQueriesContext(connection) as captured:
        save_response(by=course.login, attempt=attempt.pk, question=question, given=fields, nonce="n")
    assert not any("accommodation" in query["sql"] for query in captured)


# On a device, and on the pages.


@pytest.mark.django_db
def test_a_paper_that_was_carried_before_says_the_time_as_it_is_granted():
    course, device = make_course(time_limit_s=600), uuid4()
    (before,) = carry_papers(by=course.login, device=device, courses=[course.uuid])
    assert (before["time_limit_s"], before["accommodation"]) == (600, None)
    give(course, Granted(150, may_pause=True))
    (after,) = carry_papers(by=course.login, device=device, courses=[course.uuid])
    assert (after["attempt"], after["sha256"]) == (before["attempt"], before["sha256"])
    assert after["time_limit_s"] == 900 + 900
    assert after["accommodation"]["en"][0] == "Half as much time again"
    assert set(after["accommodation"]) >= {"en", "fr", "ar"}


@pytest.mark.django_db
def test_a_device_gets_another_paper_where_another_attempt_is_granted():
    course = make_course(attempt_limit=1)
    sit_on_a_device(course, answer_wrong)
    assert carry_papers(by=course.login, device=uuid4(), courses=[course.uuid]) == []
    give(course, Granted(extra_attempts=1))
    assert len(carry_papers(by=course.login, device=uuid4(), courses=[course.uuid])) == 1


@pytest.mark.django_db
def test_the_page_grants_and_takes_back(client):
    course = make_course()
    url = reverse("assessments:accommodation", args=[person_of(course).uuid])
    sign_in(client, coordinator_of(course))
    page = client.get(url).content.decode()
    assert "The usual time, and the usual number of attempts." in page
    given = {"time_percent": 150, "may_pause": "on", "extra_attempts": 2, "ends_on": "2099-05-01"}
    assert client.post(url, given).status_code == 302
    page = client.get(url).content.decode()
    for words in ("Half as much time again", "15 minutes more for breaks", "2 attempts more", "May 1, 2099"):
        assert words in page, words
    assert client.post(url, given | {"ends_on": "2001-01-01"}).status_code == 422
    assert client.post(url, given | {"time_percent": 50}).status_code == 422
    assert client.post(url, {"stop": 1}).status_code == 302
    assert "The usual time, and the usual number of attempts." in client.get(url).content.decode()


@pytest.mark.django_db
def test_the_learner_sees_it_on_the_result(client):
    course = make_course(quiz_class="exam", time_limit_s=600)
    give(course, Granted(150, 1), ends_on=dt.date(2099, 5, 1))
    sitting = Sitting(sign_in(client, course.login), course.quiz.uuid)
    attempt = sit_exam(course)
    sitting.attempt = attempt.pk
    hand_in(by=course.login, attempt=attempt.pk)
    text = sitting.open("attempt-result").content.decode()
    for words in ("What you are granted", "Half as much time again", "1 attempt more", "Until May 1, 2099"):
        assert words in text, words
