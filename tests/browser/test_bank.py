"""The bank: a trainer writes in French, a colleague approves, a translator completes; stale words are mended."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.steps import width_of

FRENCH = {
    "stem_fr": "Un car de nuit s’arrête ; neuf voyageurs baissent les yeux.\n\nQue regardez-vous d’abord ?",
    "choice_fr_1": "Qui tient les papiers de tous",
    "choice_fr_2": "La marque du car",
    "choice_fr_3": "Le prix du billet",
    "feedback_fr": "Celui qui tient les papiers des autres tient souvent aussi les personnes.",
}
ENGLISH = {
    "stem_en": "A night coach stops; nine travellers look down.\n\nWhat do you look at first?",
    "choice_en_1": "Who holds the papers of all",
    "choice_en_2": "The make of the coach",
    "choice_en_3": "The price of the ticket",
    "feedback_en": "Who holds the papers of others often holds the people too.",
}
ARABIC = {
    "stem_ar": "توقفت حافلة ليلية وفيها تسعة مسافرين يخفضون أنظارهم.\n\nإلى ماذا تنظر أولاً؟",
    "choice_ar_1": "من يحمل أوراق الجميع",
    "choice_ar_2": "نوع الحافلة",
    "choice_ar_3": "ثمن التذكرة",
    "feedback_ar": "من يحمل أوراق الآخرين يسيطر غالباً على الأشخاص أيضاً.",
}
TITLE = "neuf voyageurs baissent les yeux"
ADD = "/cms/questions/single-choice/add/"
NARROW = {"viewport": {"width": 320, "height": 700}}
REVIEW, SAVE = "button[name=action-review]", "form#w-editor-form button.action-save"


@pytest.fixture(scope="module")
def staff(opened_session, sign_in) -> Callable[[str], BrowserContext]:
    """Return a function that opens a context in which somebody is signed in."""
    contexts: dict[str, BrowserContext] = {}

    def opened(who: str) -> BrowserContext:
        if who not in contexts:
            contexts[who] = opened_session(locale="fr-FR", **DESKTOP)
            sign_in(contexts[who].new_page(), who)
        return contexts[who]

    return opened


@pytest.fixture(scope="module")
def question(staff, demo) -> Iterator[str]:
    """Yield the address of the form of a question that a trainer wrote, and a colleague approved."""
    page = staff("trainer").new_page()
    address = _write_and_send(page)
    _approve(staff("editor").new_page())
    yield address
    # The other journeys know the questions of the course only.
    demo.run(
        "from assessments.models import Question;"
        f"Question.objects.filter(pk={_number_in(address)}).update(status='retired')"
    )


def _fill(page: Page, words: dict[str, str]) -> None:
    for name, text in words.items():
        page.locator(f"[name={name}]").fill(text)


def _press(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.locator(button).first.click()


def _write_and_send(page: Page) -> str:
    page.goto(ADD)
    page.locator("[name=course_uuid]").select_option(label="Trousse de premier secours : la première heure")
    page.locator("[name=country]").select_option(label="Mali")
    page.locator("[name=new_tags]").fill("topic:papers article:art-3")
    _fill(page, FRENCH)
    page.locator("[name=right][value='1']").check(force=True)
    _press(page, REVIEW)
    expect(page).to_have_url(re.compile(r"/single-choice/edit/\d+/$"))
    expect(page.locator(".q-touched a")).to_be_visible()
    return page.url


def _approve(page: Page) -> None:
    page.goto("/cms/")
    page.get_by_role("link", name=re.compile(TITLE)).first.click()
    page.locator("[name=comment]").fill("Bonne question.")
    _press(page, ".q-decide button")
    expect(page.locator(".q-review")).to_contain_text("Bonne question.")


def test_question_is_written_reviewed_and_translated(staff, question, screenshot):
    page = staff("trainer").new_page()
    page.goto(question)
    expect(page.locator("[name=status]")).to_have_value("published")

    # A translator adds English, then Arabic, which the form does not show by itself.
    translator = staff("administrator").new_page()
    translator.goto(f"{question}?also=ar")
    _fill(translator, ENGLISH | ARABIC)
    expect(translator.locator("[name=stem_ar]")).to_have_attribute("dir", "rtl")
    screenshot(translator, "three-languages")
    _press(translator, SAVE)
    expect(translator.locator(".q-stale")).to_have_count(0)

    # The French words change: the others are stale, until one follows and the other is found right.
    page.goto(question)
    page.locator("[name=choice_fr_2]").fill("La couleur du car")
    _press(page, SAVE)
    expect(page.locator(".q-column .q-stale")).to_have_count(2)
    screenshot(page, "stale")
    translator.goto(question)
    translator.locator("[name=choice_en_2]").fill("The colour of the coach")
    translator.locator("[name=still_right_ar]").check()
    _press(translator, SAVE)
    expect(translator.locator(".q-stale")).to_have_count(0)

    # What the versions say of it.
    versions = translator.url.replace("/edit/", "/versions/")
    translator.goto(versions)
    expect(translator.locator("ins").first).to_contain_text("colour")
    screenshot(translator, "versions")


@pytest.mark.parametrize(
    "device", [PHONE, DESKTOP, {"viewport": {"width": 320, "height": 700}}], ids=["phone", "desktop", "320"]
)
def test_pages_of_the_bank_fit(staff, question, open_context, screenshot, device):
    context = open_context(locale="fr-FR", **device)
    context.add_cookies(staff("trainer").cookies())
    page = context.new_page()
    inspect = question.replace("/edit/", "/inspect/")
    addresses = {
        "list": "/cms/questions/",
        "form": f"{question}?also=ar",
        "read": inspect,
        "versions": inspect.replace("/inspect/", "/versions/"),
        "categories": "/cms/questions/categories/",
        "tags": "/cms/questions/tags/",
        "twins": "/cms/questions/look-alikes/",
    }
    for name, address in addresses.items():
        page.goto(address)
        screenshot(page, name)
        assert width_of(page) <= device["viewport"]["width"], name


def test_question_is_written_by_keyboard_alone(staff, demo):
    page = staff("trainer").new_page()
    page.goto(ADD)
    page.locator("[name=course_uuid]").focus()
    page.keyboard.press("ArrowDown")
    page.locator("[name=country]").focus()
    page.keyboard.press("ArrowDown")
    for name, text in FRENCH.items():
        _tab_to(page, f"[name={name}]")
        page.keyboard.type(text.replace("neuf", "douze").replace("\n\n", " "))
    _tab_to(page, "[name=right][value='1']")
    page.keyboard.press("Space")
    _tab_to(page, REVIEW)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/edit/\d+/$"))
    _tab_to(page, ".q-touched a")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("h1, #header-title").first).to_be_visible()
    _tab_to(page, "form[action$='/drop/'] button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("[name=status]")).to_have_value("draft")


def test_change_is_asked_about_and_published_without_javascript(staff, question, open_context, demo):
    _make_paper(demo, question)
    context = open_context(locale="fr-FR", java_script_enabled=False, **PHONE)
    context.add_cookies(staff("trainer").cookies())
    page = context.new_page()
    page.goto(question)
    page.locator("[name=choice_fr_3]").fill("Le prix du voyage")
    # Without its script Wagtail's side bar lies over the page on a phone: the keyboard reaches what is below.
    page.locator(SAVE).first.press("Enter")
    expect(page.locator("#q-touched")).to_be_visible()
    page.locator("button[name=publish-change]").press("Enter")
    expect(page.locator("#q-touched")).to_have_count(0)
    expect(page.locator("[name=choice_fr_3]")).to_have_value("Le prix du voyage")


def _number_in(address: str) -> str:
    return re.findall(r"/(\d+)/", address)[-1]


def _tab_to(page: Page, wanted: str) -> None:
    for _press_number in range(200):
        if page.evaluate("wanted => document.activeElement?.matches(wanted) ?? false", wanted):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"no way by keyboard to {wanted}")


def _make_paper(demo, question: str) -> None:
    """Write a paper with the question, as if somebody had drawn it."""
    demo.run(
        "import uuid; from django.utils import timezone; from assessments.models import Paper, Question, Quiz;"
        f"q = Question.objects.get(pk={_number_in(question)}); quiz = Quiz.objects.filter(quiz_class='graded').first();"
        "Paper.objects.create(uuid=uuid.uuid4(), enrolment_uuid=uuid.uuid4(), quiz_uuid=quiz.uuid, number=1,"
        " node_uuid=uuid.uuid4(), text=str(q.uuid), sha256='0' * 64, drawn_at=timezone.now())"
    )
