"""What one certificate says, as plain facts: the award's, and how its programme wants it to look."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from certificates.pdf.wording import Language, Role

Ground = Literal["dark", "white"]


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who stands for a certificate: an office, and the name of the person who held it that day."""

    name: str
    office: str


@dataclass(frozen=True, slots=True)
class Look:
    """What a programme decides about its certificates, in the language of one of them. Empty means the usual."""

    ground: Ground = "dark"
    title: str = ""
    subtitle: str = ""
    footer: str = ""
    funding: str = ""
    shows_score: bool = True
    shows_hijri: bool = False
    seal_png: bytes = field(default=b"", repr=False)
    seal_alt: str = ""
    signatories: tuple[Signatory, ...] = ()


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """One certificate as awarded: what differs from one to the next."""

    language: Language
    issuer_name: str
    issuer_note: str  # may be empty
    holder_name: str
    holder_name_other: str  # the same name in another script, or empty
    course_title: str
    lessons_count: int
    minutes_total: int
    points: str  # as people read it: "7.5"
    out_of: str  # empty where there was nothing to score
    pass_mark_percent: int
    issued_on: dt.date
    valid_until: dt.date | None
    serial: str
    edition: str  # empty for the international one
    version: str  # of the course; empty for what is no course's
    cohort_name: str  # may be empty
    verify_url: str
    notice: str = ""  # what the site says of itself on every document
    hours_text: str = ""  # what an authority counts it for, such as "counts as 1 hour of in-service training"
    role: Role = "learner"
    look: Look = Look()
    credential: bytes = field(default=b"", repr=False)  # attached as credential.json, where there is one
