"""Name what can go wrong with certificates, one class per failure."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _


class CertificateError(Exception):
    """Carry a stable code beside a message for developers."""

    def __init__(self, code: str, message: str) -> None:
        """Keep the code where callers can look their own text up by it."""
        super().__init__(f"{code}: {message}")
        self.code = code


class CertificateRenderError(CertificateError):
    """Say that no trustworthy PDF could be made."""


class UnprintableTextError(CertificateRenderError):
    """Name the characters that none of the certificate's fonts can draw."""

    def __init__(self, field: str, characters: Sequence[str]) -> None:
        """List code points, not the text: names stay out of the logs."""
        points = ", ".join(f"U+{ord(character):04X}" for character in characters)
        super().__init__("certificates.pdf.unprintable", f"no font draws {points} in {field}")
        self.field = field
        self.characters = tuple(characters)


class AwardNotDueError(CertificateError):
    """Say why an enrolment has no award coming; `verdict` and `unmet` are certificates.eligibility's."""

    def __init__(self, verdict: str, unmet: Sequence[Any] = ()) -> None:
        """Keep the verdict, and all that is unmet."""
        super().__init__("certificates.award.not_due", verdict)
        self.verdict = verdict
        self.unmet = tuple(unmet)


class CourseUnpublishedError(CertificateError):
    """Say that no page of the course says what its award is called and how long it holds."""

    def __init__(self, course: object) -> None:
        """Name the course by its id."""
        super().__init__("certificates.award.course_unpublished", f"course {course} has no live page here")


class AwardRefusedError(CertificateError):
    """Say that the record quarantined the statement of an award."""

    def __init__(self, reason: str) -> None:
        """Keep the record's reason."""
        super().__init__("certificates.award.refused", reason)


class UnknownReasonError(CertificateError):
    """Say that a reason for withdrawing is none of the list."""

    def __init__(self, reason: str) -> None:
        """Name the value and what is accepted."""
        from certificates.reasons import RevocationReason  # noqa: PLC0415  # translated texts need Django

        super().__init__(
            "certificates.award.reason_unknown", f"{reason!r}; accepted: {', '.join(RevocationReason.values)}"
        )


class HolderNameMissingError(CertificateError):
    """Say that the name on an award is not here: erased, not arrived yet, or not the one that was awarded."""

    def __init__(self, serial: str) -> None:
        """Name the award by its number."""
        super().__init__("certificates.award.name_missing", f"no name that fits the statement of {serial}")


class IssuerKeysMissingError(CertificateError):
    """Say that the site has no keys to sign certificates with, and makes none by itself where others' data is."""

    def __init__(self) -> None:
        """Name the command that makes them."""
        super().__init__("certificates.keys.missing", "this site has no keys yet. Run: manage.py make_keys")


class PlanningError(CertificateError):
    """A refusal in planning a programme, a cohort or a session, with a text for the reader."""

    stable_code = "certificates.planning.refused"
    text: Any = _("This could not be done. Nothing was changed.")

    def __init__(self, detail: str = "") -> None:
        """Keep what a developer needs to know."""
        super().__init__(self.stable_code, detail)


class StageRefusedError(PlanningError):
    """Say that a cohort can't go from its stage to the one asked for."""

    stable_code = "certificates.cohort.stage_refused"
    text = _("This cohort cannot go there from the stage it is in. Nothing was changed. Look at its stage again.")


class ParentRefusedError(PlanningError):
    """Say that a cohort would grow out of itself."""

    stable_code = "certificates.cohort.parent_refused"
    text = _("A cohort cannot grow out of itself or out of a cohort that grew out of it. Choose another.")


class CountryOutOfScopeError(PlanningError):
    """Say that a programme names a country that the login does not run, or none."""

    stable_code = "certificates.programme.country_out_of_scope"
    text = _("You can plan for the countries that you coordinate. Nothing was saved. Take the other countries out.")


class SessionClosedError(PlanningError):
    """Say that a session was cancelled, so that nobody can have been there."""

    stable_code = "certificates.session.cancelled"
    text = _("This session was cancelled. No attendance is taken for it.")


class AttendeeUnknownError(PlanningError):
    """Say that somebody on a list does not belong to the cohort, or is not visible to who takes it."""

    stable_code = "certificates.attendance.person_unknown"
    text = _("Somebody on this list is not in the cohort any more. Nothing was saved. Open the list again.")


class AttendanceCodeError(PlanningError):
    """Say why an attendance code does not count; `reason` is one of certificates.programmes.door_codes."""

    stable_code = "certificates.attendance.code_refused"
    text = _("This code does not count. Nothing was recorded. Ask your trainer to show the code again.")

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason = reason


class SummaryUnreadableError(CertificateError):
    """Say that a text or some bytes are no signed summary of a certificate."""

    def __init__(self, why: str) -> None:
        """Keep what a developer wants to know; the text itself may hold a name."""
        super().__init__("certificates.summary.unreadable", why)


class AttendanceRefusedError(PlanningError):
    """Say that the record quarantined a statement of attendance."""

    stable_code = "certificates.attendance.refused"


class AwardSupersededError(CertificateError):
    """Say that a later version has the number of an award, so that this one can't stand again."""

    def __init__(self, serial: str) -> None:
        """Name the award by its number."""
        super().__init__("certificates.award.superseded", f"a later version of {serial} took its place")


class AwardWithdrawnError(CertificateError):
    """Say that an award does not stand, so that nothing can be made of it."""

    def __init__(self, serial: str) -> None:
        """Name the award by its number."""
        super().__init__("certificates.award.withdrawn", f"{serial} was withdrawn")


class NameUnchangedError(CertificateError):
    """Say that an award bears the person's name as it is, so that there is nothing to correct."""

    def __init__(self, serial: str) -> None:
        """Name the award by its number."""
        super().__init__("certificates.award.name_unchanged", f"{serial} bears this name already")


class RenewalNotOpenError(CertificateError):
    """Say that an award can't be renewed now, or not in this way; `why` is a Standing of awarding.renewing."""

    def __init__(self, why: str) -> None:
        """Keep the reason."""
        super().__init__("certificates.award.renewal_not_open", why)
        self.why = why


class EvidenceRefusedError(PlanningError):
    """Say that the record quarantined a statement of evidence."""

    stable_code = "certificates.evidence.refused"
    text = _("The record did not take this. Nothing was saved. Tell whoever runs the site.")


class EvidenceUnfitError(PlanningError):
    """Say that what is given as evidence is none: a mark is missing, or the session is of another programme."""

    stable_code = "certificates.evidence.unfit"
    text = _("This does not fit the kind of evidence. Nothing was saved. Look at the marks and the session again.")


class FollowUpClosedError(PlanningError):
    """Say that a person is asked nothing for this cohort now."""

    stable_code = "certificates.follow_up.closed"
    text = _("These questions are not open to you now. Nothing was saved.")


class FollowUpRefusedError(PlanningError):
    """Say that the record quarantined an answer."""

    stable_code = "certificates.follow_up.refused"
    text = _("The record did not take this answer. Nothing was saved. Tell whoever runs the site.")


class SupervisorCodeError(PlanningError):
    """Say that a code for supervisors is wrong, used or too old: which of them is nobody's business."""

    stable_code = "certificates.supervisor_code.refused"
    text = _("This code is wrong, or it was used, or it is too old. Look at the paper again, or ask for a new one.")


class ReactionClosedError(PlanningError):
    """Say that a person can't answer a cohort's reaction form: not there, or not begun."""

    stable_code = "certificates.reaction.closed"
    text = _("This form is for the people who learnt in this cohort. Nothing was saved.")


class ReactionGivenError(PlanningError):
    """Say that the person has answered before."""

    stable_code = "certificates.reaction.given"
    text = _(
        "You have answered this form already. Your first answers were counted, and nobody can take them out again."
    )


class SealRefusedError(CertificateError):
    """Say that a picture was not taken as a seal; `text` is for the reader."""

    _TEXTS: ClassVar[dict[str, Any]] = {
        "size": _("The file is larger than 2 MB. Nothing was changed. Save the picture smaller and try again."),
        "unreadable": _("This is not a PNG, JPEG or WebP picture. Nothing was changed. Choose another file."),
        "too_large": _("The picture is more than 5000 dots wide or high. Nothing was changed. Make it smaller."),
        "too_small": _("The picture is less than 120 dots wide or high: it would print blurred. Choose a larger one."),
    }

    def __init__(self, why: str) -> None:
        """Keep the reason."""
        super().__init__("certificates.design.seal_refused", why)
        self.text = self._TEXTS[why]


class DesignUnprintableError(CertificateError):
    """Say that a certificate of this look can't be printed: a text too long, or letters that no font draws."""

    def __init__(self, cause: CertificateRenderError) -> None:
        """Keep the printer's reason."""
        super().__init__("certificates.design.unprintable", str(cause))
        self.cause = cause


class DesignRefusedError(CertificateError):
    """Say what about a design can't be saved; `text` is for the reader."""

    _TEXTS: ClassVar[dict[str, Any]] = {
        "seal_alt": _("Say in a few words what the seal shows: a screen reader reads it aloud."),
        "too_many": _("At most three people sign a certificate of one day. Nothing was saved."),
        "too_long": _("A text is longer than 200 letters. Nothing was saved."),
        "officer_half": _("A signatory needs both a name and an office. Nothing was saved."),
        "officer_days": _("A signatory's last day lies before the first. Nothing was saved."),
    }

    def __init__(self, why: str) -> None:
        """Keep the reason."""
        super().__init__("certificates.design.refused", why)
        self.text = self._TEXTS[why]
