"""Certificates as files: words, page, code, attachment, signature. Plain facts in, bytes out; no database."""

from certificates.pdf.document import CREDENTIAL_FILE, render_certificate, render_preview
from certificates.pdf.facts import CertificateFacts, Look, Signatory
from certificates.pdf.signing import PdfSigner
from certificates.pdf.texts import clean_text
from certificates.pdf.wording import LANGUAGES, Language, Role, Words, print_language, words_of

__all__ = [
    "CREDENTIAL_FILE",
    "LANGUAGES",
    "CertificateFacts",
    "Language",
    "Look",
    "PdfSigner",
    "Role",
    "Signatory",
    "Words",
    "clean_text",
    "print_language",
    "render_certificate",
    "render_preview",
    "words_of",
]
