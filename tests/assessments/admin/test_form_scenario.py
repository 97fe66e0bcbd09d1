"""The form of a scenario: what it writes, what it keeps from edit to edit, and what it refuses."""

from typing import Any

import pytest
from django.urls import reverse

from assessments.models import Question
from assessments.questions.scenario.limits import MOST_STEPS, MOST_WAYS
from assessments.questions.scenario.models import ScenarioQuestion
from tests.assessments.admin.test_form_pairs import as_shown, sent, write

STEPS = {
    "step": ["A van stops.", "She asks for water.", "The van drives on."],
    "way1": ["Speak to them", "A quiet room", ""],
    "way2": ["Wave it on", "In front of him", ""],
}
# Points and the step that each choice leads to, for each step.
WAYS = {1: [("2", "2"), ("-1", "3")], 2: [("1", ""), ("0", "3")]}


def data_of(country: Any, ways: dict[int, list[tuple[str, str]]] = WAYS, **changed: Any) -> dict[str, Any]:
    """Return what a browser sends for a scenario of three steps."""
    data = sent(country, **{**STEPS, **changed})
    for place in range(1, MOST_STEPS + 1):
        given = ways.get(place, [])
        flat = [each for pair in [*given, *[("0", "")] * (MOST_WAYS - len(given))] for each in pair]
        data |= {f"ways_{place}_{number}": value for number, value in enumerate(flat)}
    return data


def as_sent(client: Any, row: Any) -> dict[str, Any]:
    """Return what a browser sends back of the form as it is shown: a field of two lists a choice is many inputs."""
    data: dict[str, Any] = {}
    for name, value in as_shown(client, "scenario", row).items():
        parts = {f"{name}_{number}": each for number, each in enumerate(value)} if isinstance(value, list) else {}
        data |= parts or {name: value}
    return data


@pytest.fixture
def scenario(as_trainer: Any, course: Any, mali: Any) -> Any:
    return write(as_trainer, "scenario", data_of(mali, way1_feedback=["Well done.", "", ""]))


def test_steps_are_written_with_their_choices_and_where_they_lead(scenario):
    assert isinstance(scenario, ScenarioQuestion)
    first, second, end = scenario.body["steps"]
    assert scenario.body["start"] == first["id"]
    assert [(each["points"], each["next"]) for each in first["choices"]] == [(2, second["id"]), (-1, end["id"])]
    assert [(each["points"], each["next"]) for each in second["choices"]] == [(1, None), (0, end["id"])]
    assert end["choices"] == []
    text = scenario.texts.get(language="fr")
    assert text.choices[first["choices"][1]["id"]] == "Wave it on fr"
    # No words for choices that are not there.
    assert len(text.choices) == 7
    assert scenario.texts.get(language="en").feedbacks == {first["choices"][0]["id"]: "Well done. en"}


def test_saving_again_changes_nothing(as_trainer, scenario):
    before, words = scenario.body, scenario.texts.get(language="en").choices
    response = as_trainer.post(reverse("questions_scenario:edit", args=[scenario.pk]), as_sent(as_trainer, scenario))
    assert response.status_code == 302, response.context["form"].errors
    scenario.refresh_from_db()
    assert scenario.body == before
    assert scenario.texts.get(language="en").choices == words


def test_a_choice_that_is_cleared_goes_and_the_others_keep_their_ids(as_trainer, scenario):
    first, second, _end = scenario.body["steps"]
    data = as_sent(as_trainer, scenario)
    for name in ("way2_en_2", "way2_fr_2"):
        data[name] = ""
    as_trainer.post(reverse("questions_scenario:edit", args=[scenario.pk]), data)
    scenario.refresh_from_db()
    assert scenario.body["steps"][0] == first
    assert scenario.body["steps"][1]["choices"] == second["choices"][:1]


def test_a_scenario_that_works_is_published(as_trainer, course, mali):
    row = write(as_trainer, "scenario", data_of(mali) | {"status": "published"})
    assert row.status == Question.Status.PUBLISHED
    assert row.version_number == 1


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"ways": {1: [("2", "5"), ("0", "")]}}, "ways_1", "leads to step 5, which has no words"),
        ({"ways": {1: [("2", "2"), ("0", "")], 2: [("1", ""), ("0", "")]}}, "ways_1", "leads to step 3"),
        ({"ways": {1: [("0", "2"), ("0", "3")], 2: [("0", ""), ("0", "")]}}, "ways_1", "must earn points"),
        ({"way1": ["", "", ""], "way2": ["", "", ""]}, "ways_1", "begins with its first step"),
    ],
)
def test_what_learners_could_not_sit_is_not_published(as_trainer, course, mali, changed, field, words):
    errors = write(as_trainer, "scenario", data_of(mali, **changed) | {"status": "published"})
    assert words in " ".join(errors[field])
    assert not Question.objects.exists()


def test_a_choice_is_asked_for_in_every_language_once_it_is_in_one(as_trainer, course, mali):
    errors = write(as_trainer, "scenario", data_of(mali) | {"way2_fr_1": "", "way1_fr_3": ""})
    assert set(errors) == {"way2_fr_1"}
