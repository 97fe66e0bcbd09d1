"""How a gap that is a number is written in lines."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.questions.gap_lines import ids_of_lines, words_of_lines
from assessments.questions.numeric.authoring import for_author, one_number

LABEL = _("Write a number")
HELP = _(
    "18, or 18 ± 1, or 17 .. 19, once for all languages. A near answer on a line of its own: 50% ± 3. Units in every"
    " language: 1 × hours, then 24 × days; 0 × stands before a unit that is always wrong."
)
_BESIDE = re.compile(r"(.+?)(?:±|\+/?-)(.+)")
_RANGE = re.compile(r"(.+?)(?:\.\.|…)(.+)")
_NEAR = re.compile(r"([0-9]{1,2}(?:[.,][0-9])?) ?% ?(?:±|\+/?-)(.+)")
_UNIT = re.compile(r"([^×*]+)[×*](.+)")
_NEVER = "0"


def read_gap(
    lines: Mapping[str, Sequence[str]], before: Mapping[str, Any], words: Mapping[str, Mapping[str, str]]
) -> tuple[dict[str, Any], dict[str, dict[str, str]]]:
    """Return the structure, and the words of the units by language."""
    said = list(dict.fromkeys(each for own in lines.values() for each in own if not _UNIT.fullmatch(each)))
    near = [match for each in said if (match := _NEAR.fullmatch(each))]
    keys = [each for each in said if not _NEAR.fullmatch(each)]
    # What cannot be read is kept as it was typed: it is then no number, which keeps the question from learners.
    structure: dict[str, Any] = _number(keys[0]) if len(keys) == 1 else {"value": " / ".join(keys)}
    if near:
        structure["partial"] = [
            {"tolerance": _meant(match[2]), "milli": round(float(match[1].replace(",", ".")) * 10)} for match in near
        ]
    units = {code: [match for each in own if (match := _UNIT.fullmatch(each))] for code, own in lines.items()}
    if not any(units.values()):
        return structure, {}
    spoken = {code: [match[2].strip() for match in own] for code, own in units.items()}
    ids = ids_of_lines(spoken, [each["id"] for each in before.get("units", ())], words)
    longest = max(units.values(), key=len)
    factors = [_meant(match[1]) for match in longest]
    structure["units"] = [
        {"id": part} | ({"factor": factor} if factor != _NEVER else {})
        for part, factor in zip(ids, factors, strict=True)
    ]
    if "unit_costs" in before:
        structure["unit_costs"] = before["unit_costs"]
    return structure, words_of_lines(spoken, ids)


def write_gap(structure: Mapping[str, Any], words: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return the lines of the units by language, and those of the number, which are the same in all."""
    if "low" in structure:
        lines = [f"{for_author(structure['low'])} .. {for_author(structure['high'])}"]
    else:
        beside = f" ± {for_author(structure['tolerance'])}" if "tolerance" in structure else ""
        lines = [for_author(structure.get("value", "")) + beside]
    near = (f"{each['milli'] / 10:g}% ± {for_author(each['tolerance'])}" for each in structure.get("partial", ()))
    units = [(each["id"], for_author(each.get("factor", _NEVER))) for each in structure.get("units", ())]
    spoken = {
        code: "\n".join(f"{factor} × {own.get(part, '')}" for part, factor in units) for code, own in words.items()
    }
    return {"": "\n".join([*lines, *near])} | (spoken if units else {})


def _number(line: str) -> dict[str, str]:
    if match := _RANGE.fullmatch(line):
        low, high = map(_meant, match.groups())
        return {"low": low, "high": high}
    if match := _BESIDE.fullmatch(line):
        value, tolerance = map(_meant, match.groups())
        return {"value": value} | ({"tolerance": tolerance} if tolerance != "0" else {})
    return {"value": _meant(line)}


def _meant(text: str) -> str:
    return one_number(text) or text.strip()
