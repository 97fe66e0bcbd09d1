"""manage.py load_paths PATH: write the learning paths of a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from courses.packs.errors import PackErrors
from courses.paths.writing import load_paths


class Command(BaseCommand):
    """Load learning paths, whole or not at all; a second run changes nothing."""

    help = "Read a file of learning paths strictly and write them. The packs of their courses must be loaded."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file."""
        parser.add_argument("path", type=Path, help="the file, such as courses/curriculum/paths.yaml")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load, or print every problem with its line."""
        try:
            report = load_paths(options["path"])
        except PackErrors as errors:
            lines = "\n".join(f"  {problem}" for problem in errors.problems)
            msg = f"The paths were refused, nothing was changed. {len(errors.problems)} problem(s):\n{lines}"
            raise CommandError(msg) from None
        counts = f"written: {len(report.written)}, removed: {len(report.removed)}, unchanged: {report.unchanged}"
        self.stdout.write(f"Paths {counts}.")
