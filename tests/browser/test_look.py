"""Every page of ours: axe finds nothing, nothing scrolls sideways, the policy holds; with pictures to look at."""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from elearning.demo.cohorts import MALI
from elearning.demo.people import demo_uuid
from tests.browser.answers import answer
from tests.browser.conftest import AXE_TAGS, SCREENSHOTS
from tests.browser.demo import Demo
from tests.browser.line import line_to
from tests.browser.odd_work import leave_odd_work
from tests.browser.steps import COURSE, answer_all, earn_certificate, hand_in, join, read_lessons, start_test, width_of
from tests.browser.tablets import Tablet, wait_for_store

NARROWEST = 320
FIRST_VISIT_BYTES = 100_000
# With what the service worker then keeps for a day without a connection.
KEPT_BYTES = 280_000
REPEAT_BYTES = 15_000
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
SCHEMES = ("light", "dark")
LESSONS = ("why-the-first-hour-counts", "see-the-signs", "make-safe", "listen", "secure-the-evidence",
           "do-not-punish-do-not-send-back", "hand-over")  # fmt: skip
# Other colours change the contrast and nothing else that axe looks at.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]


@dataclass(frozen=True)
class Look:
    """One page: its address, the status it answers with, and whether pictures of it are kept."""

    address: str
    picture: str = ""
    status: int = 200


ANONYMOUS = [
    Look("", "welcome"), Look("account/sign-in/", "sign-in"), Look("account/code/"), Look("join/"),
    Look(f"join/?code={MALI.code}"), Look("courses/"), Look("courses/first-aid-kit/"), Look("help/"),
    Look("accessibility/"), Look("account/privacy/"), Look("verify/"), Look("verify/{serial}/", "verify"),
    Look("verify/RLS-ML-2026-0000-0000/", status=404),
    Look("components/"), Look("nowhere/", "missing", 404), Look("device/"), Look("device/shell/"),
    Look("posters/", "posters"), Look("posters/imposters/"),
]  # fmt: skip
BEGINNER = [
    Look("", "home"), Look("courses/first-aid-kit/", "course"), Look("courses/first-aid-kit/see-the-signs/", "lesson"),
    Look("record/"), Look("join/"), Look("desk/", status=403),
]  # fmt: skip
SITTER = [
    Look("attempts/{open}/1/", "question"), Look("attempts/{open}/2/"), Look("attempts/{open}/review/", "review"),
    Look("attempts/{failed}/result/", "result-failed"), Look(""), Look("record/"),
]  # fmt: skip
HOLDER = [
    Look(""), Look("courses/first-aid-kit/"), *(Look(f"courses/first-aid-kit/{each}/") for each in LESSONS),
    Look("attempts/{passed}/result/", "result"), Look("record/", "record"), Look("account/profile/"),
    Look("account/password/"), Look("account/privacy/", "privacy"),
]  # fmt: skip
# Whoever learns on a device too: practice, an exam, and an attempt that a trainer looks at first.
CARRIER = [
    Look("courses/first-aid-kit/", "classes"), Look("quizzes/{exam}/exam/", "exam"),
    Look("attempts/{practice}/1/", "told"), Look("attempts/{practice}/review/"), Look("attempts/{practised}/result/"),
    Look("attempts/{odd}/result/", "flagged-result"),
]  # fmt: skip
STAFF = [
    Look("desk/", "desk"), Look("desk/cohorts/{cohort}/", "cohort"), Look("desk/cohorts/{cohort}/codes/", "codes"),
    Look("account/people/", "people"),
    Look("account/people/{person}/"), Look("certificates/{serial}/withdraw/"), Look("account/second-factor/"),
    Look("account/second-factor/recovery-codes/generate/"), Look("account/second-factor/totp/deactivate/"),
    Look("courses/first-aid-kit/hand-over/"), Look("record/"),
    Look("desk/attempts/", "flagged"), Look("desk/attempts/{odd}/", "flagged-attempt"), Look("desk/quarantine/"),
    Look("desk/quarantine/{held}/", "held"), Look("desk/devices/", "devices"), Look("desk/devices/{device}/revoke/"),
    Look("desk/import/"), Look("desk/cohorts/{cohort}/exam/"),
]  # fmt: skip
PAGES = {
    "nobody": ANONYMOUS, "beginner": BEGINNER, "sitter": SITTER, "holder": HOLDER, "carrier": CARRIER,
    "coordinator": STAFF,
}  # fmt: skip
_SET_EXAM = """
from assessments.models import Quiz
from courses.models import CoursePage
course = CoursePage.objects.filter(slug="first-aid-kit").values_list("activity_uuid", flat=True)[0]
words = {"title": {"en": "Exam", "fr": "Examen"}, "time_limit_s": 1200, "attempt_limit": 1}
print(Quiz.objects.create(course_uuid=course, quiz_class="exam", **words).uuid)
"""
_DROP_EXAM = 'from assessments.models import Quiz; Quiz.objects.filter(quiz_class="exam").delete()'


@dataclass
class World:
    """Browsers that are signed in, by who, and the ids that stand in addresses."""

    contexts: dict[str, BrowserContext]
    ids: dict[str, str]


@pytest.fixture(scope="module")
def world(
    opened_session: Callable[..., BrowserContext], sign_in: Callable[[Page, str], None], demo: Demo
) -> Iterator[World]:
    """Let somebody begin, somebody sit a test, somebody hold a certificate, somebody need a decision."""
    contexts = {who: opened_session(locale="fr-FR") for who in PAGES}
    ids = {"cohort": str(demo_uuid("cohort", MALI.key)), "person": str(demo_uuid("person", "officer"))}
    pages = {who: context.new_page() for who, context in contexts.items()}
    join(pages["beginner"], "Djénéba Konaté")
    _complete_one(pages["beginner"])
    ids |= _sit(pages["sitter"])
    ids |= _hold(pages["holder"])
    ids |= _carry(pages["carrier"])
    sign_in(pages["coordinator"], "coordinator")
    ids["held"] = _held(pages["coordinator"])
    # At the end: whoever joined before needs no exam for the certificate. Other files share the demo and have none.
    ids["exam"] = demo.run(_SET_EXAM)
    yield World(contexts, ids)
    demo.run(_DROP_EXAM)


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("who", PAGES)
def test_every_page_is_sound_in_every_dress(world, who, language):
    page = world.contexts[who].pages[0]
    faults = [fault for look in PAGES[who] for fault in _faults_of(page, look, language, world.ids)]
    assert not faults, "\n".join(faults)


def test_error_banners_and_lists_of_faults_are_sound(world):
    page = world.contexts["nobody"].pages[0]
    page.goto("/fr/account/sign-in/")
    page.locator("[name=identifier]").fill("nobody-at-all")
    page.locator("[name=password]").fill("wrong")
    page.locator("main form button").first.click()
    assert _axe(page, AXE_TAGS) == []
    page.goto("/fr/join/")
    page.locator("main [name=code]").fill("NONESUCH")
    page.locator("main form button").first.click()
    assert _axe(page, AXE_TAGS) == []


def test_an_officer_signs_in_and_answers_with_the_keyboard_alone(world, open_context):
    state = world.contexts["sitter"].storage_state()
    page = open_context(locale="fr-FR", viewport=SIZES["desktop"]).new_page()
    page.goto("/fr/account/sign-in/")
    _tab_to(page, "[name=agency]")
    page.keyboard.type("Police des f")
    _tab_to(page, "[name=identifier]")
    page.keyboard.type("20417K")
    _tab_to(page, "[name=password]")
    page.keyboard.type("premiere-heure")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "sign-in" not in page.url
    assert page.locator("h1").inner_text() == "Bonjour, Awa Sissouma"

    page.context.clear_cookies()
    page.context.add_cookies(state["cookies"])
    page.goto(f"/fr/attempts/{world.ids['open']}/3/")
    _tab_to(page, "[data-place] input[name=response]")
    with page.expect_response(lambda reply: reply.request.method == "POST" and reply.ok):
        page.keyboard.press("Space")
    page.locator("[data-place] .saved").wait_for()
    _tab_to(page, "[data-place] form .btn")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/4/$"))
    assert page.locator("[data-place] h1").evaluate("each => each === document.activeElement")


def test_page_of_a_device_with_people_a_pin_and_a_queue_is_sound(open_context, demo):
    page = open_context(locale="fr-FR").new_page()
    join(page, "Niagalé Coulibaly")
    wait_for_store(page)
    tablet = Tablet(demo)
    tablet.say(page)
    tablet.set_pin(page)
    faults: list[str] = []
    for language in ("fr", "ar"):
        page.goto(f"/{language}/device/")
        page.locator("[data-queue-list=waiting] li").first.wait_for()
        faults += _faults_here(page, Look("device/", "device"), language, _open_everything)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_state_of_the_sync_line_and_of_the_offline_card_is_sound(world, language):
    page = world.contexts["beginner"].pages[0]
    page.goto(f"/{language}/courses/first-aid-kit/")
    page.locator("#offline:not([hidden])").wait_for()
    assert page.evaluate(_SHOW_ALL_STATES) >= 24
    faults = list(_faults_here(page, Look("", "states"), language))
    assert not faults, "\n".join(faults)


def test_first_lesson_page_is_light(world, open_context, demo):
    cookies = world.contexts["beginner"].cookies()
    lesson, following = (f"{COURSE}{slug}/" for slug in ("pourquoi-la-premiere-heure-compte", "voir-les-signes"))
    with line_to(demo.port) as line:
        page = open_context(locale="fr-FR", viewport=SIZES["phone"]).new_page()
        page.context.add_cookies(cookies)
        assert _bytes(page, line.address + lesson) <= FIRST_VISIT_BYTES
        page.evaluate("() => navigator.serviceWorker.ready")
        page.wait_for_load_state("networkidle")
        assert line.carried <= KEPT_BYTES
        # From now on the worker fetches, which the browser's tools do not count: the line does.
        for address in (lesson, following):
            before = line.carried
            _bytes(page, line.address + address)
            assert 0 < line.carried - before <= REPEAT_BYTES


def _faults_of(page: Page, look: Look, language: str, ids: dict[str, str]) -> Iterator[str]:
    """Open a page once, then dress it as every device; yield what is wrong."""
    # Without motion: axe would meet colours on their way from light to dark.
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size(SIZES["desktop"])  # type: ignore[arg-type]
    response = page.goto(f"/{language}/{look.address.format(**ids)}")
    if response is None or response.status != look.status:
        yield f"{page.url}: {response and response.status}"
        return
    yield from _faults_here(page, look, language)


def _faults_here(
    page: Page, look: Look, language: str, prepare: Callable[[Page], None] = lambda _page: None
) -> Iterator[str]:
    """Dress the page that is open as every device; yield what is wrong."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    prepare(page)
    for device, scheme in itertools.product(SIZES, SCHEMES):
        page.set_viewport_size(SIZES[device])  # type: ignore[arg-type]
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for fault in _axe(page, AXE_TAGS if scheme == "light" else COLOUR_RULES):
            yield f"{page.url} {device} {scheme}: {fault}"
        if look.picture:
            SCREENSHOTS.mkdir(exist_ok=True)
            page.screenshot(path=SCREENSHOTS / f"{look.picture}-{language}-{device}-{scheme}.png", full_page=True)
    page.set_viewport_size({"width": NARROWEST, "height": 640})
    if (width := width_of(page)) > NARROWEST:
        yield f"{page.url}: {width} px wide in a window of {NARROWEST}"


def _axe(page: Page, rules: list[str]) -> list[str]:
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    if not page.evaluate("() => typeof axe === 'object'"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("options => axe.run(options)", options)
    return [f"{each['id']}: {node['html'][:160]}" for each in found["violations"] for node in each["nodes"]]


# Not decode(): that fails where the worker takes the page over while the picture comes.
_LOADED = """each => each.complete || new Promise((done, fail) => {
  each.addEventListener("load", () => done(), { once: true });
  each.addEventListener("error", fail, { once: true });
})"""
# One line and one card for each state, with a count, a size and a date as they may come.
_SHOW_ALL_STATES = r"""() => {
  const line = document.querySelector("[data-sync]");
  const says = [...line.querySelectorAll("template")].map((each) => each.content.textContent);
  for (const words of says) {
    const shown = line.cloneNode(true);
    for (const each of shown.querySelectorAll("[hidden]")) each.hidden = false;
    const since = new Date(0).toLocaleString(document.documentElement.lang);
    const filled = words.replace("{count}", "1 234").replace("{since}", since);
    shown.querySelector("[data-sync-words]").textContent = filled;
    line.after(shown);
  }
  const card = document.querySelector("#offline");
  const states = [...card.querySelectorAll("[data-state]")];
  for (const each of [card, ...states, ...card.querySelectorAll("[data-error]")]) each.hidden = false;
  for (const each of card.querySelectorAll("[data-words]")) {
    each.textContent = each.dataset.words.replace(/\{\w+\}/g, "1 023,5 Mo");
  }
  for (const each of card.querySelectorAll("progress")) Object.assign(each, { max: 10, value: 4 });
  return says.length + states.length;
}"""


def _tab_to(page: Page, selector: str) -> None:
    for _each in range(40):
        page.keyboard.press("Tab")
        if page.locator(selector).evaluate_all("all => all.includes(document.activeElement)"):
            return
    msg = f"Tab does not reach {selector}"
    raise AssertionError(msg)


def _bytes(page: Page, address: str) -> int:
    """Return what goes over the wire for a page that is read to its end, headers and all."""
    session = page.context.new_cdp_session(page)
    sizes: list[int] = []
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda said: sizes.append(said["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    for image in page.locator("main img").all():
        image.scroll_into_view_if_needed()
        image.evaluate(_LOADED)
    page.evaluate("() => new Promise((done) => setTimeout(done, 200))")
    session.detach()
    return int(sum(sizes))


def _complete_one(page: Page) -> None:
    page.locator(".head .btn").first.click()
    page.locator("#lesson-form button").click()
    page.wait_for_url(re.compile("voir-les-signes"))


def _attempt_of(page: Page) -> str:
    return re.search(r"/attempts/([0-9a-f-]+)/", page.url)[1]  # type: ignore[index]


def _open_everything(page: Page) -> None:
    page.locator("main details").evaluate_all("all => all.forEach((each) => (each.open = true))")


def _carry(page: Page) -> dict[str, str]:
    """Pass the test on a device with an odd clock, practise once to the end and once more."""
    join(page, "Sékou Dembélé")
    ids = leave_odd_work(page)
    ids["practised"] = _practise(page)
    page.locator("[data-review], nav a[href$='/review/']").first.click()
    hand_in(page)
    return ids | {"practice": _practise(page)}


def _practise(page: Page) -> str:
    """Begin to practise from the course page, and answer the first question; return the attempt."""
    page.goto(COURSE)
    with page.expect_navigation():
        page.locator("main .route form .btn.alt").click()
    page.locator("main .choice").first.click()
    with page.expect_navigation():
        page.locator("main form .btn").first.click()
    page.locator("#told").wait_for()
    return _attempt_of(page)


def _held(page: Page) -> str:
    page.goto("/fr/desk/quarantine/")
    address = page.locator("main tbody a").first.get_attribute("href") or ""
    return address.rstrip("/").rpartition("/")[2]


def _sit(page: Page) -> dict[str, str]:
    join(page, "Kankou Fofana")
    read_lessons(page)
    start_test(page)
    failed = _attempt_of(page)
    answer_all(page, right=4)
    hand_in(page)
    page.goto(COURSE)
    start_test(page)
    with page.expect_response(lambda reply: reply.request.method == "POST"):
        answer(page)
    return {"failed": failed, "open": _attempt_of(page)}


def _hold(page: Page) -> dict[str, str]:
    join(page, "Ramata Haïdara")
    read_lessons(page)
    earn_certificate(page)
    passed = _attempt_of(page)
    page.goto("/fr/record/")
    return {"passed": passed, "serial": page.locator("main .code").first.inner_text()}
