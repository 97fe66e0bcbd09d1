"""Two at once: one code answers once, one person reacts once, and no answer is lost between two."""

import datetime as dt
from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from accounts.models import Cohort
from certificates.actions import answer_as_supervisor, give_reaction, issue_supervisor_codes
from certificates.actions.evaluation import open_supervisor_code
from certificates.errors import CertificateError
from certificates.evaluation.reactions import ITEMS
from certificates.models import FollowUp, ReactionGiven, ReactionTally
from records.models import Statement
from tests.certificates.evaluation.test_answers import GOOD, SEEN, ended_cohort, member
from tests.factories.trainers import coordinator_of

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 6


def together(act: Callable[[int], object], times: int = AT_ONCE) -> list[str]:
    """Do something several times at once, each with its own connection; return the errors by code."""
    gate, errors = Barrier(times), list[str]()

    def run(number: int) -> None:
        try:
            gate.wait()
            act(number)
        except CertificateError as error:
            errors.append(error.code)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def shown_and_waiting(cohort: Cohort) -> tuple[int, int]:
    sums = ReactionTally.objects.filter(cohort=cohort, item=ITEMS[0]).aggregate(
        shown=Sum("shown"), waiting=Sum("waiting")
    )
    return sums["shown"] or 0, sums["waiting"] or 0


def test_a_code_that_is_sent_six_times_at_once_answers_once() -> None:
    cohort = ended_cohort()
    member(cohort)
    (paper,) = issue_supervisor_codes(by=coordinator_of(), cohort=cohort, months=3)
    errors = together(lambda _number: answer_as_supervisor(code=paper.code, answers=SEEN))
    assert errors == ["certificates.supervisor_code.refused"] * (AT_ONCE - 1)
    assert FollowUp.objects.count() == 1
    assert Statement.objects.filter(unit_kind="follow-up").count() == 1


def test_one_person_who_sends_the_form_six_times_at_once_is_counted_once() -> None:
    cohort = ended_cohort()
    login = member(cohort)
    errors = together(lambda _number: give_reaction(by=login, cohort=cohort, answers=GOOD))
    assert errors == ["certificates.reaction.given"] * (AT_ONCE - 1)
    assert shown_and_waiting(cohort) == (0, 1)


def test_six_people_at_once_lose_no_answer() -> None:
    cohort = ended_cohort()
    logins = [member(cohort) for _ in range(AT_ONCE)]
    assert together(lambda number: give_reaction(by=logins[number], cohort=cohort, answers=GOOD)) == []
    assert shown_and_waiting(cohort) == (5, 1)
    assert ReactionGiven.objects.count() == AT_ONCE


def test_without_the_guard_the_same_code_would_answer_twice() -> None:
    """The control: the race is real where the code is only read and not claimed by one change."""
    cohort = ended_cohort()
    member(cohort)
    (paper,) = issue_supervisor_codes(by=coordinator_of(), cohort=cohort, months=3)
    gate, seen = Barrier(2), list[dt.datetime]()

    def read_then_use(_number: int) -> None:
        row = open_supervisor_code(paper.code, timezone.now())
        gate.wait()
        seen.append(row.expires_at)

    assert together(read_then_use, 2) == []
    assert len(seen) == 2
