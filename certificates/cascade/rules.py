"""What makes somebody a trainer in one programme: a setting for each rule. Pure.

The defaults are those of shared/content/train-the-trainers.md, section 2. No official UNODC rule was found: they
are a proposal that each programme may change.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

# The lines of the micro-teaching rubric, in their order; each is marked from 0 to 4.
RUBRIC_LINES = ("objective", "content", "participation", "trauma", "time", "check", "adaptation")
BEST_MARK = 4
# What each number may be at most, and at least.
_BOUNDS = {
    "base_percent": (0, 100),
    "attendance_percent": (0, 100),
    "rubric_line": (0, BEST_MARK),
    "co_delivered": (0, 20),
    "observed": (0, 20),
    "lapse_months": (1, 120),
    "active_months": (1, 60),
    "mentor_after": (1, 200),
}


@dataclass(frozen=True, slots=True)
class TrainerRules:
    """The rules of one programme."""

    # Of the final test of the base course, quoted on its certificate.
    base_percent: int = 80
    # Of the minutes of the train-the-trainer cohort.
    attendance_percent: int = 90
    # Of each line of the rubric; 0 asks for no micro-teaching.
    rubric_line: int = 3
    # Sessions held beside another trainer, and sessions somebody observed and passed.
    co_delivered: int = 1
    observed: int = 1
    needs_conduct: bool = True
    # Without a session held for so long, a certified trainer lapses.
    lapse_months: int = 24
    # Who held a session within these months is active.
    active_months: int = 6
    # A certified trainer who has led so many sessions is a mentor.
    mentor_after: int = 10


DEFAULT_RULES = TrainerRules()


class TrainerRulesError(ValueError):
    """The JSON of a programme's rules has something that is no rule, or a number out of bounds."""

    def __init__(self, name: str, value: object) -> None:
        """Name the rule and what was found."""
        super().__init__(f"certificates.trainer_rules.invalid: {name} is {value!r}")
        self.name = name


def read_rules(stored: Mapping[str, Any]) -> TrainerRules:
    """Return the rules that a programme keeps; a rule it does not name has its default. Raise TrainerRulesError.

    >>> read_rules({"lapse_months": 12}).lapse_months, read_rules({}).base_percent
    (12, 80)
    """
    known = {field.name for field in fields(TrainerRules)}
    for name, value in stored.items():
        if name not in known or not _is_fit(name, value):
            raise TrainerRulesError(name, value)
    return TrainerRules(**stored)


def written_rules(rules: TrainerRules) -> dict[str, Any]:
    """Return the rules as they are kept: what is as the default is left out, so that a later default reaches it."""
    usual = asdict(DEFAULT_RULES)
    return {name: value for name, value in asdict(rules).items() if value != usual[name]}


def bounds_of(name: str) -> tuple[int, int]:
    """Return the least and the greatest value of a number among the rules."""
    return _BOUNDS[name]


def _is_fit(name: str, value: Any) -> bool:
    if name not in _BOUNDS:
        return type(value) is bool
    least, most = _BOUNDS[name]
    return type(value) is int and least <= value <= most
