"""The queues of decisions of the apps below: what they cannot register themselves, because they know no desk."""

from django.utils.translation import gettext_lazy as _

from assessments.flagged import count_waiting
from assessments.marking_desk import count_to_mark
from certificates.decisions import Queue, register_queue


def register() -> None:
    """Add the queues of attempts and of answers."""
    register_queue(
        Queue(
            10,
            "flagged",
            _("Attempts to look at"),
            _("Something about these attempts needs a person: a clock, a repeat, an answer after the end."),
            "assessments:flagged",
            count_waiting,
        )
    )
    register_queue(
        Queue(
            20,
            "marking",
            _("Answers to mark"),
            _("Written answers that no machine marks. The result waits for them."),
            "assessments:marking",
            count_to_mark,
        )
    )
