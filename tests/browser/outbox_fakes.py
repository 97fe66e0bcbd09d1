"""An outbox in Chromium with real keys and a centre of our own making, which checks every line it gets."""

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import BrowserContext, Page, Route

from elearning.lib.canonical import canonical_json, sha256_hex
from elearning.lib.signing import is_signed, read_public_key, spki_of
from records.statements import Said
from scripts.places import ROOT
from sync.lines import is_sealed, read_line, read_said, split_parcel
from sync.sealing import open_sealed
from tests.browser.modules import ADDRESS, open_modules

BASE = "https://relais.example/activities"
TIME = "2026-11-22T08:00:00.000Z"
# The person of people.js without the site: keys that outlive the tab, as on a device.
_PERSON = """
import { openDevice, openPerson, read, write } from "/static/relais/js/device/database.js";
import * as keys from "/static/relais/js/device/keys.js";

export async function person(given) {
  const device = await openDevice();
  let kept = await read(device, "settings", "test-keys");
  if (!kept) {
    kept = { key: "test-keys", data: await keys.openDataKey(keys.newDataKey()), ...(await keys.newSigningKey()) };
    await write(device, "settings", (change) => void change.objectStore("settings").put(kept));
  }
  const seal = await keys.sealer(given.sealing);
  return {
    ...given, db: await openPerson(given.storeId), publicKey: kept.publicKey, seal,
    encrypt: (value) => keys.encrypt(kept.data, value), decrypt: (box) => keys.decrypt(kept.data, box),
    sign: (text) => keys.sign(kept.signingKey, text),
  };
}
export async function outbox(given, options) {
  const { openOutbox } = await import("/static/relais/js/device/outbox.js");
  return openOutbox(await person(given), options);
}
export const answer = (attempt, response, ordinal = 1) => ({
  verb: "answered", activity: ["question", "11111111-1111-4111-8111-111111111111"],
  unit: { kind: "attempt", id: attempt },
  registration: "22222222-2222-4222-8222-222222222222",
  facts: { question: "11111111-1111-4111-8111-111111111111", response, flagged: false, nonce: "", step: 1, ordinal },
});
"""


@dataclass
class Centre:
    """What stands at the other end: it stores, holds, refuses or says nothing, as a test tells it."""

    sealing: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    public_key: str = ""
    stored: dict[str, Said] = field(default_factory=dict)
    # For each request one of these, then "store": "store", "lose" (store, no reply), "cut", a status.
    plan: list[str | int] = field(default_factory=list)
    hold: Callable[[Said], str | None] = lambda _said: None
    requests: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        """Answer one parcel."""
        act = self.plan.pop(0) if self.plan else "store"
        if act == "cut":
            route.abort()
        elif isinstance(act, int):
            route.fulfill(status=act, json={"error": "no", "message": "No."})
        else:
            reply = self._take(route)
            route.abort() if act == "lose" else route.fulfill(json=reply)

    def _take(self, route: Route) -> dict[str, Any]:
        headers, body = route.request.headers, route.request.post_data_buffer or b""
        text = gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body
        lines = [line.decode() if isinstance(line, bytes) else line for line in split_parcel(text)]
        self.requests.append({"size": len(body), "lines": len(lines), "headers": headers})
        held = []
        for said in map(self.read, lines):
            if reason := self.hold(said):
                held.append({"id": str(said.id), "reason": reason, "text": "Why."})
            else:
                assert self.stored.setdefault(str(said.id), said).sha256 == said.sha256
        held_ids = {each["id"] for each in held}
        said_ids = [str(self.read(line).id) for line in lines]
        return {"stored": [each for each in said_ids if each not in held_ids], "held": held, "time": TIME}

    def read(self, line: str) -> Said:
        """Return what a line says, once its signature holds."""
        plain = read_line(open_sealed(self.sealing, line) if is_sealed(line) else line)
        assert is_signed(read_public_key(self.public_key), plain.signature, plain.text)
        return read_said(plain.text)


@dataclass
class Tablet:
    """A browser with one person's outbox."""

    context: BrowserContext
    centre: Centre
    given: dict[str, Any]
    address: str = ADDRESS

    def open(self) -> Page:
        """Return a new tab."""
        page = self.context.new_page()
        page.goto(self.address)
        return page

    def run(self, page: Page, body: str, **values: Any) -> Any:
        """Return what a function body makes of `outbox`, `answer` and `given`."""
        script = f"""async (given) => {{
          const {{ answer, outbox: open, person }} = await import("/test/person.js");
          const outbox = await open(given);
          {body}
        }}"""
        return page.evaluate(script, self.given | values)


def open_tablet(context: BrowserContext, address: str = ADDRESS) -> Tablet:
    """Return a tablet in a fresh context; its modules come from routes of ours, or from `served_modules`."""
    if address == ADDRESS:
        open_modules(context).close()
    centre = Centre()
    given = {
        "storeId": "t",
        "uuid": str(uuid4()),
        "actor": str(uuid4()),
        "device": str(uuid4()),
        "base": BASE,
        "attempt": str(uuid4()),
        "sealing": spki_of(centre.sealing),
    }
    context.route(
        f"{address}/test/person.js", lambda route: route.fulfill(body=_PERSON, content_type="text/javascript")
    )
    context.route(f"{address}/sync/statements/", centre.answer)
    session = {
        "person": given["uuid"],
        "actor": given["actor"],
        "csrf": "token",
        "time": TIME,
        "base": BASE,
        "keys": {},
    }
    context.route(f"{address}/sync/session/", lambda route: route.fulfill(json=session))
    tablet = Tablet(context, centre, given, address)
    page = tablet.open()
    centre.public_key = tablet.run(page, "return outbox.person.publicKey")
    page.close()
    return tablet


class _Modules(SimpleHTTPRequestHandler):
    """Our static files as a browser may keep them: a hundred tabs load them a hundred times."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()

    def do_GET(self) -> None:
        if self.path.startswith("/static/"):
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Modules</title><link rel=icon href=data:,>")

    def log_message(self, *_words: Any) -> None:
        """Say nothing."""


@contextmanager
def served_modules() -> Iterator[str]:
    """Yield the address of a server of our static files."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Modules, directory=str(ROOT)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def check_chain(statements: list[dict[str, Any]], texts: dict[str, str]) -> None:
    """Assert that statements are one chain from the first on: no gap, no fork, each naming the one before."""
    previous = ""
    for number, statement in enumerate(statements, 1):
        device = statement["context"]["extensions"]["device"]
        assert (device["seq"], device["prev"]) == (number, previous[:32])
        previous = sha256_hex(texts[statement["id"]])


def text_of(statement: dict[str, Any]) -> str:
    """Return the canonical text of a statement that came from a page."""
    return canonical_json(statement)
