"""The matching question: what a player sees, what comes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.errors import ResponseRefusedError
from assessments.questions.kind import BaseKind, Fields, Shown, Structure, Text
from assessments.questions.matching.models import MatchingQuestion

FEWEST_PAIRS = 2
# Pairs and matches of none together: as many as the form of an author has rows.
MOST_PAIRS = 10


@dataclass(frozen=True, slots=True)
class ShownMatch:
    """One match that can be chosen."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line that a match is chosen for, and the match that was chosen ("" for none)."""

    value: str
    text: str
    chosen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMatching(Shown):
    """A matching question as a player sees it: the lines in their author's order, the matches shuffled."""

    lines: tuple[ShownLine, ...]
    matches: tuple[ShownMatch, ...]


class Matching(BaseKind):
    """Lines, and for each the one match that is right.

    A structure is {"pairs": [{"left": uuid, "right": uuid}, …], "extras": [uuid, …]}: a match may belong to
    several lines; extras belong to none. A response is {left: right} of the lines that were answered.
    """

    name = "matching"
    model = MatchingQuestion

    def problems_of(self, structure: Structure) -> list[str]:
        """Return what keeps the question from being published."""
        problems = []
        lefts = lefts_of(structure)
        if len(lefts) < FEWEST_PAIRS:
            problems.append(_("A matching question needs at least two pairs."))
        elif len(matches_of(structure)) < FEWEST_PAIRS:
            problems.append(_("A matching question needs at least two different matches."))
        if len(set(lefts)) != len(lefts):
            problems.append(_("Two pairs have the same first side."))
        return problems

    def parts_of(self, structure: Structure) -> list[str]:
        """Return the lines, then the matches."""
        return [*lefts_of(structure), *matches_of(structure)]

    def order_of(self, structure: Structure) -> list[str]:
        """Return the matches by their ids, which say nothing: beside the lines, their author's order is the key."""
        return sorted(matches_of(structure))

    def key_of(self, structure: Structure) -> Any:
        """Return the right pairs."""
        return {pair["left"]: pair["right"] for pair in structure["pairs"]}

    def wrong_of(self, structure: Structure) -> Any:
        """Return each line with a match that is not its own."""
        matches = matches_of(structure)
        return {pair["left"]: next(each for each in matches if each != pair["right"]) for pair in structure["pairs"]}

    def show(
        self, structure: Structure, text: Text, language: str, order: Sequence[str], response: Any = None
    ) -> ShownMatching:
        """Return what a player may show."""
        words, chosen = text["choices"], self.fields_of(response)
        lines = tuple(ShownLine(left, words[left], chosen.get(left, [""])[0]) for left in lefts_of(structure))
        matches = tuple(ShownMatch(value, words[value]) for value in order)
        return ShownMatching(**self.common(text, language), lines=lines, matches=matches)

    def read_response(self, fields: Fields, structure: Structure) -> Any:
        """Return the chosen match of each answered line, None where none is; raise ResponseRefusedError."""
        lefts, matches = set(lefts_of(structure)), set(matches_of(structure))
        for left, values in fields.items():
            if left not in lefts or len(values) != 1 or values[0] not in matches:
                raise ResponseRefusedError
        return {left: values[0] for left, values in fields.items()} or None

    def fields_of(self, response: Any) -> dict[str, list[str]]:
        """Return the chosen match of each line."""
        given = response if isinstance(response, dict) else {}
        return {left: [right] for left, right in given.items() if isinstance(right, str) and right}

    def describe_response(self, structure: Structure, text: Text, response: Any) -> list[str]:
        """Return each answered line with its match, in the order of the author."""
        words, chosen = text["choices"], self.fields_of(response)
        return [
            _("{left}: {right}").format(left=words[left], right=words[chosen[left][0]])
            for left in lefts_of(structure)
            if left in chosen and chosen[left][0] in words
        ]


def lefts_of(structure: Structure) -> list[str]:
    """Return the lines, in the order of the author."""
    return [pair["left"] for pair in structure["pairs"]]


def matches_of(structure: Structure) -> list[str]:
    """Return the matches, each once: those of the pairs, then those of none."""
    return list(dict.fromkeys([*(pair["right"] for pair in structure["pairs"]), *structure.get("extras", ())]))


KIND = Matching()
