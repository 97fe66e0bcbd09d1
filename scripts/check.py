"""Run every check of the code base, two at a time, and print what failed."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from scripts.failing import told_plainly
from scripts.machine import provide
from scripts.places import ROOT, VAR

_PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "elearning.settings.production",
    "RELAIS_SECRET_KEY": "only-for-this-check-" + "abcdefghijklmnopqrstuvwxyz0123456789" * 2,
    "RELAIS_ALLOWED_HOSTS": "relais.example",
    "RELAIS_ACTIVITY_BASE": "https://relais.example/activities",
    "RELAIS_ISSUER_NAME": "A centre",
    "RELAIS_BASE_URL": "https://relais.example",
}
_TESTING = {"DJANGO_SETTINGS_MODULE": "elearning.settings.test"}


@dataclass(frozen=True)
class Check:
    """A command that must end with status 0."""

    name: str
    command: Sequence[str]
    environment: dict[str, str] | None = None
    # Whether what it prints is worth reading when all is well.
    tells: bool = False


def _python(*words: str) -> list[str]:
    return [sys.executable, *words]


_TEMPLATES = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*/templates/*.html", "*/question.html"]


def _checks() -> list[Check]:
    # A file that git knows and somebody is just deleting is not there.
    listed = subprocess.run(_TEMPLATES, check=True, cwd=ROOT, capture_output=True, text=True).stdout.split()
    templates = [path for path in listed if (ROOT / path).exists()]
    return [
        Check("types", _python("-m", "mypy")),
        Check("lint", _python("-m", "ruff", "check", "--quiet", "--output-format=concise", ".")),
        Check("format", _python("-m", "ruff", "format", "--check", "--quiet", ".")),
        Check(
            "import order",
            _python("-c", "from importlinter.cli import lint_imports; import sys; sys.exit(lint_imports())"),
        ),
        Check("templates", _python("-m", "djhtml", "--check", "--tabwidth", "2", *templates)),
        Check("catalogues", _python("-m", "scripts.check_messages")),
        Check("tracked files", _python("-m", "scripts.check_tracked")),
        Check("migrations", _python("manage.py", "makemigrations", "--check", "--dry-run"), _TESTING),
        Check("system", _python("manage.py", "check", "--fail-level", "WARNING"), _TESTING),
        Check(
            "packs",
            _python("manage.py", "check_pack", "--all", "--against", "docs/curriculum.md"),
            _TESTING,
            tells=True,
        ),
        Check("deployment", _python("manage.py", "check", "--deploy", "--fail-level", "WARNING"), _PRODUCTION),
    ]


def run_all() -> tuple[int, int, list[str]]:
    """Run the checks; return how many passed and failed, and what could not run."""
    VAR.mkdir(parents=True, exist_ok=True)
    provide(lambda: shutil.which("xgettext"), "gettext")
    with ThreadPoolExecutor(max_workers=2) as pool:
        results = list(pool.map(_run, _checks()))
    missing = [] if shutil.which("xgettext") else ["catalogues beside their sources: gettext is not installed"]
    return results.count(True), results.count(False), missing


def _run(check: Check) -> bool:
    started = time.monotonic()
    environment = os.environ | (check.environment or {})
    done = subprocess.run(
        check.command,
        check=False,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    good = done.returncode == 0
    words = "" if good and not check.tells else "\n" + done.stdout.rstrip()
    print(f"{'ok  ' if good else 'FAIL'} {check.name} ({time.monotonic() - started:.1f} s){words}", flush=True)
    return good


def main() -> None:
    """Run all and end with the number of failures as one line."""
    with told_plainly():
        passed, failed, missing = run_all()
    for each in missing:
        print(f"not run: {each}")
    print(f"{passed} passed, {failed} failed")
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main()
