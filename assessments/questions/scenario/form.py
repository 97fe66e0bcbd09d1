"""How a scenario is written: steps with their words, up to three choices each, and where each choice leads."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.admin.authored import AuthoredKind
from assessments.admin.credit import PARTIAL_FIELD, credit_in_body, credit_in_fields
from assessments.admin.drafts import WordsDraft
from assessments.admin.fields import LANGUAGE_NAMES, Column, stem_name
from assessments.admin.forms import QuestionForm, with_words
from assessments.admin.reading import Fields
from assessments.models import Question
from assessments.questions.scenario.limits import MOST_POINTS, MOST_STEPS, MOST_WAYS
from assessments.questions.scenario.player import KIND

LONGEST_STEP = 1200
STEP = Column("step", gettext_lazy("Step {number}: what happens"), longest=LONGEST_STEP)
WAYS = tuple(
    Column(
        f"way{way}",
        # The number of the step is put in later, for each row.
        format_lazy(gettext_lazy("Step {step}, choice {choice}"), step="{number}", choice=way),
        feedback_label=format_lazy(
            gettext_lazy("Step {step}, feedback to choice {choice}"), step="{number}", choice=way
        ),
    )
    for way in range(1, MOST_WAYS + 1)
)
_PLACES = range(1, MOST_STEPS + 1)


def _points_choices(way: int) -> Iterator[tuple[str, str]]:
    for points in range(MOST_POINTS, -MOST_POINTS - 1, -1):
        # A minus sign, not a dash.
        shown = str(points).replace("-", "\N{MINUS SIGN}")
        label = ngettext("Choice %(number)d: %(points)s point", "Choice %(number)d: %(points)s points", abs(points))
        yield str(points), label % {"number": way, "points": shown}


def _after_choices(place: int) -> Iterator[tuple[str, str]]:
    yield "", _("then the case ends")
    for each in range(2, MOST_STEPS + 1):
        if each != place:
            yield str(each), _("then step %(number)d") % {"number": each}


class WaysField(forms.MultiValueField):
    """What each choice of one step earns, and the step that it leads to: [points, next] a choice."""

    def __init__(self, place: int) -> None:
        fields: list[forms.Field] = []
        for way in range(1, MOST_WAYS + 1):
            fields.append(forms.ChoiceField(choices=partial(_points_choices, way), required=False))
            fields.append(forms.ChoiceField(choices=partial(_after_choices, place), required=False))
        super().__init__(
            fields,
            label=format_lazy(gettext_lazy("Step {number}: what its choices earn and where they lead"), number=place),
            required=False,
            require_all_fields=False,
            widget=WaysWidget([field.widget for field in fields]),
        )

    def compress(self, data_list: Sequence[str]) -> list[tuple[int, int | None]]:
        """Return points and next step of each choice."""
        given = [*data_list, *[""] * (2 * MOST_WAYS - len(data_list))]
        return [
            (int(points or 0), int(after) if after else None)
            for points, after in zip(given[::2], given[1::2], strict=True)
        ]


class WaysWidget(forms.MultiWidget):
    """Two lists for each choice of a step."""

    def decompress(self, value: Any) -> list[str]:
        """Return what the lists show: the fields of a form keep it in this form."""
        return list(value) if value else ["0", ""] * MOST_WAYS


@with_words
class ScenarioForm(QuestionForm):
    """Steps with their choices. The first step is where the case begins; a step without choices is an ending."""

    columns = (STEP, *WAYS)
    most_rows = MOST_STEPS
    fewest_rows = 0
    partial = PARTIAL_FIELD

    @classmethod
    def stored_fields(cls, question: Question) -> Fields:
        """Yield the words, the ids, where each choice leads, and the rule of credit."""
        yield from super().stored_fields(question)
        steps = question.body.get("steps", [])
        places = {step["id"]: place for place, step in enumerate(steps, 1)}
        for place, step in enumerate(steps[:MOST_STEPS], 1):
            shown: list[str] = []
            for choice in step["choices"][:MOST_WAYS]:
                shown += [str(choice["points"]), str(places.get(choice["next"], ""))]
            yield f"ways_{place}", shown + ["0", ""] * (MOST_WAYS - len(step["choices"]))
        yield from credit_in_fields(question.body)

    @classmethod
    def stored_rows(cls, body: Mapping[str, Any], column: str) -> list[str]:
        """Return the steps, or the choices that stand in one place of each step; "" where a step has none there."""
        steps = body.get("steps", [])
        if column == STEP.name:
            return [step["id"] for step in steps]
        place = int(column.removeprefix("way")) - 1
        return [step["choices"][place]["id"] if place < len(step["choices"]) else "" for step in steps]

    def build_body(self, rows: Mapping[str, Mapping[int, str]]) -> dict[str, Any]:
        """Return the steps with their choices; a choice is there where it has words in some language."""
        steps = []
        for place, part in rows[STEP.name].items():
            ways = self.cleaned_data.get(f"ways_{place}") or [(0, None)] * MOST_WAYS
            choices = [
                {"id": rows[column.name][place], "points": points, "next": rows[STEP.name].get(after)}
                for column, (points, after) in zip(WAYS, ways, strict=True)
                if self._has_way(column, place)
            ]
            steps.append({"id": part, "choices": choices})
        return {"start": steps[0]["id"] if steps else "", "steps": steps} | credit_in_body(self.cleaned_data)

    def _has_way(self, column: Column, place: int) -> bool:
        return any(self._text(column.field(code, place)) for code in self.shown_languages)

    def _part_at(self, name: str, own: set[str]) -> str:
        return super()._part_at(name, own - {""})

    def _words_of(self, code: str, rows: Mapping[str, Mapping[int, str]]) -> WordsDraft:
        """Return the words of the steps and choices that are there; rows have a place for each that could be."""
        words = super()._words_of(code, rows)
        parts = set(KIND.parts_of(self.build_body(rows)))
        return WordsDraft(
            words.stem,
            words.feedback,
            {part: each for part, each in words.choices.items() if part in parts},
            {part: each for part, each in words.feedbacks.items() if part in parts},
        )

    def _check_words(self, started: list[str], places: list[int]) -> None:
        """Ask for the steps and for the choices that are used, not for every choice that could be."""
        if not started:
            self._miss(stem_name(self.shown_languages[0]), _("Write the question in one language at least."))
        for code in started:
            self._miss(stem_name(code), _("Write the question here too, or clear all fields of this language."))
            for place in places:
                for column in (STEP, *(each for each in WAYS if self._has_way(each, place))):
                    message = _("Write this in %(language)s too, or clear it in every language.")
                    self._miss(column.field(code, place), message % {"language": LANGUAGE_NAMES[code]})

    def _check_key(self, places: list[int]) -> None:
        for place in places:
            for column, (_points, after) in zip(WAYS, self.cleaned_data.get(f"ways_{place}") or [], strict=False):
                if after is not None and after not in places and self._has_way(column, place):
                    message = _("A choice leads to step %(number)d, which has no words.")
                    self.add_error(f"ways_{place}", message % {"number": after})

    def _check_publishable(self, started: list[str]) -> None:
        super()._check_publishable(started)
        if self.draft and not self.errors:
            for problem in KIND.problems_of(self.draft.body):
                self.add_error("ways_1", problem)


_FIELDS = {f"ways_{place}": WaysField(place) for place in _PLACES}
ScenarioForm.declared_fields.update(_FIELDS)
ScenarioForm.base_fields.update(_FIELDS)

AUTHORED = AuthoredKind(
    "scenario",
    ScenarioForm,
    (*_FIELDS, "partial"),
    "site",
    gettext_lazy("Scenario"),
    gettext_lazy(
        "A case told step by step: what happens next depends on what the learner decides. The whole way is marked."
    ),
    gettext_lazy("For example: “A van stops at the barrier. What do you do first?”"),
    place=120,
)
