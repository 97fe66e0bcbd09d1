"""How far somebody has come on a path: the shared examples, and what must hold for any path."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.paths.judging import Stage, Standing, judge, stages_as_plain, stages_of

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "paths.json").read_text())["cases"]
COURSES = [uuid4() for _number in range(8)]


@pytest.mark.parametrize("case", VECTORS, ids=lambda case: case["says"])
def test_shared_example(case: dict[str, Any]) -> None:
    stages = stages_of([{"title": {"en": "A stage"}, **each} for each in case["stages"]])
    verdict = judge(stages, {UUID(each) for each in case["done"]})
    told = [
        {"isOpen": each.is_open, "left": each.left, "standings": {str(k): str(v) for k, v in each.standings.items()}}
        for each in verdict.stages
    ]
    assert told == case["verdicts"]
    assert verdict.is_complete == (sum(each["left"] for each in case["verdicts"]) == 0)


@st.composite
def paths(draw: st.DrawFn) -> tuple[Stage, ...]:
    shuffled = draw(st.permutations(COURSES))
    stages, place = [], 0
    for _number in range(draw(st.integers(1, 3))):
        required, optional = draw(st.integers(0, 2)), draw(st.integers(0, 2))
        members = shuffled[place : place + required + optional]
        place += required + optional
        some = tuple(members[required:])
        stages.append(Stage({"en": "A"}, tuple(members[:required]), some, draw(st.integers(0, len(some)))))
    return tuple(stages)


@given(paths(), st.sets(st.sampled_from(COURSES)), st.sampled_from(COURSES))
def test_another_course_never_sets_anybody_back(stages: tuple[Stage, ...], done: set[UUID], one_more: UUID) -> None:
    before, after = judge(stages, done), judge(stages, done | {one_more})
    assert after.left <= before.left
    for first, then in zip(before.stages, after.stages, strict=True):
        assert then.is_open >= first.is_open
        assert all(then.standings[each] == Standing.DONE for each in done if each in then.standings)


@given(paths())
def test_all_courses_done_is_a_path_done_and_stages_round_trip(stages: tuple[Stage, ...]) -> None:
    assert judge(stages, set(COURSES)).is_complete
    assert stages_of(stages_as_plain(stages)) == stages
