"""The site as it is served, in a process of its own, and clients that cost next to nothing."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from scripts.places import ROOT

_PATIENCE_S = 60
_OK = b"HTTP/1.1 200"


@contextmanager
def served_site() -> Iterator[int]:
    """Serve the benchmarks' demo with gunicorn as production does; yield the port."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    arguments = ["--config", "deploy/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}", "--max-requests", "0"]
    command = [sys.executable, "-m", "gunicorn", *arguments]
    server = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"RELAIS_GUNICORN_LOG_LEVEL": "error"})
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=_PATIENCE_S)


@dataclass
class Client:
    """One browser: a connection that stays open, and requests that were written beforehand."""

    port: int
    requests: Sequence[bytes]
    times_s: list[float] = field(default_factory=list)
    failures: list[bytes] = field(default_factory=list)

    def run(self, until: float = float("inf")) -> None:
        """Ask one request after the other, each as soon as the last was answered."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=_PATIENCE_S) as line:
            for request in self.requests:
                if time.perf_counter() > until:
                    return
                started = time.perf_counter()
                line.sendall(request)
                answer = _answer(line)
                self.times_s.append(time.perf_counter() - started)
                if not answer.startswith(_OK) or b'"held": []' not in answer:
                    self.failures.append(answer[:400])


def request_of(port: int, cookie: str, csrf: str, person: str, body: bytes, packing: str = "") -> bytes:
    """Return the bytes of a POST of a parcel."""
    headers = [
        "POST /sync/statements/ HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        f"Cookie: {cookie}",
        f"X-CSRFToken: {csrf}",
        f"Relais-Person: {person}",
        "Content-Type: text/plain",
        f"Content-Length: {len(body)}",
        *([f"Content-Encoding: {packing}"] if packing else []),
    ]
    return "\r\n".join([*headers, "", ""]).encode() + body


def run_at_once(clients: Sequence[Client], for_s: float = float("inf")) -> float:
    """Run clients side by side; return how long it took."""
    until = time.perf_counter() + for_s

    def go(client: Client) -> Callable[[], None]:
        return lambda: client.run(until)

    threads = [threading.Thread(target=go(client)) for client in clients]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - started


def percentile(times_s: Sequence[float], percent: int) -> float:
    """Return the time that this many in a hundred did not exceed, in milliseconds."""
    ordered = sorted(times_s)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)] * 1000


def _answer(line: socket.socket) -> bytes:
    """Read one answer whose length its headers tell."""
    content = b""
    while b"\r\n\r\n" not in content:
        piece = line.recv(65536)
        if not piece:
            return content
        content += piece
    head, _blank, body = content.partition(b"\r\n\r\n")
    length = int(
        next(each for each in head.lower().split(b"\r\n") if each.startswith(b"content-length")).split(b":")[1]
    )
    while len(body) < length:
        body += line.recv(65536)
    return head + b"\r\n\r\n" + body


def _wait_for(port: int) -> None:
    give_up = time.monotonic() + _PATIENCE_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.1)
        else:
            return
