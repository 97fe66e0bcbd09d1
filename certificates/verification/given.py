"""Check whatever somebody has of a certificate: the text of its code, its PDF or its credential. Pure."""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote

from certificates.errors import SummaryUnreadableError
from certificates.verification.credential import Credential, check_credential, read_credential
from certificates.verification.document import MOST_BYTES, Document, read_document
from certificates.verification.judging import Dates, Issuer, Signature, Standing, Verdict, not_genuine
from certificates.verification.status import StatusLists
from certificates.verification.summaries import Trust, check_summary
from certificates.verification.summary import OPENING, Summary, read_fragment

_LONGEST_TEXT = 10_000
# A link as it is copied: with what stands before it, and perhaps broken by a mail.
_FRAGMENT = re.compile(rf"#\s*({OPENING}.*)|^({OPENING}.*)", re.DOTALL)
_MARK = b"\xef\xbb\xbf"


class Kind(StrEnum):
    """What was given."""

    LINK = "link"
    PDF = "pdf"
    CREDENTIAL = "credential"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Claims:
    """What a certificate says of itself."""

    serial: str
    name: str
    name_other: str
    title: str
    issuer: str
    language: str
    issued_on: dt.date
    valid_until: dt.date | None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What was given, what can be said of it, and what it says of itself; neither where it is no certificate."""

    kind: Kind
    verdict: Verdict | None
    claims: Claims | None = None


def check_given(content: bytes, trust: Trust, lists: StatusLists | None, today: dt.date) -> Checked:
    """Return what can be said of bytes that somebody brought. Nothing is fetched; larger files are not read."""
    if len(content) > MOST_BYTES:
        return Checked(Kind.OTHER, None)
    if content.startswith(b"%PDF-"):
        return _check_pdf(content, trust, lists, today)
    content = content.removeprefix(_MARK).strip()
    try:
        if content.startswith(b"{"):
            credential = read_credential(content)
            return Checked(
                Kind.CREDENTIAL, check_credential(credential, trust, lists, today), claims_of_credential(credential)
            )
        said = read_fragment(fragment_in(content))
    except SummaryUnreadableError:
        return Checked(Kind.OTHER, None)
    return Checked(Kind.LINK, check_summary(said, trust, lists, today), claims_of_summary(said.summary))


def fragment_in(content: bytes) -> str:
    """Return the signed text in a link as somebody pasted it; raise SummaryUnreadableError where there is none."""
    found = _FRAGMENT.search(content.decode(errors="replace").strip()) if len(content) <= _LONGEST_TEXT else None
    if found is None:
        msg = "no link of a certificate"
        raise SummaryUnreadableError(msg)
    return "".join(unquote(found[1] or found[2]).split())


def claims_of_summary(summary: Summary) -> Claims:
    """Return what a link says."""
    return Claims(
        serial=summary.serial,
        name=summary.name,
        name_other=summary.name_other,
        title=summary.title,
        issuer=summary.issuer,
        language=summary.language,
        issued_on=summary.issued_on,
        valid_until=summary.valid_until,
        version=summary.version,
    )


def claims_of_credential(said: Credential) -> Claims:
    """Return what a credential says."""
    name, name_other, *_more = (*said.names, "", "")
    return Claims(
        serial=said.serial,
        name=name,
        name_other=name_other,
        title=said.title,
        issuer=said.issuer,
        language=said.language,
        issued_on=said.issued_on,
        valid_until=said.valid_until,
    )


def _check_pdf(content: bytes, trust: Trust, lists: StatusLists | None, today: dt.date) -> Checked:
    """Check the signature over the whole file first: only then does what is attached to it say anything."""
    document = read_document(content, trust)
    if document.signature != Signature.GENUINE:
        return Checked(Kind.PDF, not_genuine(document.signature, document.issuer))
    credential = _credential_in(document)
    if credential is None:
        return Checked(Kind.PDF, Verdict(document.signature, document.issuer, Standing.UNKNOWN, Dates.NO_END))
    verdict = check_credential(credential, trust, lists, today)
    if document.issuer != Issuer.TRUSTED:
        verdict = Verdict(document.signature, document.issuer, Standing.UNKNOWN, verdict.dates)
    return Checked(Kind.PDF, verdict, claims_of_credential(credential))


def _credential_in(document: Document) -> Credential | None:
    for each in document.attached:
        try:
            return read_credential(each)
        except SummaryUnreadableError:
            continue
    return None
