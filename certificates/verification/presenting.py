"""What was checked, as a page shows it: headline, facts in words, and what the certificate says of itself."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format

from certificates.verification.given import Checked, Claims
from certificates.verification.judging import Issuer, Reason, Signature, Verdict
from certificates.verification.words import FACTS, HEADLINES, TONES

ICONS = {"": "check", "warn": "clock", "bad": "alert"}


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact in words."""

    tone: str
    heading: str
    text: str

    @property
    def icon(self) -> str:
        """The icon of its tone."""
        return ICONS[self.tone]


@dataclass(frozen=True, slots=True)
class Presented:
    """What the partial _checked.html shows."""

    reason: str
    headline: str
    lede: str
    facts: tuple[Fact, ...]
    claims: Claims | None
    is_confirmed: bool


def presented(checked: Checked) -> Presented:
    """Return what a page shows of a check, in the active language."""
    reason = checked.verdict.reason if checked.verdict else Reason.UNREADABLE
    headline, lede = HEADLINES[reason]
    facts = _facts(checked.verdict, checked.claims) if checked.verdict else ()
    is_confirmed = checked.verdict is not None and checked.verdict.issuer == Issuer.TRUSTED
    return Presented(reason, str(headline), str(lede), facts, checked.claims, is_confirmed)


def codes_of(verdict: Verdict) -> list[str]:
    """Return the codes of the facts to show; of what is not genuine no list is asked and no date counts."""
    codes = [f"signature.{verdict.signature}", f"issuer.{verdict.issuer}"]
    if verdict.issuer not in (Issuer.TRUSTED, Issuer.WRONGLY_DELEGATED) or verdict.signature != Signature.GENUINE:
        return [*codes, "standing.not-asked"]
    return [*codes, f"standing.{verdict.standing}", f"dates.{verdict.dates}"]


def words_for_scripts() -> dict[str, Any]:
    """Return the same words for static/relais/js/verify, in the active language."""
    facts = {code: [str(heading), str(text), TONES.get(code, "")] for code, (heading, text) in FACTS.items()}
    return {"headlines": {code: [str(each) for each in words] for code, words in HEADLINES.items()}, "facts": facts}


def _facts(verdict: Verdict, claims: Claims | None) -> tuple[Fact, ...]:
    values = {
        "issuer": claims.issuer if claims else "",
        "listed": _day(verdict.listed_on),
        "issued": _day(claims.issued_on) if claims else "",
        "until": _day(claims.valid_until) if claims else "",
    }
    return tuple(
        Fact(TONES.get(code, ""), str(FACTS[code][0]) % values, str(FACTS[code][1]) % values)
        for code in codes_of(verdict)
    )


def _day(day: dt.date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""
