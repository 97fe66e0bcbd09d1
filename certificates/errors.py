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
