"""A course on a device: downloaded through bad lines, verified, updated, removed; and the service worker around it."""

import json
import os
import random
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as site
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from playwright.sync_api import Page, expect

from courses.catalogue import forget_catalogue
from courses.models import LessonPage
from courses.packs.tree import publish
from sync.packs.building import contents_of
from sync.packs.content import CHUNK_BYTES
from sync.views import worker
from tests.browser.line import line_to
from tests.factories.accounts import make_login, sign_in
from tests.factories.courses import load_two_lessons, make_enrolment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COURSE = "/en/courses/two-lessons/"
# No picture at all, but nobody looks at it.
HEAVY = random.Random(5).randbytes(2 * CHUNK_BYTES + 1000)
CACHED = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      found.push([name, new URL(request.url).pathname, await answer.text()]);
    }
  }
  return found;
}"""
PROGRESS = "Math.max(...[...document.querySelectorAll('#offline progress')].map((bar) => bar.value))"
FILES = "async () => (await (await caches.open('relais-files')).keys()).map((request) => request.url)"
GONE = "async () => !(await caches.keys()).length && !(await navigator.serviceWorker.getRegistration())"
COURSES = """() => new Promise((done, fail) => {
  const opening = indexedDB.open("relais-device");
  opening.onerror = () => fail(opening.error);
  opening.onsuccess = () => {
    const asked = opening.result.transaction("courses").objectStore("courses").getAll();
    asked.onsuccess = () => { opening.result.close(); done(asked.result); };
  };
})"""


class Device:
    """A browser with one learner of the course, on a line that can be cut."""

    def __init__(self, page: Page, line: Any, course: Any) -> None:
        self.page, self.line, self.course = page, line, course
        self.files: list[str] = []
        page.on("response", lambda answer: self.files.append(answer.url) if self._is_file(answer) else None)

    def _is_file(self, answer: Any) -> bool:
        return "/files/" in answer.url and answer.ok

    def open_course(self) -> None:
        self.page.goto(COURSE)

    def begin_slowly(self, bytes_per_s: int = 100_000) -> None:
        """Begin on a slow line, once the worker has what it needs: it would take turns on the line."""
        make_picture_heavy(self.course)
        self.open_course()
        self.expect_state("offer")
        self.page.evaluate("async () => void (await navigator.serviceWorker.ready)")
        self.line.bytes_per_s = bytes_per_s
        self.act("start")

    def act(self, name: str) -> None:
        self.page.locator(f"#offline [data-state]:not([hidden]) [data-act={name}]").click()

    def expect_state(self, *names: str, timeout_s: float = 15) -> None:
        shown = ", ".join(f"#offline [data-state={name}]:not([hidden])" for name in names)
        expect(self.page.locator(shown)).to_be_visible(timeout=timeout_s * 1000)

    def expect_heading(self, text: str) -> None:
        expect(self.page.locator("h1")).to_have_text(text, timeout=15_000)

    def download(self) -> None:
        self.open_course()
        self.expect_state("offer")
        self.act("start")
        self.expect_state("ready")

    def row(self) -> dict[str, Any] | None:
        rows = self.page.evaluate(COURSES)
        return rows[0] if rows else None


@pytest.fixture
def device(transactional_db, live_server, browser, tmp_path, settings):
    """A device whose learner is enrolled and signed in; the site serves this test's own rows."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.RELAIS_PACKS_DIR = tmp_path / "packs"
    forget_catalogue()
    course = load_two_lessons()
    login = make_login(full_name="Ngolo Traoré")
    make_enrolment(login, course)
    cookie = sign_in(Client(), login).cookies[site.SESSION_COOKIE_NAME].value
    with line_to(live_server.thread.port) as line:
        context = browser.new_context(base_url=line.address)
        context.add_cookies([{"name": site.SESSION_COOKIE_NAME, "value": cookie, "url": line.address}])
        yield Device(context.new_page(), line, course)
        context.close()
    # The database goes away next: a request that is still being answered would find none.
    until(lambda: not [each for each in threading.enumerate() if "process_request" in each.name])
    forget_catalogue()


def test_the_size_is_told_first_and_the_tick_comes_after_every_file_is_here(device):
    device.open_course()
    device.expect_state("offer")
    expect(device.page.locator("#offline [data-state=offer]")).to_contain_text("kB to download")
    assert not device.files
    device.act("start")
    device.expect_state("ready")
    row = device.row()
    pack = json.loads(row["current"]["text"])
    wanted = {file["sha256"] for file in pack["files"] if file["lang"] in {"", "en"}}
    kept = {path.split("/")[-2] for name, path, _text in device.page.evaluate(CACHED) if name == "relais-files"}
    assert kept == wanted, "what is kept is one language and what all share"
    assert (row["languages"], row["slugs"]["en"]) == (["en"], "two-lessons")


def test_without_a_network_the_lesson_and_its_picture_are_there(device):
    make_picture_heavy(device.course)
    device.download()
    page = device.page
    address = next(path for _name, path, _text in page.evaluate(CACHED) if path.endswith("/device/shell/"))
    assert address == "/en/device/shell/"
    media = next(file for file in json.loads(device.row()["current"]["text"])["files"] if file["role"] == "media")
    device.line.cut()
    lesson = device.course.lessons[0]
    page.goto(f"{COURSE}{lesson.slug}/")
    device.expect_heading(lesson.title)
    ask = """async ([path, range]) => {
      const answer = await fetch(path, {headers: range ? {Range: range} : {}});
      const bytes = new Uint8Array(await answer.arrayBuffer());
      return [answer.status, answer.headers.get("Content-Range"), bytes.length > 99 ? bytes.length : [...bytes]];
    }"""
    path, size = f"/{media['path']}", len(HEAVY)
    assert (len(media["chunks"]), media["size"]) == (3, size)
    assert page.evaluate(ask, [path, ""]) == [200, None, size]
    across = slice(CHUNK_BYTES - 5, CHUNK_BYTES + 5)
    header = f"{across.start}-{across.stop - 1}"
    part = page.evaluate(ask, [path, f"bytes={header}"])
    assert part == [206, f"bytes {header}/{size}", list(HEAVY[across])], "a part of two pieces"
    assert page.evaluate(ask, [path, "bytes=-4"])[2] == list(HEAVY[-4:])
    assert page.evaluate(ask, [path, f"bytes={size - 3}-"])[2] == list(HEAVY[-3:])
    assert page.evaluate(ask, [path, f"bytes={size}-"]) == [416, f"bytes */{size}", []]


def test_no_cache_holds_a_page_of_a_person(device):
    device.download()
    device.page.goto("/en/account/profile/")
    device.open_course()
    kept = device.page.evaluate(CACHED)
    pages = [path for _name, path, text in kept if "<!doctype html>" in text.lower()]
    assert pages
    # The page that shows the device's own, and the one to leave a hard lesson for: the same bytes for everybody.
    assert all(path.endswith(("/device/shell/", "/measures/")) for path in pages)
    for secret in ("Ngolo", "Traoré", "csrfmiddlewaretoken"):
        assert not [path for _name, path, text in kept if secret in text], secret


def test_the_admin_and_the_interfaces_are_left_alone(device):
    device.download()
    device.line.cut()
    for address in ("/cms/", "/documents/1/x/", "/sync/session/"):
        with pytest.raises(Exception, match="ERR_"):
            device.page.goto(address)


def test_cut_lines_cost_the_piece_on_its_way_and_no_other(device):
    device.begin_slowly(bytes_per_s=400_000)
    for _cut in range(3):
        device.line.carried, device.line.cut_after = 0, 100_000
        # The line forgets the order once it has cut.
        until(lambda: device.line.cut_after is None)
    assert device.line.cuts == 3
    device.expect_state("ready", timeout_s=30)
    assert len(device.files) <= len(set(device.files)) + 3, "a cut costs the piece on that connection"


def test_a_download_goes_on_after_a_reload_with_what_is_there(device):
    device.begin_slowly()
    until(lambda: device.page.evaluate(PROGRESS) > 3000)
    before = set(
        device.page.evaluate("async () => (await (await caches.open('relais-files')).keys()).map((r) => r.url)")
    )
    assert before
    device.files.clear()
    device.page.reload()
    device.line.bytes_per_s = None
    device.expect_state("ready")
    assert not before & set(device.files)


def test_pause_holds_until_the_reader_goes_on_and_remove_takes_everything(device):
    device.begin_slowly()
    until(lambda: device.page.evaluate(PROGRESS) > 0)
    device.act("pause")
    device.expect_state("stopped")
    device.line.bytes_per_s = None
    device.page.reload()
    device.expect_state("stopped")
    device.act("download")
    device.expect_state("ready")
    device.act("sure")
    device.act("remove")
    device.expect_state("offer")
    assert device.row() is None
    assert not [path for name, path, _text in device.page.evaluate(CACHED) if name == "relais-files"]


def test_a_file_that_was_changed_on_its_way_is_never_kept(device):
    device.open_course()
    device.expect_state("offer")
    [entry] = [each for each in manifest_of(device)["files"] if each["path"] == "course.en.json"]
    device.page.route(f"**/files/{entry['sha256']}/", lambda route: route.fulfill(body="{}"))
    device.act("start")
    device.expect_state("error", timeout_s=20)
    expect(device.page.locator("[data-error=damaged]")).to_be_visible()
    assert device.row()["state"] == "partial"
    assert "{}" not in [text for _name, _path, text in device.page.evaluate(CACHED)]
    device.page.unroute_all()
    device.act("download")
    device.expect_state("ready")


def test_a_manifest_that_the_site_did_not_sign_brings_no_file(device):
    def changed(route):
        answer = route.fetch()
        told = answer.json()
        told["text"] = told["text"].replace('"edition":"international"', '"edition":"xnternational"')
        route.fulfill(response=answer, json=told)

    device.page.route("**/manifest/", changed)
    device.open_course()
    device.expect_state("error")
    expect(device.page.locator("[data-error=signature]")).to_be_visible()
    assert not device.files


def test_who_wants_to_save_data_is_asked_first(device):
    device.page.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    device.open_course()
    device.expect_state("offer")
    device.act("start")
    device.expect_state("ask")
    expect(device.page.locator("[data-state=ask]")).to_contain_text("kB")
    assert not device.files
    assert device.page.evaluate("document.activeElement.dataset.act") == "download"
    device.act("download")
    device.expect_state("ready")


def test_without_room_nothing_is_begun(device):
    device.page.add_init_script("navigator.storage.estimate = async () => ({quota: 100000, usage: 99000})")
    device.open_course()
    device.expect_state("offer")
    device.act("start")
    device.expect_state("error")
    expect(device.page.locator("[data-error=no-room]")).to_be_visible()
    assert not device.files


def test_an_update_fetches_only_what_changed_and_lets_go_of_the_old(device):
    device.download()
    old = device.row()["current"]
    device.files.clear()
    edit_first_lesson(device.course)
    device.open_course()
    device.expect_state("update")
    assert device.row()["current"]["sha256"] == old["sha256"], "an update waits for the reader"
    device.act("start")
    device.expect_state("ready")
    [fetched] = device.files
    row = device.row()
    changed = next(each for each in json.loads(row["current"]["text"])["files"] if each["sha256"] in fetched)
    assert changed["path"] == f"lessons/{device.course.lessons[0].uuid}.en.json"
    kept = [path for name, path, _text in device.page.evaluate(CACHED) if name == "relais-files"]
    former = next(each for each in json.loads(old["text"])["files"] if each["path"] == changed["path"])
    assert not [path for path in kept if former["sha256"] in path]


def test_another_language_is_offered_and_added_to_what_is_here(device):
    device.download()
    device.files.clear()
    device.page.goto(COURSE.replace("/en/", "/fr/"))
    device.expect_state("language")
    device.act("start")
    device.expect_state("ready")
    assert device.row()["languages"] == ["en", "fr"]
    roles = {each["sha256"]: (each["lang"], each["role"]) for each in manifest_of(device)["files"]}
    assert {roles[address.split("/")[-2]][0] for address in device.files} == {"fr"}
    device.line.cut()
    device.page.goto(COURSE.replace("/en/", "/fr/"))
    expect(device.page.locator("html")).to_have_attribute("lang", "fr")
    device.expect_heading(device.row()["titles"]["fr"])


def test_an_update_that_breaks_off_leaves_the_version_before_at_work(device):
    device.download()
    old = device.row()["current"]
    edit_first_lesson(device.course)
    device.page.route("**/files/*/", lambda route: route.abort())
    device.open_course()
    device.expect_state("update")
    device.act("start")
    device.expect_state("waiting")
    row = device.row()
    assert (row["state"], row["current"]["sha256"]) == ("ready", old["sha256"])
    device.act("pause")
    device.expect_state("update")
    device.line.cut()
    lesson = device.course.lessons[0]
    device.page.goto(f"{COURSE}{lesson.slug}/")
    device.expect_heading(lesson.title)


def test_verification_finds_a_file_that_is_missing_or_damaged(device):
    device.download()
    page = device.page
    spoil = """async ([path, body]) => {
      const cache = await caches.open("relais-files");
      const [request] = (await cache.keys()).filter((each) => each.url.includes(path));
      await cache.put(request, new Response(body));
    }"""
    verify = f"async () => (await import('/static/relais/js/device/downloads.js')).verify('{device.course.uuid}')"
    assert page.evaluate(verify) is True
    page.evaluate(spoil, [manifest_of(device)["files"][0]["sha256"], "spoilt"])
    assert page.evaluate(verify) is False
    device.open_course()
    # What was begun goes on by itself, and what is missing is fetched again.
    device.expect_state("ready")
    assert page.evaluate(verify) is True


def test_content_makes_room_for_answers_and_says_so(device):
    device.download()
    free = "async () => (await import('/static/relais/js/device/downloads.js')).freeRoom()"
    assert device.page.evaluate(free) is True
    device.expect_state("dropped")
    assert device.page.evaluate(free) is False
    assert not [path for name, path, _text in device.page.evaluate(CACHED) if name == "relais-files"]


def test_a_line_that_says_nothing_does_not_keep_a_downloaded_course_waiting(device):
    device.download()
    device.line.delay_s = 30
    lesson = device.course.lessons[0]
    device.page.goto(f"{COURSE}{lesson.slug}/", timeout=8000)
    device.expect_heading(lesson.title)


def test_a_new_version_waits_for_the_reader(device, monkeypatch):
    device.download()
    page = device.page
    source = worker._configured_worker()
    version = json.loads(source.partition("= ")[2].partition(";\n")[0])["version"]
    monkeypatch.setattr(worker, "_configured_worker", lambda: source.replace(version, "f" * 16))
    page.evaluate("async () => (await navigator.serviceWorker.ready).update()")
    expect(page.locator("[data-update]")).to_be_visible()
    page.goto("/en/")
    assert f"relais-shell-{version}" in page.evaluate("caches.keys()")
    expect(page.locator("[data-update]")).to_be_visible()
    with page.expect_navigation():
        page.locator("[data-update] button").click()
    until(lambda: f"relais-shell-{version}" not in page.evaluate("caches.keys()"))
    assert set(page.evaluate("caches.keys()")) == {f"relais-shell-{'f' * 16}", "relais-files"}


def test_the_kill_switch_takes_worker_and_caches_away_and_leaves_what_was_done(device, settings):
    device.download()
    settings.RELAIS_SERVICE_WORKER = "off"
    page = device.page
    page.evaluate("async () => (await navigator.serviceWorker.ready).update()")
    until(lambda: page.evaluate(GONE))
    assert device.row() is not None, "IndexedDB stays: unsent work is there"
    page.goto("/en/")
    assert page.evaluate("navigator.serviceWorker.controller") is None
    device.open_course()
    expect(page.locator("#offline [data-state=ready]")).to_be_hidden()


def test_the_worker_hands_a_key_from_page_to_page_and_forgets_it_when_told(device):
    device.download()
    page = device.page
    # Pages of the site hand their own keys over: these two have no script.
    page.goto("/health/")
    page.evaluate("""async () => {
      const key = await crypto.subtle.generateKey({name: "AES-GCM", length: 256}, false, ["encrypt"]);
      navigator.serviceWorker.controller.postMessage({type: "keep-key", storeId: "test", key});
    }""")
    give = """() => new Promise((done) => {
      const {port1, port2} = new MessageChannel();
      port1.onmessage = ({data}) => done(data && [data.storeId, data.key instanceof CryptoKey, data.key.extractable]);
      navigator.serviceWorker.controller.postMessage({type: "give-key"}, [port2]);
    })"""
    other = page.context.new_page()
    other.goto("/health/")
    assert other.evaluate(give) == ["test", True, False]
    other.evaluate("navigator.serviceWorker.controller.postMessage({type: 'drop-key'})")
    assert other.evaluate(give) is None


def until(is_so: Callable[[], object], within_s: float = 20) -> None:
    """Wait until something is so; Playwright's own way needs eval, which our policy forbids."""
    give_up_at = time.monotonic() + within_s
    while not is_so():
        assert time.monotonic() < give_up_at, "it did not come to this"
        time.sleep(0.05)


def manifest_of(device: Device) -> dict[str, Any]:
    ask = "async (course) => (await (await fetch(`/packs/${course}/manifest/`)).json()).text"
    manifest: dict[str, Any] = json.loads(device.page.evaluate(ask, str(device.course.uuid)))
    return manifest


def make_picture_heavy(course: Any) -> None:
    """Let a picture of the course weigh so much that it travels in three pieces."""
    [path, *_rest] = [each.path for each in contents_of(course.uuid) if each.role == "media"]
    name = path.removeprefix("media/")
    default_storage.delete(name)
    assert default_storage.save(name, ContentFile(HEAVY)) == name


def edit_first_lesson(course: Any) -> None:
    page = LessonPage.objects.get(activity_uuid=course.lessons[0].uuid, locale__language_code="en")
    page.lede = "Another beginning."
    publish(page)
    forget_catalogue()
