"""How a numeric question stands in questions.yaml.

`value` with `tolerance`, or `low` and `high`; `near` lists {tolerance, milli} of near answers; `units` lists
{uuid, factor}, a unit without a factor being always wrong, and `unit_costs` what a missing one takes. Numbers
are written plainly: 18, or 12.5. The words are `units`.
"""

from collections.abc import Mapping
from typing import Any

from assessments.questions.credit import FULL_MARK_MILLI
from assessments.questions.numeric.player import KIND, MOST_BANDS, MOST_UNITS
from assessments.questions.packing import Once, read_list, write_list
from courses.packs.forms import Form

_NUMBERS = ("value", "tolerance", "low", "high")


def read_body(form: Form, once: Once) -> dict[str, Any]:
    """Return the structure."""
    body: dict[str, Any] = {name: number for name in _NUMBERS if (number := _number(form, name))}
    bands = []
    for each in _rows(form, "near", MOST_BANDS):
        bands.append({"tolerance": _number(each, "tolerance"), "milli": each.number("milli", 1, FULL_MARK_MILLI - 1)})
        each.close()
    units = []
    for each in _rows(form, "units", MOST_UNITS):
        factor = _number(each, "factor")
        units.append({"id": str(once(each, each.uuid("uuid")))} | ({"factor": factor} if factor else {}))
        each.close()
    if bands:
        body["partial"] = bands
    if units:
        body["units"] = units
    if form.has("unit_costs"):
        body["unit_costs"] = form.number("unit_costs", 0, FULL_MARK_MILLI)
    form.take("unit_costs", required=False)
    for problem in KIND.problems_of(body):
        form.problem("value", problem)
    return body


def write_body(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the structure as questions.yaml writes it."""
    plain: dict[str, Any] = {name: body[name] for name in _NUMBERS if name in body}
    if body.get("partial"):
        plain["near"] = [dict(each) for each in body["partial"]]
    if body.get("units"):
        factors = [({"factor": each["factor"]} if each.get("factor") else {}) for each in body["units"]]
        plain["units"] = [{"uuid": each["id"]} | factor for each, factor in zip(body["units"], factors, strict=True)]
    return plain | ({"unit_costs": body["unit_costs"]} if "unit_costs" in body else {})


def read_words(words: Form, body: Mapping[str, Any]) -> dict[str, str]:
    """Return the words of the units."""
    return read_list(words, "units", KIND.parts_of(body))


def write_words(body: Mapping[str, Any], choices: Mapping[str, str]) -> dict[str, Any]:
    """Return the words of the units as questions.yaml writes them."""
    units = KIND.parts_of(body)
    return {"units": write_list(units, choices)} if units else {}


def _rows(form: Form, key: str, most: int) -> list[Form]:
    if form.has(key):
        return form.forms(key, 1, most)
    form.take(key, required=False)
    return []


def _number(form: Form, key: str) -> str:
    """Return a number as it is written: YAML takes 18 for a whole number, and 12.5 for a text."""
    value = form.take(key, required=False)
    return str(value) if type(value) is int or isinstance(value, str) else ""
