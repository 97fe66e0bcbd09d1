"""Derive all state again from the statements."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from records.state import rebuild_state, state_hash


class Command(BaseCommand):
    """Print the state hash; with --check, leave everything as it is and fail on a difference."""

    help = "Derive progress, scores, awards and totals again from the statements, from nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --check."""
        parser.add_argument("--check", action="store_true", help="compare with what is stored and change nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Rebuild, and compare where asked to."""
        before = state_hash()
        with transaction.atomic():
            after = rebuild_state()
            if options["check"]:
                transaction.set_rollback(True)
        self.stdout.write(after)
        if options["check"] and after != before:
            msg = f"The stored state has hash {before}; derived again it is {after}. Run rebuild_state without --check."
            raise CommandError(msg)
