"""Name what can go wrong with certificates, one class per failure."""

from collections.abc import Sequence


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
    """Say why an enrolment has no award coming; `verdict` is certificates.eligibility's."""

    def __init__(self, verdict: str) -> None:
        """Keep the verdict."""
        super().__init__("certificates.award.not_due", verdict)
        self.verdict = verdict


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
