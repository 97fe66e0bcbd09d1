"""The player in Chromium on a device of our own making: a course, a state, an outbox in memory, no server.

The modules that reach the device's stores are replaced by small ones; everything of the player is real.
What a test puts in `given` is all that the device knows; what the player says is found in `said`.
"""

import json
from typing import Any

from playwright.sync_api import BrowserContext, Page, Route

from tests.browser.modules import ADDRESS, open_modules

# The outbox keeps what is said for the tab, across loads of the page, as a device does.
_SYNC = """
import { buildStatement } from "./statements.js";
import { newUuid } from "./ids.js";

const given = JSON.parse(sessionStorage.getItem("given"));
const said = JSON.parse(sessionStorage.getItem("said") ?? "[]");
const listeners = new Set();
const page = { is: "0badcafe" };
let seq = said.length;

const outbox = {
  clock: { page: page.is },
  async add(drafts) {
    if (sessionStorage.getItem("full")) throw new Error("no room");
    await new Promise((done) => setTimeout(done, Number(sessionStorage.getItem("slow") ?? 0)));
    const made = drafts.map((draft) => buildStatement({
      id: newUuid(), base: "https://relais.example/activities", actor: given.actor, verb: draft.verb,
      activity: draft.activity.join("/"), unit: draft.unit, facts: draft.facts, registration: draft.registration,
      timestamp: new Date(), device: { id: given.device, seq: (seq += 1), prev: "", page: page.is, ms: 1 },
    }));
    said.push(...made);
    sessionStorage.setItem("said", JSON.stringify(said));
    return made;
  },
  statements: async () => said,
  statesOf: async (ids) => new Map([...ids].map((id) => [id, sessionStorage.getItem("sent") ? "sent" : "waiting"])),
};
const here = given.person && {
  person: { initials: "AS", uuid: given.person, db: null },
  outbox,
  get state() { return JSON.parse(sessionStorage.getItem("given")).state; },
  papers: new Map(given.papers.map((paper) => [paper.attempt, paper])),
  onChange(fn) { listeners.add(fn); return () => listeners.delete(fn); },
};
globalThis.learnt = () => listeners.forEach((fn) => fn());
export const device = async () => here;
"""
_DOWNLOADS = """
const { courses, files } = JSON.parse(sessionStorage.getItem("given"));
export const listCourses = async () => courses;
export async function readFile(course, path) {
  return path in files ? new Response(files[path]) : new Response(null, { status: 404 });
}
"""
_PEOPLE = """export const people = async () => JSON.parse(sessionStorage.getItem("given")).people ?? [];"""
_DATABASE = """export const read = async () => ({ offset: Number(sessionStorage.getItem("offset") ?? 0) });"""
_FAKES = {"sync": _SYNC, "downloads": _DOWNLOADS, "people": _PEOPLE, "database": _DATABASE}


def open_player(context: BrowserContext, shells: dict[str, str], given: dict[str, Any], at: str) -> Page:
    """Return a page of the player at an address; `shells` has the page for devices by language."""
    page = open_modules(context)
    page.evaluate("given => sessionStorage.setItem('given', given)", json.dumps(given))
    for name, source in _FAKES.items():
        context.route(f"{ADDRESS}/static/relais/js/device/{name}.js", _answer(source))
    for language, shell in shells.items():
        context.route(f"{ADDRESS}/{language}/**", _page(shell))
    # Nobody answers: the device is on its own.
    context.route(f"{ADDRESS}/health/", lambda route: route.abort())
    page.goto(f"{ADDRESS}{at}")
    page.locator("[data-stage]:not(:has([data-opening]))").wait_for()
    return page


def said(page: Page) -> list[dict[str, Any]]:
    """Return what was said so far: verb and facts."""
    statements = json.loads(page.evaluate("sessionStorage.getItem('said')") or "[]")
    return [
        {
            "verb": each["verb"]["id"].rpartition("/")[2],
            "unit": each["context"]["extensions"]["unit"],
            **each["context"]["extensions"].get("facts", {}),
        }
        for each in statements
    ]


def _answer(source: str) -> Any:
    def answer(route: Route) -> None:
        route.fulfill(body=source, content_type="text/javascript")

    return answer


def _page(shell: str) -> Any:
    def answer(route: Route) -> None:
        route.fulfill(body=shell, content_type="text/html; charset=utf-8")

    return answer
