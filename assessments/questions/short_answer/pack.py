"""How a short answer question stands in questions.yaml: `accepted` by language, `partly`, `case`, `accents`."""

from collections.abc import Mapping
from typing import Any

from assessments.questions.credit import FULL_MARK_MILLI
from assessments.questions.packing import Once
from assessments.questions.short_answer.player import KIND, LONGEST_FORM, MOST_FORMS, MOST_PARTLY
from courses.packs.forms import Form

_RULES = ("case", "accents")


def read_body(form: Form, once: Once) -> dict[str, Any]:
    """Return the structure."""
    del once
    accepted = form.form("accepted")
    body: dict[str, Any] = {
        "accepted": {code: accepted.texts(code, 1, MOST_FORMS, LONGEST_FORM) for code in list(accepted.fields)}
    }
    accepted.close()
    partly = []
    for each in form.forms("partly", 1, MOST_PARTLY) if form.has("partly") else ():
        pattern = each.text("pattern", longest=LONGEST_FORM)
        partly.append({"pattern": pattern, "milli": each.number("milli", 1, FULL_MARK_MILLI - 1)})
        each.close()
    form.take("partly", required=False)
    if partly:
        body["partial_answers"] = partly
    body |= {rule: True for rule in _RULES if form.flag(rule, default=False)}
    for problem in KIND.problems_of(body):
        form.problem("accepted", problem)
    return body


def write_body(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the structure as questions.yaml writes it."""
    plain: dict[str, Any] = {"accepted": {code: list(forms) for code, forms in body["accepted"].items()}}
    if body.get("partial_answers"):
        plain["partly"] = [dict(each) for each in body["partial_answers"]]
    return plain | {rule: True for rule in _RULES if body.get(rule)}


def read_words(words: Form, body: Mapping[str, Any]) -> dict[str, str]:
    """Return nothing: the accepted forms belong to the key."""
    del words, body
    return {}


def write_words(body: Mapping[str, Any], choices: Mapping[str, str]) -> dict[str, Any]:
    """Return nothing."""
    del body, choices
    return {}
