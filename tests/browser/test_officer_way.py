"""The officer's way in French on a phone: from sign-in to a certificate that anyone can look up."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from tests.browser.answers import answer, keys
from tests.browser.conftest import PHONE
from tests.browser.steps import (
    COURSE,
    QUESTIONS,
    answer_all,
    hand_in,
    join,
    press,
    read_lessons,
    sign_in_by_number,
    start_test,
)

ATTEMPT = re.compile(r"/attempts/[0-9a-f-]+/\d+/$")
LESSONS = [
    "Pourquoi la première heure compte",
    "Voir les signes",
    "Mettre à l’abri",
    "Écouter",
    "Préserver les preuves",
    "Ne pas punir, ne pas renvoyer",
    "Passer le relais",
]


@pytest.fixture(scope="module")
def candidate(opened_session: Callable[..., BrowserContext]) -> dict[str, object]:
    """Somebody who has read all lessons: the cookies of a browser that is signed in."""
    page = opened_session(locale="fr-FR", java_script_enabled=False).new_page()
    join(page, "Bintou Dembélé")
    read_lessons(page)
    return page.context.storage_state()  # type: ignore[return-value]


@pytest.fixture
def test_page(candidate: dict[str, object], open_context: Callable[..., BrowserContext]) -> Page:
    """A phone on a question of the candidate's open attempt, without an outbox: each answer is a form of the page.

    The way through the outbox is in test_outbox_pages.py and test_offline_walk.py.
    """
    page = open_context(locale="fr-FR", storage_state=candidate, service_workers="block", **PHONE).new_page()
    page.route("**/sync/**", lambda route: route.abort())
    page.goto(COURSE)
    start_test(page)
    return page


def test_the_way_from_sign_in_to_certificate(page_fr_phone, sign_in):
    page = page_fr_phone
    sign_in(page, "officer")
    expect(page.locator("h1")).to_have_text("Bonjour, Awa Sissouma")
    page.get_by_role("link", name="Commencer la leçon").click()
    expect(page.locator("h1")).to_have_text(LESSONS[0])
    _leave_in_the_middle_and_come_back(page)
    _change_the_language_and_back(page)
    page.goto(COURSE)
    assert read_lessons(page) == LESSONS
    expect(page.get_by_text("Terminé : 7 sur 7")).to_be_visible()
    _fail_once(page)
    press(page, "Essayer de nouveau")
    answer_all(page, right=QUESTIONS)
    hand_in(page)
    _hold_a_certificate(page)


def test_the_same_way_without_javascript(page_no_js):
    page = page_no_js
    somebody = join(page, "Founè Sidibé")
    with page.expect_navigation():
        page.get_by_role("button", name="Se déconnecter").click()
    sign_in_by_number(page, somebody)
    expect(page.locator("h1")).to_contain_text(somebody.name)
    page.get_by_role("link", name="Commencer la leçon").click()
    expect(page.locator("h1")).to_have_text(LESSONS[0])
    _change_the_language_and_back(page)
    page.goto(COURSE)
    assert read_lessons(page) == LESSONS
    _fail_once(page)
    press(page, "Essayer de nouveau")
    answer_all(page, right=QUESTIONS)
    hand_in(page)
    _hold_a_certificate(page)


def test_the_mark_of_saving_waits_for_the_server(test_page):
    held: list[Route] = []
    # One at a time: a later change of the same answer is sent when the first has its reply.
    test_page.route(ATTEMPT, lambda route: held.append(route) if not held else route.continue_())
    with test_page.expect_request(_is_save):
        answer(test_page)
    status = test_page.locator("[data-place] [data-status]")
    expect(status).to_be_empty()
    # Longer than any honest reply: a mark that does not wait for it would stand by now.
    test_page.wait_for_timeout(700)
    expect(status).to_be_empty()
    with test_page.expect_response(_is_saved):
        held[0].continue_()
    expect(status.locator(".saved")).to_contain_text("Enregistré")


def test_a_failed_save_says_so_and_tries_again(test_page):
    replies = iter([503, 500])

    def fail_twice(route: Route) -> None:
        status = next(replies, None) if route.request.method == "POST" else None
        route.fulfill(status=status, body="") if status else route.continue_()

    test_page.route(ATTEMPT, fail_twice)
    answer(test_page)
    status = test_page.locator("[data-place] [data-status]")
    expect(status).to_contain_text("Pas encore enregistré")
    expect(status.locator(".saved")).to_have_count(0)
    expect(status.locator(".saved")).to_be_visible(timeout=15_000)
    assert next(replies, None) is None


def test_a_reload_keeps_the_answers(test_page):
    with test_page.expect_response(_is_saved):
        answer(test_page)
    given = _given(test_page)
    test_page.reload()
    assert given
    assert _given(test_page) == given
    test_page.goto(COURSE)
    start_test(test_page)
    test_page.get_by_role("link", name="Voir toutes les réponses").click()
    expect(test_page.get_by_text("Répondue", exact=True).first).to_be_visible()


def test_a_double_click_on_hand_in_makes_one_attempt(test_page):
    test_page.goto(re.sub(r"\d+/$", "1/", test_page.url))
    answer_all(test_page, right=2)
    sent: list[str] = []
    test_page.on("request", lambda request: sent.append(request.url) if "hand-in" in request.url else None)
    test_page.get_by_role("button", name="Remettre le test").dblclick(no_wait_after=True)
    expect(test_page).to_have_url(re.compile(r"/result/$"))
    expect(test_page.locator("h1")).to_have_text("Pas encore réussi")
    assert sent
    test_page.goto("/fr/record/")
    expect(test_page.locator("main tbody tr")).to_have_count(1)


def _leave_in_the_middle_and_come_back(page: Page) -> None:
    """Read to the third part, close the lesson, and find it again from the card on the first page."""
    part = page.locator("[data-part]").nth(2)
    heading, block = part.inner_text(), part.get_attribute("id")
    # On a device with an outbox, what one reads goes there and then to the site.
    with page.expect_response(lambda reply: reply.url.endswith("/sync/statements/")) as told:
        part.evaluate("each => each.scrollIntoView()")
    assert told.value.status == 200
    page.goto("/fr/")
    expect(page.locator(".card.go .eyebrow")).to_have_text("Reprenez ici")
    page.get_by_role("link", name="Continuer la leçon").click()
    expect(page).to_have_url(re.compile(rf"#{block}$"))
    expect(page.locator(f"[id='{block}']")).to_be_in_viewport()
    expect(page.get_by_role("link", name=f"Reprendre : {heading}")).to_have_attribute("href", f"#{block}")


def _change_the_language_and_back(page: Page) -> None:
    """Change to English in the lesson: the same lesson, the same place."""
    resumed = page.get_by_role("link", name=re.compile("^Reprendre"))
    place = resumed.get_attribute("href") if resumed.count() else None
    page.locator(".lang summary").click()
    page.locator(".lang").get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_have_text("Why the first hour counts")
    if place:
        expect(page.get_by_role("link", name=re.compile("^Continue where you stopped"))).to_have_attribute(
            "href", place
        )
    page.locator(".lang summary").click()
    page.locator(".lang").get_by_role("link", name="Français").click()
    expect(page.locator("h1")).to_have_text(LESSONS[0])


def _fail_once(page: Page) -> None:
    """Sit the test and fail: what to read again is shown, what is right is not."""
    start_test(page)
    stems = answer_all(page, right=3)
    hand_in(page)
    expect(page.locator("h1")).to_have_text("Pas encore réussi")
    expect(page.get_by_role("heading", name="À relire")).to_be_visible()
    assert page.locator("#again + ul a").count()
    words = re.sub(r"\s+", " ", page.content())
    for stem in stems:
        key = keys("fr")[stem]
        assert key.feedback not in words
        assert not [each for each in key.right if len(each) > len("Vrai ou faux") and each in words]


def _hold_a_certificate(page: Page) -> None:
    """Pass, take the PDF, and look its number up as anybody may."""
    expect(page.locator("h1")).to_have_text("Vous avez réussi")
    page.get_by_role("link", name="Voir mon certificat").click()
    serial = page.locator("main .code").first.inner_text()
    pdf = page.context.request.get(page.get_by_role("link", name="Télécharger le PDF").get_attribute("href") or "")
    assert pdf.ok
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.body().startswith(b"%PDF")
    page.context.clear_cookies()
    page.goto("/fr/verify/")
    page.locator("[name=text]").fill(serial.lower())
    press(page, "Vérifier")
    expect(page.locator("h1")).to_have_text("Ce certificat est valable aujourd’hui")
    expect(page.get_by_text(serial).first).to_be_visible()


def _is_save(request: Request) -> bool:
    return request.method == "POST" and bool(ATTEMPT.search(request.url))


def _is_saved(response: object) -> bool:
    return _is_save(response.request) and response.ok  # type: ignore[attr-defined]


def _given(page: Page) -> list[str | None]:
    return [each.get_attribute("value") for each in page.locator("[data-place] input[name=response]:checked").all()]
