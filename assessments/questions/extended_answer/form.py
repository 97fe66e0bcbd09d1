"""How an extended answer is written: the criteria that it is marked by, and a model answer."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.admin.authored import AuthoredKind
from assessments.admin.fields import LONGEST_STEM, Column
from assessments.admin.forms import QuestionForm, with_words
from assessments.admin.reading import Fields
from assessments.models import Question
from assessments.questions.extended_answer.player import MODEL_PART, MOST_POINTS, MOST_WORDS

MODEL = Column(
    "model",
    gettext_lazy("Model answer"),
    longest=LONGEST_STEM,
    is_passage=True,
    help_text=gettext_lazy("Optional. Markers read it, and learners once the right answers are open."),
)
CRITERION = Column("criterion", gettext_lazy("Criterion {number}"))
MOST_CRITERIA = 8
_LENGTHS = ("least_words", "most_words")


@with_words
class ExtendedAnswerForm(QuestionForm):
    """A rubric with points, a model answer, and advice on the length."""

    columns = (CRITERION, MODEL)
    most_rows = MOST_CRITERIA
    fewest_rows = 1
    too_few = gettext_lazy("Write at least one criterion by which the answer is marked.")

    least_words = forms.IntegerField(
        label=gettext_lazy("Words at least"), required=False, min_value=1, max_value=MOST_WORDS
    )
    most_words = forms.IntegerField(
        label=gettext_lazy("Words at most"),
        help_text=gettext_lazy("Learners read both as advice; a shorter or longer answer is taken too."),
        required=False,
        min_value=1,
        max_value=MOST_WORDS,
    )

    @classmethod
    def stored_fields(cls, question: Question) -> Fields:
        """Yield the words, the ids, the points and the lengths."""
        yield from super().stored_fields(question)
        for place, criterion in enumerate(question.body.get("rubric", [])[:MOST_CRITERIA], 1):
            yield points_name(place), criterion["points"]
        for name in _LENGTHS:
            yield name, question.body.get(name)

    @classmethod
    def stored_rows(cls, body: Mapping[str, Any], column: str) -> list[str]:
        """Return the criteria; or the model answer where there is one."""
        if column == MODEL.name:
            return [MODEL_PART] if body.get("model") else []
        return [each["id"] for each in body.get("rubric", [])]

    def settle_rows(self, rows: dict[str, dict[int, str]], started: list[str]) -> dict[str, dict[int, str]]:
        """Return the criteria that have words, and the model answer under its own name."""
        criteria = {place: part for place, part in rows[CRITERION.name].items() if self._has_words(CRITERION, place)}
        del started
        return {CRITERION.name: criteria, MODEL.name: {1: MODEL_PART} if self._has_words(MODEL, 1) else {}}

    def build_body(self, rows: Mapping[str, Mapping[int, str]]) -> dict[str, Any]:
        """Return the rubric and the lengths."""
        rubric = [
            {"id": part, "points": self.cleaned_data.get(points_name(place)) or 1}
            for place, part in rows[CRITERION.name].items()
        ]
        lengths = {name: self.cleaned_data[name] for name in _LENGTHS if self.cleaned_data.get(name)}
        return {"rubric": rubric, "model": bool(rows[MODEL.name]), **lengths}

    def _asked_of(self, code: str, places: list[int]) -> list[str]:
        return [
            column.field(code, place)
            for place in places
            for column in self.columns
            if column.has(place) and self._has_words(column, place)
        ]

    def _has_words(self, column: Column, place: int) -> bool:
        names = [column.field(code, place) for code in self.shown_languages]
        return any(self._text(name) or name in self.errors for name in names)

    def _check_key(self, places: list[int]) -> None:
        for place in (each for each in places if self._has_words(CRITERION, each)):
            if self.cleaned_data.get(points_name(place)) is None and points_name(place) not in self.errors:
                self.add_error(points_name(place), _("Say how many points this criterion gives."))
        least, most = self.cleaned_data.get("least_words"), self.cleaned_data.get("most_words")
        if least and most and least > most:
            self.add_error("least_words", _("The smallest number of words is greater than the greatest."))


def points_name(place: int) -> str:
    """Return the name of the field of a criterion's points."""
    return f"points_{place}"


def _own_fields() -> dict[str, forms.Field]:
    """Return a field for the points of each criterion, and the id of the model answer, which is no UUID."""
    points: dict[str, forms.Field] = {
        points_name(place): forms.IntegerField(
            label=format_lazy(gettext_lazy("Points for criterion {number}"), number=place),
            required=False,
            min_value=1,
            max_value=MOST_POINTS,
        )
        for place in range(1, MOST_CRITERIA + 1)
    }
    return points | {MODEL.id_field(1): forms.CharField(required=False, widget=forms.HiddenInput)}


ExtendedAnswerForm.declared_fields.update(_own_fields())
ExtendedAnswerForm.base_fields.update(_own_fields())

AUTHORED = AuthoredKind(
    "extended_answer",
    ExtendedAnswerForm,
    (*(points_name(place) for place in range(1, MOST_CRITERIA + 1)), *_LENGTHS),
    "edit",
    gettext_lazy("Written answer"),
    gettext_lazy("An answer in the learner’s own words. A trainer marks it by the criteria that you write."),
    gettext_lazy("For example: “Tell how you would begin this interview, and why.”"),
    place=100,
)
