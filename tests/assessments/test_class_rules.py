"""Who of a class needs help, and which questions are hard. Pure."""

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.class_rules import (
    ENOUGH_ANSWERS,
    SILENT,
    STUCK,
    Marked,
    Need,
    Stage,
    hardest_first,
    is_silent,
    needs_of,
    stage_of,
)
from assessments.contact import Contact

NOW = dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC)


@dataclass
class Try:
    """One attempt as these rules read it."""

    is_open: bool = False
    is_passed: bool | None = False
    counts: bool = False
    flags: str = ""
    decision: str = ""
    awaits_marking: bool = False


OPEN = Try(is_open=True, is_passed=None)
PASSED = Try(is_passed=True, counts=True)


@pytest.mark.parametrize(
    ("attempts", "stage"),
    [
        ([], Stage.NOT_BEGUN),
        ([OPEN], Stage.IN_PROGRESS),
        ([Try()], Stage.HANDED_IN),
        ([Try(), OPEN], Stage.IN_PROGRESS),
        ([Try(), PASSED], Stage.PASSED),
    ],
)
def test_the_stage_follows_from_all_attempts(attempts, stage):
    assert stage_of(attempts) == stage


@pytest.mark.parametrize(
    ("attempts", "needs"),
    [
        ([], []),
        ([Try()], [Need.FAILED]),
        ([Try(), Try()], [Need.NO_ATTEMPT_LEFT]),
        ([Try(), PASSED], []),
        ([Try(is_passed=True, flags="late")], [Need.FLAGGED]),
        ([Try(is_passed=True, flags="late", decision="denied")], []),
        ([Try(is_passed=False, flags="late")], [Need.FAILED]),
        ([Try(is_passed=None, awaits_marking=True)], [Need.TO_MARK]),
    ],
)
def test_each_reason_for_help_has_its_rule(attempts, needs):
    assert needs_of(attempts, limit=2, last_said_at=NOW, now=NOW) == needs


def test_an_open_attempt_is_stuck_after_a_week_and_not_before():
    for age, needs in ((STUCK, []), (STUCK + dt.timedelta(seconds=1), [Need.STUCK])):
        assert needs_of([OPEN], limit=2, last_said_at=NOW - age, now=NOW) == needs


def test_a_device_that_was_not_heard_of_may_hold_work():
    assert not is_silent(Contact(NOW - SILENT), NOW)
    assert is_silent(Contact(NOW - SILENT - dt.timedelta(seconds=1)), NOW)
    assert is_silent(Contact(NOW, waiting=1), NOW)
    assert is_silent(Contact(None), NOW)


MARKED = st.lists(
    st.builds(Marked, st.sampled_from("abc"), st.sampled_from([0, 500, 1000]), st.sampled_from(["", "this", "that"])),
    max_size=80,
)


@given(MARKED)
def test_every_answer_is_counted_once(marked):
    found = hardest_first(marked)
    assert sum(each.n for each in found) == len(marked)
    assert [each.share_milli for each in found] == sorted(each.share_milli for each in found)
    for each in found:
        missed = [one for one in marked if one.question == each.question and one.mark_milli < 1000]
        assert sum(count for _words, count in each.wrong) + each.unanswered == len(missed) == each.n - each.right
        assert (each.percent is None) == (each.n < ENOUGH_ANSWERS)


def test_the_wrong_answers_chosen_most_come_first():
    marked = [Marked("q", 0, words) for words in ("b", "a", "b", "")] + [Marked("q", 1000, "c")]
    (only,) = hardest_first(marked)
    assert only.wrong == (("b", 2), ("a", 1))
    assert (only.right, only.n, only.unanswered) == (1, 5, 1)
