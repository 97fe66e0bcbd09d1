"""What is right on a question page, found as a reader would: by the words on the screen."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from playwright.sync_api import Page

from scripts.places import ROOT

BANK = ROOT / "courses" / "curriculum" / "first-aid-kit" / "questions.yaml"
_TRUE = {"en": ("True", "False"), "fr": ("Vrai", "Faux")}


@dataclass(frozen=True)
class Key:
    """The right choices of one question, in words; the feedback that must not be seen too early."""

    right: frozenset[str]
    feedback: str


@cache
def keys(language: str) -> dict[str, Key]:
    """Return the keys of the course's bank by the last paragraph of the question."""
    return {
        _plain(each["text"][language]["stem"].strip().rpartition("\n\n")[2]): Key(
            _right(each, language), _plain(each["text"][language]["feedback"])
        )
        for each in yaml.safe_load(BANK.read_text())
    }


def answer(page: Page, *, right: bool = True, also: dict[str, Key] | None = None, place: str = "[data-place]") -> str:
    """Give the right answer, or a wrong one, to the question on the screen; return its words."""
    section = page.locator(place)
    language = page.locator("html").get_attribute("lang") or "en"
    stem = _plain(section.locator("legend").inner_text())
    key = (keys(language) | (also or {}))[stem]
    for choice in section.locator(".choice").all():
        is_right = _plain(choice.inner_text()) in key.right
        box = choice.locator("input")
        if box.get_attribute("type") == "checkbox":
            # One wrong choice is wrong whatever else is chosen.
            box.set_checked(is_right if right else not is_right)
        elif is_right == right:
            choice.click()
            break
    return stem


def _right(question: dict[str, Any], language: str) -> frozenset[str]:
    if "answer" in question:
        return frozenset([_TRUE[language][0 if question["answer"] else 1]])
    words = question["text"][language]["choices"]
    return frozenset(_plain(text) for choice, text in zip(question["choices"], words, strict=True) if choice["right"])


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
