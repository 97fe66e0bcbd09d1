"""A coordinator brings a list into a class and takes it back; a stranger's phone reads the printed code."""

import subprocess

import pytest
from playwright.sync_api import expect

from elearning.demo.cohorts import MALI
from elearning.demo.people import demo_uuid
from tests.browser.conftest import DESKTOP, PHONE

COHORT = f"/fr/desk/cohorts/{demo_uuid('cohort', MALI.key)}"
LIST = "Nom et prénom;Matricule;Année de naissance\nFatoumata Doumbouya;91001A;1993\n;9;\nKarim Dicko;91002B;1990\n"


@pytest.mark.parametrize("with_scripts", [True, False], ids=["javascript", "no-javascript"])
def test_list_is_looked_at_written_and_taken_back_on_a_phone(demo, open_context, sign_in, with_scripts):
    page = open_context(locale="fr-FR", java_script_enabled=with_scripts, **PHONE).new_page()
    sign_in(page, "coordinator")
    page.goto(f"{demo.address}{COHORT}/import/")
    page.locator("input[type=file]").set_input_files(
        {"name": "liste.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    )
    page.locator("main form button.btn").click()
    expect(page.locator("tbody tr")).to_have_count(3)
    expect(page.locator("tbody .tag.bad")).to_have_count(1)
    page.locator("button[value=confirm]").click()
    expect(page.get_by_role("link", name="Fatoumata Doumbouya")).to_be_visible()
    page.locator("button[value=undo]").click()
    expect(page.locator("tbody tr")).to_have_count(3)
    expect(page.get_by_role("link", name="Fatoumata Doumbouya")).to_have_count(0)
    if with_scripts:
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


def test_code_on_the_wall_is_read_by_a_camera_and_opens_the_form(demo, open_context, sign_in, tmp_path):
    desk = open_context(locale="fr-FR", **DESKTOP).new_page()
    sign_in(desk, "coordinator")
    desk.goto(f"{demo.address}{COHORT}/codes/{MALI.code}/sheet/")
    desk.locator(".poster .qr").screenshot(path=tmp_path / "wall.png")
    desk.locator(".cards .qr").first.screenshot(path=tmp_path / "card.png")
    links = [
        subprocess.run(["zbarimg", "-q", "--raw", tmp_path / name], capture_output=True, text=True, check=True).stdout
        for name in ("wall.png", "card.png")
    ]
    assert links[0] == links[1]
    phone = open_context(locale="fr-FR", **PHONE).new_page()
    phone.goto(links[0].strip())
    expect(phone.locator("[name=full_name]")).to_be_visible()
    expect(phone.locator("[name=code]")).to_have_value(MALI.code)
