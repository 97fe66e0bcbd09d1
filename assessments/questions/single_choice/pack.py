"""How a single choice question stands in questions.yaml."""

from collections.abc import Mapping
from typing import Any

from assessments.questions.choice_packs import read_choices, read_words, write_choices, write_words
from assessments.questions.packing import Once
from courses.packs.forms import Form

__all__ = ["read_body", "read_words", "write_body", "write_words"]


def read_body(form: Form, once: Once) -> dict[str, Any]:
    """Return the structure."""
    return read_choices(form, once, exactly_one=True)


def write_body(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the structure as questions.yaml writes it."""
    return write_choices(body)
