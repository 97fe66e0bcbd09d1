"""What is said of trainers' states and rules on pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from certificates.cascade.evidence import RETRACTIONS
from certificates.cascade.rules import RUBRIC_LINES
from certificates.cascade.standing import Rule, RuleLine, TrainerState

STATES: dict[str, Any] = {
    TrainerState.NONE: pgettext_lazy("trainer", "Not a candidate yet"),
    TrainerState.CANDIDATE: pgettext_lazy("trainer", "Candidate"),
    TrainerState.TRAINED: pgettext_lazy("trainer", "Trained"),
    TrainerState.CERTIFIED: pgettext_lazy("trainer", "Certified"),
    TrainerState.MENTOR: pgettext_lazy("trainer", "Mentor"),
    TrainerState.LAPSED: pgettext_lazy("trainer", "Lapsed"),
}
# The tag that goes with a state: a colour never stands alone, the word is beside it.
TONES = {
    TrainerState.CERTIFIED: "good",
    TrainerState.MENTOR: "good",
    TrainerState.LAPSED: "warn",
    TrainerState.TRAINED: "line",
    TrainerState.CANDIDATE: "line",
    TrainerState.NONE: "line",
}
RULES: dict[str, Any] = {
    Rule.BASE: _("Certificate of the base course"),
    Rule.ATTENDANCE: _("Attendance of the training of trainers"),
    Rule.RUBRIC: _("Micro-teaching, weakest line"),
    Rule.CO_DELIVERED: _("Sessions held beside another trainer"),
    Rule.OBSERVED: _("Sessions observed and passed"),
    Rule.CONDUCT: _("Code of conduct signed"),
    Rule.RECENT: _("Last session held"),
    Rule.MENTOR: _("Sessions led, to be a mentor"),
}
RUBRIC: dict[str, Any] = {
    "objective": _("The objective is clear"),
    "content": _("The content is right and its sources are named"),
    "participation": _("The group takes part"),
    "trauma": _("The language respects trauma"),
    "time": _("The time is kept"),
    "check": _("Learning is checked"),
    "adaptation": _("It is adapted to the local law and practice"),
}
RETRACTION_REASONS: dict[str, Any] = {
    "entry-error": _("It was entered by mistake"),
    "wrong-person": _("It is about another person"),
    "not-valid": _("It does not hold any more"),
}
assert tuple(RUBRIC) == RUBRIC_LINES  # noqa: S101  # the words and the rules are one list
assert tuple(RETRACTION_REASONS) == RETRACTIONS  # noqa: S101  # the same
_PERCENT = {Rule.BASE, Rule.ATTENDANCE}
_NOTHING = _("Nothing known")


def state_words(state: str) -> Any:
    """Return a state in words; its code where no release of ours named it."""
    return STATES.get(state, state)


def tone_of(state: str) -> str:
    """Return the kind of tag of a state."""
    return TONES.get(TrainerState(state), "line") if state in TrainerState._value2member_map_ else "line"


def asked_words(line: RuleLine) -> Any:
    """Return what a rule asks, in words."""
    if not line.asked:
        return _("Not asked for")
    if line.rule in _PERCENT:
        return _("%(percent)s%% or more") % {"percent": line.asked}
    if line.rule == Rule.RUBRIC:
        return _("%(mark)s of 4 or more") % {"mark": line.asked}
    if line.rule == Rule.CONDUCT:
        return _("Signed")
    if line.rule == Rule.RECENT:
        months = ngettext_lazy("Within %(count)s month", "Within %(count)s months", "count")
        return months % {"count": line.asked}
    return _("%(number)s or more") % {"number": line.asked}


def found_words(line: RuleLine) -> Any:
    """Return what was found, in words: nothing known is not zero."""
    if line.found is None:
        return _NOTHING
    if line.rule in _PERCENT:
        return _("%(percent)s%%") % {"percent": line.found}
    if line.rule == Rule.RUBRIC:
        return _("%(mark)s of 4") % {"mark": line.found}
    if line.rule == Rule.CONDUCT:
        return _("Signed") if line.found else _("Not signed")
    if line.rule == Rule.RECENT:
        months = ngettext_lazy("%(count)s month ago", "%(count)s months ago", "count")
        return months % {"count": line.found} if line.found else _("This month")
    return str(line.found)
