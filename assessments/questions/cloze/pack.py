"""How a cloze question stands in questions.yaml.

`passage` is the id of the text; `gaps` lists {uuid, kind, weight} and, beside them, what the kind of the gap
writes of itself. The words are `passage`, and `gaps`: a mapping for each gap that has words, in their order.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from assessments.questions.cloze.gaps import HEAVIEST, MOST_GAPS, embeddable_kinds, gaps_of
from assessments.questions.cloze.player import KIND
from assessments.questions.packing import Once, read_credit, write_credit
from courses.packs.forms import Form


def read_body(form: Form, once: Once) -> dict[str, Any]:
    """Return the structure."""
    body: dict[str, Any] = {"text": str(once(form, form.uuid("passage"))), "gaps": []}
    for each in form.forms("gaps", 1, MOST_GAPS):
        if gap := _read_gap(each, once):
            body["gaps"].append(gap)
    body |= read_credit(form, "partial")
    for problem in KIND.problems_of(body) if body["gaps"] else ():
        form.problem("gaps", problem)
    return body


def write_body(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the structure as questions.yaml writes it."""
    gaps = [
        {"uuid": gap["id"], "kind": gap["kind"]}
        | ({"weight": gap["weight"]} if "weight" in gap else {})
        | _packing(gap["kind"]).write_body(gap["structure"])
        for gap in body["gaps"]
    ]
    return {"passage": body["text"], "gaps": gaps} | write_credit(body)


def read_words(words: Form, body: Mapping[str, Any]) -> dict[str, str]:
    """Return the words of the text and of the gaps."""
    found = {body["text"]: words.text("passage")}
    spoken = [gap for _number, gap, kind in gaps_of(body) if kind.parts_of(gap["structure"])]
    rows = words.forms("gaps", len(spoken), len(spoken)) if spoken else []
    for gap, each in zip(spoken, rows, strict=False):
        found |= _packing(gap["kind"]).read_words(each, gap["structure"])
        each.close()
    return found


def write_words(body: Mapping[str, Any], choices: Mapping[str, str]) -> dict[str, Any]:
    """Return the words as questions.yaml writes them."""
    spoken = [gap for _number, gap, kind in gaps_of(body) if kind.parts_of(gap["structure"])]
    gaps = [_packing(gap["kind"]).write_words(gap["structure"], choices) for gap in spoken]
    return {"passage": choices.get(body["text"], "")} | ({"gaps": gaps} if gaps else {})


def _read_gap(form: Form, once: Once) -> dict[str, Any] | None:
    kind = form.text("kind")
    accepted = [each.name for each in embeddable_kinds()]
    if kind not in accepted:
        form.problem("kind", f"{kind!r} is no kind that stands inside a text. Accepted: {', '.join(accepted)}")
        return None
    gap: dict[str, Any] = {"id": str(once(form, form.uuid("uuid"))), "kind": kind}
    if form.has("weight"):
        gap["weight"] = form.number("weight", 1, HEAVIEST)
    form.take("weight", required=False)
    gap["structure"] = _packing(kind).read_body(form, once)
    form.close()
    return gap


def _packing(kind: str) -> Any:
    return import_module(f"assessments.questions.{kind}.pack")
