"""How a words into gaps question stands in questions.yaml.

`gaps` lists the gaps with their ids and the id of the right word; `words` lists the ids of all words, those
that fit no gap among them; `words_reusable: true` lets a word be used more than once. In each language,
`passage` is the text with [[1]] where the first gap is, and `words` are the words in their order.
"""

from collections.abc import Mapping
from typing import Any

from assessments.questions.packing import Once, read_credit, read_list, write_credit, write_list
from assessments.questions.word_gaps.player import FEWEST_WORDS, MOST_WORDS
from assessments.questions.word_gaps.text import has_each_once
from courses.packs.forms import Form


def read_body(form: Form, once: Once) -> dict[str, Any]:
    """Return the text, the gaps, the words and the rules."""
    body: dict[str, Any] = {"text": str(once(form, form.uuid("passage"))), "gaps": [], "words": []}
    for each in form.forms("words", FEWEST_WORDS, MOST_WORDS):
        body["words"].append(str(once(each, each.uuid("uuid"))))
        each.close()
    for each in form.forms("gaps", 1, MOST_WORDS):
        gap = {"id": str(once(each, each.uuid("uuid"))), "right": str(each.uuid("right"))}
        if gap["right"] not in body["words"]:
            each.problem("right", "it is none of the words")
        body["gaps"].append(gap)
        each.close()
    right = [gap["right"] for gap in body["gaps"]]
    if len(right) + len(set(body["words"]) - set(right)) > MOST_WORDS:
        form.problem("gaps", f"gaps and words without a gap are {MOST_WORDS} at most together")
    if form.flag("words_reusable", default=False):
        body["is_reusable"] = True
    elif len(set(right)) != len(right):
        form.problem("words_reusable", "a word that is right in two gaps needs true here")
    return body | read_credit(form, "partial")


def write_body(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the structure as questions.yaml writes it."""
    return (
        {
            "passage": body["text"],
            "gaps": [{"uuid": each["id"], "right": each["right"]} for each in body["gaps"]],
            "words": [{"uuid": each} for each in body["words"]],
        }
        | ({"words_reusable": True} if body.get("is_reusable") else {})
        | write_credit(body)
    )


def read_words(words: Form, body: Mapping[str, Any]) -> dict[str, str]:
    """Return the words of the text and of what can be put into its gaps."""
    passage = words.text("passage")
    if passage and not has_each_once(passage, len(body["gaps"])):
        words.problem("passage", f"each gap stands in it once, as [[1]] to [[{len(body['gaps'])}]], and no other")
    return {body["text"]: passage} | read_list(words, "words", body["words"])


def write_words(body: Mapping[str, Any], choices: Mapping[str, str]) -> dict[str, Any]:
    """Return the words as questions.yaml writes them."""
    return {"passage": choices.get(body["text"], ""), "words": write_list(body["words"], choices)}
