"""How a hotspot question is written: a picture, and places on it by name. Drawn with a mouse, or typed as numbers."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.widgets import Script
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.admin.authored import AuthoredKind
from assessments.admin.credit import PARTIAL_FIELD, credit_in_body, credit_in_fields
from assessments.admin.fields import Column
from assessments.admin.forms import QuestionForm, with_words
from assessments.admin.reading import Fields
from assessments.models import Question
from assessments.questions.hotspot.player import SHAPES, WHOLE, is_in_picture

AREA = Column("area", gettext_lazy("Name of place {number}"), feedback_label=gettext_lazy("Feedback to place {number}"))
MOST_PLACES = 8
_NUMBERS = ("x", "y", "width", "height")


class PlaceInput(forms.Widget):
    """Where a place lies: its shape, four numbers, and whether it is right. The page's script draws them."""

    use_fieldset = True
    place = 0

    class Media:
        """What draws on the picture."""

        js = (Script("relais/js/admin/hotspot-areas.js", type="module"),)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        """Return the parts as they were typed."""
        del files
        return {part: (data.get(f"{name}_{part}") or "").strip() for part in ("shape", *_NUMBERS, "right")}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Tell whether the form says nothing of the place."""
        del files
        return f"{name}_shape" not in data

    def id_for_label(self, id_: str) -> str:
        """Return the id of the first input."""
        return f"{id_}_shape" if id_ else ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the HTML."""
        del renderer
        labels = (_("From the left"), _("From the top"), _("Width"), _("Height"))
        typed = value or {}
        numbers = [(part, label, typed.get(part, "")) for part, label in zip(_NUMBERS, labels, strict=True)]
        shapes = zip(SHAPES, (_("Rectangle"), _("Ellipse")), strict=True)
        context = {"name": name, "attrs": attrs or {}, "place": self.place, "numbers": numbers, "value": typed}
        return render_to_string("hotspot/place_input.html", {**context, "shapes": shapes, "whole": WHOLE})


class PlaceField(forms.Field):
    """Where a place lies, as the structure says it; None where nothing is typed."""

    widget = PlaceInput

    def clean(self, value: Mapping[str, str]) -> dict[str, Any] | None:
        """Return the place; refuse numbers that lie beyond the picture."""
        if not any(value[part] for part in _NUMBERS):
            return None
        try:
            area: dict[str, Any] = {part: int(value[part]) for part in _NUMBERS}
        except ValueError:
            raise forms.ValidationError(_("Draw the place, or type all four numbers.")) from None
        if not is_in_picture(area):
            raise forms.ValidationError(_("Each place must lie within the picture and be large enough to be touched."))
        shape = value["shape"] if value["shape"] in SHAPES else SHAPES[0]
        return {"shape": shape, **area, "is_right": bool(value["right"])}


def _place_field(place: int) -> forms.Field:
    widget = PlaceInput()
    widget.place = place
    return PlaceField(label=format_lazy(gettext_lazy("Place {number}"), number=place), required=False, widget=widget)


@with_words
class HotspotForm(QuestionForm):
    """Named places on the question's picture."""

    columns = (AREA,)
    most_rows = MOST_PLACES
    too_few = gettext_lazy("Name two places at least before the question is published.")

    choose = forms.IntegerField(
        label=gettext_lazy("Places to choose"),
        help_text=gettext_lazy("Learners are told how many. Where more are right, any of them will do."),
        initial=1,
        min_value=1,
        max_value=MOST_PLACES,
    )
    partial = PARTIAL_FIELD

    @classmethod
    def stored_fields(cls, question: Question) -> Fields:
        """Yield the words, the ids, the places and the rules."""
        yield from super().stored_fields(question)
        for place, area in enumerate(question.body.get("areas", [])[:MOST_PLACES], 1):
            numbers = {part: str(area[part]) for part in _NUMBERS}
            yield f"place_{place}", {"shape": area["shape"], **numbers, "right": "1" if area["is_right"] else ""}
        yield "choose", question.body.get("choose", 1)
        yield from credit_in_fields(question.body)

    @classmethod
    def stored_rows(cls, body: Mapping[str, Any], column: str) -> list[str]:
        """Return the places."""
        del column
        return [area["id"] for area in body.get("areas", [])]

    def build_body(self, rows: Mapping[str, Mapping[int, str]]) -> dict[str, Any]:
        """Return the places that are named, and the rules."""
        nowhere = {"shape": SHAPES[0], "x": 0, "y": 0, "width": 0, "height": 0, "is_right": False}
        areas = [
            {"id": part, **(self.cleaned_data.get(f"place_{place}") or nowhere)} for place, part in rows["area"].items()
        ]
        choose = self.cleaned_data.get("choose") or 1
        return {"areas": areas, "choose": choose} | credit_in_body(self.cleaned_data)

    def _check_key(self, places: list[int]) -> None:
        for place in range(1, MOST_PLACES + 1):
            is_drawn, name = self.cleaned_data.get(f"place_{place}") is not None, f"place_{place}"
            if name in self.errors or is_drawn == (place in places):
                continue
            named, drawn = _("Name this place in the words above."), _("Draw this place, or type its numbers.")
            self.add_error(name, named if is_drawn else drawn)
        if places and not self.cleaned_data.get("image") and "image" not in self.errors:
            self.add_error("image", _("This question needs a picture."))


for _place in range(1, MOST_PLACES + 1):
    HotspotForm.declared_fields[f"place_{_place}"] = HotspotForm.base_fields[f"place_{_place}"] = _place_field(_place)

AUTHORED = AuthoredKind(
    "hotspot",
    HotspotForm,
    (*(f"place_{place}" for place in range(1, MOST_PLACES + 1)), "choose", "partial"),
    "crosshairs",
    gettext_lazy("Places on a picture"),
    gettext_lazy("A picture with named places; learners choose one or more of them, by touch or from a list."),
    gettext_lazy("For example: “Where on this lorry would you look first?”"),
    place=90,
)
