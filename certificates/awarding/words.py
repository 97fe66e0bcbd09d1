"""What is missing for an award, in words for the reader."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from assessments.models import Quiz
from certificates.awarding.renewing import Standing
from certificates.eligibility import Unmet, Verdict, read_unmet
from certificates.hours import hours_text

_PLAIN: dict[Verdict, Any] = {
    Verdict.ALREADY_ISSUED: _("The certificate was issued before. There is never a second one."),
    Verdict.IS_TRAINER: _("This person trains in the course. Trainers receive no certificate for learners."),
    Verdict.NOT_COMPLETED: _("Not all parts of the course are completed."),
    Verdict.NO_TEST: _("The course has no test, so there is nothing to attest."),
    Verdict.NO_ATTENDANCE: _("No attendance is known here. Take the list of a session first."),
}
_STANDINGS: dict[str, Any] = {
    Standing.NOT_YET: _("The renewal is not open yet."),
    Standing.NO_END: _("This certificate has no end date, so there is nothing to renew."),
    Standing.WITHDRAWN: _("This certificate was withdrawn, so it can't be renewed."),
    Standing.UNDER_WAY: _("The renewal has begun already."),
    Standing.RENEWED: _("This certificate was renewed already."),
    Standing.BY_TEST: _("This certificate is renewed by its holder, with a test. Invite the person instead."),
    Standing.BY_COORDINATOR: _("A coordinator renews this certificate. Ask yours."),
}


def say_unmet(unmet: Unmet) -> str:
    """Return one unmet condition as a sentence, with what was wanted and what there is."""
    if unmet.verdict in _PLAIN:
        return str(_PLAIN[unmet.verdict])
    return _SAID[unmet.verdict](unmet)


def say_stored(stored: Sequence[Any]) -> list[str]:
    """Return the conditions that a line of a run keeps, as sentences."""
    return [say_unmet(read_unmet(each)) if isinstance(each, list) else _failed(str(each)) for each in stored]


def say_renewal(why: str) -> str:
    """Return why a certificate can't be renewed in this way today."""
    return str(_STANDINGS.get(why, ""))


def _failed(code: str) -> str:
    said = gettext("An error stopped this one (%(code)s). Nothing was issued; the others were not touched. Try again.")
    return said % {"code": code}


def _not_passed(unmet: Unmet) -> str:
    said = ngettext(
        "%(found)s of %(count)s test is passed.", "%(found)s of %(count)s tests are passed.", int(unmet.wanted or 0)
    )
    return said % {"found": unmet.found or 0, "count": unmet.wanted}


def _wrong_class(unmet: Unmet) -> str:
    label = dict(Quiz.Class.choices).get(str(unmet.wanted), unmet.wanted)
    return gettext("The rule wants a test of this class: %(kind)s. None was passed.") % {"kind": label}


def _score(unmet: Unmet) -> str:
    said = gettext("The score is %(found)s%%; the rule wants %(wanted)s%%.")
    return said % {"found": unmet.found, "wanted": unmet.wanted}


def _attendance(unmet: Unmet) -> str:
    said = gettext("Attendance is %(found)s%%; the rule wants %(wanted)s%%.")
    return said % {"found": unmet.found or 0, "wanted": unmet.wanted}


def _minutes(unmet: Unmet) -> str:
    said = gettext("%(found)s hours were attended; the rule wants %(wanted)s hours.")
    return said % {"found": hours_text(int(unmet.found or 0)), "wanted": hours_text(int(unmet.wanted or 0))}


def _not_certified(unmet: Unmet) -> str:
    if not unmet.found:
        return gettext("The programme has not certified this person as a trainer.")
    said = gettext("The programme has not certified this person as a trainer. State: %(state)s.")
    return said % {"state": unmet.found}


_SAID: dict[Verdict, Callable[[Unmet], str]] = {
    Verdict.NOT_PASSED: _not_passed,
    Verdict.WRONG_CLASS: _wrong_class,
    Verdict.SCORE_TOO_LOW: _score,
    Verdict.ATTENDANCE_TOO_LOW: _attendance,
    Verdict.TOO_FEW_MINUTES: _minutes,
    Verdict.NOT_CERTIFIED: _not_certified,
}
