"""The outbox: what was acknowledged is on disk, in one chain, until the centre has named it."""

import datetime as dt
import os
import random
import signal
import time
from typing import Any
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Browser, Page

from courses.progress import lesson_unit
from elearning.lib.canonical import NotCanonicalError, canonical_json, sha256_hex
from elearning.lib.ids import activity_iri, derived_uuid
from records.statements import build_statement
from tests.browser.modules import open_modules, run_module
from tests.browser.outbox_fakes import BASE, Tablet, check_chain, open_tablet, served_modules, text_of

SEED = 20261122
KILLS, TABS = 100, 4
LIST = "return outbox.list()"


@pytest.fixture
def tablet(browser):
    context = browser.new_context()
    yield open_tablet(context)
    context.close()


@pytest.fixture
def own_browser(browser_type, browser_type_launch_args):
    """A browser whose processes may be killed without a tab of another test among them, and its modules' address."""
    browser = browser_type.launch(**browser_type_launch_args)
    with served_modules() as address:
        yield browser, address
    browser.close()


@pytest.fixture(scope="module")
def page(browser):
    context = browser.new_context()
    yield open_modules(context)
    context.close()


def add(tablet: Tablet, page: Page, count: int = 1) -> list[dict[str, Any]]:
    body = "return outbox.add(Array.from({ length: given.count }, (_, n) => answer(given.attempt, `choice ${n}`)))"
    return tablet.run(page, body, count=count)


def _anything(rng: random.Random, depth: int = 0) -> Any:
    """Return a value that both sides can write, or one that both refuse."""
    kinds = [
        lambda: rng.choice([None, True, False]),
        lambda: rng.randint(-(2**53) + 1, 2**53 - 1),
        lambda: "".join(rng.choice('aZ09"\\/\n\t\x00\x1f\x7fé\u2028ه😀') for _ in range(rng.randint(0, 8))),
        lambda: [_anything(rng, depth + 1) for _ in range(rng.randint(0, 4))],
        lambda: {rng.choice("abcXYZ_ \n-09") * rng.randint(0, 3): _anything(rng, depth + 1) for _ in range(4)},
    ]
    return rng.choice(kinds if depth < 4 else kinds[:3])()


def test_canonical_text_and_hash_are_the_same_in_both_languages(page):
    print(f"seed {SEED}")  # noqa: T201  # a failure replays from it
    values = [_anything(random.Random(SEED + n)) for n in range(400)]
    body = """
      const texts = given.map(module.canonicalJson);
      return Promise.all(texts.map(async (text) => [text, await module.sha256Hex(text)]));
    """
    made = run_module(page, "device/canonical.js", body, values)
    assert made == [[canonical_json(value), sha256_hex(canonical_json(value))] for value in values]


def test_what_could_be_written_in_two_ways_is_refused_in_both_languages(page):
    for value in (1.5, 2**53, "\ud800", {"é": 1}, [{"a": {"ü": None}}]):
        with pytest.raises(NotCanonicalError):
            canonical_json(value)
    body = """
      const both = [1.5, 2 ** 53, "\\ud800", { é: 1 }, [{ a: { ü: null } }]];
      const bad = [...both, undefined, { a: undefined }, NaN, new Date(), [,], 1n];
      const isTaken = (value) => { try { module.canonicalJson(value); return true; } catch { return false; } };
      return bad.filter(isTaken).map(String);
    """
    assert run_module(page, "device/canonical.js", body) == []


def test_ids_are_the_same_in_both_languages(page):
    parts = [["answer", str(uuid4()), n, "é😀"] for n in range(20)]
    made = run_module(
        page, "device/ids.js", "return Promise.all(given.map((each) => module.derivedUuid(...each)))", parts
    )
    assert made == [str(derived_uuid(*each)) for each in parts]
    enrolment, lesson = uuid4(), uuid4()
    body = "return [await module.lessonUnit(...given), module.activityIri('https://a', 'lesson', given[1])]"
    made = run_module(page, "device/ids.js", body, [str(enrolment), str(lesson)])
    assert made == [str(lesson_unit(enrolment, lesson)), activity_iri("https://a", "lesson", lesson)]
    fresh = run_module(page, "device/ids.js", "return Array.from({ length: 50 }, module.newUuid)")
    assert len({UUID(each).version for each in fresh}) == 1
    assert {UUID(each).version for each in fresh} == {4}


def test_a_hand_in_names_what_it_was_made_of_as_the_server_does(page):
    answers = [[str(uuid4()), response] for response in ("a", None, ["b", "c"], True, False, [])]
    made = run_module(page, "device/attempt.js", "return module.standingOf(given)", answers)
    assert made == sha256_hex(canonical_json(sorted(each for each in answers if each[1] is not None)))


def test_a_statement_has_the_form_of_the_servers_own(tablet):
    (said,) = add(tablet, tablet.open())
    extensions = said["context"]["extensions"]
    built = build_statement(
        base=BASE,
        actor_uuid=UUID(tablet.given["actor"]),
        verb="answered",
        activity=said["object"]["id"],
        unit=("attempt", UUID(tablet.given["attempt"])),
        timestamp=dt.datetime.fromisoformat(said["timestamp"]),
        facts=extensions["facts"],
        registration=UUID(said["context"]["registration"]),
        statement_id=UUID(said["id"]),
        device=extensions["device"],
    )
    assert text_of(said) == canonical_json(built)
    assert extensions["facts"]["nonce"] == extensions["device"]["page"]


CLOCK = """
  const at = { wall: 1e12, ticks: 0 };
  const clock = new module.PageClock({ wall: () => at.wall, ticks: () => at.ticks });
  let latest = 0;
  return given.map(([wall, ticks, offset = 0]) => {
    at.wall += wall; at.ticks += ticks;
    const moment = clock.next(latest, offset);
    latest = moment.at;
    return [moment.at - 1e12, moment.ms, moment.page];
  });
"""


@pytest.mark.parametrize(
    ("steps", "times", "sessions"),
    [
        pytest.param([[0, 0], [5000, 5000], [0, 0]], [0, 5000, 5001], 1, id="as time goes"),
        pytest.param([[0, 0], [-7_200_000, 60_000]], [0, 60_000], 1, id="a clock that is set back changes nothing"),
        pytest.param([[0, 0], [3_600_000, 1000]], [0, 3_600_000], 2, id="a clock that runs ahead, or sleep"),
        pytest.param([[0, 0], [1000, 1000, 9000]], [0, 1000], 1, id="a small offset waits for the next page"),
        pytest.param([[0, 0, 86_400_000]], [86_400_000], 1, id="the centre's clock, as known"),
    ],
)
def test_time_within_a_page_is_the_pages_own(page, steps, times, sessions):
    made = run_module(page, "device/moments.js", CLOCK, steps)
    assert [at for at, _ms, _page in made] == times
    assert len({page for _at, _ms, page in made}) == sessions


def test_a_clock_that_was_far_ahead_does_not_date_everything_into_the_future(page):
    body = """
      const next = (wall, latest) => new module.PageClock({ wall: () => wall, ticks: () => 0 }).next(latest, 0).at;
      return [next(1000, 5000), next(1000, 31536000000)];
    """
    assert run_module(page, "device/moments.js", body) == [5001, 1000]


def test_lines_are_signed_chained_and_sealed(tablet):
    page = tablet.open()
    add(tablet, page, 3)
    said = add(tablet, page, 2)
    assert [each["context"]["extensions"]["facts"]["ordinal"] for each in said] == [4, 5]
    listed = [line["statement"] for line in tablet.run(page, LIST)]
    check_chain(listed, {each["id"]: text_of(each) for each in listed})
    parcel = tablet.run(page, "return (await outbox.exportFile()).text()").splitlines()
    assert parcel[0] == "relais-parcel/1"
    assert all(line.startswith("sealed ") for line in parcel[1:])
    assert [str(tablet.centre.read(line).id) for line in parcel[1:]] == [each["id"] for each in listed]


def test_nothing_leaves_the_queue_before_the_centre_has_named_it(tablet):
    page = tablet.open()
    said = add(tablet, page, 4)
    tablet.centre.plan = ["cut", "lose", 507, 500, 503, 400, 413, "store"]
    tablet.centre.hold = lambda each: "device-revoked" if str(each.id) == said[1]["id"] else None
    errors = [tablet.run(page, "return outbox.send()")["error"] for _ in range(6)]
    assert errors == ["offline", "offline", "no-room", "fault", "fault", "refused"]
    assert {line["state"] for line in tablet.run(page, LIST)} == {"waiting"}
    assert tablet.run(page, "return outbox.waiting()") == {"count": 4, "since": said[0]["timestamp"]}
    # Too large: half of it goes first.
    receipt = tablet.run(page, "return outbox.send()")
    assert (receipt["sent"], receipt["held"], receipt["error"]) == (3, 1, None)
    assert [line["state"] for line in tablet.run(page, LIST)] == ["sent", "parked", "sent", "sent"]
    assert tablet.run(page, LIST)[1]["reason"] == "device-revoked"
    assert set(tablet.centre.stored) == {each["id"] for each in said} - {said[1]["id"]}


def test_a_reply_that_names_nothing_is_a_fault_and_not_a_loop(tablet):
    page = tablet.open()
    add(tablet, page)
    reply = {"stored": [str(uuid4())], "held": [], "time": "2026-11-22T08:00:00.000Z"}
    tablet.context.route("**/sync/statements/", lambda route: route.fulfill(json=reply))
    assert tablet.run(page, "return outbox.send()")["error"] == "fault"
    assert tablet.run(page, "return outbox.waiting()")["count"] == 1


def test_a_day_goes_up_in_small_parcels_and_is_read_by_the_centre(tablet):
    page = tablet.open()
    said = [each for _ in range(4) for each in add(tablet, page, 50)]
    assert tablet.run(page, "return outbox.send()")["sent"] == 200
    assert set(tablet.centre.stored) == {each["id"] for each in said}
    assert [each["lines"] for each in tablet.centre.requests] == [150, 50]
    assert max(each["size"] for each in tablet.centre.requests) <= 64 * 1024
    headers = tablet.centre.requests[0]["headers"]
    assert headers["relais-person"] == tablet.given["uuid"]
    assert headers["relais-waiting"].startswith("200 ")
    # What the centre has stays until its state says it; then it is forgotten here.
    assert len(tablet.run(page, "return outbox.statements()")) == 200
    tablet.run(page, "await outbox.forgetSent(await outbox.sent())")
    assert tablet.run(page, "return outbox.statements()") == []
    (later,) = add(tablet, page)
    assert later["context"]["extensions"]["device"]["seq"] == 201
    assert later["context"]["extensions"]["facts"]["ordinal"] == 201


def test_what_somebody_left_is_carried_sealed(tablet):
    page = tablet.open()
    said = add(tablet, page, 2)
    locked = """
      const { openOutbox } = await import("/static/relais/js/device/outbox.js");
      const { storeId, uuid, db } = outbox.person;
      const closed = openOutbox({ storeId, uuid, db });
      const texts = (await closed.list()).map(({ statement }) => statement);
      return { texts, ...(await closed.send({ carried: true })) };
    """
    receipt = tablet.run(page, locked)
    assert (receipt["texts"], receipt["sent"]) == ([None, None], 2)
    assert tablet.centre.requests[0]["headers"]["relais-carried"] == "1"
    assert set(tablet.centre.stored) == {each["id"] for each in said}


@pytest.mark.parametrize("has_locks", [True, False])
def test_two_tabs_write_one_chain(browser, has_locks):
    context = browser.new_context()
    if not has_locks:
        context.add_init_script("Object.defineProperty(Navigator.prototype, 'locks', { value: undefined })")
    tablet = open_tablet(context)
    pages = [tablet.open(), tablet.open()]
    # Both at once: neither waits for the other's promise.
    start = """
      const work = async () => { for (let n = 0; n < 25; n += 1) await outbox.add([answer(given.attempt, `${n}`)]); };
      globalThis.done = work();
      return null;
    """
    for page in pages:
        tablet.run(page, start)
    for page in pages:
        page.evaluate("globalThis.done")
    statements = [line["statement"] for line in tablet.run(pages[0], LIST)]
    assert len(statements) == 50
    check_chain(statements, {each["id"]: text_of(each) for each in statements})
    assert sorted(each["context"]["extensions"]["facts"]["ordinal"] for each in statements) == list(range(1, 51))
    assert len({each["context"]["extensions"]["device"]["page"] for each in statements}) == 2
    context.close()


def test_two_tabs_send_once(tablet):
    pages = [tablet.open(), tablet.open()]
    add(tablet, pages[0], 5)
    for page in pages:
        tablet.run(page, "globalThis.sent = outbox.send(); return null;")
    errors = [page.evaluate("globalThis.sent")["error"] for page in pages]
    assert sum(each["lines"] for each in tablet.centre.requests) in {5, 10}
    assert set(errors) <= {None, "busy"}
    assert tablet.run(pages[0], "return outbox.waiting()")["count"] == 0


def test_a_hundred_tabs_are_killed_in_mid_answer_and_nothing_acknowledged_is_lost(own_browser):
    print(f"seed {SEED}")  # noqa: T201  # a failure replays from it
    killed, address = own_browser
    tablet = open_tablet(killed.new_context(), address)
    rng = random.Random(SEED)
    acknowledged: list[str] = []
    tablet.context.expose_function("acknowledge", lambda said: acknowledged.append(said))  # noqa: PLW0108  # noted on it
    answering = """
      globalThis.begin = async () => {
        for (;;) {
          for (const { id } of await outbox.add([answer(given.attempt, "choice")])) globalThis.acknowledge(id);
          await new Promise((done) => setTimeout(done, 3));
        }
      };
    """
    for _round in range(KILLS // TABS):
        pages = [tablet.open() for _tab in range(TABS)]
        for page in pages:
            tablet.run(page, answering)
        for page in pages:
            page.evaluate("() => void globalThis.begin()")
        time.sleep(rng.uniform(0.001, 0.05))
        _kill_renderers(killed, pages)
    page = tablet.open()
    lines = tablet.run(page, LIST)
    kept = {line["id"] for line in lines}
    assert len(acknowledged) >= KILLS // 2, "too few answers for the kills to fall between them"
    assert set(acknowledged) <= kept
    statements = [line["statement"] for line in lines]
    check_chain(statements, {each["id"]: text_of(each) for each in statements})
    # Of what was not acknowledged, at most one answer a kill is there, whole.
    assert len(kept) - len(set(acknowledged)) <= KILLS
    for _round in range(-(-len(kept) // 2000)):
        assert tablet.run(page, "return outbox.send()")["error"] is None
    assert set(tablet.centre.stored) == kept


def _kill_renderers(browser: Browser, pages: list[Page]) -> None:
    """End the processes of all tabs at once: nothing of a page runs any more."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    renderers = [each["id"] for each in processes if each["type"] == "renderer"]
    assert renderers
    for each in renderers:
        os.kill(each, signal.SIGKILL)
    for page in pages:
        page.close()
