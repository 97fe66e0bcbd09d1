"""manage.py load_pack PATH [--dry-run]: write a course pack's pages."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from courses.packs.errors import PackErrors
from courses.packs.writing import Report, load_pack


class Command(BaseCommand):
    """Load a course pack, whole or not at all; a second run changes nothing."""

    help = "Read a course pack strictly and publish its pages. A pack with a problem changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder, and whether to take everything back."""
        parser.add_argument("path", type=Path, help="the folder of the pack, which holds course.yaml")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load, or print every problem with its file and line."""
        try:
            report = load_pack(options["path"], dry_run=options["dry_run"])
        except PackErrors as errors:
            lines = "\n".join(f"  {problem}" for problem in errors.problems)
            msg = f"The pack was refused, nothing was changed. {len(errors.problems)} problem(s):\n{lines}"
            raise CommandError(msg) from None
        self._tell(report, dry_run=options["dry_run"], verbosity=options["verbosity"])

    def _tell(self, report: Report, *, dry_run: bool, verbosity: int) -> None:
        if verbosity > 1:
            for word in ("created", "changed", "unpublished"):
                for name in getattr(report, word):
                    self.stdout.write(f"  {word}: {name}")
        for filename, result in report.parts.items():
            self.stdout.write(f"  {filename}: {'read' if result is None else result}")
        verb = "would be " if dry_run else ""
        self.stdout.write(
            f"Pages {verb}created: {len(report.created)}, {verb}changed: {len(report.changed)}, "
            f"{verb}unpublished: {len(report.unpublished)}, unchanged: {report.unchanged}."
        )
