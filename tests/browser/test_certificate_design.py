"""An editor designs certificates in Wagtail's admin: each change is seen, and the next certificate looks like it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP
from tests.browser.steps import width_of

SAVE, SHOW = "[name=do][value=save]", ".cd-actions [name=do][value=show]"
# The text of one printed certificate in English, of no programme: it takes the usual design.
_PRINTED = """
import io, pypdf
from certificates.models import Award, CohortPlan
from certificates.printing import print_award
CohortPlan.objects.update(programme=None)
award = Award.objects.filter(language="en", programme_uuid=None).first()
print(" ".join(pypdf.PdfReader(io.BytesIO(print_award(award))).pages[0].extract_text().split()))
"""


def test_picture_follows_what_is_typed_and_certificates_follow_what_is_saved(open_context, sign_in, demo):
    page = _usual_design(open_context(locale="en-GB", **DESKTOP).new_page(), sign_in)
    first = _source(page)
    assert first.startswith("data:image/png")
    page.fill("#id_title_en", "Certificate of the browser test")
    expect(page.locator("[data-picture]")).to_have_attribute("src", re.compile("^blob:"))
    second = _source(page)
    page.select_option("#cd-language", "ar")
    expect(page.locator("[data-picture]")).not_to_have_attribute("src", second)
    page.fill("#id_name_1", "Somebody")
    expect(page.locator("[data-problems]")).not_to_be_empty()
    page.fill("#id_office_1", "Some office")
    expect(page.locator("[data-problems]")).to_be_empty()
    page.click(SAVE)
    expect(page.locator("#id_title_en")).to_have_value("Certificate of the browser test")
    expect(page.locator("#id_office_1")).to_have_value("Some office")
    printed = demo.run(_PRINTED)
    assert "Certificate of the browser test" in printed
    assert "Somebody" in printed


def test_without_scripts_a_button_shows_the_picture(open_context, sign_in):
    # Wagtail's own form to sign in works without scripts, and so does this page.
    context = open_context(locale="en-GB", java_script_enabled=False, **DESKTOP)
    page = _usual_design(context.new_page(), sign_in)
    before = _source(page)
    page.fill("#id_footer_en", "A footer that nobody saves")
    page.click(SHOW)
    after = _source(page)
    assert after.startswith("data:image/png")
    assert after != before
    page.goto(page.url)
    expect(page.locator("#id_footer_en")).not_to_have_value("A footer that nobody saves")


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_form_fits_its_screen(open_context, sign_in, width):
    context = open_context(locale="en-GB", viewport={"width": width, "height": 800})
    page = _usual_design(context.new_page(), sign_in)
    assert width_of(page) <= width
    for field in page.locator(".cd-fields input:visible").all():
        box = field.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= width


def _usual_design(page: Page, sign_in) -> Page:
    sign_in(page, "editor")
    page.goto("/cms/certificate-designs/usual/")
    return page


def _source(page: Page) -> str:
    return page.locator("[data-picture]").get_attribute("src") or ""
