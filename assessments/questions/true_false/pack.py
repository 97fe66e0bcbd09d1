"""How a true or false question stands in questions.yaml."""

from collections.abc import Mapping
from typing import Any

from assessments.questions.packing import Once
from courses.packs.forms import Form


def read_body(form: Form, once: Once) -> dict[str, Any]:
    """Return the structure."""
    del once
    return {"is_true": form.flag("answer")}


def write_body(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the structure as questions.yaml writes it."""
    return {"answer": body["is_true"]}


def read_words(words: Form, body: Mapping[str, Any]) -> dict[str, str]:
    """Return nothing: the site has the two words."""
    del words, body
    return {}


def write_words(body: Mapping[str, Any], choices: Mapping[str, str]) -> dict[str, Any]:
    """Return nothing."""
    del body, choices
    return {}
