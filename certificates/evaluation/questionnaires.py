"""The words of the reaction form and of the follow-ups: each question, and its answers by number."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from certificates.evaluation import answering, reactions

REACTION_WORDS: dict[str, Any] = {
    "relevant": _("It fits the work I do."),
    "clear": _("What I was to learn was clear."),
    "level": _("It was neither too easy nor too hard."),
    "trainers": _("The trainers knew the subject and listened."),
    "practice": _("There was enough practice."),
    "safe": _("I could say what I think."),
    "material": _("The material worked, also without a connection."),
    "will-use": _("I will use it on duty."),
}
SCALE_WORDS: list[tuple[int, Any]] = [
    (5, _("Fully")),
    (4, _("Mostly")),
    (3, _("In part")),
    (2, _("Little")),
    (1, _("Not at all")),
]
_OFTEN = [(0, _("Never")), (1, _("Once")), (2, _("Several times")), (3, _("Every week"))]
Question = tuple[Any, list[tuple[int, Any]]]
FOLLOW_UP_WORDS: dict[str, dict[str, Question]] = {
    answering.LEARNER: {
        "used": (_("How often have you used on duty what you learnt?"), _OFTEN),
        "noticed": (
            _("Did you notice signs of trafficking that you would have missed before?"),
            [(0, _("No")), (1, _("I am not sure")), (2, _("Yes"))],
        ),
        "referred": (
            _("Did you refer somebody to protection or help?"),
            [(0, _("There was no occasion")), (1, _("No")), (2, _("Yes"))],
        ),
        "confident": (
            _("How sure of yourself are you now when you meet a possible victim?"),
            [
                (1, _("Not at all sure")),
                (2, _("A little sure")),
                (3, _("Fairly sure")),
                (4, _("Sure")),
                (5, _("Very sure")),
            ],
        ),
        "hindered": (
            _("What hinders you most?"),
            [
                (0, _("Nothing")),
                (1, _("No such case came up")),
                (2, _("There is no time for it on duty")),
                (3, _("My superiors do not back it")),
                (4, _("There is no service to refer people to")),
            ],
        ),
    },
    answering.SUPERVISOR: {
        "used": (_("How often have you seen the officer use what was taught?"), _OFTEN),
        "noticed": (
            _("Does the officer notice signs of trafficking that were missed before?"),
            [(0, _("No")), (1, _("I cannot tell")), (2, _("Yes"))],
        ),
        "supported": (
            _("Do duty plans and instructions leave room for it?"),
            [(0, _("No")), (1, _("In part")), (2, _("Yes"))],
        ),
    },
}
assert tuple(REACTION_WORDS) == reactions.ITEMS  # noqa: S101  # the words and the rules are one list
assert all(  # noqa: S101  # the same
    [value for value, _words in choices] == list(answering.ITEMS[who][item])
    for who, items in FOLLOW_UP_WORDS.items()
    for item, (_text, choices) in items.items()
)
