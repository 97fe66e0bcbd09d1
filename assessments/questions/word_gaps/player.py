"""The words into gaps question: what a player sees, what comes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.errors import ResponseRefusedError
from assessments.questions.kind import BaseKind, Fields, Shown, Structure, Text
from assessments.questions.word_gaps.models import WordGapsQuestion
from assessments.questions.word_gaps.text import has_each_once, split_text

FEWEST_WORDS = 2
# Gaps and words without a gap together: as many as the form of an author has rows.
MOST_WORDS = 12
NOTHING = "…"


@dataclass(frozen=True, slots=True)
class ShownWord:
    """One word that can be chosen."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """Words of the text, or a gap: its id, its number in the order of this text, and the chosen word."""

    text: str = ""
    gap: str = ""
    number: int = 0
    chosen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownGaps(Shown):
    """A text with gaps as a player sees it, and the words as the paper shuffled them."""

    pieces: tuple[ShownPiece, ...]
    words: tuple[ShownWord, ...]
    is_reusable: bool


class WordGaps(BaseKind):
    """A text with gaps, and words to put into them.

    A structure is {"text": uuid, "gaps": [{"id": uuid, "right": uuid}, …], "words": [uuid, …], "is_reusable"?}.
    The words of "text" hold [[1]] where the first gap is; each language has its gaps where its sentence needs
    them. A response is {gap: word} of the gaps that were filled.
    """

    name = "word_gaps"
    model = WordGapsQuestion

    def problems_of(self, structure: Structure) -> list[str]:
        """Return what keeps the question from being published."""
        problems = []
        if not structure["gaps"]:
            problems.append(_("The text needs at least one gap."))
        if len(structure["words"]) < FEWEST_WORDS:
            problems.append(_("A question with gaps needs at least two words to choose from."))
        right = [gap["right"] for gap in structure["gaps"]]
        if not set(right) <= set(structure["words"]):
            problems.append(_("A gap has no right word."))
        if len(set(right)) != len(right) and not structure.get("is_reusable"):
            problems.append(_("One word is right in two gaps: let words be used more than once."))
        return problems

    def parts_of(self, structure: Structure) -> list[str]:
        """Return the text, then the words."""
        return [structure["text"], *structure["words"]]

    def order_of(self, structure: Structure) -> list[str]:
        """Return the words by their ids, which say nothing: the author's order is often that of the gaps."""
        return sorted(structure["words"])

    def has_words(self, structure: Structure, text: Text) -> bool:
        """Tell whether a language has all words, and each gap once in its text."""
        return super().has_words(structure, text) and has_each_once(
            text["choices"].get(structure["text"], ""), len(structure["gaps"])
        )

    def key_of(self, structure: Structure) -> Any:
        """Return each gap with its right word."""
        return {gap["id"]: gap["right"] for gap in structure["gaps"]}

    def wrong_of(self, structure: Structure) -> Any:
        """Return each gap with a word that is not its own."""
        return {
            gap["id"]: next(each for each in structure["words"] if each != gap["right"]) for gap in structure["gaps"]
        }

    def show(
        self, structure: Structure, text: Text, language: str, order: Sequence[str], response: Any = None
    ) -> ShownGaps:
        """Return what a player may show."""
        words = tuple(ShownWord(value, text["choices"][value]) for value in order)
        return ShownGaps(
            **self.common(text, language),
            pieces=tuple(_pieces(structure, text, self.fields_of(response))),
            words=words,
            is_reusable=bool(structure.get("is_reusable")),
        )

    def read_response(self, fields: Fields, structure: Structure) -> Any:
        """Return the word in each filled gap, None where all are empty; raise ResponseRefusedError."""
        gaps, words = {gap["id"] for gap in structure["gaps"]}, set(structure["words"])
        for gap, values in fields.items():
            if gap not in gaps or len(values) != 1 or values[0] not in words:
                raise ResponseRefusedError
        return {gap: values[0] for gap, values in fields.items()} or None

    def fields_of(self, response: Any) -> dict[str, list[str]]:
        """Return the word in each filled gap."""
        given = response if isinstance(response, dict) else {}
        return {gap: [word] for gap, word in given.items() if isinstance(word, str) and word}

    def describe_response(self, structure: Structure, text: Text, response: Any) -> list[str]:
        """Return the text with the chosen words in brackets, a line for each of its lines."""
        chosen = self.fields_of(response)
        if not any(gap["id"] in chosen for gap in structure["gaps"]):
            return []
        said = "".join(
            f"[{text['choices'].get(piece.chosen, NOTHING)}]" if piece.gap else piece.text
            for piece in _pieces(structure, text, chosen)
        )
        return [line.strip() for line in said.splitlines() if line.strip()]


def _pieces(structure: Structure, text: Text, chosen: Fields) -> list[ShownPiece]:
    pieces, number = [], 0
    for piece in split_text(text["choices"][structure["text"]]):
        if isinstance(piece, str):
            pieces.append(ShownPiece(piece))
        elif 1 <= piece <= len(structure["gaps"]):
            number += 1
            gap = structure["gaps"][piece - 1]["id"]
            pieces.append(ShownPiece(gap=gap, number=number, chosen=chosen.get(gap, [""])[0]))
    return pieces


KIND = WordGaps()
