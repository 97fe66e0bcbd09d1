"""A demo site of the benchmarks' own, in a folder that is thrown away, driven by Django's test client."""

import gc
import gzip
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def demo_site() -> Iterator[None]:
    """Prepare a demo in a new folder and point Django at it, as production runs: no debug, cached templates."""
    with tempfile.TemporaryDirectory(prefix="relais-bench-") as folder:
        os.environ |= {"RELAIS_VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "elearning.settings.dev"}
        import logging  # noqa: PLC0415

        from scripts import prepare  # noqa: PLC0415  # reads the folder when it is imported

        logging.disable(logging.WARNING)
        with _quiet():
            prepare.main()
        yield
        from django.db import connection  # noqa: PLC0415

        connection.close()


def client_of(service_number: str) -> Any:
    """Return a test client that is signed in as an officer of the demo."""
    from django.test import Client  # noqa: PLC0415  # after the settings

    from accounts.models import Login  # noqa: PLC0415

    client = Client(headers={"accept-encoding": "gzip, br"})
    login = Login.objects.get(person__service_number=service_number)
    client.force_login(login, backend="accounts.backends.RelaisBackend")
    return client


def body_of(response: Any) -> bytes:
    """Return the bytes of a response as they travel."""
    content: bytes = b"".join(response.streaming_content) if response.streaming else response.content
    return content


def plain_of(response: Any) -> bytes:
    """Return what a response says, unpacked."""
    body = body_of(response)
    return gzip.decompress(body) if response.get("Content-Encoding") == "gzip" else body


def text_of(response: Any) -> str:
    """Return the HTML of a response."""
    return plain_of(response).decode()


def cpu_ms(act: Callable[[], object], repeats: int, rounds: int = 5) -> float:
    """Return the CPU milliseconds of one act: the best round's mean, as others use the machine too."""
    act()
    best = float("inf")
    gc.collect()
    for _round in range(rounds):
        started = time.process_time()
        for _each in range(repeats):
            act()
        best = min(best, (time.process_time() - started) / repeats)
    return best * 1000


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep standard output for figures."""
    saved = os.dup(1)
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    try:
        yield
    finally:
        os.dup2(saved, 1)
        os.close(saved)
        os.close(null)
