"""Our ES modules as one script, for a page without a site. Pure.

Each module becomes a function that returns what it exports, in the order in which they import each other.
It knows the forms that static/relais/js/verify uses and refuses any other, instead of a bundler.
"""

import re
from collections.abc import Callable
from pathlib import PurePosixPath

_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\./[\w./-]+\.js)";\n', re.MULTILINE)
_IMPORT_ALL = re.compile(r'^import \* as (\w+) from "(\./[\w./-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.MULTILINE)
_LEFT_OVER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_NOT_A_LETTER = re.compile(r"\W")


class UnknownFormError(ValueError):
    """A module imports or exports in a way that is not known here."""


def bundled(entry: str, read: Callable[[str], str]) -> str:
    """Return one script that does what the module `entry` does; `read` returns a module's source by its path."""
    done: dict[str, str] = {}
    _add(entry, read, done, ())
    return "(() => {\n" + '"use strict";\n' + "\n".join(done.values()) + "\n})();\n"


def _add(path: str, read: Callable[[str], str], done: dict[str, str], above: tuple[str, ...]) -> None:
    if path in done:
        return
    if path in above:
        msg = f"{path} imports itself by way of {above[-1]}"
        raise UnknownFormError(msg)
    source = read(path)
    folder = PurePosixPath(path).parent
    for _names, address in [*_IMPORT.findall(source), *_IMPORT_ALL.findall(source)]:
        _add(_resolved(folder, address), read, done, (*above, path))
    done[path] = _wrapped(path, source, folder)


def _wrapped(path: str, source: str, folder: PurePosixPath) -> str:
    exported = ", ".join(_EXPORT.findall(source))
    body = _IMPORT.sub(
        lambda found: f"const {{{_renamed(found[1])}}} = {_name(_resolved(folder, found[2]))};\n", source
    )
    body = _IMPORT_ALL.sub(lambda found: f"const {found[1]} = {_name(_resolved(folder, found[2]))};\n", body)
    body = _EXPORT.sub("", body)
    if left := _LEFT_OVER.search(body):
        msg = f"{path}: {left[0]}"
        raise UnknownFormError(msg)
    return f"const {_name(path)} = (() => {{\n{body}\nreturn {{ {exported} }};\n}})();"


def _renamed(names: str) -> str:
    """Return names as a pattern takes them apart: `a as b` is `a: b`."""
    return re.sub(r"(\w+) as (\w+)", r"\1: \2", names)


def _resolved(folder: PurePosixPath, address: str) -> str:
    parts: list[str] = []
    for part in (folder / address).parts:
        if part == ".." and parts:
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _name(path: str) -> str:
    return "module_" + _NOT_A_LETTER.sub("_", path.removesuffix(".js"))
