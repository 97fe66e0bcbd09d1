"""How an ordering question stands in questions.yaml: `items` with their ids, in the right order."""

from collections.abc import Mapping
from typing import Any

from assessments.questions.ordering.player import FEWEST_ITEMS, MOST_ITEMS
from assessments.questions.packing import Once, read_credit, read_list, write_credit, write_list
from courses.packs.forms import Form


def read_body(form: Form, once: Once) -> dict[str, Any]:
    """Return the items in their order, and the rule."""
    items = []
    for each in form.forms("items", FEWEST_ITEMS, MOST_ITEMS):
        items.append(str(once(each, each.uuid("uuid"))))
        each.close()
    return {"items": items} | read_credit(form, "partial")


def write_body(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the structure as questions.yaml writes it."""
    return {"items": [{"uuid": each} for each in body["items"]]} | write_credit(body)


def read_words(words: Form, body: Mapping[str, Any]) -> dict[str, str]:
    """Return the words of the items."""
    return read_list(words, "items", body["items"])


def write_words(body: Mapping[str, Any], choices: Mapping[str, str]) -> dict[str, Any]:
    """Return the words as questions.yaml writes them."""
    return {"items": write_list(body["items"], choices)}
