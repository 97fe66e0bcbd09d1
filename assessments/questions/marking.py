"""How each kind marks a response: pure, so that every node marks alike. The registry adds the rest."""

from collections.abc import Callable, Mapping
from typing import Any

from assessments.questions.multiple_choice.marking import mark_multiple_choice
from assessments.questions.single_choice.marking import mark_single_choice
from assessments.questions.true_false.marking import mark_true_false

# A full mark, in thousandths of a point: partial credit stays a whole number.
FULL_MARK_MILLI = 1000

Marker = Callable[[Mapping[str, Any], Any], int]

MARKERS: dict[str, Marker] = {
    "single_choice": mark_single_choice,
    "multiple_choice": mark_multiple_choice,
    "true_false": mark_true_false,
}
