"""Fail on tracked files that hold a secret, a registry's address or a path of this machine, or have a nameless name."""

import configparser
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from scripts.places import ROOT

_SECRET = re.compile(
    r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|xox[abpr]-[A-Za-z0-9-]{20}"
)
_ROOM_WITHOUT_NAME = re.compile(r"(^|/)(utils|helpers|misc|common|services)\.py$")
_GENERATED = (".sqlite3", ".mo", ".pyc")


def main() -> None:
    """Print each fault and end with status 1 if there is one."""
    faults = list(_faults())
    print("\n".join(faults))
    raise SystemExit(1 if faults else 0)


def _faults() -> Iterator[str]:
    # A word that is a plain folder of every machine (/root, /home) is looked for with what stands below it.
    words = sorted({*_registries(), f"{Path.home()}/", f"{ROOT.parent}/"} - {"/", "//"})
    for name in _tracked():
        if name.endswith(_GENERATED):
            yield f"{name}: is made by a command, so it is not tracked"
        if _ROOM_WITHOUT_NAME.search(name):
            yield f"{name}: say in its name what is in it"
        content = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        if b"\0" in content[:8000]:
            continue
        text = content.decode("utf-8", errors="replace")
        yield from (f"{name}: names {word!r}, which belongs to this machine" for word in words if word in text)
        if _SECRET.search(text):
            yield f"{name}: holds something that looks like a key"


def _tracked() -> list[str]:
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    return subprocess.run(listing, check=True, cwd=ROOT, capture_output=True, text=True).stdout.splitlines()


def _registries() -> set[str]:
    """Return the hosts that this machine's package clients are set to."""
    values = [
        value for key, value in os.environ.items() if key.startswith(("PIP_", "UV_", "NPM_CONFIG_", "npm_config_"))
    ]
    for path in ("/etc/pip.conf", "~/.config/pip/pip.conf", "~/.pip/pip.conf"):
        parser = configparser.RawConfigParser()
        parser.read(Path(path).expanduser())
        values += [value for section in parser.sections() for _key, value in parser.items(section)]
    hosts = {urlsplit(word).hostname for value in values for word in value.split()}
    return {host for host in hosts if host and host not in {"localhost", "127.0.0.1", "::1"}}


if __name__ == "__main__":
    main()
