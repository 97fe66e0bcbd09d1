"""The hotspot question: what a player sees, what comes back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.errors import ResponseRefusedError
from assessments.questions.choices import check_choices, words_of
from assessments.questions.hotspot.models import HotspotQuestion
from assessments.questions.kind import BaseKind, Fields, Shown, Structure, Text, only_part

FEWEST_AREAS = 2
SHAPES = ("rect", "ellipse")
# Places and sizes are thousandths of the picture.
WHOLE = 1000
SMALLEST = 20
# The number of a place is written in a circle of this share of the picture's longest side.
_BADGE_SHARE = 26


@dataclass(frozen=True, slots=True)
class ShownArea:
    """One place as a player sees it, in the picture's own pixels as an SVG takes them: whole numbers, as text."""

    value: str
    number: int
    text: str
    shape: str
    box: Mapping[str, str]
    badge: Mapping[str, str]
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownHotspot(Shown):
    """A hotspot question as a player sees it; nothing tells one place from another but where it is."""

    # Its template draws the picture with the places on it.
    draws_image: ClassVar[bool] = True

    areas: tuple[ShownArea, ...]
    choose: int
    width: str
    height: str


class Hotspot(BaseKind):
    """Named places on a picture, of which some are right.

    A structure is {"image", "areas": [{"id", "shape", "x", "y", "width", "height", "is_right"}], "choose"},
    a response the sorted list of the chosen UUIDs: the same for who points and for who reads the names.
    """

    name = "hotspot"
    model = HotspotQuestion

    def problems_of(self, structure: Structure) -> list[str]:
        """Return what keeps the question from being published."""
        problems = [] if structure.get("image") else [_("This question needs a picture.")]
        areas = structure["areas"]
        if len(areas) < FEWEST_AREAS:
            problems.append(_("Draw at least two places, so that there is something to choose."))
        right = sum(area["is_right"] for area in areas)
        if not right:
            problems.append(_("At least one place must be right."))
        elif not 1 <= structure["choose"] <= right:
            problems.append(
                ngettext(
                    "Learners can choose 1 place at most: no more are right.",
                    "Learners can choose %(count)d places at most: no more are right.",
                    right,
                )
                % {"count": right}
            )
        if any(not is_in_picture(area) for area in areas):
            problems.append(_("Each place must lie within the picture and be large enough to be touched."))
        return problems

    def parts_of(self, structure: Structure) -> list[str]:
        """Return the places."""
        return [area["id"] for area in structure["areas"]]

    def order_of(self, structure: Structure) -> list[str]:
        """Return the places: they are numbered in the paper's order, so that no number tells anything."""
        return self.parts_of(structure)

    def key_of(self, structure: Structure) -> Any:
        """Return as many right places as are asked for."""
        right = [area["id"] for area in structure["areas"] if area["is_right"]]
        return sorted(right[: structure["choose"]])

    def wrong_of(self, structure: Structure) -> Any:
        """Return one place that is not right, else too few."""
        wrong = [area["id"] for area in structure["areas"] if not area["is_right"]]
        return wrong[:1] or self.key_of(structure)[:-1] or None

    def show(
        self, structure: Structure, text: Text, language: str, order: Sequence[str], response: Any = None
    ) -> ShownHotspot:
        """Return what a player may show."""
        image = structure.get("image") or {"width": WHOLE, "height": WHOLE}
        chosen = self.fields_of(response).get("", [])
        areas = {area["id"]: area for area in structure["areas"]}
        shown = tuple(
            _show_area(areas[each], number, text["choices"].get(each, ""), image, is_chosen=each in chosen)
            for number, each in enumerate(order, 1)
            if each in areas
        )
        return ShownHotspot(
            **self.common(text, language),
            areas=shown,
            choose=structure["choose"],
            width=str(image["width"]),
            height=str(image["height"]),
        )

    def read_response(self, fields: Fields, structure: Structure) -> Any:
        """Return the chosen UUIDs sorted, None where nothing is chosen; raise ResponseRefusedError."""
        values = only_part(fields)
        check_choices(values, self.parts_of(structure))
        if len(values) > structure["choose"]:
            raise ResponseRefusedError
        return sorted(values) or None

    def fields_of(self, response: Any) -> dict[str, list[str]]:
        """Return the chosen UUIDs."""
        chosen = [each for each in response if isinstance(each, str)] if isinstance(response, list) else []
        return {"": chosen} if chosen else {}

    def describe_response(self, structure: Structure, text: Text, response: Any) -> list[str]:
        """Return the names of the chosen places, in the order of the author."""
        chosen = self.fields_of(response).get("", [])
        return words_of(text, [each for each in self.parts_of(structure) if each in chosen])


def is_in_picture(area: Mapping[str, Any]) -> bool:
    """Tell whether a place lies within the picture and can be hit with a finger."""
    x, y, width, height = (int(area[part]) for part in ("x", "y", "width", "height"))
    return min(width, height) >= SMALLEST and min(x, y) >= 0 and x + width <= WHOLE and y + height <= WHOLE


def _show_area(
    area: Mapping[str, Any], number: int, text: str, image: Mapping[str, int], *, is_chosen: bool
) -> ShownArea:
    wide, high = image["width"], image["height"]
    x, y = area["x"] * wide // WHOLE, area["y"] * high // WHOLE
    width, height = area["width"] * wide // WHOLE, area["height"] * high // WHOLE
    across, down = width // 2, height // 2
    box = {"x": x, "y": y, "width": width, "height": height, "cx": x + across, "cy": y + down, "rx": across, "ry": down}
    radius = max(wide, high) // _BADGE_SHARE
    # At the corner of the place, where it hides least, and wholly on the picture.
    at = (min(max(x, radius), wide - radius), min(max(y, radius), high - radius))
    badge = {"cx": at[0], "cy": at[1], "r": radius, "size": radius * 3 // 2}
    return ShownArea(area["id"], number, text, area["shape"], _as_text(box), _as_text(badge), is_chosen)


def _as_text(numbers: Mapping[str, int]) -> dict[str, str]:
    """Return numbers as SVG reads them, whatever the language of the page does with numbers."""
    return {name: str(number) for name, number in numbers.items()}


KIND = Hotspot()
