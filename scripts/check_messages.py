"""Fail unless French is complete, and every catalogue agrees on its placeholders, and holds what the sources say."""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from scripts.collect_messages import LANGUAGES, collect
from scripts.places import LOCALE, ROOT

_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sdif]|\{\w*\}")


def main() -> None:
    """Print each fault with its catalogue, and end with status 1 if there is one."""
    faults = [fault for path in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")) for fault in _faults_of(path)]
    if shutil.which("xgettext"):
        faults += _stale()
    print("\n".join(faults))
    raise SystemExit(1 if faults else 0)


def _faults_of(path: Path) -> Iterator[str]:
    where = path.relative_to(ROOT)
    for message in _entries(_read(path)):
        plural = isinstance(message.id, tuple)
        wanted = _wanted(message)
        if message.fuzzy:
            yield f"{where}: to be looked at again (fuzzy): {message.id!r}"
        for text in _texts(message.string):
            found = _placeholders(text)
            if not text:
                # English and French are complete at all times; another language shows English where it is not.
                if path.parts[-3] in LANGUAGES:
                    yield f"{where}: not translated: {message.id!r}"
            elif not found <= wanted or (found != wanted and not plural):
                # A singular may leave its number out ("un officier"); nothing else may.
                yield f"{where}: placeholders {sorted(found)} instead of {sorted(wanted)}: {message.id!r}"


def _stale() -> Iterator[str]:
    """Name what the sources say and a catalogue does not, by collecting again in a copy."""
    with tempfile.TemporaryDirectory(prefix="relais-messages-") as folder:
        copy = Path(folder)
        _copy_sources(copy)
        collect(copy)
        for language in LANGUAGES:
            place = Path("locale", language, "LC_MESSAGES", "django.po")
            here = _ids(ROOT / place)
            there = _ids(copy / place)
            yield from (f"{place}: missing, run make messages: {each!r}" for each in sorted(there - here, key=str))
            yield from (
                f"{place}: no longer in the sources, run make messages: {each!r}"
                for each in sorted(here - there, key=str)
            )


def _copy_sources(copy: Path) -> None:
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py", "*.html", "*.txt", "*.po"]
    for name in subprocess.run(listing, check=True, cwd=ROOT, capture_output=True, text=True).stdout.splitlines():
        if (ROOT / name).exists():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, copy / name)


def _ids(path: Path) -> set[object]:
    return {(message.context, message.id) for message in _entries(_read(path))} if path.exists() else set()


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def _entries(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _texts(string: object) -> list[str]:
    return [str(each or "") for each in string] if isinstance(string, (tuple, list)) else [str(string or "")]


def _wanted(message: Message) -> set[str]:
    return {each for text in _texts(message.id) for each in _placeholders(text)}


def _placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text.replace("%%", "")))


if __name__ == "__main__":
    main()
