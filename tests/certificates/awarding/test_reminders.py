"""Reminders: 90, 60, 30 and 7 days before the end, once each, whoever runs the timer and however often."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Message
from accounts.policy import COORDINATOR
from certificates.actions import begin_renewal, issue_award, remind_of_ends, revoke_award
from certificates.awarding.reminding import threshold_on
from certificates.models import Award
from tests.certificates.test_issue_award import in_threads
from tests.factories.accounts import make_login
from tests.factories.assessments import QuizFactory
from tests.factories.certificates import COURSE, QUIZ, award, complete, holder_login, publish_course

ENDS = "certificates.ends"


def days_before(row, days: int) -> dt.datetime:
    return dt.datetime.combine(row.valid_until - dt.timedelta(days=days), dt.time(12), dt.UTC)


@pytest.fixture
def row(db):
    publish_course()
    return award()


def told() -> list[str]:
    return sorted(each.key.rsplit("/", 1)[1] for each in Message.objects.filter(code=ENDS))


def test_each_threshold_is_told_once_over_the_last_hundred_days(row):
    for days in range(100, -5, -1):
        for _again in range(2):
            remind_of_ends(days_before(row, days))
    assert told() == ["30", "60", "7", "90"]


def test_a_site_that_was_off_tells_the_one_that_is_due_now(row):
    assert remind_of_ends(days_before(row, 20)) == 1
    assert told() == ["30"]


@pytest.mark.parametrize(("left", "due"), [(91, None), (90, 90), (61, 90), (60, 60), (30, 30), (8, 30), (7, 7), (0, 7)])
def test_the_nearest_threshold_that_was_reached_is_due(left, due):
    day = dt.date(2026, 11, 22)
    assert threshold_on(day, day + dt.timedelta(days=left)) == due
    assert threshold_on(day, day - dt.timedelta(days=1)) is None


def test_a_withdrawn_certificate_is_not_spoken_of(row):
    revoke_award(by=make_login(COORDINATOR, row.country), award=row, reason="on-request")
    assert remind_of_ends(days_before(row, 30)) == 0


def test_a_renewed_certificate_is_not_spoken_of(row):
    QuizFactory.create(uuid=QUIZ, course_uuid=COURSE)
    moment = days_before(row, 80)
    enrolment = begin_renewal(by=holder_login(row), award=row, at=moment)
    issue_award(enrolment_uuid=complete(enrolment).pk, at=moment)
    assert Award.objects.count() == 2
    assert remind_of_ends(days_before(row, 30)) == 0


def test_one_without_an_end_or_far_from_it_is_left_alone(row):
    assert remind_of_ends(days_before(row, 91)) == 0
    Award.objects.update(valid_until=None)
    assert remind_of_ends(timezone.now()) == 0


@pytest.mark.django_db(transaction=True)
def test_two_timers_at_once_tell_each_holder_once():
    publish_course()
    rows = [award() for _each in range(5)]
    moment = days_before(rows[0], 30)

    def run(barrier):
        barrier.wait()
        return remind_of_ends(moment)

    done = in_threads(4, run)
    assert all(isinstance(each, int) for each in done), done
    assert Message.objects.filter(code=ENDS).count() == 5
