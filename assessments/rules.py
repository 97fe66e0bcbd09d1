"""What the rules of a quiz may be together. Pure: it reads the fields of a quiz, or of what stands for one."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from assessments.drawing import AT_END, AT_ONCE, CERTAINTY, PRACTICE, TRIES

# These tell the key while the quiz is open: what a device may tell, it has to hold.
TELLS_AT_ONCE = frozenset({AT_ONCE, TRIES})
BEHAVIOURS = frozenset({AT_END, AT_ONCE, TRIES, CERTAINTY})
HUNDRED_PERCENT = 100


def problems_of_rules(quiz: Any) -> list[str]:
    """Return what does not go together in the rules of a quiz, in words for a trainer; nothing where all does."""
    return list(_problems(quiz))


def _problems(quiz: Any) -> Iterator[str]:
    if quiz.behaviour in TELLS_AT_ONCE and quiz.quiz_class != PRACTICE:
        yield _(
            "Only a practice quiz can say at once what is right, or allow several tries: the right answers of a test "
            "stay closed until it is handed in. Choose practice, or let the answers be marked at the end."
        )
    if quiz.behaviour == TRIES and not 0 <= quiz.penalty_percent <= HUNDRED_PERCENT:
        yield _("A wrong try can cost from 0 to 100 per cent of a question.")
