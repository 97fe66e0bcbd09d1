"""What the two kinds with choices share: how the rows become a structure, and what it lacks."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from assessments.models.questions import Question

FEWEST_CHOICES = 2


def structure_of_choices(question: Question) -> dict[str, Any]:
    """Return {"choices": [uuid, …] as authored, "right": [uuid, …] sorted}. Reads `choice_rows`."""
    rows = sorted(question.choice_rows.all(), key=lambda row: row.position)
    return {
        "choices": [str(row.uuid) for row in rows],
        "right": sorted(str(row.uuid) for row in rows if row.is_right),
    }


def problems_of_choices(structure: Mapping[str, Any], *, exactly_one: bool) -> list[str]:
    """Return what keeps the choices from being used, in words for their author."""
    problems = []
    if len(structure["choices"]) < FEWEST_CHOICES:
        problems.append(_("A question needs at least two choices."))
    if exactly_one and len(structure["right"]) != 1:
        problems.append(
            _("Exactly one choice must be right; here it is %(count)d.") % {"count": len(structure["right"])}
        )
    if not exactly_one and not structure["right"]:
        problems.append(_("At least one choice must be right."))
    return problems


def has_words(structure: Mapping[str, Any], text: Mapping[str, Any]) -> bool:
    """Tell whether a language has words for the question and for every choice."""
    choices = text["choices"]
    return bool(text["stem"].strip()) and all(choices.get(each, "").strip() for each in structure["choices"])
