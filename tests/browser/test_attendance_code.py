"""The code on the trainer's screen, read by a camera, puts a learner on the list."""

import datetime as dt
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from elearning.demo.cohorts import MALI
from elearning.demo.people import demo_uuid
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.steps import join

COHORT = f"/fr/desk/cohorts/{demo_uuid('cohort', MALI.key)}"


def test_a_learner_scans_the_screen_and_stands_on_the_list(open_context, sign_in, tmp_path):
    officer = open_context(locale="fr-FR", **PHONE).new_page()
    somebody = join(officer, "Binta Scanner")
    desk = open_context(locale="fr-FR", **DESKTOP).new_page()
    sign_in(desk, "coordinator")
    session = _plan_today(desk)
    desk.goto(f"{session}code/")
    officer.goto(urlsplit(_scan(desk, tmp_path / "screen.png")).path)
    expect(officer.locator("main form b")).to_have_text(somebody.name)
    officer.locator("main form .btn").click()
    expect(officer.locator(".banner.good")).to_be_visible()
    desk.goto(f"{session}attendance/")
    row = desk.locator("tr", has_text=somebody.name)
    expect(row.locator("input[value=present]")).to_be_checked()


def _plan_today(desk: Page) -> str:
    """Plan a session that lasts all day by the cohort's clock, which is UTC, and return its address."""
    desk.goto(f"{COHORT}/sessions/new/")
    desk.locator("[name=title]").fill("Atelier du jour")
    desk.locator("[name=day]").fill(dt.datetime.now(tz=dt.UTC).date().isoformat())
    for name, value in (("begins", "00:00"), ("ends", "23:59"), ("minutes", "60")):
        desk.locator(f"[name={name}]").fill(value)
    desk.locator("main form .btn").click()
    desk.wait_for_url("**/desk/sessions/*/")
    return urlsplit(desk.url).path


def _scan(desk: Page, picture: Path) -> str:
    desk.locator(".qr-box").screenshot(path=picture)
    read = subprocess.run(["zbarimg", "-q", "--raw", str(picture)], capture_output=True, text=True)
    assert read.returncode == 0, "the code on the screen cannot be read"
    return read.stdout.strip()
