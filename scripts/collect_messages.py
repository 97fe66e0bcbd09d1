"""Collect the texts to translate into locale/ with Django's makemessages, which needs Debian's gettext."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.failing import stop
from scripts.places import ROOT

# English is the language of the sources: its catalogue would say everything twice.
LANGUAGES = ("fr",)
_OPTIONS = ["--domain=django", "--no-obsolete", "--no-wrap", "--add-location=file", "--verbosity=0"]
_ELSEWHERE = [
    "--ignore=.venv",
    "--ignore=var",
    "--ignore=tests",
    "--ignore=build",
    "--ignore=benchmarks",
    "--ignore=scripts",
]


def collect(tree: Path) -> None:
    """Bring the catalogues of a tree up to its sources."""
    for language in LANGUAGES:
        (tree / "locale" / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    languages = [f"--locale={language}" for language in LANGUAGES]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "elearning.settings.test"}
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", *languages, *_OPTIONS, *_ELSEWHERE],
        check=True,
        cwd=tree,
        env=environment,
    )


def main() -> None:
    """Collect into this tree."""
    if shutil.which("xgettext") is None:
        stop("make messages needs GNU gettext. On Debian or Ubuntu: apt-get install gettext")
    collect(ROOT)


if __name__ == "__main__":
    main()
