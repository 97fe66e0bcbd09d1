"""How an extended answer stands in questions.yaml: the points of each criterion, and advice on the length."""

from collections.abc import Mapping
from typing import Any

from assessments.questions.extended_answer.player import MODEL_PART, MOST_POINTS, MOST_WORDS
from assessments.questions.packing import MOST_PARTS, Once, read_list, write_list
from courses.packs.forms import Form

_LENGTHS = ("least_words", "most_words")


def read_body(form: Form, once: Once) -> dict[str, Any]:
    """Return the structure."""
    rubric = [_read_criterion(each, once) for each in form.forms("rubric", 1, MOST_PARTS)]
    lengths = {name: form.number(name, 1, MOST_WORDS) for name in _LENGTHS if form.has(name)}
    if lengths.get("least_words", 0) > lengths.get("most_words", MOST_WORDS):
        form.problem("least_words", "it is greater than most_words")
    return {"rubric": rubric, "model": form.flag("model", default=False), **lengths}


def write_body(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the structure as questions.yaml writes it."""
    plain: dict[str, Any] = {"rubric": [{"uuid": each["id"], "points": each["points"]} for each in body["rubric"]]}
    plain |= {"model": True} if body.get("model") else {}
    return plain | {name: body[name] for name in _LENGTHS if body.get(name)}


def read_words(words: Form, body: Mapping[str, Any]) -> dict[str, str]:
    """Return the words of the criteria and the model answer."""
    found = read_list(words, "rubric", [each["id"] for each in body["rubric"]])
    return found | ({MODEL_PART: words.text("model")} if body.get("model") else {})


def write_words(body: Mapping[str, Any], choices: Mapping[str, str]) -> dict[str, Any]:
    """Return the words as questions.yaml writes them."""
    plain: dict[str, Any] = {"rubric": write_list([each["id"] for each in body["rubric"]], choices)}
    return plain | ({"model": choices.get(MODEL_PART, "")} if body.get("model") else {})


def _read_criterion(form: Form, once: Once) -> dict[str, Any]:
    criterion = {"id": str(once(form, form.uuid("uuid"))), "points": form.number("points", 1, MOST_POINTS)}
    form.close()
    return criterion
