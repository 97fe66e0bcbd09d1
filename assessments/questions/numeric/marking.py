"""How a numeric response is marked. Pure, and exact: numbers are fractions, never floats."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from assessments.questions.credit import FULL_MARK_MILLI
from assessments.questions.numeric.reading import readings_of


def mark(structure: Mapping[str, Any], response: Any) -> int:
    """Return 1000 for a number in the range that is right, what a near answer earns, else 0.

    A structure has "value" with "tolerance", or "low" and "high": both ends are right. "partial" is a list of
    {"tolerance", "milli"}: how far beside the value, or outside the range, still earns so much.

    With "units" ({"id", "factor"}; without a factor the unit is never right) the number is taken times the
    factor of the chosen unit, so that 48 hours are 2 days. Where the unit is missing or wrong, "unit_costs"
    (all, unless it says otherwise) is taken from what the number earns in the unit that suits it best.

    A text that can be read in two ways is marked by the better one (reading.py).

    >>> mark({"value": "18", "partial": [{"tolerance": "1", "milli": 500}]}, {"number": "17", "unit": None})
    500
    """
    typed = response.get("number") if isinstance(response, dict) else None
    if not isinstance(typed, str):
        return 0
    return max((_in_units(structure, number, response.get("unit")) for number in readings_of(typed)), default=0)


def _in_units(structure: Mapping[str, Any], number: Fraction, unit: Any) -> int:
    units = structure.get("units")
    if not units:
        return _earned(structure, number)
    earned = {each["id"]: _earned(structure, number * Fraction(each["factor"])) for each in units if each.get("factor")}
    chosen = earned.get(unit, 0) if isinstance(unit, str) else 0
    costs: int = structure.get("unit_costs", FULL_MARK_MILLI)
    return max(chosen, max(earned.values(), default=0) - costs, 0)


def _earned(structure: Mapping[str, Any], number: Fraction) -> int:
    if "low" in structure:
        away, allowed = max(Fraction(structure["low"]) - number, number - Fraction(structure["high"])), Fraction(0)
    else:
        away, allowed = abs(number - Fraction(structure["value"])), Fraction(structure.get("tolerance", "0"))
    if away <= allowed:
        return FULL_MARK_MILLI
    near = (each["milli"] for each in structure.get("partial", ()) if away <= Fraction(each["tolerance"]))
    return max(near, default=0)
