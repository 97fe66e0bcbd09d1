"""A tablet that several people share: what they do on it, and what stands on its disk."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from scripts.places import ROOT
from tests.browser.demo import Demo
from tests.browser.steps import Newcomer

DEVICE = "/fr/device/"
PIN = "493027"
# Says one thing about the first lesson of the person's course, as the pages do, and one answer of a test nobody gave.
_SAY = """async ([people, outboxes, ids, canary]) => {
  const person = await (await import(people)).whoIsHere();
  const { openOutbox } = await import(outboxes);
  const { lessonUnit } = await import(ids);
  const { courses: [course] } = await (await fetch("/sync/state/")).json();
  const [lesson] = course.outline.lessons;
  const about = { registration: course.enrolment };
  const unit = { kind: "lesson", id: await lessonUnit(course.enrolment, lesson) };
  const facts = { enrolment: course.enrolment, lesson };
  const answer = { question: lesson, response: canary, flagged: false, nonce: "", step: 1, ordinal: 1 };
  await openOutbox(person).add([
    { verb: "initialized", activity: ["lesson", lesson], unit, facts, ...about },
    { verb: "answered", activity: ["question", lesson], unit: { ...unit, kind: "attempt" }, facts: answer, ...about },
  ]);
  return person.storeId;
}"""
_ROWS = """() => new Promise((done, fail) => {
  const opening = indexedDB.open("relais-device");
  opening.onerror = () => fail(opening.error);
  opening.onsuccess = () => {
    const asked = opening.result.transaction("people").objectStore("people").getAll();
    asked.onsuccess = () => {
      opening.result.close();
      done(asked.result.map(({ storeId, initials, wrapped, signingKey }) => (
        { storeId, initials, isOpen: !!wrapped, hasPin: !!wrapped?.salt, canSign: !!signingKey })));
    };
  };
})"""
# A person's database is opened once their row is written; to open one that is not there would make it.
_WAIT = """async (count) => {
  await navigator.serviceWorker.ready;
  const found = async () => (await indexedDB.databases()).filter(({ name }) => name.startsWith("relais-p-")).length;
  while ((await found()) < count) await new Promise((done) => setTimeout(done, 50));
}"""
_STORES = """(storeId) => new Promise((done, fail) => {
  const opening = indexedDB.open(`relais-p-${storeId}`);
  opening.onerror = () => fail(opening.error);
  opening.onsuccess = async () => {
    const db = opening.result;
    const found = {};
    for (const name of db.objectStoreNames) {
      const asked = db.transaction(name).objectStore(name).getAll();
      await new Promise((ready) => (asked.onsuccess = ready));
      found[name] = asked.result.map((each) => ({ ...each, box: Boolean(each.box) }));
    }
    db.close();
    done(found);
  };
})"""


class Tablet:
    """Pages of one browser on the demo."""

    def __init__(self, demo: Demo) -> None:
        self.demo = demo
        names: dict[str, str] = json.loads((demo.folder / "static" / "staticfiles.json").read_text())["paths"]
        self._names = names

    def module(self, name: str) -> str:
        """Return the address of a module, as pages load it."""
        return f"/static/{self._names[f'relais/js/device/{name}.js']}"

    def say(self, page: Page, canary: str = "canary") -> str:
        """Say two things for the person of a page while nothing can be sent; return the id of their store."""
        page.context.route("**/sync/statements/", lambda route: route.abort())
        store: str = page.evaluate(_SAY, [self.module("people"), self.module("outbox"), self.module("ids"), canary])
        return store

    def people(self, page: Page, name: str, *given: Any) -> Any:
        """Call a function of people.js."""
        body = "async ([path, name, given]) => { const module = await import(path); return module[name](...given); }"
        return page.evaluate(body, [self.module("people"), name, given])

    def set_pin(self, page: Page, pin: str = PIN) -> None:
        """Set a PIN on the page of the device; leaves the page there."""
        page.goto(DEVICE)
        expect(page.locator("[data-part=here]")).to_be_visible()
        page.locator("[data-pin-details] summary").click()
        page.locator("#pin-new").fill(pin)
        page.locator("#pin-again").fill(pin)
        page.locator("[data-form=pin] button").first.click()
        expect(page.locator("[data-when=no-pin]").first).to_be_hidden()

    def ingest(self, file: Path) -> dict[str, Any]:
        """Take a saved file in at the centre, as its operator does."""
        environment = os.environ | {
            "RELAIS_VAR_DIR": str(self.demo.folder), "DJANGO_SETTINGS_MODULE": "elearning.settings.dev",
        }  # fmt: skip
        command = [sys.executable, "manage.py", "ingest", str(file), "--json"]
        done = subprocess.run(command, check=True, cwd=ROOT, env=environment, capture_output=True, text=True)
        found: dict[str, Any] = json.loads(done.stdout)
        return found


def rows(page: Page) -> dict[str, dict[str, Any]]:
    """Return what the device knows of each person, by store."""
    return {row["storeId"]: row for row in page.evaluate(_ROWS)}


def stores(page: Page, store: str) -> dict[str, list[dict[str, Any]]]:
    """Return what stands in a person's database; of boxes only whether they are there."""
    found: dict[str, list[dict[str, Any]]] = page.evaluate(_STORES, store)
    return found


def row_of(page: Page, store: str) -> Any:
    """Return the line of somebody on the page of the device."""
    return page.locator(f'[data-store="{store}"]')


def sign_out(page: Page) -> None:
    """Sign out by the form at the foot of the page."""
    with page.expect_navigation(url="**/sign-in/**"):
        page.locator("footer form button").click()


def wait_for_store(page: Page, count: int = 1) -> None:
    """Wait until as many people are enrolled on the device, and a worker can hand keys on."""
    page.evaluate(_WAIT, count)
    assert len(rows(page)) == count


def wait_until_nobody_is_signed_in(page: Page) -> None:
    """Wait until the site knows of no session of this browser; the page may go elsewhere meanwhile."""
    give_up_at = time.monotonic() + 20
    while page.context.request.get("/sync/session/").json()["person"]:
        assert time.monotonic() < give_up_at, "somebody is still signed in"
        page.wait_for_timeout(50)


def initials_of(who: Newcomer) -> str:
    """Return what a list shows of somebody."""
    return "".join(part[0] for part in who.name.split()[:3]).upper()
