"""The scenario: marked over its path, whatever its steps; what was decided stands."""

import json
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.errors import ResponseRefusedError
from assessments.questions.scenario.marking import mark
from assessments.questions.scenario.paths import best_total, in_order, path_of
from assessments.questions.scenario.player import KIND

HERE = Path(__file__).parent
VECTORS = json.loads((HERE / "vectors.json").read_text(encoding="utf-8"))
SAMPLE = json.loads((HERE / "sample.json").read_text(encoding="utf-8"))["structure"]
TEXT = {"stem": "A case.\n\nWhat do you do?", "feedback": "", "choices": {}}


@st.composite
def structures(draw):
    """Return a scenario without circles: a step leads to later ones only, in a file that is in any order."""
    count = draw(st.integers(1, 6))
    names = [f"s{number}" for number in range(count)]
    steps = []
    for number, name in enumerate(names):
        ways = draw(st.integers(1 if not number else 0, 3))
        after = st.sampled_from([None, *names[number + 1 :]])
        choices = [
            {"id": f"{name}c{way}", "points": draw(st.integers(-3, 5)), "next": draw(after)} for way in range(ways)
        ]
        steps.append({"id": name, "choices": choices})
    return {"start": "s0", "steps": draw(st.permutations(steps))}


@st.composite
def cases(draw):
    """Return a scenario and the steps of a way through it: [(step, choice)]."""
    structure = draw(structures())
    steps = {step["id"]: step["choices"] for step in structure["steps"]}
    path, place = [], structure["start"]
    while place is not None and steps[place]:
        chosen = draw(st.sampled_from(steps[place]))
        path.append((place, chosen))
        place = chosen["next"]
    return structure, path


def response_of(path):
    return {step: choice["id"] for step, choice in path}


@pytest.mark.parametrize("vector", VECTORS, ids=range(len(VECTORS)))
def test_it_marks_as_the_vectors_say(vector):
    assert mark(vector["structure"], vector["response"]) == vector["milli"]


@pytest.mark.parametrize("vector", [each for each in VECTORS if "fields" in each], ids=repr)
def test_it_reads_a_form_as_the_vectors_say(vector):
    assert KIND.read_response(vector["fields"], vector["structure"]) == vector["response"]
    assert KIND.fields_of(vector["response"]) == vector["fields"]


@given(case=cases())
def test_a_mark_is_the_share_of_the_best_path_and_stays_in_its_bounds(case):
    structure, path = case
    points, best = sum(choice["points"] for _step, choice in path), best_total(structure)
    assert points <= best
    assert mark(structure, response_of(path)) == (max(0, points) * 1000 // best if best > 0 else 0)


@given(case=cases(), data=st.data())
def test_a_better_choice_at_the_end_of_a_path_never_earns_less(case, data):
    structure, path = case
    if not path:
        return
    step, chosen = path[-1]
    raised = chosen | {"points": chosen["points"] + data.draw(st.integers(0, 3))}
    steps = [
        each if each["id"] != step else each | {"choices": [*each["choices"], raised | {"id": "better"}]}
        for each in structure["steps"]
    ]
    better = structure | {"steps": steps}
    assert mark(better, response_of(path) | {step: "better"}) >= mark(better, response_of(path))


@given(case=cases(), data=st.data())
def test_the_order_of_steps_and_choices_changes_nothing(case, data):
    structure, path = case
    steps = [each | {"choices": data.draw(st.permutations(each["choices"]))} for each in structure["steps"]]
    mixed = structure | {"steps": data.draw(st.permutations(steps))}
    assert mark(mixed, response_of(path)) == mark(structure, response_of(path))


@given(structure=structures())
def test_every_way_goes_down_the_page(structure):
    places = {name: place for place, name in enumerate(in_order(structure))}
    assert len(places) == len(structure["steps"])
    for step in structure["steps"]:
        for choice in step["choices"]:
            assert choice["next"] is None or places[step["id"]] < places[choice["next"]]


@given(structure=structures())
def test_what_may_be_published_has_a_key_a_wrong_answer_and_pays_nobody_for_stopping(structure):
    if KIND.problems_of(structure):
        return
    assert mark(structure, KIND.key_of(structure)) == 1000
    assert mark(structure, KIND.wrong_of(structure)) < 1000
    total, highest = 0, 0
    for _step, choice in path_of(structure, KIND.key_of(structure)):
        total += choice["points"]
        highest = max(highest, total)
    assert best_total(structure) == total
    for step in structure["steps"]:
        assert not step["choices"] or best_total(structure | {"start": step["id"]}) >= 0


@given(case=cases(), extra=st.dictionaries(st.text(max_size=3), st.text(max_size=3)))
def test_what_is_off_the_path_says_nothing(case, extra):
    structure, path = case
    on = response_of(path)
    assert mark(structure, {**extra, **on}) == mark(structure, on)


@given(
    response=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda each: st.lists(each) | st.dictionaries(st.text(), each),
    )
)
def test_no_response_whatever_raises(response):
    assert 0 <= mark(SAMPLE, response) <= 1000
    KIND.fields_of(response)
    KIND.show(SAMPLE, TEXT, "en", KIND.order_of(SAMPLE), response)
    KIND.describe_response(SAMPLE, TEXT, response)
    KIND.feedbacks_of(SAMPLE, TEXT, response)
    assert KIND.may_follow(response, response)


def test_a_form_is_read_from_the_start_on():
    assert KIND.read_response({"@e": ["@f"]}, SAMPLE) is None
    assert KIND.read_response({"@e": ["@f"], "@a": ["@d"]}, SAMPLE) == {"@a": "@d"}
    assert KIND.read_response({"@e": ["@f"], "@a": ["@b", "@b"]}, SAMPLE) == {"@a": "@b", "@e": "@f"}


@pytest.mark.parametrize("fields", [{"": ["@b"]}, {"@a": ["@f"]}, {"@a": ["@b", "@c"]}, {"@h": ["@b"]}, {"@z": ["@b"]}])
def test_a_form_that_does_not_fit_is_refused(fields):
    with pytest.raises(ResponseRefusedError):
        KIND.read_response(fields, SAMPLE)


@pytest.mark.parametrize(
    ("before", "after", "may"),
    [
        (None, {"@a": "@b"}, True),
        ({"@a": "@b"}, {"@a": "@b"}, True),
        ({"@a": "@b"}, {"@a": "@b", "@e": "@f"}, True),
        ({"@a": "@b"}, {"@a": "@c"}, False),
        ({"@a": "@b", "@e": "@f"}, {"@a": "@b"}, False),
        ({"@a": "@b"}, None, False),
    ],
)
def test_what_was_decided_stands(before, after, may):
    assert KIND.may_follow(before, after) is may


@pytest.mark.parametrize(
    ("response", "place"),
    [
        (None, "step-@a"),
        ({"@a": "@b"}, "step-@e"),
        ({"@a": "@b", "@e": "@f"}, ""),
        ({"@a": "@d"}, ""),  # an ending with words
    ],
)
def test_a_case_is_over_where_nothing_is_left_to_decide(response, place):
    assert KIND.open_place(SAMPLE, response) == place
    assert KIND.show(SAMPLE, TEXT, "en", (), response).is_over is (place == "")


def test_a_player_sees_where_the_learner_stands():
    shown = KIND.show(SAMPLE, TEXT, "en", KIND.order_of(SAMPLE), {"@a": "@c"})
    assert [(step.value, step.is_visible, step.is_open, step.decided) for step in shown.steps] == [
        ("@a", True, False, "@c"),
        ("@e", True, True, ""),
        ("@h", False, False, ""),
    ]


def test_choices_stand_in_the_order_of_the_paper_each_in_its_step():
    shown = KIND.show(SAMPLE, TEXT, "en", ["@g", "@d", "@f", "@b", "@c"], None)
    assert [[choice.value for choice in step.choices] for step in shown.steps] == [["@d", "@b", "@c"], ["@g", "@f"], []]


def test_points_change_nothing_that_is_shown():
    other = json.loads(json.dumps(SAMPLE))
    points = defaultdict(int, {"@d": 10, "@g": 7})
    for step in other["steps"]:
        for choice in step["choices"]:
            choice["points"] = points[choice["id"]]
    assert KIND.show(other, TEXT, "en", (), None) == KIND.show(SAMPLE, TEXT, "en", (), None)


def test_feedback_comes_along_the_path():
    text = TEXT | {"feedbacks": {"@d": "Never.", "@c": "Papers say little.", "@f": "Good."}}
    assert KIND.feedbacks_of(SAMPLE, text, {"@e": "@f", "@a": "@c"}) == ["Papers say little.", "Good."]
    assert KIND.feedbacks_of(SAMPLE, text, {"@e": "@f"}) == []


def step(name, *choices):
    return {
        "id": name,
        "choices": [{"id": f"{name}{place}", "points": p, "next": n} for place, (p, n) in enumerate(choices)],
    }


@pytest.mark.parametrize(
    ("steps", "problem"),
    [
        ([], "A scenario begins with its first step"),
        ([step("a")], "A scenario begins with its first step"),
        ([step("b", (1, "a")), step("a", (1, None))], "A scenario begins with its first step"),
        ([step("a", (1, "z"), (0, None))], "A choice of step 1 leads to a step that is not there"),
        ([step("a", (1, None), (0, None)), step("b", (1, None))], "No way through the scenario leads to step 2"),
        ([step("a", (1, "b"), (0, None)), step("b", (0, "a"), (0, None))], "Step 1 leads back to itself"),
        ([step("a", (1, "b"), (0, None)), step("b", (0, "b"))], "Step 1 leads back to itself"),
        ([step("a", (0, None), (-1, None))], "must earn points"),
        ([step("a", (1, None), (1, None))], "earns the same"),
        ([step("a", (2, "b"), (0, None)), step("b", (-1, None), (-2, None))], "In step 2 every choice costs points"),
        ([step("a", (2, "b"), (0, "b")), step("b", (1, None), (0, None))], ""),
    ],
)
def test_an_author_is_told_what_keeps_a_scenario_from_use(steps, problem):
    found = " ".join(KIND.problems_of({"start": "a", "steps": steps}))
    assert problem in found
    assert bool(problem) == bool(found)
