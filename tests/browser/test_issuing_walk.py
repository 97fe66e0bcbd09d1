"""A coordinator issues for a class: the bar moves by itself, and each person has a result."""

import re

import pytest
from playwright.sync_api import expect

from elearning.demo.cohorts import MALI
from elearning.demo.people import demo_uuid
from tests.browser.conftest import DESKTOP, PHONE


@pytest.mark.parametrize("with_scripts", [True, False], ids=["javascript", "no-javascript"])
def test_a_run_ends_with_a_result_for_each_person(open_context, sign_in, with_scripts):
    desk = open_context(
        locale="fr-FR", java_script_enabled=with_scripts, **(DESKTOP if with_scripts else PHONE)
    ).new_page()
    sign_in(desk, "coordinator")
    desk.goto(f"/fr/desk/cohorts/{demo_uuid('cohort', MALI.key)}/issue/")
    desk.locator("main form button").last.click()
    expect(desk).to_have_url(re.compile(r"/desk/issuing/"))
    if not with_scripts:
        # The thread of the server works meanwhile; the button shows how far it is.
        while desk.locator("[data-open] form button").count():
            desk.locator("[data-open] form button").click()
    expect(desk.locator("[data-run]:not([data-open])")).to_be_visible(timeout=30_000)
    assert desk.locator("tbody tr").count() >= len(MALI.officers)
