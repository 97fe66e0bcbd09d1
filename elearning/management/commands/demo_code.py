"""manage.py demo_code WHO: the second-step code of a person of the demo, as their telephone would show it."""

import time
from argparse import ArgumentParser
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from elearning.demo.signins import BY_NAME


class Command(BaseCommand):
    """Print a code; only where the demo is what is served."""

    help = "Print the second-step code of a person of the demo."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the short name that the sheet of make demo shows."""
        parser.add_argument("who", choices=sorted(who for who, each in BY_NAME.items() if each.is_staff))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the code of this half minute."""
        if not settings.DEMO:
            msg = "There is no demo under these settings, so there is no code to print."
            raise CommandError(msg)
        counter = int(time.time()) // app_settings.TOTP_PERIOD
        self.stdout.write(format_hotp_value(hotp_value(BY_NAME[options["who"]].totp_secret, counter)))
