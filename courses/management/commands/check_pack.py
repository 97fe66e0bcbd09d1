"""manage.py check_pack: find what a pack lacks to be complete, sourced, plain and well set."""

import dataclasses
import json
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from courses.packs.checking.running import Checked, check_folders
from courses.packs.checking.table import as_lines, rows_of, with_table


class Command(BaseCommand):
    """Put packs through every rule; end with status 1 when one finds something."""

    help = "Check course packs: languages, sources, lengths, reading level, typography, questions. Changes nothing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take folders, or all of the curriculum."""
        parser.add_argument("paths", nargs="*", type=Path, help="folders of packs, each with its course.yaml")
        parser.add_argument("--all", action="store_true", help="every pack of courses/curriculum")
        parser.add_argument("--json", action="store_true", help="print the findings as JSON")
        parser.add_argument("--write", type=Path, help="write the table into this page of the documentation")
        parser.add_argument("--against", type=Path, help="fail where the table of this page is no longer true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check, print, and fail if something was found."""
        paths = list(options["paths"]) + (curriculum_packs() if options["all"] else [])
        if not paths:
            msg = "Name the folder of a pack, or --all."
            raise CommandError(msg)
        checked = check_folders(paths)
        count = sum(len(pack.findings) for pack in checked)
        if options["write"]:
            options["write"].write_text(with_table(options["write"].read_text(), checked), encoding="utf-8")
        if options["json"]:
            self.stdout.write(json.dumps([_plain(pack) for pack in checked], ensure_ascii=False, indent=2))
        else:
            self._tell(checked)
        if count:
            msg = f"{count} problem(s) in {sum(bool(pack.findings) for pack in checked)} of {len(checked)} packs."
            raise CommandError(msg)
        page = options["against"]
        if page and page.read_text(encoding="utf-8") != with_table(page.read_text(encoding="utf-8"), checked):
            msg = f"The table in {page} is not up to date. Run: manage.py check_pack --all --write {page}"
            raise CommandError(msg)

    def _tell(self, checked: Sequence[Checked]) -> None:
        for pack in checked:
            for found in pack.findings:
                self.stdout.write(f"{pack.slug}/{found.problem} [{found.rule}]")
        for line in as_lines(rows_of(checked)):
            self.stdout.write(line)


def curriculum_packs() -> list[Path]:
    """Return the folders of all packs that come with the software."""
    root = Path(settings.BASE_DIR) / "courses" / "curriculum"
    return sorted(path.parent for path in root.glob("*/course.yaml"))


def _plain(pack: Checked) -> dict[str, Any]:
    findings = [{"rule": found.rule, **dataclasses.asdict(found.problem)} for found in pack.findings]
    return {"pack": pack.slug, "figures": pack.figures, "findings": findings}
