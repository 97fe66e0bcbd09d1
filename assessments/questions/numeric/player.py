"""The numeric question: what a player sees, what comes back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from assessments.errors import ResponseRefusedError
from assessments.questions.choices import ShownChoice, check_choices, show_choices
from assessments.questions.credit import FULL_MARK_MILLI
from assessments.questions.kind import BaseKind, Fields, Shown, Structure, Text
from assessments.questions.numeric.marking import mark
from assessments.questions.numeric.models import NumericQuestion
from assessments.questions.numeric.reading import LONGEST_NUMBER, PLAIN, is_number, plain_text
from assessments.questions.typed import typed_line

UNIT = "unit"
MOST_UNITS = 6
MOST_BANDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownNumeric(Shown):
    """A number to type, with what was typed; `is_clear` is false where that cannot be read as a number."""

    number: str
    is_clear: bool
    units: tuple[ShownChoice, ...]
    longest: int = LONGEST_NUMBER


class Numeric(BaseKind):
    """A number, with a unit where there are several. A response is {"number": as typed, "unit": id or None}."""

    name = "numeric"
    model = NumericQuestion
    is_embeddable = True

    def problems_of(self, structure: Structure) -> list[str]:
        """Return what keeps the question from being published."""
        return [*_problems_of_number(structure), *_problems_of_bands(structure), *_problems_of_units(structure)]

    def parts_of(self, structure: Structure) -> list[str]:
        """Return the units."""
        return [each["id"] for each in structure.get("units", ())]

    def order_of(self, structure: Structure) -> list[str]:
        """Return nothing to shuffle: units have an order of their own."""
        del structure
        return []

    def key_of(self, structure: Structure) -> Any:
        """Return the value, or the low end of the range, in the unit that it is written in."""
        return {"number": structure.get("value") or structure["low"], "unit": _own_unit(structure)}

    def wrong_of(self, structure: Structure) -> Any:
        """Return a number that is too high."""
        top = Decimal(structure.get("high") or structure["value"])
        tries = ({"number": plain_text(top + 2**power), "unit": _own_unit(structure)} for power in range(100))
        return next(each for each in tries if mark(structure, each) < FULL_MARK_MILLI)

    def show(
        self, structure: Structure, text: Text, language: str, order: Sequence[str], response: Any = None
    ) -> ShownNumeric:
        """Return what a player may show."""
        del order
        typed = self.fields_shown(response)
        number = next(iter(typed.get("", ())), "")
        return ShownNumeric(
            **self.common(text, language),
            number=number,
            is_clear=not number or is_number(number),
            units=show_choices(text, self.parts_of(structure), typed.get(UNIT, ())),
        )

    def read_response(self, fields: Fields, structure: Structure) -> Any:
        """Return the number and the unit, None without a number; raise ResponseRefusedError."""
        if set(fields) - {"", UNIT}:
            raise ResponseRefusedError
        units = fields.get(UNIT, ())
        check_choices(units, self.parts_of(structure))
        if len(units) > 1:
            raise ResponseRefusedError
        number = typed_line(fields.get("", ()), LONGEST_NUMBER)
        return {"number": number, "unit": units[0] if units else None} if number else None

    def fields_of(self, response: Any) -> dict[str, list[str]]:
        """Return the number and the unit."""
        number, unit = _parts_of_response(response)
        return ({"": [number]} if number else {}) | ({UNIT: [unit]} if number and unit else {})

    def describe_response(self, structure: Structure, text: Text, response: Any) -> list[str]:
        """Return the number as it was typed, with the words of the unit."""
        number, unit = _parts_of_response(response)
        return [_with_unit(number, unit if unit in self.parts_of(structure) else "", text)] if number else []

    def describe_key(self, structure: Structure, text: Text) -> list[str]:
        """Return the number in the form of the language, and the range that is right with it."""
        unit = _own_unit(structure) or ""
        if "low" in structure:
            low, high = structure["low"], structure["high"]
            words = _("from %(low)s to %(high)s") % {"low": _spoken(low), "high": _spoken(high)}
            return [_with_unit(words, unit, text)]
        value, tolerance = Decimal(structure["value"]), Decimal(structure.get("tolerance", "0"))
        lines = [_with_unit(_spoken(structure["value"]), unit, text)]
        if tolerance:
            low, high = plain_text(value - tolerance), plain_text(value + tolerance)
            lines.append(_("Right from %(low)s to %(high)s") % {"low": _spoken(low), "high": _spoken(high)})
        return lines

    def is_clear(self, response: Any) -> bool:
        """Tell whether what was typed can be read as a number."""
        number, _unit = _parts_of_response(response)
        return not number or is_number(number)

    def feedbacks_of(self, structure: Structure, text: Text, response: Any) -> list[str]:
        """Return the feedback of the chosen unit."""
        _number, unit = _parts_of_response(response)
        told: Mapping[str, str] = text.get("feedbacks", {})
        return [told[unit]] if unit in self.parts_of(structure) and told.get(unit) else []


def _parts_of_response(response: Any) -> tuple[str, str]:
    if not isinstance(response, dict):
        return "", ""
    number, unit = response.get("number"), response.get("unit")
    return number if isinstance(number, str) else "", unit if isinstance(unit, str) else ""


def _own_unit(structure: Structure) -> str | None:
    """Return the unit that the value is written in: the first with the factor 1."""
    return next((each["id"] for each in structure.get("units", ()) if each.get("factor") == "1"), None)


def _spoken(number: str) -> str:
    """Return a number of a structure as the language of the page writes it."""
    return str(number_format(Decimal(number)))


def _with_unit(number: str, unit: str, text: Text) -> str:
    words = text["choices"].get(unit, "") if unit else ""
    return f"{number} {words}" if words else number


def _is_plain(number: Any) -> bool:
    return isinstance(number, str) and bool(PLAIN.fullmatch(number))


def _problems_of_number(structure: Structure) -> Iterator[str]:
    has_value, has_range = bool(structure.get("value")), bool(structure.get("low") or structure.get("high"))
    if has_value == has_range:
        yield _("Write the right number, or the range that is right; not both.")
        return
    names = ("low", "high") if has_range else ("value",)
    if not all(_is_plain(structure.get(each)) for each in names):
        yield _("A range has two numbers: from and to.") if has_range else _("The right number cannot be read.")
    elif has_range and Fraction(structure["low"]) > Fraction(structure["high"]):
        yield _("A range begins with its lower number.")
    tolerance = structure.get("tolerance", "0")
    if not _is_plain(tolerance) or Fraction(tolerance) < 0:
        yield _("The difference that is allowed is a number, 0 or more.")


def _problems_of_bands(structure: Structure) -> Iterator[str]:
    before, best = structure.get("tolerance", "0"), FULL_MARK_MILLI
    for band in structure.get("partial", ()):
        tolerance, milli = band["tolerance"], band["milli"]
        if not _is_plain(tolerance) or (_is_plain(before) and Fraction(tolerance) <= Fraction(before)):
            yield _("A near answer lies further away than a right one; the next lies further away still.")
        if not isinstance(milli, int) or not 0 < milli < best:
            yield _("A near answer earns less than a right one; the next earns less still.")
        before, best = tolerance, milli


def _problems_of_units(structure: Structure) -> Iterator[str]:
    units = structure.get("units")
    if not units:
        return
    factors = [each.get("factor") for each in units]
    if len(units) > MOST_UNITS or len({each["id"] for each in units}) != len(units):
        yield _("A question has %(count)d units at most, each once.") % {"count": MOST_UNITS}
    if "1" not in factors:
        yield _("One unit is the unit of the right number: its factor is 1.")
    if not all(each is None or (_is_plain(each) and Fraction(each) > 0) for each in factors):
        yield _("The factor of a unit is a number above 0; without one, the unit is never right.")
    costs = structure.get("unit_costs", FULL_MARK_MILLI)
    if not isinstance(costs, int) or not 0 <= costs <= FULL_MARK_MILLI:
        yield _("What a missing unit costs lies between nothing and the whole mark.")


KIND = Numeric()
