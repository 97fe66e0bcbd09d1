"""How a matching question stands in questions.yaml.

`pairs` is a list of {left, right} with the ids, one right id as often as it belongs to a line; `extras` lists
the ids of matches that belong to none. The words are `lefts` in the order of the pairs and `matches`, each
match once in the order in which it is first named.
"""

from collections.abc import Mapping
from typing import Any

from assessments.questions.matching.player import FEWEST_PAIRS, MOST_PAIRS, lefts_of, matches_of
from assessments.questions.packing import Once, read_credit, read_list, write_credit, write_list
from courses.packs.forms import Form


def read_body(form: Form, once: Once) -> dict[str, Any]:
    """Return the pairs, the extra matches and the rule."""
    pairs, seen = [], set()
    for each in form.forms("pairs", FEWEST_PAIRS, MOST_PAIRS):
        left, right = str(once(each, each.uuid("left"))), each.uuid("right")
        # A match of several lines is named once for each: only its first place is new to the pack.
        pairs.append({"left": left, "right": str(right if right in seen else once(each, right))})
        seen.add(right)
        each.close()
    extras = []
    for each in form.forms("extras", 1, MOST_PAIRS - len(pairs)) if form.has("extras") else ():
        extras.append(str(once(each, each.uuid("uuid"))))
        each.close()
    form.take("extras", required=False)
    if pairs and len({pair["right"] for pair in pairs} | set(extras)) < FEWEST_PAIRS:
        form.problem("pairs", "two different matches at least are needed")
    return {"pairs": pairs} | ({"extras": extras} if extras else {}) | read_credit(form, "partial")


def write_body(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the structure as questions.yaml writes it."""
    written: dict[str, Any] = {"pairs": [{"left": each["left"], "right": each["right"]} for each in body["pairs"]]}
    if body.get("extras"):
        written["extras"] = [{"uuid": each} for each in body["extras"]]
    return written | write_credit(body)


def read_words(words: Form, body: Mapping[str, Any]) -> dict[str, str]:
    """Return the words of the lines and of the matches."""
    return read_list(words, "lefts", lefts_of(body)) | read_list(words, "matches", matches_of(body))


def write_words(body: Mapping[str, Any], choices: Mapping[str, str]) -> dict[str, Any]:
    """Return the words as questions.yaml writes them."""
    return {"lefts": write_list(lefts_of(body), choices), "matches": write_list(matches_of(body), choices)}
