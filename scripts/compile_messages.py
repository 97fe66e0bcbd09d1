"""Compile locale/*/LC_MESSAGES/*.po with Babel: a new machine has no msgfmt."""

import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from scripts.places import LOCALE


def compile_all() -> None:
    """Write each catalogue that is newer than its compiled form; unfinished entries stay English."""
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
            _compile(source, target)


def _compile(source: Path, target: Path) -> None:
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parts[-3])
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    unfinished = target.with_suffix(".part")
    unfinished.write_bytes(compiled.getvalue())
    unfinished.replace(target)


if __name__ == "__main__":
    compile_all()
