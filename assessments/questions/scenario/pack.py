"""How a scenario stands in questions.yaml: the steps in the author's order, each with its choices."""

from collections.abc import Mapping
from typing import Any

from assessments.questions.packing import Once, read_credit, write_credit
from assessments.questions.scenario.limits import MOST_POINTS, MOST_STEPS, MOST_WAYS
from assessments.questions.scenario.player import KIND
from courses.packs.forms import Form


def read_body(form: Form, once: Once) -> dict[str, Any]:
    """Return the structure. The first step is where the case begins."""
    steps = []
    for each in form.forms("steps", 1, MOST_STEPS):
        choices = []
        for way in each.forms("choices", 0, MOST_WAYS) if each.has("choices") else []:
            following = str(way.uuid("next")) if way.has("next") else None
            points = way.number("points", -MOST_POINTS, MOST_POINTS)
            choices.append({"id": str(once(way, way.uuid("uuid"))), "points": points, "next": following})
            way.close()
        steps.append({"id": str(once(each, each.uuid("uuid"))), "choices": choices})
        each.close()
    body: dict[str, Any] = {"start": steps[0]["id"] if steps else "", "steps": steps} | read_credit(form, "partial")
    if steps:
        for problem in KIND.problems_of(body):
            form.problem("steps", problem)
    return body


def read_words(words: Form, body: Mapping[str, Any]) -> dict[str, str]:
    """Return the words of the steps and of their choices."""
    found: dict[str, str] = {}
    count = len(body["steps"])
    for step, each in zip(body["steps"], words.forms("steps", count, count), strict=False):
        found[step["id"]] = each.text("text")
        parts = [choice["id"] for choice in step["choices"]]
        if parts:
            found |= dict(zip(parts, each.texts("choices", len(parts), len(parts)), strict=False))
        each.close()
    return found


def write_body(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the structure as questions.yaml writes it."""
    # Where the case begins is not written down: it is the first step.
    return {"steps": [_plain(step) for step in body["steps"]]} | write_credit(body)


def write_words(body: Mapping[str, Any], choices: Mapping[str, str]) -> dict[str, Any]:
    """Return the words as questions.yaml writes them."""
    return {"steps": [_plain_words(step, choices) for step in body["steps"]]}


def _plain(step: Mapping[str, Any]) -> dict[str, Any]:
    ways = [
        {"uuid": each["id"], "points": each["points"]} | ({"next": each["next"]} if each["next"] else {})
        for each in step["choices"]
    ]
    return {"uuid": step["id"]} | ({"choices": ways} if ways else {})


def _plain_words(step: Mapping[str, Any], choices: Mapping[str, str]) -> dict[str, Any]:
    said = [choices.get(each["id"], "") for each in step["choices"]]
    return {"text": choices.get(step["id"], "")} | ({"choices": said} if said else {})
