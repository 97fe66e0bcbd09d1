"""How a numeric question is written."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.admin.authored import AuthoredKind
from assessments.admin.fields import Column
from assessments.admin.forms import QuestionForm, with_words
from assessments.admin.reading import Fields
from assessments.models import Question
from assessments.questions.credit import FULL_MARK_MILLI
from assessments.questions.numeric.authoring import NumberField, for_author
from assessments.questions.numeric.player import KIND, MOST_BANDS, MOST_UNITS

UNIT = Column(
    "unit",
    gettext_lazy("Unit {number}"),
    longest=60,
    feedback_label=gettext_lazy("Feedback to unit {number}"),
)
_PERCENT = 10
_NUMBERS = ("value", "tolerance", "low", "high")


def _percent_field(label: Any, **more: Any) -> forms.DecimalField:
    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    return forms.DecimalField(
        label=label, required=False, max_digits=4, decimal_places=1, localize=True, widget=widget, **more
    )


def _factor_fields() -> dict[str, forms.Field]:
    return {
        f"unit_factor_{place}": NumberField(
            label=format_lazy(gettext_lazy("Factor of unit {number}"), number=place),
            help_text=gettext_lazy(
                "1 for the unit of the right number. If that is in hours, days have 24. Empty: this unit is wrong."
            )
            if place == 1
            else "",
        )
        for place in range(1, MOST_UNITS + 1)
    }


def _near_fields() -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    for place in range(1, MOST_BANDS + 1):
        fields[f"near_{place}"] = NumberField(
            label=gettext_lazy("Nearly right: may differ by") if place == 1 else gettext_lazy("Less near: by"),
            help_text=gettext_lazy("From the right number, or from the ends of the range. Empty: near earns nothing."),
        )
        fields[f"near_{place}_percent"] = _percent_field(
            gettext_lazy("and then earns, in %"), min_value=0, max_value=100, initial=50 if place == 1 else None
        )
    return fields


@with_words
class NumericForm(QuestionForm):
    """A number or a range, how near still counts, and units."""

    columns = (UNIT,)
    most_rows = MOST_UNITS
    fewest_rows = 0

    value = NumberField(
        label=gettext_lazy("Right number"),
        help_text=gettext_lazy("For example 18 or 12.5. Learners may write 12,5 too."),
    )
    tolerance = NumberField(
        label=gettext_lazy("Right answers may differ by"),
        help_text=gettext_lazy("Still fully right. Empty: the exact number only."),
    )
    low = NumberField(
        label=gettext_lazy("Or a range: from"), help_text=gettext_lazy("Instead of one number. Both ends are right.")
    )
    high = NumberField(label=gettext_lazy("to"), help_text=gettext_lazy("The higher end."))
    unit_costs = _percent_field(
        gettext_lazy("A missing or wrong unit takes away, in %"),
        min_value=0,
        max_value=100,
        initial=100,
        help_text=gettext_lazy("Only where the question has units. 100: the answer earns nothing without its unit."),
    )

    @classmethod
    def stored_fields(cls, question: Question) -> Fields:
        """Yield the words of the units, the numbers and the rules."""
        yield from super().stored_fields(question)
        body = question.body
        for name in _NUMBERS:
            yield name, for_author(body.get(name, ""))
        for place, band in enumerate(body.get("partial", ())[:MOST_BANDS], 1):
            yield f"near_{place}", for_author(band["tolerance"])
            yield f"near_{place}_percent", Decimal(band["milli"]) / _PERCENT
        for place, unit in enumerate(body.get("units", ())[:MOST_UNITS], 1):
            yield f"unit_factor_{place}", for_author(unit.get("factor", ""))
        yield "unit_costs", Decimal(body.get("unit_costs", FULL_MARK_MILLI)) / _PERCENT

    @classmethod
    def stored_rows(cls, body: Mapping[str, Any], column: str) -> list[str]:
        """Return the units."""
        del column
        return KIND.parts_of(body)

    def build_body(self, rows: Mapping[str, Mapping[int, str]]) -> dict[str, Any]:
        """Return the number or the range, the near answers and the units."""
        body: dict[str, Any] = {name: number for name in _NUMBERS if (number := self._text(name))}
        if body.get("tolerance") == "0":
            del body["tolerance"]
        if bands := self._bands():
            body["partial"] = bands
        if rows["unit"]:
            factors = {place: self._text(f"unit_factor_{place}") for place in rows["unit"]}
            body["units"] = [
                {"id": part} | ({"factor": factors[place]} if factors[place] else {})
                for place, part in rows["unit"].items()
            ]
            if (costs := self._milli("unit_costs", FULL_MARK_MILLI)) != FULL_MARK_MILLI:
                body["unit_costs"] = costs
        return body

    def _bands(self) -> list[dict[str, Any]]:
        places = [place for place in range(1, MOST_BANDS + 1) if self._text(f"near_{place}")]
        return [
            {"tolerance": self._text(f"near_{place}"), "milli": self._milli(f"near_{place}_percent", 0)}
            for place in places
        ]

    def _milli(self, name: str, otherwise: int) -> int:
        percent = self.cleaned_data.get(name)
        return otherwise if percent is None else int(percent * _PERCENT)

    def _check_key(self, places: list[int]) -> None:
        for place in range(1, MOST_UNITS + 1):
            if place not in places and self._text(f"unit_factor_{place}"):
                self.add_error(f"unit_factor_{place}", _("This unit has no words. Write them, or clear its factor."))

    def _check_publishable(self, started: list[str]) -> None:
        super()._check_publishable(started)
        for problem in KIND.problems_of(self.draft.body) if self.draft else ():
            self.add_error("value", problem)


_NUMBERED = _near_fields() | _factor_fields()
for _fields in (NumericForm.declared_fields, NumericForm.base_fields):
    _fields.update(_NUMBERED)

AUTHORED = AuthoredKind(
    "numeric",
    NumericForm,
    (
        ("value", "tolerance"),
        ("low", "high"),
        *((f"near_{place}", f"near_{place}_percent") for place in range(1, MOST_BANDS + 1)),
        *(
            tuple(f"unit_factor_{place}" for place in range(first, min(first + 3, MOST_UNITS + 1)))
            for first in range(1, MOST_UNITS + 1, 3)
        ),
        "unit_costs",
    ),
    "decimal",
    gettext_lazy("Number"),
    gettext_lazy("The answer is a number: an age, a time limit, an article. With a range, near answers and units."),
    gettext_lazy("For example: “For how many hours may a person be held before a judge is asked?”"),
    place=62,
)
