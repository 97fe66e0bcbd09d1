"""The demo stands up: the first page that anybody sees is there, in French, and axe finds nothing on it."""

import re

import pytest
from playwright.sync_api import expect


def test_sign_in_page_renders(page_fr_phone, screenshot):
    page_fr_phone.goto("/")
    page_fr_phone.goto("/fr/account/sign-in/")
    expect(page_fr_phone.locator("html")).to_have_attribute("lang", "fr")
    expect(page_fr_phone.locator("h1")).to_have_count(1)
    expect(page_fr_phone.locator("[name=password]")).to_be_visible()
    screenshot(page_fr_phone, "sign-in")
    width = page_fr_phone.evaluate("document.documentElement.scrollWidth")
    assert width <= 390, "the page scrolls sideways on a phone"


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_axe_finds_nothing_on_the_sign_in_page(find_axe_faults, language):
    assert find_axe_faults(f"/{language}/account/sign-in/") == []


@pytest.mark.parametrize("who", ["officer", "coordinator"])
def test_people_of_the_sheet_can_sign_in(page_desktop, sign_in, who):
    sign_in(page_desktop, who)
    expect(page_desktop).to_have_url(re.compile(r"/fr/"))
