"""Serve the demo on this machine with gunicorn, after saying who can sign in."""

import errno
import os
import socket
import sys

from scripts.failing import stop
from scripts.places import ROOT

_ADDRESS = "127.0.0.1"


def main() -> None:
    """Check the port, then become gunicorn."""
    port = _port()
    _need_free(port)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "elearning.settings.dev")
    os.environ["RELAIS_BASE_URL"] = f"http://{_ADDRESS}:{port}"
    os.chdir(ROOT)
    command = [sys.executable, "-m", "gunicorn", "--config", "scripts/demo.conf.py", "--bind", f"{_ADDRESS}:{port}"]
    os.execv(sys.executable, command)  # noqa: S606  # our own interpreter and arguments


def _port() -> int:
    text = os.environ.get("PORT", "8000")
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):  # noqa: PLR2004  # what TCP has
        stop(f"PORT={text} is not a port. Give a number from 1 to 65535: make demo PORT=8001")
    return int(text)


def _need_free(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_ADDRESS, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                stop(f"Port {port} is taken by another program. Choose another one: make demo PORT={port % 65535 + 1}")
            if error.errno == errno.EACCES:
                stop(f"Port {port} is for the system's own programs. Choose one above 1023: make demo PORT=8000")
            raise


if __name__ == "__main__":
    main()
