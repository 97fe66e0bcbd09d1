"""A fresh `make demo` for browser tests: own folder, own port, the same commands."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from elearning.demo.signins import BY_NAME, SignIn
from scripts.places import ROOT

_STARTING_S = 180


@dataclass
class Demo:
    """A demo that answers at `address`, and can be stopped and started again."""

    address: str
    folder: Path
    port: int
    server: "subprocess.Popen[bytes]"

    def stop(self) -> None:
        """Stop the server; the address stays the site's."""
        self.server.terminate()
        self.server.wait(timeout=30)

    def start(self) -> None:
        """Start the server again, where it does not run."""
        if self.server.poll() is not None:
            self.server = _serve(self.folder, self.port)

    def code(self, who: str) -> str:
        """Return the second-step code of somebody, as `make code` prints it."""
        return _manage(self.folder, "demo_code", who).strip()

    def run(self, code: str) -> str:
        """Run Python on the demo's database; return what it prints."""
        return _manage(self.folder, "shell", "-v", "0", "-c", code).strip()

    def person(self, who: str) -> SignIn:
        """Return what is on the sheet for somebody."""
        return BY_NAME[who]


@contextmanager
def running_demo(folder: Path) -> Iterator[Demo]:
    """Prepare and serve as make demo does; stop when done."""
    port = _free_port()
    subprocess.run([sys.executable, "-m", "scripts.prepare"], check=True, cwd=ROOT, env=_environment(folder))
    demo = Demo(f"http://127.0.0.1:{port}", folder, port, _serve(folder, port))
    try:
        yield demo
    finally:
        demo.stop()


def _serve(folder: Path, port: int) -> "subprocess.Popen[bytes]":
    environment = _environment(folder) | {"PORT": str(port)}
    with (folder / "server.log").open("a") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "scripts.serve"], cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        _wait_for(f"http://127.0.0.1:{port}/health/", server, folder / "server.log")
    except BaseException:
        server.kill()
        raise
    return server


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not re.match(r"RELAIS_|DJANGO_", name)}
    return kept | {"RELAIS_VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "elearning.settings.dev"}


def _manage(folder: Path, *words: str) -> str:
    command = [sys.executable, "manage.py", *words]
    done = subprocess.run(command, check=True, cwd=ROOT, env=_environment(folder), capture_output=True, text=True)
    return done.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    give_up_at = time.monotonic() + _STARTING_S
    while time.monotonic() < give_up_at:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310  # our own address
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    msg = f"the demo did not start:\n{log.read_text()[-3000:]}"
    raise AssertionError(msg)
