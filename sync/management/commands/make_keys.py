"""Make the keys of the site."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from certificates.keys import make_issuer_keys
from sync.keys import make_keys


class Command(BaseCommand):
    """Write the keys that are missing; keys that are there stay."""

    help = "Make the site's keys in RELAIS_KEYS_DIR. Keep a copy of that folder apart from the database."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether to renew."""
        parser.add_argument(
            "--force",
            action="store_true",
            help="make new keys under the same root; what was sealed or issued before still opens and still holds",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make them."""
        folder = Path(settings.RELAIS_KEYS_DIR)
        written = [make(folder, renew=options["force"]) for make in (make_keys, make_issuer_keys)]
        self.stdout.write(f"{'Wrote keys to' if any(written) else 'The keys are there:'} {folder}")
