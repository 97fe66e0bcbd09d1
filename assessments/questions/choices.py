"""What the two kinds with choices share: what a structure lacks, how choices are shown and read.

A structure is {"choices": [uuid, …] as authored, "right": [uuid, …] sorted}.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.errors import ResponseRefusedError
from assessments.questions.kind import Shown, Structure, Text

FEWEST_CHOICES = 2


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """One choice as a player sees it."""

    value: str
    text: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChoices(Shown):
    """A question with choices as a player sees it."""

    choices: tuple[ShownChoice, ...]


def problems_of_choices(structure: Structure, *, exactly_one: bool) -> list[str]:
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


def show_choices(text: Text, order: Sequence[str], chosen: Sequence[str]) -> tuple[ShownChoice, ...]:
    """Return the choices in the paper's order."""
    return tuple(ShownChoice(value, text["choices"][value], value in chosen) for value in order)


def words_of(text: Text, values: Sequence[str]) -> list[str]:
    """Return the words of some choices."""
    return [text["choices"][value] for value in values if value in text["choices"]]


def check_choices(values: Sequence[str], known: Sequence[str]) -> None:
    """Raise ResponseRefusedError for a choice of another question, or one given twice."""
    if len(set(values)) != len(values) or not set(values) <= set(known):
        raise ResponseRefusedError
