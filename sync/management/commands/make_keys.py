"""Make the keys of the site."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from sync.keys import make_keys


class Command(BaseCommand):
    """Write the keys that are missing; keys that are there stay."""

    help = "Make the site's keys in RELAIS_KEYS_DIR. Keep a copy of that folder apart from the database."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether to renew."""
        parser.add_argument(
            "--force",
            action="store_true",
            help="make new signing and sealing keys under the same root; what was sealed before still opens",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make them."""
        folder = Path(settings.RELAIS_KEYS_DIR)
        was_written = make_keys(folder, renew=options["force"])
        self.stdout.write(f"{'Wrote keys to' if was_written else 'The keys are there:'} {folder}")
