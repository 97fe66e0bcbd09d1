"""How a matching question is written."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.admin.authored import AuthoredKind
from assessments.admin.credit import PARTIAL_FIELD, credit_in_body, credit_in_fields
from assessments.admin.fields import Column
from assessments.admin.forms import QuestionForm, with_words
from assessments.admin.reading import Fields
from assessments.admin.rows import join_same_words
from assessments.models import Question
from assessments.questions.matching.player import FEWEST_PAIRS, MOST_PAIRS, lefts_of, matches_of

LEFT = Column("left", gettext_lazy("Line {number}"))
RIGHT = Column(
    "right",
    gettext_lazy("Match {number}"),
    feedback_label=gettext_lazy("Feedback to match {number}"),
)


@with_words
class MatchingForm(QuestionForm):
    """Pairs side by side. A match without a line fits none; matches with the same words are one match."""

    columns = (LEFT, RIGHT)
    most_rows = MOST_PAIRS
    fewest_rows = FEWEST_PAIRS
    too_few = gettext_lazy("A matching question needs two pairs at least before it is published.")
    partial = PARTIAL_FIELD

    @classmethod
    def stored_fields(cls, question: Question) -> Fields:
        """Yield the words, the ids and the rule."""
        yield from super().stored_fields(question)
        yield from credit_in_fields(question.body)

    @classmethod
    def stored_rows(cls, body: Mapping[str, Any], column: str) -> list[str]:
        """Return the lines; or the match of each, then those of none."""
        if not body.get("pairs"):
            return []
        if column == LEFT.name:
            return lefts_of(body)
        rights = [pair["right"] for pair in body["pairs"]]
        return [*rights, *(each for each in matches_of(body) if each not in rights)]

    def settle_rows(self, rows: dict[str, dict[int, str]], started: list[str]) -> dict[str, dict[int, str]]:
        """Leave out the lines that are empty, and join the matches that say the same in every language."""
        lefts = {
            place: part
            for place, part in rows[LEFT.name].items()
            if any(self._text(LEFT.field(code, place)) for code in started)
        }
        words = {place: tuple(self._text(RIGHT.field(code, place)) for code in started) for place in rows[RIGHT.name]}
        return {LEFT.name: lefts, RIGHT.name: join_same_words(rows[RIGHT.name], words)}

    def build_body(self, rows: Mapping[str, Mapping[int, str]]) -> dict[str, Any]:
        """Return the pairs, the matches of none, and the rule."""
        lefts, rights = rows[LEFT.name], rows[RIGHT.name]
        pairs = [{"left": left, "right": rights[place]} for place, left in lefts.items()]
        used = {pair["right"] for pair in pairs}
        extras = list(dict.fromkeys(part for part in rights.values() if part not in used))
        return {"pairs": pairs} | ({"extras": extras} if extras else {}) | credit_in_body(self.cleaned_data)

    def _asked_of(self, code: str, places: list[int]) -> list[str]:
        """Ask for every match, and for the lines that any language has."""
        has_line = {
            place for place in places if any(self._text(LEFT.field(each, place)) for each in self.shown_languages)
        }
        return [
            column.field(code, place)
            for place in places
            for column in self.columns
            if column is RIGHT or place in has_line
        ]

    def _check_publishable(self, started: list[str]) -> None:
        super()._check_publishable(started)
        body = self.draft.body if self.draft else {"pairs": []}
        if len(body["pairs"]) >= FEWEST_PAIRS > len(matches_of(body)):
            self.add_error(
                RIGHT.field(self.shown_languages[0], 1),
                _("All lines have the same match. Write a second one, or a match that fits no line."),
            )


AUTHORED = AuthoredKind(
    "matching",
    MatchingForm,
    ("partial",),
    "link",
    gettext_lazy("Matching"),
    gettext_lazy(
        "Each line on one side has its match on the other. One match may fit several lines: write it again beside"
        " each. A match without a line is a wrong choice."
    ),
    gettext_lazy("For example: “Match each feature to the crime it belongs to.”"),
    place=40,
)
