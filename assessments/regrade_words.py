"""What a learner reads about a question that was marked anew."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from assessments.answering import AttemptLog
from assessments.drawing import Sheet
from assessments.regrading import rulings_in
from assessments.scoring import DROP, FULL, KEY

if TYPE_CHECKING:
    from django.utils.functional import Promise

_WORDS = {
    KEY: _("There was a mistake in what counted as right. Your answer was marked again."),
    FULL: _("There was a mistake in the question. Everybody has the full mark for it."),
    DROP: _("There was a mistake in the question. It does not count for the score."),
}


@dataclass(frozen=True, slots=True)
class AnewLine:
    """One question of an attempt that was marked anew: its number, what was done, and why where that may be read."""

    number: int
    words: "str | Promise"
    reason: str


def anew_lines(log: AttemptLog, sheet: Sheet, *, keys_are_open: bool) -> list[AnewLine]:
    """Return the questions that were marked anew, in their order.

    The reason is somebody's own words, and may say which answer is right: it waits until the keys are open.
    """
    stand = rulings_in(log, sheet)
    return [
        AnewLine(number, _WORDS[ruling.rule], ruling.reason if keys_are_open else "")
        for number, item in enumerate(sheet.items, 1)
        if (ruling := stand.get(item.question))
    ]
