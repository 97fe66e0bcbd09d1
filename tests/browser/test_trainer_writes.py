"""A trainer writes a question in Wagtail, sees it as a learner would, publishes it; officers there meet it."""

import re

from playwright.sync_api import Page, expect

from tests.browser.answers import Key
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.steps import QUESTIONS, answer_all, hand_in, join, read_lessons, start_test

WORDS = {
    "fr": ("Un minibus arrive de nuit avec huit passagers muets.", "Que faites-vous en premier ?",
           "Parler à chacun séparément", "Laisser passer le minibus", "Parler à part rend la parole libre."),
    "en": ("A minibus comes at night with eight silent passengers.", "What do you do first?",
           "Talk to each of them apart", "Let the minibus go on", "Who is heard apart speaks freely."),
}  # fmt: skip


def test_a_question_goes_from_the_trainer_to_an_officer(open_context, sign_in):
    trainer = open_context(locale="fr-FR", **DESKTOP).new_page()
    sign_in(trainer, "trainer")
    trainer.get_by_role("link", name="Questions").click()
    trainer.get_by_role("link", name="Nouvelle question").first.click()
    trainer.get_by_role("main").get_by_role("link", name="Choix unique").first.click()
    _write(trainer)
    _preview(trainer)
    trainer.locator("[name=status]").select_option(label="Publiée")
    trainer.get_by_role("button", name="Enregistrer").click()
    expect(trainer.get_by_text("La question est enregistrée").first).to_be_visible()

    try:
        _meet(open_context(locale="fr-FR", **PHONE).new_page())
    finally:
        # The other journeys know the questions of the course only.
        trainer.locator("[name=status]").select_option(label="Retirée")
        trainer.get_by_role("button", name="Enregistrer").click()
        expect(trainer.get_by_text("Les participants ne la reçoivent pas").first).to_be_visible()


def _meet(officer: Page) -> None:
    """Sit the test as an officer of the same country: the question is in it."""
    join(officer, "Sitan Doumbia")
    read_lessons(officer)
    start_test(officer)
    _case, stem, right, _wrong, feedback = WORDS["fr"]
    # It tests no lesson, and a paper takes a question of each kind of lesson before a second one of any.
    stems = answer_all(officer, right=QUESTIONS, also={stem: Key(frozenset([right]), feedback)})
    assert stem in stems
    _read_in_english(officer, stems.index(stem) + 1)
    officer.get_by_role("main").get_by_role("link", name="See all answers").click()
    hand_in(officer)
    expect(officer.get_by_text(WORDS["en"][4])).to_be_visible()
    expect(officer.locator(".score")).to_contain_text("10")


def _write(page: Page) -> None:
    page.locator("[name=course_uuid]").select_option(label="Trousse de premier secours : la première heure")
    page.locator("[name=country]").select_option(label="Mali")
    for language, (case, stem, right, wrong, feedback) in WORDS.items():
        page.locator(f"[name=stem_{language}]").fill(f"{case}\n\n{stem}")
        page.locator(f"[name=choice_{language}_1]").fill(wrong)
        page.locator(f"[name=choice_{language}_2]").fill(right)
        page.locator(f"[name=feedback_{language}]").fill(feedback)
    page.locator("[name=right][value='2']").check(force=True)


def _preview(page: Page) -> None:
    """Open the panel beside the form: the words as a learner meets them, before anything is saved."""
    page.get_by_role("button", name=re.compile("aperçu|prévisualisation", re.IGNORECASE)).first.click()
    frame = page.frame_locator("iframe[id^=w-preview]").first
    expect(frame.locator("legend")).to_have_text(WORDS["fr"][1], timeout=10_000)
    expect(frame.locator(".choice").first).to_be_visible()


def _read_in_english(page: Page, number: int) -> None:
    """Change the language in the middle of the test: the same question, the same answer."""
    page.locator("ol.review a").nth(number - 1).click()
    page.locator(".lang summary").click()
    page.locator(".lang").get_by_role("link", name="English").click()
    expect(page.locator("legend")).to_have_text(WORDS["en"][1])
    expect(page.locator(".choice", has=page.locator("input:checked"))).to_have_text(WORDS["en"][2])
