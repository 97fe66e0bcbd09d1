"""A PostgreSQL cluster that lives as long as one test run: own folder, own socket, nothing kept."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_DEBIAN = Path("/usr/lib/postgresql")
# initdb refuses root: the cluster then belongs to somebody who owns nothing else.
_OWNERS = ("postgres", "nobody")
# What is lost when the machine stops is lost: this is for speed, and never for data.
_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=128MB -c max_connections=60"


class PostgreSQLMissingError(Exception):
    """The server's programs are not on this machine, or will not start."""


def find_programs() -> Path | None:
    """Return the folder of initdb and pg_ctl, the newest of Debian's first."""
    versions = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]), reverse=True)
    found = shutil.which("initdb")
    candidates = [*versions, *([Path(found)] if found else [])]
    return candidates[0].parent if candidates else None


@contextmanager
def throwaway_cluster() -> Iterator[str]:
    """Start a cluster, give its RELAIS_DATABASE_URL, and stop and remove it whatever happened."""
    programs = find_programs()
    if programs is None:
        msg = "PostgreSQL is not installed (apt-get install postgresql)"
        raise PostgreSQLMissingError(msg)
    owner = _owner()
    folder = Path(tempfile.mkdtemp(prefix="relais-pg-", dir="/tmp"))  # a socket's path must be short
    if owner:
        shutil.chown(folder, owner)
    data, log = folder / "data", folder / "log"
    try:
        _as(
            owner,
            [programs / "initdb", "-D", data, "-U", "relais", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"],
        )
        options = f"{_FAST} -c listen_addresses='' -c unix_socket_directories={folder}"
        _as(owner, [programs / "pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start"])
        yield f"postgresql:///postgres?host={folder}&user=relais"
    finally:
        if (data / "postmaster.pid").exists():
            _as(owner, [programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"])
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> str:
    """Return who shall own the cluster: nobody in particular unless this is root."""
    if os.geteuid() != 0:
        return ""
    known = {entry.pw_name for entry in pwd.getpwall()}
    for name in _OWNERS:
        if name in known:
            return name
    msg = f"initdb refuses root, and there is no other user to run it ({', '.join(_OWNERS)})"
    raise PostgreSQLMissingError(msg)


def _as(owner: str, command: Sequence[str | Path]) -> None:
    """Run one of the cluster's programs as its owner; its words go to a file, which a server may keep open."""
    with tempfile.TemporaryFile("w+", errors="replace") as words:
        code = subprocess.call(
            command,
            user=owner or None,
            group=pwd.getpwnam(owner).pw_gid if owner else None,
            extra_groups=[] if owner else None,
            cwd="/",  # the owner may not be able to enter this folder
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
        )
        if code:
            words.seek(0)
            msg = f"{Path(command[0]).name} failed: {words.read().strip()[-800:]}"
            raise PostgreSQLMissingError(msg)
