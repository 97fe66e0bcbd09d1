"""The coordinator of Mali sees a new certificate counted, and nothing of another country."""

import csv
import io
import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from elearning.demo.cohorts import MALI, UKRAINE
from elearning.demo.people import demo_uuid
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.steps import earn_certificate, join, read_lessons


@dataclass(frozen=True)
class Line:
    """One line of the table of cohorts: how many are enrolled, have completed, are certified."""

    enrolled: int
    completed: int
    certified: int


@pytest.mark.parametrize("with_scripts", [True, False], ids=["javascript", "no-javascript"])
def test_a_new_certificate_is_counted_under_its_country(open_context, sign_in, with_scripts):
    officer = open_context(locale="fr-FR", java_script_enabled=with_scripts, **PHONE).new_page()
    somebody = join(officer, f"Aminata Sacko {'I' if with_scripts else 'II'}")
    read_lessons(officer)
    desk = open_context(locale="fr-FR", java_script_enabled=with_scripts, **DESKTOP).new_page()
    sign_in(desk, "coordinator")
    before = _lines(desk)[MALI.name]
    earn_certificate(officer)
    lines = _lines(desk)
    assert lines[MALI.name] == Line(before.enrolled, before.completed + 1, before.certified + 1)
    completed, enrolled = (sum(getattr(line, each) for line in lines.values()) for each in ("completed", "enrolled"))
    assert f"{completed} sur {enrolled}" in desk.locator(".figs").inner_text()
    desk.get_by_role("link", name=MALI.name).click()
    desk.locator(f"main a[href$='/desk/cohorts/{demo_uuid('cohort', MALI.key)}/']").first.click()
    row = desk.get_by_role("row", name=re.compile(rf"^{somebody.name} "))
    expect(row.locator("[data-label='Certificat'] .code")).to_have_text(re.compile(r"^RLS-ML-"))


def test_the_export_says_what_the_screen_says(open_context, sign_in):
    desk = open_context(locale="fr-FR", **DESKTOP).new_page()
    sign_in(desk, "coordinator")
    shown = _lines(desk)
    with desk.expect_download() as download:
        desk.get_by_role("link", name=re.compile("^CSV Cohortes")).click()
    text = download.value.path().read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["cohort"]: Line(*(int(row[each] or 0) for each in _COLUMNS)) for row in rows} == shown
    assert {row["country_code"] for row in rows} == {"ML"}
    assert UKRAINE.name not in text


@pytest.mark.parametrize("with_scripts", [True, False], ids=["javascript", "no-javascript"])
def test_another_country_is_not_there(open_context, sign_in, with_scripts):
    desk = open_context(locale="fr-FR", java_script_enabled=with_scripts, **DESKTOP).new_page()
    sign_in(desk, "coordinator")
    desk.goto("/fr/desk/")
    words = desk.content()
    assert UKRAINE.name not in words
    assert "Ukraine" not in words
    for address in (
        f"/fr/desk/cohorts/{demo_uuid('cohort', UKRAINE.key)}/",
        "/fr/desk/?country=UA",
        "/fr/desk/export.csv?country=UA",
        f"/fr/account/people/{demo_uuid('person', UKRAINE.officers[0].service_number)}/",
    ):
        assert desk.context.request.get(address).status == 404, address
    desk.goto(f"/fr/desk/cohorts/{demo_uuid('cohort', UKRAINE.key)}/")
    expect(desk.locator("h1")).to_be_visible()
    assert UKRAINE.name not in desk.content()


_COLUMNS = ("enrolled", "completed", "certified")


def _lines(page: Page) -> dict[str, Line]:
    """Return the table of cohorts as it stands on the screen."""
    page.goto("/fr/desk/")
    rows = page.locator("#cohorts").locator("xpath=ancestor::section").locator("tbody tr").all()
    return {row.locator("th").inner_text(): _line(row.locator("td.n").all_inner_texts()) for row in rows}


def _line(cells: list[str]) -> Line:
    return Line(*(int(found[0]) if (found := re.findall(r"\d+", cell)) else 0 for cell in cells))
