"""How the two kinds with choices stand in questions.yaml: each choice with its id and whether it is right."""

from collections.abc import Mapping
from typing import Any

from assessments.questions.packing import Once, read_list, write_list
from courses.packs.forms import Form

MOST_CHOICES = 8


def read_choices(form: Form, once: Once, *, exactly_one: bool) -> dict[str, Any]:
    """Return the choices and the right ones."""
    found = []
    for each in form.forms("choices", 2, MOST_CHOICES):
        found.append((str(once(each, each.uuid("uuid"))), each.flag("right")))
        each.close()
    right = sorted(part for part, is_right in found if is_right)
    if found and (len(right) != 1 if exactly_one else not right):
        wanted = "exactly one choice is" if exactly_one else "one choice at least is"
        form.problem("choices", f"{wanted} right: true; here it is {len(right)}")
    return {"choices": [part for part, _is_right in found], "right": right}


def write_choices(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the choices as questions.yaml writes them."""
    return {"choices": [{"uuid": part, "right": part in body["right"]} for part in body["choices"]]}


def read_words(words: Form, body: Mapping[str, Any]) -> dict[str, str]:
    """Return the words of the choices."""
    return read_list(words, "choices", body["choices"])


def write_words(body: Mapping[str, Any], choices: Mapping[str, str]) -> dict[str, Any]:
    """Return the words of the choices as questions.yaml writes them."""
    return {"choices": write_list(body["choices"], choices)}
