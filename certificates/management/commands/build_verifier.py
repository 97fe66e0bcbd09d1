"""Write the page that checks certificates as one HTML file, for a USB stick."""

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from certificates.verification.single_file import single_file


class Command(BaseCommand):
    """Build the verifier with the lists of this moment inside."""

    help = "Write the page that checks certificates without a network as one HTML file."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take where to write, and the language."""
        parser.add_argument("file", type=Path, help="where to write it, such as relais-verify.html")
        codes = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--language", choices=codes, default=settings.LANGUAGE_CODE)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the file whole or not at all."""
        target: Path = options["file"]
        part = target.with_name(f"{target.name}.part")
        part.write_text(single_file(options["language"]), encoding="utf-8")
        part.replace(target)
        self.stdout.write(f"{target}: {target.stat().st_size} bytes")
