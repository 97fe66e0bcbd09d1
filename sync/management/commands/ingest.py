"""Take in a file that devices exported."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.actions import record_audit
from sync.errors import ParcelRefusedError
from sync.lines import lines_of
from sync.receiving import receive_in_parts


class Command(BaseCommand):
    """Read a parcel of any length, a chunk at a time; the same file again changes nothing."""

    help = "Take in a file of saved work (.relais). Refused lines are kept with their reasons."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and how to tell."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Take it in."""
        accepted = known = lines = 0
        held: list[dict[str, str]] = []
        try:
            with options["file"].open("rb") as file:
                for part in receive_in_parts(lines_of(file), carried_by=None, now=timezone.now()):
                    accepted, known, lines = accepted + len(part.accepted), known + len(part.known), lines + part.lines
                    held += [{"id": each.id, "reason": each.reason} for each in part.held]
        except (ParcelRefusedError, OSError) as error:
            raise CommandError(str(error)) from error
        detail = {"lines": lines, "accepted": accepted, "known": known, "held": len(held)}
        record_audit(by=None, act="work.imported", detail=detail)
        if options["json"]:
            found = {"accepted": accepted, "known": known, "quarantined": held, "lines": lines}
            self.stdout.write(json.dumps(found))
        else:
            self.stdout.write(f"{lines} lines: {accepted} accepted, {known} known, {len(held)} held back")
            for each in held:
                self.stdout.write(f"  {each['id'] or '(unreadable)'}: {each['reason']}")
