"""The line between a browser and the site: a TCP proxy that can be slow, cut after some bytes, or dead.

The throttling of the browser's own tools does not reach what a service worker fetches; this does. The
address stays the same whatever happens to the line, as it does for a tablet at a post.
"""

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

_PIECE = 4096
_RESET = struct.pack("ii", 1, 0)  # close with a reset, as a lost network does


@dataclass
class Line:
    """A line to one port of this machine; set its properties at any time."""

    target: int
    port: int = 0
    is_up: bool = True
    bytes_per_s: int | None = None
    delay_s: float = 0.0
    # Cut the connection that carries the n-th byte from now on, in either direction.
    cut_after: int | None = None
    # Cut the connection on which a request that begins so is answered: it was done, and nobody hears of it.
    cut_at_reply_to: bytes = b""
    carried: int = 0
    cuts: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _open: set[socket.socket] = field(default_factory=set)
    _asked: set[socket.socket] = field(default_factory=set)

    @property
    def address(self) -> str:
        """The address to give to a browser."""
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Take the line down, with everything on it."""
        self.is_up = False
        with self._lock:
            for each in list(self._open):
                _reset(each)
            self._open.clear()

    def mend(self) -> None:
        """Bring the line up again."""
        self.is_up = True

    def lead_to(self, target: int) -> None:
        """Lead to another port from now on; what is on the line is lost."""
        self.target = target
        self.cut()
        self.mend()

    def serve(self, listener: socket.socket) -> None:
        """Accept until the listener closes."""
        while True:
            try:
                near, _address = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._connect, args=(near,), daemon=True).start()

    def _connect(self, near: socket.socket) -> None:
        if not self.is_up:
            _reset(near)
            return
        time.sleep(self.delay_s)
        try:
            far = socket.create_connection(("127.0.0.1", self.target), timeout=30)
        except OSError:
            _reset(near)
            return
        with self._lock:
            self._open |= {near, far}
        for source, sink in ((near, far), (far, near)):
            threading.Thread(target=self._carry, args=(source, sink), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(_PIECE if self.bytes_per_s is None else 1024):
                if self._is_cut_by(piece, source, sink):
                    break
                if self.bytes_per_s:
                    time.sleep(len(piece) / self.bytes_per_s)
                sink.sendall(piece)
            else:
                # The other direction may still have something to say.
                sink.shutdown(socket.SHUT_WR)
                return
        for each in (source, sink):
            _reset(each)

    def _is_cut_by(self, piece: bytes, source: socket.socket, sink: socket.socket) -> bool:
        with self._lock:
            self.carried += len(piece)
            is_far_enough = self.cut_after is not None and self.carried >= self.cut_after
            if not is_far_enough and source not in self._asked:
                if self.cut_at_reply_to and piece.startswith(self.cut_at_reply_to):
                    self._asked.add(sink)
                return False
            self.cut_after, self.cut_at_reply_to = None, b""
            self._asked.clear()
            self.cuts += 1
            return True


def _reset(each: socket.socket) -> None:
    with contextlib.suppress(OSError):
        each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        # A thread that waits in recv holds the file open: shutdown wakes it.
        each.shutdown(socket.SHUT_RDWR)
    each.close()


@contextmanager
def line_to(target: int) -> Iterator[Line]:
    """Yield a line to a port of this machine."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        line = Line(target, listener.getsockname()[1])
        threading.Thread(target=line.serve, args=(listener,), daemon=True).start()
        yield line
        line.cut()
