"""The numbered rows of a question's form: as many as are needed, the same in each language."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.modules import open_modules

ROWS = 6


def _form() -> str:
    def row(language: str, place: int) -> str:
        said = "written" if (language, place) == ("fr", 2) else ""
        field = f'<input name="choice_{language}_{place}" value="{said}">'
        return f'<div class="w-panel__wrapper"><div class="w-field-row">{field}</div></div>'

    columns = "".join(
        f'<section class="q-column"><input name="stem_{code}">{"".join(row(code, n) for n in range(1, ROWS + 1))}'
        "</section>"
        for code in ("en", "fr")
    )
    script = '<script type="module" src="/static/relais/js/question-rows.js"></script>'
    return f"<!doctype html><title>Form</title><form>{columns}</form>{script}"


@pytest.fixture(scope="module")
def page(browser: Any) -> Page:
    return open_modules(browser.new_context(), {"/form/": _form()}, "/form/")


def visible(page: Page, language: str) -> list[int]:
    fields = [page.locator(f"[name=choice_{language}_{place}]") for place in range(1, ROWS + 1)]
    return [place for place, field in enumerate(fields, 1) if field.is_visible()]


def test_one_empty_row_follows_the_last_that_any_language_uses(page):
    assert visible(page, "en") == visible(page, "fr") == [1, 2, 3, 4]
    page.locator("[name=choice_en_4]").fill("fourth")
    assert visible(page, "en") == visible(page, "fr") == [1, 2, 3, 4, 5]
    page.locator("[name=choice_fr_5]").fill("fifth")
    assert visible(page, "en")[-1] == visible(page, "fr")[-1] == ROWS
    page.locator("[name=choice_fr_5]").fill(" ")
    page.locator("[name=choice_en_4]").fill("")
    assert visible(page, "en") == [1, 2, 3, 4]
    assert page.locator("[name=stem_en]").is_visible()
