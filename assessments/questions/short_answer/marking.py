"""How a short answer is marked. Pure; the folding and the patterns have modules of their own."""

from collections.abc import Mapping
from typing import Any

from assessments.questions.credit import FULL_MARK_MILLI
from assessments.questions.short_answer.folding import fold
from assessments.questions.short_answer.patterns import is_match, pieces_of

LONGEST_ANSWER = 500


def mark(structure: Mapping[str, Any], response: Any) -> int:
    """Return 1000 for an accepted form in any language, what a partly right form earns, else 0.

    "accepted" holds the forms by language, "partial_answers" the forms that earn a part: {"pattern",
    "milli"}; the best that fits counts. Case and accents count where "case" and "accents" say so.

    >>> mark({"accepted": {"en": ["traffick* in persons"]}}, "Trafficking in persons.")
    1000
    """
    if not isinstance(response, str) or len(response) > LONGEST_ANSWER:
        return 0
    rules = {"case": bool(structure.get("case")), "accents": bool(structure.get("accents"))}
    answer = fold(response, **rules)
    if not answer:
        return 0
    if any(is_match(answer, pieces_of(each, **rules)) for forms in structure["accepted"].values() for each in forms):
        return FULL_MARK_MILLI
    partly = (
        each["milli"]
        for each in structure.get("partial_answers", ())
        if is_match(answer, pieces_of(each["pattern"], **rules))
    )
    return max(partly, default=0)
