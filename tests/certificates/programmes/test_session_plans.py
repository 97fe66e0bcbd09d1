"""What a session plan may not be, and what it is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.programmes.agenda import AgendaError, agenda_minutes, agenda_text, read_agenda
from certificates.programmes.session_forms import ADVICE, REFUSALS, advice_text
from certificates.programmes.session_plans import (
    STEPS,
    SessionPlan,
    advice,
    read_plan,
    refusals,
    step_minutes,
    stored_form,
)
from certificates.programmes.stages import may_follow, next_stages

WHOLE = SessionPlan(
    lists={"objectives": ["Sort five signs by sector"], "key_points": ["Signs are no proof [P16]"]},
    texts=dict.fromkeys(("audience", "local_law", "safety", "inclusion", "evaluation"), "Written."),
)


def test_a_whole_plan_has_nothing_to_be_told():
    assert refusals(WHOLE) == []
    assert advice(WHOLE) == []
    assert read_plan(stored_form(WHOLE)) == SessionPlan(
        WHOLE.shares,
        {name: WHOLE.lists.get(name, []) for name in ("objectives", "key_points", "materials", "questions")},
        {"module": "", "after": ""} | dict(WHOLE.texts),
    )


def test_five_objectives_are_one_too_many():
    plan = SessionPlan(lists={"objectives": ["Name"] * 5})
    assert [each.code for each in refusals(plan)] == ["too-many-objectives"]
    assert refusals(SessionPlan(lists={"objectives": ["Name"] * 4})) == []


@pytest.mark.parametrize(
    "shares", [dict.fromkeys(STEPS, 0), STEPS | {"check": 11}, STEPS | {"input": -5, "debrief": 45}]
)
def test_shares_make_a_hundred(shares):
    assert [each.code for each in refusals(SessionPlan(shares=shares))] == ["shares-not-whole"]


@pytest.mark.parametrize(
    "objective", ["Know the law", "understand signs", "Comprendre la traite", "Connaître la loi", "أن يفهم القانون"]
)
def test_an_objective_that_nobody_can_see_is_named(objective):
    plan = SessionPlan(lists={**WHOLE.lists, "objectives": [objective]}, texts=WHOLE.texts)
    assert [(each.code, each.detail) for each in advice(plan)] == [("not-observable", objective)]


def test_other_advice():
    plan = SessionPlan(
        STEPS | {"input": 50, "activity": 15}, {**WHOLE.lists, "key_points": ["Because I say so"]}, WHOLE.texts
    )
    assert [each.code for each in advice(plan)] == ["no-source", "listens-more-than-works"]
    assert len(advice(SessionPlan())) == 7


def test_each_finding_has_words():
    found = {each.code for plan in (SessionPlan(), WHOLE) for each in advice(plan)}
    assert found <= set(ADVICE)
    assert "Objectives" in advice_text("missing", "objectives", "")
    assert set(REFUSALS) == {"too-many-objectives", "shares-not-whole"}


@given(st.integers(1, 24 * 60))
def test_the_steps_fill_the_session_to_the_minute(minutes):
    assert sum(step_minutes(SessionPlan(), minutes).values()) == minutes


def test_an_agenda_is_read_as_it_is_typed_and_written_back():
    items = read_agenda("30 Opening | plenary\n\n45 min: Stations\n15’ – Pause")
    assert [each["minutes"] for each in items] == [30, 45, 15]
    assert (items[0]["method"], items[1]["title"], agenda_minutes(items)) == ("plenary", "Stations", 90)
    assert read_agenda(agenda_text(items)) == items


@pytest.mark.parametrize("line", ["Opening", "0 Opening", "9999 Opening", "30", "30 " + "x" * 300])
def test_a_line_that_is_no_item_is_named(line):
    with pytest.raises(AgendaError) as error:
        read_agenda(f"5 Welcome\n{line}")
    assert error.value.number == 2


def test_a_cohort_goes_forward_and_back_by_known_ways():
    assert next_stages("planned") == ("open", "running", "cancelled")
    assert may_follow("closed", "running")
    assert not may_follow("planned", "closed")
    assert next_stages("no such stage") == ()
