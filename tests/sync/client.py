"""A device without a browser: one key, one chain of statements, an outbox that keeps until it is told.

It does what static/relais/js/device/ does, in Python, so that tests and benchmarks can be a device.
"""

import base64
import datetime as dt
import gzip
import http.client
import json
import secrets
import urllib.parse
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from elearning.lib.canonical import canonical_json, sha256_hex
from elearning.lib.signing import sign, spki_of, to_base64
from records.statements import build_statement
from sync.sealing import seal

HEADER = "relais-parcel/1"
BASE = "https://relais.example/activities"
MOST_LINES, LARGEST_PARCEL_BYTES = 150, 64 * 1024
# What a connection that breaks may raise.
BROKEN = (OSError, http.client.HTTPException)


@dataclass
class SimulatedDevice:
    """One person on one device."""

    actor: UUID
    uuid: UUID = field(default_factory=uuid4)
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    sequence: int = 0
    previous: str = ""
    page: str = field(default_factory=lambda: secrets.token_hex(4))
    clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    base: str = BASE

    def __post_init__(self) -> None:
        self._opened = self.clock()

    @property
    def public_key(self) -> str:
        """The key as the device enrols it."""
        return spki_of(self.key)

    def proof_for(self, person: UUID) -> str:
        """Return the proof of owning the key."""
        return to_base64(sign(self.key, f"relais-enrol/1 {self.uuid} {person}"))

    def reload(self) -> None:
        """Open the page anew: elapsed time starts again."""
        self.page, self._opened = secrets.token_hex(4), self.clock()

    def clone(self) -> "SimulatedDevice":
        """Return a copy of the device as a restored backup would be: the same key and the same place."""
        return SimulatedDevice(self.actor, self.uuid, self.key, self.sequence, self.previous, base=self.base)

    def mark(self, at: dt.datetime) -> dict[str, Any]:
        """Return the place of the next statement."""
        ms = max(0, int((at - self._opened).total_seconds() * 1000))
        place = {"id": str(self.uuid), "seq": self.sequence + 1, "prev": self.previous[:32]}
        return place | {"page": self.page, "ms": ms}

    def say(
        self,
        verb: str,
        activity: tuple[str, UUID],
        unit: tuple[str, UUID],
        facts: Mapping[str, Any],
        *,
        at: dt.datetime | None = None,
        registration: UUID | None = None,
        **changes: Any,
    ) -> str:
        """Return the text of the device's next statement; `changes` are made before it is signed."""
        moment = at or self.clock()
        body = build_statement(
            base=self.base,
            actor_uuid=self.actor,
            verb=verb,
            activity=f"{self.base}/{activity[0]}/{activity[1]}",
            unit=unit,
            timestamp=moment,
            facts=facts,
            registration=registration,
            device=self.mark(moment),
        )
        return self.chained(canonical_json(body | changes))

    def chained(self, text: str) -> str:
        """Return a text as the newest of the chain."""
        self.sequence, self.previous = self.sequence + 1, sha256_hex(text)
        return text

    def line(self, text: str) -> str:
        """Return a signed line."""
        return f"{to_base64(sign(self.key, text))} {text}"


@dataclass
class Outbox:
    """What waits on a device: a line stays until the server names its id."""

    person: str
    waiting: dict[str, str] = field(default_factory=dict)
    parked: dict[str, str] = field(default_factory=dict)
    most_lines: int = MOST_LINES
    bytes_sent: int = 0
    broken: int = 0

    def add(self, lines: Iterable[str]) -> None:
        """Keep signed lines."""
        for line in lines:
            self.waiting[id_of(line)] = line

    def send(self, post: Callable[[bytes, Mapping[str, str]], tuple[int, dict[str, Any]]]) -> bool:
        """Send what waits, in chunks; return whether nothing waits any more. Stops at the first failure."""
        while self.waiting:
            body = gzip.compress(parcel(self._chunk()), mtime=0)
            self.bytes_sent += len(body)
            headers = {"Relais-Person": self.person, "Content-Encoding": "gzip", "Content-Type": "text/plain"}
            try:
                status, reply = post(body, headers)
            except BROKEN:
                self.broken += 1
                return False
            if status != http.client.OK:
                self.broken += 1
                return False
            self.settle(reply)
        return True

    def settle(self, reply: Mapping[str, Any]) -> None:
        """Let go of what the server has named."""
        for each in reply["stored"]:
            self.waiting.pop(each, None)
        for each in reply["held"]:
            if self.waiting.pop(each["id"], None):
                self.parked[each["id"]] = each["reason"]

    def _chunk(self) -> list[str]:
        chunk = list(self.waiting.values())[: self.most_lines]
        while len(chunk) > 1 and len(gzip.compress(parcel(chunk))) > LARGEST_PARCEL_BYTES:
            chunk = chunk[: len(chunk) // 2]
        return chunk


@dataclass
class HttpSession:
    """Somebody signed in over real HTTP, on one connection that is opened again when it breaks."""

    origin: str
    cookie: str
    csrf: str = ""
    timeout_s: float = 30

    def __post_init__(self) -> None:
        self._connection: http.client.HTTPConnection | None = None

    def open(self) -> dict[str, Any]:
        """Learn the token, as a page does."""
        _status, session = self.get("/sync/session/")
        self.csrf = session["csrf"]
        return session

    def get(self, path: str) -> tuple[int, dict[str, Any]]:
        """Ask for JSON."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
        """Post and return the status with what was said."""
        return self._ask("POST", path, body, {"X-CSRFToken": self.csrf, "Origin": self.origin, **headers})

    def send(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
        """Post a parcel."""
        return self.post("/sync/statements/", body, headers)

    def close(self) -> None:
        """Hang up."""
        if self._connection:
            self._connection.close()
        self._connection = None

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> tuple[int, Any]:
        if self._connection is None:
            parts = urllib.parse.urlsplit(self.origin)
            self._connection = http.client.HTTPConnection(parts.netloc, timeout=self.timeout_s)
        try:
            self._connection.request(method, path, body, {"Cookie": self.cookie, "Accept-Encoding": "gzip", **headers})
            reply = self._connection.getresponse()
            content = reply.read()
        except BROKEN:
            self.close()
            raise
        self._learn_cookies(reply)
        try:
            is_packed = reply.headers.get("Content-Encoding") == "gzip"
            return reply.status, json.loads(gzip.decompress(content) if is_packed else content)
        except (ValueError, EOFError, OSError):
            # Half a reply is none.
            self.close()
            raise ConnectionError from None

    def _learn_cookies(self, reply: http.client.HTTPResponse) -> None:
        known = dict(each.split("=", 1) for each in self.cookie.split("; ") if each)
        for set_cookie in reply.headers.get_all("Set-Cookie", []):
            name, _equals, value = set_cookie.partition(";")[0].partition("=")
            known[name] = value
        self.cookie = "; ".join(f"{name}={value}" for name, value in known.items())


def parcel(lines: Iterable[str]) -> bytes:
    """Return the bytes of a parcel."""
    return "".join(f"{line}\n" for line in [HEADER, *lines]).encode()


def id_of(line: str) -> str:
    """Return the statement's id of a plain line."""
    found: str = json.loads(line.partition(" ")[2])["id"]
    return found


def sealed(line: str, public: Mapping[str, str]) -> str:
    """Return a line as it waits on a shared device, closed for the site whose public keys these are."""
    certified = json.loads(public["text"])
    spki = next(key["spki"] for key in certified["keys"] if key["purpose"] == "sealing")
    key = serialization.load_der_public_key(base64.b64decode(spki))
    assert isinstance(key, ec.EllipticCurvePublicKey)
    return seal(key, line)
