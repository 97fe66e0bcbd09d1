"""manage.py run_due: all timed work, once; put it on a timer."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from elearning.lib.due import due_names, run_due_works


class Command(BaseCommand):
    """Do what has become due: publishing, reminders, mail, long work that was left. Safe to run at any time."""

    help = (
        "Do all timed work, once: publish scheduled pages, remind of certificates that end, send e-mail, go on with "
        "work that a stopped process left. Put it on a timer, every five minutes. Safe to run twice at once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the form of the answer, and names."""
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of lines")
        parser.add_argument("--only", action="append", default=[], metavar="NAME", help="only this work (repeatable)")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run, report, and end with status 1 when anything failed."""
        if unknown := sorted(set(options["only"]) - set(due_names())):
            msg = f"there is no timed work {', '.join(unknown)}; there is: {', '.join(due_names())}"
            raise CommandError(msg)
        results = run_due_works(timezone.now(), options["only"])
        failed = [each.name for each in results if each.error]
        if options["json"]:
            self.stdout.write(json.dumps({"ok": not failed, "works": [asdict(each) for each in results]}))
        else:
            for each in results:
                self.stdout.write(f"{each.name}: {each.error or each.done}")
        if failed:
            msg = f"failed: {', '.join(failed)}"
            raise CommandError(msg)
