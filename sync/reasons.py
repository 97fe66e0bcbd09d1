"""Why a line is held back, in words for whoever decides, and what may be decided."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    """The reasons, by codes that travel; the label says in plain words what happened."""

    LINE_UNREADABLE = "line-unreadable", _("A line cannot be read")
    SEALED_UNREADABLE = "sealed-unreadable", _("A closed line cannot be opened here")
    MALFORMED = "malformed", _("It is not in the form that devices write")
    DEVICE_UNKNOWN = "device-unknown", _("It comes from a device that is not known here")
    SIGNATURE_INVALID = "signature-invalid", _("Its signature is wrong")
    FOREIGN_ACTOR = "foreign-actor", _("A device speaks for another person")
    DEVICE_REVOKED = "device-revoked", _("It comes from a revoked device")
    LOGIN_SUSPENDED = "login-suspended", _("The account is suspended")
    VERB_NOT_YOURS = "verb-not-yours", _("A device may not say this")
    ENROLMENT_UNKNOWN = "enrolment-unknown", _("The enrolment is not known here")
    ENROLMENT_NOT_YOURS = "enrolment-not-yours", _("The enrolment is another person's")
    BEFORE_ENROLMENT = "before-enrolment", _("It is dated before the enrolment")
    FROM_THE_FUTURE = "from-the-future", _("It is dated in the future")
    PAPER_UNKNOWN = "paper-unknown", _("The test paper is not known here")
    PAPER_NOT_YOURS = "paper-not-yours", _("The test paper is another person's")
    EXAM_ON_A_DEVICE = "exam-on-a-device", _("A certifying exam was taken without the server")
    NUMBER_OUT_OF_RANGE = "number-out-of-range", _("A number in it is too large")
    ID_REUSED = "id-reused", _("Another version of it is here already")
    UNKNOWN_KIND = "unknown-kind", _("This site does not know this kind of work yet")
    UNEXPECTED = "unexpected", _("This site could not work with it")


# What a person may let pass: who said it is proven, and only the circumstances are in doubt.
ACCEPTABLE = frozenset(
    {
        Reason.DEVICE_REVOKED,
        Reason.LOGIN_SUSPENDED,
        Reason.FROM_THE_FUTURE,
        Reason.BEFORE_ENROLMENT,
        Reason.ENROLMENT_UNKNOWN,
        Reason.PAPER_UNKNOWN,
        Reason.UNEXPECTED,
    }
)
# Of these, those that a decision sets aside; the others must have cleared up by themselves.
WAIVED = frozenset({Reason.DEVICE_REVOKED, Reason.LOGIN_SUSPENDED, Reason.FROM_THE_FUTURE, Reason.BEFORE_ENROLMENT})

_EXPLANATIONS = {
    Reason.LINE_UNREADABLE: _(
        "Part of a file or message was damaged on its way. The device keeps its own copy until this site has confirmed "
        "it. Ask for the work to be sent or exported again."
    ),
    Reason.SEALED_UNREADABLE: _(
        "It was closed for the key of another site, or damaged. If it belongs to another training centre, import the "
        "file there. Otherwise ask for the work to be sent again."
    ),
    Reason.MALFORMED: _(
        "It was changed after the device wrote it, or a program other than Relais made it. What it says cannot be "
        "trusted. Nothing of it counts."
    ),
    Reason.DEVICE_UNKNOWN: _(
        "No device with this key was ever connected to this site. Perhaps it belongs to another training centre. "
        "Who did the work cannot be proven here."
    ),
    Reason.SIGNATURE_INVALID: _(
        "The text was changed after it was signed, or somebody else wrote it in the name of this device. What it says "
        "cannot be trusted. Nothing of it counts."
    ),
    Reason.FOREIGN_ACTOR: _(
        "The device belongs to one person and the work is in the name of another. Nobody can work for somebody else. "
        "Nothing of it counts."
    ),
    Reason.DEVICE_REVOKED: _(
        "The person's own key signed it, but this device was revoked, for example because it was lost. If the person "
        "did this work, accept it. If somebody else may have had the device, set it aside."
    ),
    Reason.LOGIN_SUSPENDED: _(
        "The person's own key signed it, and the account is suspended. If the work was done before the suspension and "
        "should count, accept it."
    ),
    Reason.VERB_NOT_YOURS: _(
        "Devices report reading and answers. This one tried to report something only the site may say, such as a "
        "result. Nothing of it counts."
    ),
    Reason.ENROLMENT_UNKNOWN: _(
        "The person's own key signed it, but the enrolment it belongs to has not arrived at this site. When it has, "
        "accept the work then. Until then it is safe here."
    ),
    Reason.ENROLMENT_NOT_YOURS: _("The work names an enrolment of another person. Nothing of it counts."),
    Reason.BEFORE_ENROLMENT: _(
        "The clock of the device was probably wrong: the work is dated before the person enrolled. If the person did "
        "this work, accept it."
    ),
    Reason.FROM_THE_FUTURE: _(
        "The clock of the device was more than a day ahead. If the person did this work, accept it; the wrong date "
        "stays visible."
    ),
    Reason.PAPER_UNKNOWN: _(
        "The test paper these answers belong to has not arrived at this site. When it has, accept the answers then. "
        "Until then they are safe here."
    ),
    Reason.PAPER_NOT_YOURS: _("The answers are given on a test paper of another person. Nothing of it counts."),
    Reason.EXAM_ON_A_DEVICE: _(
        "A certifying exam is only valid when it is taken with the server, opened by a trainer. Answers from a device "
        "cannot be accepted."
    ),
    Reason.NUMBER_OUT_OF_RANGE: _("No device of ours writes such a number. What it says cannot be trusted."),
    Reason.ID_REUSED: _(
        "Two texts carry the same number. The one that came first stays in force; this one is kept to compare."
    ),
    Reason.UNKNOWN_KIND: _(
        "It was made by a newer version than this site has. It is kept here until the site is updated."
    ),
    Reason.UNEXPECTED: _(
        "This is a fault of the site, not of the person. Tell whoever runs the site. After an update, accept it."
    ),
}


def label_of(code: str) -> object:
    """Return the reason in a few words; its code where no release of ours named it."""
    return Reason(code).label if code in Reason.values else code


def explanation_of(code: str) -> object:
    """Return what happened and what may be done, in plain words."""
    return _EXPLANATIONS[Reason(code)] if code in Reason.values else ""
