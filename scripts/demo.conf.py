"""The site's own gunicorn settings, and a sheet of sign-ins once it listens."""

import runpy
from typing import Any

globals().update(runpy.run_path("deploy/gunicorn.conf.py"))


def when_ready(server: Any) -> None:
    """Print where the demo answers and who can sign in."""
    from elearning.demo.sheet import sign_in_sheet  # noqa: PLC0415  # after the settings are loaded

    host, port = server.LISTENERS[0].sock.getsockname()
    print(sign_in_sheet(f"http://{host}:{port}/"), flush=True)
