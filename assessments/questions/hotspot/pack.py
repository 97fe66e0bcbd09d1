"""How a hotspot question stands in questions.yaml: its picture as every kind's, then the places."""

from collections.abc import Mapping
from typing import Any

from assessments.questions.hotspot.player import SHAPES, SMALLEST, WHOLE, is_in_picture
from assessments.questions.packing import MOST_PARTS, Once, read_credit, read_list, write_credit, write_list
from courses.packs.forms import Form

_PLACE = ("x", "y", "width", "height")


def read_body(form: Form, once: Once) -> dict[str, Any]:
    """Return the structure."""
    areas = [_read_area(each, once) for each in form.forms("areas", 2, MOST_PARTS)]
    choose = form.number("choose", 1, MOST_PARTS) if form.has("choose") else 1
    right = sum(area["is_right"] for area in areas)
    if areas and choose > right:
        form.problem("choose", f"{choose} places are to be chosen, and {right} are right: true")
    if not form.has("image"):
        form.problem("image", "it is missing: a hotspot question is asked on a picture")
    return {"areas": areas, "choose": choose} | read_credit(form, "partial")


def write_body(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the structure as questions.yaml writes it."""
    areas = [
        {"uuid": area["id"], "shape": area["shape"], **{name: area[name] for name in _PLACE}, "right": area["is_right"]}
        for area in body["areas"]
    ]
    plain = {"areas": areas} | ({"choose": body["choose"]} if body["choose"] != 1 else {})
    return plain | write_credit(body)


def read_words(words: Form, body: Mapping[str, Any]) -> dict[str, str]:
    """Return the names of the places."""
    return read_list(words, "areas", [area["id"] for area in body["areas"]])


def write_words(body: Mapping[str, Any], choices: Mapping[str, str]) -> dict[str, Any]:
    """Return the names of the places as questions.yaml writes them."""
    return {"areas": write_list([area["id"] for area in body["areas"]], choices)}


def _read_area(form: Form, once: Once) -> dict[str, Any]:
    shape = form.text("shape", required=False) or SHAPES[0]
    if shape not in SHAPES:
        form.problem("shape", f"{shape!r} is unknown. Accepted: {', '.join(SHAPES)}")
    area: dict[str, Any] = {"id": str(once(form, form.uuid("uuid"))), "shape": shape}
    area |= {name: form.number(name, SMALLEST if name in {"width", "height"} else 0, WHOLE) for name in _PLACE}
    area["is_right"] = form.flag("right")
    if not is_in_picture(area):
        form.problem("width", "the place reaches beyond the picture: x + width and y + height are 1000 at most")
    form.close()
    return area
