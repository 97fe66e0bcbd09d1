"""Whether an award is due."""

import datetime as dt
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from certificates.eligibility import PassedAttempt, Verdict, best_attempt, judge_award

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
QUIZ, FINAL = UUID(int=1), UUID(int=2)

attempts = st.builds(
    PassedAttempt,
    uuid=st.uuids(),
    quiz=st.sampled_from([QUIZ, FINAL, UUID(int=3)]),
    points_milli=st.integers(0, 20000),
    out_of_milli=st.sampled_from([0, 10000, 20000]),
    handed_in_at=st.datetimes(timezones=st.just(dt.UTC)),
)


def attempt(quiz: UUID, points: int, uuid: int = 9) -> PassedAttempt:
    return PassedAttempt(UUID(int=uuid), quiz, points, 10000, NOW)


def verdict(**changes: object) -> Verdict:
    facts: dict = {
        "completed_at": NOW,
        "quizzes": [QUIZ, FINAL],
        "passed": [attempt(QUIZ, 9000), attempt(FINAL, 7000)],
        "issued_versions": [],
        "version": 1,
    }
    return judge_award(**{**facts, **changes}).verdict


def test_a_completed_course_with_all_quizzes_passed_is_due():
    assert verdict() is Verdict.DUE


def test_each_thing_that_is_missing_is_named():
    assert verdict(completed_at=None) is Verdict.NOT_COMPLETED
    assert verdict(quizzes=[]) is Verdict.NO_TEST
    assert verdict(passed=[attempt(QUIZ, 9000)]) is Verdict.NOT_PASSED


def test_an_issued_version_bars_itself_and_older_ones_only():
    assert verdict(issued_versions=[1]) is Verdict.ALREADY_ISSUED
    assert verdict(issued_versions=[2], version=1) is Verdict.ALREADY_ISSUED
    assert verdict(issued_versions=[1], version=2) is Verdict.DUE


def test_the_award_quotes_the_best_attempt_at_the_last_quiz():
    best = attempt(FINAL, 9500, uuid=3)
    judged = judge_award(
        completed_at=NOW,
        quizzes=[QUIZ, FINAL],
        passed=[attempt(QUIZ, 10000), attempt(FINAL, 7000, uuid=1), best],
        issued_versions=[],
        version=1,
    )
    assert judged.quoted == best


@given(st.lists(attempts, min_size=1), st.randoms())
def test_order_and_repetition_do_not_matter(passed, dice):
    mixed = [*passed, *passed[:2]]
    dice.shuffle(mixed)
    assert best_attempt(mixed) == best_attempt(passed)
    assert all(best_attempt(passed).share >= each.share for each in passed)


@given(st.lists(attempts), st.booleans(), st.lists(st.sampled_from([QUIZ, FINAL]), unique=True))
def test_due_means_completed_tested_passed_and_new(passed, completed, quizzes):
    judged = judge_award(
        completed_at=NOW if completed else None, quizzes=quizzes, passed=passed, issued_versions=[], version=1
    )
    is_due = completed and bool(quizzes) and set(quizzes) <= {each.quiz for each in passed}
    assert (judged.verdict is Verdict.DUE) == is_due
    assert (judged.quoted is not None) == is_due
