"""Say whether a certificate is what it says: a PDF, a credential, or the text of its code."""

import argparse
import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from certificates.credentials.status import signed_status
from certificates.errors import IssuerKeysMissingError
from certificates.keys import issuer_keys
from certificates.verification.document import MOST_BYTES
from certificates.verification.given import Checked, check_given
from certificates.verification.judging import Reason
from certificates.verification.presenting import presented
from certificates.verification.status import read_status
from certificates.verification.summaries import Trust


class Command(BaseCommand):
    """Check one certificate; exit with 1 where it is not valid."""

    help = "Check a certificate: a PDF, a credential (JSON) or a text with its link; exit with 1 where it is not valid."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the file, and what to check it against where this is not the site that issued it."""
        parser.add_argument("file", help="PDF, JSON or text; - reads from the standard input")
        parser.add_argument("--json", action="store_true", help="answer as one JSON object")
        parser.add_argument("--root", help="root key to trust (base64 of its SPKI); this site's where left out")
        parser.add_argument("--issuer", help="name that only the owner of this root may bear; this site's if left out")
        parser.add_argument("--status", type=Path, help="signed status list (status.json); this site's, as of now")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print what can be said; exit with 1 where the certificate is not valid."""
        try:
            checked = _check(_read(options["file"]), options)
        except (OSError, IssuerKeysMissingError, ValueError) as error:
            raise CommandError(str(error), returncode=2) from error
        said = told(checked)
        self.stdout.write(json.dumps(said, ensure_ascii=False) if options["json"] else _in_words(checked))
        if not said["valid"]:
            sys.exit(1)


def told(checked: Checked) -> dict[str, Any]:
    """Return what the command says as JSON; what is not known is null."""
    verdict, claims = checked.verdict, checked.claims
    return {
        "valid": verdict is not None and verdict.is_valid,
        "reason": verdict.reason if verdict else Reason.UNREADABLE,
        "kind": checked.kind,
        "signature": verdict.signature if verdict else None,
        "issuer_trusted": verdict.issuer if verdict else None,
        "standing": verdict.standing if verdict else None,
        "dates": verdict.dates if verdict else None,
        "list_of": _iso(verdict.listed_on) if verdict else None,
        "issuer": claims.issuer if claims else None,
        "number": claims.serial if claims else None,
        "name": claims.name if claims else None,
        "name_other": claims.name_other if claims else None,
        "title": claims.title if claims else None,
        "issued_on": _iso(claims.issued_on) if claims else None,
        "valid_until": _iso(claims.valid_until) if claims else None,
    }


def _check(content: bytes, options: dict[str, Any]) -> Checked:
    now = timezone.now()
    trust = Trust(options["root"] or issuer_keys().root_spki, options["issuer"] or settings.ISSUER_NAME)
    status = json.loads(options["status"].read_text(encoding="utf-8")) if options["status"] else signed_status(now)
    return check_given(content, trust, read_status(status, trust.root_spki), now.astimezone(dt.UTC).date())


def _read(name: str) -> bytes:
    """Return at most a byte more than any certificate has."""
    if name == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    with Path(name).open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _in_words(checked: Checked) -> str:
    shown = presented(checked)
    lines = [shown.headline, shown.lede, *(f"- {fact.heading}. {fact.text}" for fact in shown.facts)]
    if shown.claims:
        lines.append(f"{shown.claims.serial}: {shown.claims.name}, {shown.claims.title}")
    return "\n".join(lines)


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
