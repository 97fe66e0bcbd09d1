"""What makes a question easy to guess, hard to read, or of little use. Pure; hints, never refusals.

After the item-writing rules of Haladyna, Downing and Rodriguez (2002), those of them that words can show.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.bank_words import fold, words_of

LONGER = 1.5
LONGER_BY = 15
FEWEST_WRONG = 2
MOST_WORDS = 150
MOST_WORDS_ASKED = 40
FEWEST_SHARED = 2
SHORTEST_CLUE = 4

# The part whose words are the alternative text of the picture, as in assessments.questions.kind.
_IMAGE_PART = "image"
_ALL_OR_NONE = re.compile(
    r"\b(all|none|both|neither) of (the (above|below|others?)|these|them)\b|\ball the above\b"
    r"|\b(toutes?|tous|aucune?)( de)?s? (les |ces )?(reponses|propositions|choix)\b|\b(tout|rien) ce qui precede\b"
    r"|\b(aucune?|toutes?|tous)( de ces)?( les)? (reponses? )?ci-dessus\b"
    r"|(جميع|كل) (ما (سبق|ذكر)|الاجابات)|لا شيء مما (سبق|ذكر)|ليس (اي )?مما (سبق|ذكر)|لا احد مما (سبق|ذكر)"
)
_NEGATIVE = re.compile(
    r"\b(not|except|(?<!at )least|never|cannot|without exception|(is|are|does|do|wo|ca|should|must|did)n['’]t)\b"
    r"|\b(ne |n['’])[^.?!]*\b(pas|jamais|aucune?|rien)\b|\b(sauf|excepte|hormis|a l['’]exception)\b"
    r"|(?<!\w)(ليس|ليست|لا|لم|لن|عدا|باستثناء|الا|غير|سوي)(?!\w)"
)
_ABSOLUTE = re.compile(
    r"\b(always|never|absolutely|completely|in (all|every|any) cases?|under no circumstances|no matter what)\b"
    r"|\b(toujours|jamais|absolument|totalement|en tout cas|dans tous les cas|en aucun cas|sans exception)\b"
    r"|(?<!\w)(دايما|ابدا|مطلقا|قطعا|بالتاكيد|في جميع الاحوال|في كل الاحوال|تحت اي ظرف)(?!\w)"
)


@dataclass(frozen=True, slots=True, order=True)
class Hint:
    """One thing to look at; `language` is "" where it is about the question in all languages."""

    code: str
    language: str = ""


def hints_of(
    structure: Mapping[str, Any],
    texts: Mapping[str, Mapping[str, Any]],
    *,
    source: str,
    expected: Sequence[str],
    parts: Sequence[str],
) -> list[Hint]:
    """Return the hints to a question, those to all languages first.

    `expected` are the languages that it ought to have, `parts` those that need words in each.
    """
    found = [*([] if source.strip() else [Hint("no_source")]), *_of_structure(structure)]
    found += [Hint("missing_language", language) for language in expected if language not in texts]
    for language, text in texts.items():
        found += [Hint(code, language) for code in _of_text(structure, text, parts)]
    return found


def _of_structure(structure: Mapping[str, Any]) -> Iterator[Hint]:
    choices, right = _choices(structure)
    fewest = FEWEST_WRONG if len(right) == 1 else 1
    if choices and right and len(set(choices) - right) < fewest:
        yield Hint("few_wrong")


def _of_text(structure: Mapping[str, Any], text: Mapping[str, Any], parts: Sequence[str]) -> Iterator[str]:
    stem, words = str(text.get("stem", "")), text.get("choices", {})
    if any(not words.get(part, "").strip() for part in parts if part != _IMAGE_PART):
        yield "missing_words"
    if structure.get("image") and not words.get(_IMAGE_PART, "").strip():
        yield "no_alt"
    if not str(text.get("feedback", "")).strip() and not any(text.get("feedbacks", {}).values()):
        yield "no_feedback"
    asked = stem.strip().rpartition("\n\n")[2]
    if len(words_of(stem)) > MOST_WORDS or len(words_of(asked)) > MOST_WORDS_ASKED:
        yield "long_stem"
    if _NEGATIVE.search(fold(asked)):
        yield "negative"
    choices, right = _choices(structure)
    yield from _of_choices(stem, [words.get(each, "") for each in choices], [each in right for each in choices])


def _of_choices(stem: str, choices: Sequence[str], is_right: Sequence[bool]) -> Iterator[str]:
    folded = [fold(each) for each in choices]
    if any(_ALL_OR_NONE.search(each) for each in folded):
        yield "all_or_none"
    # Without choices the statement itself is judged, and an absolute word gives it away.
    if any(_ABSOLUTE.search(each) for each in (folded or [fold(stem)])):
        yield "absolute"
    right = [words for words, each in zip(choices, is_right, strict=True) if each]
    wrong = [words for words, each in zip(choices, is_right, strict=True) if not each]
    if not right or not wrong:
        return
    shortest_right, longest_wrong = min(map(len, right)), max(map(len, wrong))
    if shortest_right >= LONGER * longest_wrong and shortest_right - longest_wrong >= LONGER_BY:
        yield "longest_is_right"
    told = {word for word in words_of(stem) if len(word) >= SHORTEST_CLUE}
    most_in_wrong = max(len(told.intersection(words_of(each))) for each in wrong)
    if min(len(told.intersection(words_of(each))) for each in right) >= most_in_wrong + FEWEST_SHARED:
        yield "repeats_stem"


def _choices(structure: Mapping[str, Any]) -> tuple[list[str], set[str]]:
    """Return the choices and the right ones, of a structure that has such; nothing of any other."""
    choices, right = structure.get("choices"), structure.get("right")
    if not isinstance(choices, list) or not isinstance(right, list):
        return [], set()
    if not all(isinstance(each, str) for each in (*choices, *right)):
        return [], set()
    return choices, set(right)
