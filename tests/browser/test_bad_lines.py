"""What a learner does reaches the centre over lines that are slow, cut, or lead to a gateway that has no site."""

import random
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import expect

from assessments.models import Attempt
from records.models import QuarantinedStatement
from sync.models import Device
from tests.browser.post import COURSE, DEVICE, WAIT_MS, Post, open_post, said, until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CUTS = 50
# So often a cut does not fall by chance, but between what the centre did and its reply.
CUTS_AT_REPLY = 10
SLOW_BYTES_PER_S = 50_000 // 8
SLOW_DELAY_S = 0.6
# A parcel of a line or two, and its reply: a cut falls before, in or after either.
LATEST_CUT_BYTES = 2500
# What the page heard the centre name, noted where a whole reply has been read and before it is acted upon.
_NOTE_NAMES = """
globalThis.named = [];
const whole = Response.prototype.arrayBuffer;
Response.prototype.arrayBuffer = async function () {
  const bytes = await whole.call(this);
  try { named.push(...(JSON.parse(new TextDecoder().decode(bytes)).stored ?? [])); } catch {}
  return bytes;
};
"""


@pytest.fixture
def post(transactional_db: None, live_server: Any, browser: Any, tmp_path: Any, settings: Any) -> Iterator[Post]:
    with open_post(live_server, browser, tmp_path, settings) as post:
        yield post


@pytest.fixture
def ready(transactional_db: None, live_server: Any, browser: Any, tmp_path: Any, settings: Any) -> Iterator[Post]:
    """A learner who may sit the test."""
    with open_post(live_server, browser, tmp_path, settings, completed_lessons=2) as post:
        yield post


def test_fifty_cuts_of_a_slow_line_lose_nothing_and_double_nothing(post):
    seed = random.randrange(2**32)
    print(f"seed {seed}")  # noqa: T201  # a failure replays from it
    dice = random.Random(seed)
    post.page.add_init_script(_NOTE_NAMES)
    post.page.goto(DEVICE)
    post.expect_sync("sent")
    # A kept-alive connection is already on its way: from here on each is new, and as slow as the line.
    post.line.cut()
    post.line.mend()
    post.line.bytes_per_s, post.line.delay_s = SLOW_BYTES_PER_S, SLOW_DELAY_S
    ids: set[str] = set()
    overheard = 0
    while post.line.cuts < CUTS:
        post.line.carried = 0
        if post.line.cuts % (CUTS // CUTS_AT_REPLY) == 0:
            post.line.cut_at_reply_to = b"POST /sync/statements/"
        else:
            post.line.cut_after = dice.randrange(1, LATEST_CUT_BYTES)
        ids |= set(post.say(1))
        post.send()
        overheard += check_that_only_the_named_left(post)
    post.line.cut_after, post.line.cut_at_reply_to = None, b""
    assert post.send()["error"] is None
    assert overheard, "a cut fell between what the centre did and its reply"
    states = post.states()
    assert set(states) == ids
    assert set(states.values()) == {"sent"}
    arrived = said()
    assert sorted(each["id"] for each in arrived) == sorted(ids)
    assert [each["context"]["extensions"]["device"]["seq"] for each in arrived] == list(range(1, len(ids) + 1))
    assert Device.objects.get().last_sequence == len(ids)
    assert not QuarantinedStatement.objects.exists()


def check_that_only_the_named_left(post: Post) -> int:
    """Assert that nothing left the queue unnamed; return how much the centre has and did not get to say so."""
    states, named = post.states(), set(post.page.evaluate("named"))
    assert {each for each, state in states.items() if state != "waiting"} <= named
    has = {each["id"] for each in said()}
    assert named <= has
    return len(has - named)


def test_a_lesson_goes_through_the_outbox_once_and_is_not_posted_too(post):
    posts: list[str] = []
    page = post.page
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    page.goto(post.lesson(1))
    post.expect_sync("sent")
    page.locator("#lesson-body [data-part]").last.scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    until(lambda: said("progressed"))
    page.locator("#lesson-form button").click()
    page.wait_for_url(f"**{post.lesson(2)}")
    post.expect_sync("sent")
    places = [each["context"]["extensions"]["facts"]["place"] for each in said("progressed")]
    assert len(places) == len(set(places)), "each place once"
    assert len(said("initialized")) == len(said("completed")) == 1
    assert not [url for url in posts if url.endswith(("/place/", "/complete/"))]
    page.goto(COURSE)
    expect(page.locator("main .route")).to_contain_text("Completed")
    page.goto(post.lesson(1))
    page.locator("#lesson-form button").click()
    page.wait_for_url(f"**{post.lesson(2)}")
    assert len(said("completed")) == 1, "what is complete is not said again"


def test_lessons_completed_on_a_dead_line_wait_and_arrive_once(post):
    page = post.page
    post.download()
    page.goto(post.lesson(1))
    post.expect_sync("sent")
    post.line.cut()
    page.locator("#lesson-form button").click()
    page.wait_for_url(f"**{post.lesson(2)}", timeout=WAIT_MS)
    expect(page.locator("h1")).to_have_text(post.course.lessons[1].title, timeout=WAIT_MS)
    page.locator("main .turn [data-do=complete]").click()
    page.wait_for_url(f"**{COURSE}", timeout=WAIT_MS)
    post.expect_sync("offline")
    assert said() == []
    assert set(post.states().values()) == {"waiting"}
    post.mend()
    post.expect_sync("sent")
    done = [each["context"]["extensions"]["facts"]["lesson"] for each in said("completed")]
    assert done == [str(lesson.uuid) for lesson in post.course.lessons]
    page.goto(COURSE)
    expect(page.locator("#quiz form button"), "all lessons are done").to_be_visible()


def test_a_test_begun_on_the_site_goes_on_where_the_line_is_cut(ready):
    page = ready.page
    ready.download()
    ready.start_quiz()
    page.locator("[data-place] .choice").first.click()
    expect(page.locator("[data-place] .saved")).to_contain_text("Saved at the centre")
    stem = page.locator("[data-place] legend").inner_text()
    ready.line.cut()
    page.reload()
    question = page.locator("main [data-question]")
    expect(page.locator("[data-stage] h1")).to_contain_text("Question 1 ", timeout=WAIT_MS)
    assert question.locator("legend").inner_text() == stem
    expect(question.locator(".choice input:checked")).to_have_count(1)
    page.locator("main [data-do=continue]").click()
    expect(page.locator("[data-stage] h1")).to_contain_text("Question 2 ")
    question.locator(".choice").first.click()
    expect(question.locator("[data-status] .saved")).to_contain_text("Saved on this device")
    ready.mend()
    expect(question.locator("[data-status] .saved")).to_contain_text("Saved at the centre", timeout=WAIT_MS)
    answered = [each["context"]["extensions"]["facts"]["question"] for each in said("answered")]
    assert len(answered) == len(set(answered)) == 2
    assert Attempt.objects.get().is_open


class Gateway(BaseHTTPRequestHandler):
    """Answers for a site that it cannot reach."""

    status = 502

    def answer(self) -> None:
        body = b"<!doctype html><title>Gateway</title><h1>Bad gateway</h1>"
        self.send_response(Gateway.status)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = answer  # noqa: N815  # as the base class names them

    def log_message(self, *_words: Any) -> None:
        """Say nothing."""


@pytest.fixture
def gateway() -> Iterator[int]:
    """The port of a gateway."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_a_gateway_without_its_site_is_no_connection_and_loses_nothing(post, gateway):
    page = post.page
    post.download()
    the_site = post.line.target
    post.line.lead_to(gateway)
    for Gateway.status in (502, 503, 504):
        page.goto(post.lesson(1))
        expect(page.locator("[data-stage] h1")).to_have_text(post.course.lessons[0].title, timeout=WAIT_MS)
    page.locator("main .turn [data-do=complete]").click()
    # It was said offline before the click: only the next lesson says that the click is kept.
    page.wait_for_url(f"**{post.lesson(2)}", timeout=WAIT_MS)
    post.expect_sync("offline")
    Gateway.status = 500
    page.goto(post.lesson(1))
    expect(page.locator("h1"), "a fault of the site itself is shown").to_have_text("Bad gateway")
    post.line.lead_to(the_site)
    page.goto(COURSE)
    post.expect_sync("sent")
    assert len(said("completed")) == 1
