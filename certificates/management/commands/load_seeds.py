"""manage.py load_seeds: programmes and cohorts from before this site."""

from typing import Any

from django.core.management.base import BaseCommand

from certificates.actions import load_seeds


class Command(BaseCommand):
    """Add what is missing; a second run changes nothing."""

    help = "Add the programmes and cohorts that are known from before this site. They name no person."

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load, and say how many are new."""
        programmes, cohorts = load_seeds()
        if options["verbosity"]:
            self.stdout.write(f"{programmes} programmes and {cohorts} cohorts added.")
