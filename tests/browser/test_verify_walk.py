"""A stranger with a phone checks a certificate: the camera reads the code, the network is off, the page answers."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.demo import Demo
from tests.browser.line import line_to
from tests.browser.paper import read_code

_MAKE = """
import json
from pathlib import Path
from certificates.models import Award
from certificates.credentials.issuing import credential_json
from certificates.printing import print_award
from certificates.verification.link import verify_link
from certificates.verification.single_file import single_file
folder = Path({folder!r})
awards = list(Award.objects.filter(revoked_at=None).order_by("-issued_at", "serial")[:2])
for number, award in enumerate(awards):
    (folder / f"{{number}}.pdf").write_bytes(print_award(award))
    (folder / f"{{number}}.json").write_bytes(credential_json(award))
(folder / "verify.html").write_text(single_file("fr"), encoding="utf-8")
print(json.dumps([[award.serial, verify_link(award)] for award in awards]))
"""
_PHONE_WIDTH = 390


@dataclass(frozen=True)
class Papers:
    """What strangers hold in their hands: two certificates, and the verifier on a stick."""

    folder: Path
    serials: list[str]
    links: list[str]

    def fragment(self, number: int) -> str:
        return self.links[number].partition("#")[2]


@pytest.fixture(scope="module")
def papers(demo: Demo, tmp_path_factory) -> Papers:
    folder = tmp_path_factory.mktemp("papers")
    made = json.loads(demo.run(_MAKE.format(folder=str(folder))))
    return Papers(folder, [serial for serial, _link in made], [link for _serial, link in made])


def reason(page: Page) -> str:
    shown = page.locator("[data-result] [data-checked]")
    expect(shown).to_be_visible()
    return str(shown.get_attribute("data-reason"))


def test_the_camera_reads_the_link_off_the_printed_certificate(papers):
    assert read_code(papers.folder / "0.pdf") == papers.links[0]


def test_once_visited_the_page_checks_without_a_network(papers, open_context, demo, screenshot):
    with line_to(demo.port) as line:
        page = open_context(locale="fr-FR", **PHONE).new_page()
        page.goto(f"{line.address}/fr/verify/")
        expect(page.locator("[data-kept]")).to_be_visible(timeout=60_000)
        line.cut()
        # The phone's camera opens the link of a certificate that this device never saw.
        scanned = page.context.new_page()
        scanned.goto(f"{line.address}/fr/verify/#{papers.fragment(1)}")
        assert reason(scanned) == "valid"
        expect(scanned.locator("[data-slot=serial]")).to_have_text(papers.serials[1])
        expect(scanned.locator(".proof h2")).to_have_count(4)
        screenshot(scanned, "verify-offline")
        assert scanned.evaluate("document.documentElement.scrollWidth") <= _PHONE_WIDTH
        _check_what_is_in_hand(scanned, papers)


def _check_what_is_in_hand(page: Page, papers: Papers) -> None:
    """A changed code, a PDF, a changed PDF, a credential, a number alone."""
    fragment = papers.fragment(0)
    swapped = fragment[:60] + ("0" if fragment[60] != "0" else "1") + fragment[61:]
    page.locator("[name=text]").fill(f"https://relais.example/fr/verify/#{swapped}")
    page.locator("[data-check] button").click()
    assert reason(page) in ("edited", "forged", "unreadable")
    for name, expected in (("0.pdf", "valid"), ("1.json", "valid")):
        page.locator("[name=file]").set_input_files(papers.folder / name)
        expect(page.locator(f"[data-reason={expected}]")).to_be_visible()
        changed = papers.folder / f"changed-{name}"
        content = (papers.folder / name).read_bytes()
        changed.write_bytes(content.replace(b"2026", b"2025", 1))
        page.locator("[name=file]").set_input_files(changed)
        expect(page.locator("[data-reason=edited]")).to_be_visible()
    page.locator("[name=text]").fill(papers.serials[0])
    page.locator("[data-check] button").click()
    expect(page.locator("[data-needs-network]")).to_be_visible()


def test_a_link_in_another_language_opens_offline_too(papers, open_context, demo):
    with line_to(demo.port) as line:
        page = open_context(locale="fr-FR", **PHONE).new_page()
        page.goto(f"{line.address}/fr/verify/")
        expect(page.locator("[data-kept]")).to_be_visible(timeout=60_000)
        line.cut()
        page.goto(f"{line.address}/en/verify/#{papers.fragment(0)}")
        assert reason(page) == "valid"


def test_one_file_on_a_stick_checks_with_no_site_at_all(papers, browser):
    """Opened from the disk: its own policy forbids every network, and the browser reports no breach of it."""
    context = browser.new_context(locale="fr-FR", offline=True, **PHONE)
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((papers.folder / "verify.html").as_uri())
    page.locator("[name=text]").fill(papers.links[0])
    page.locator("[data-check] button").click()
    assert reason(page) == "valid"
    page.locator("[name=file]").set_input_files(papers.folder / "1.pdf")
    expect(page.locator("[data-slot=serial]")).to_have_text(papers.serials[1])
    assert reason(page) == "valid"
    assert said == []
    context.close()


def test_a_withdrawn_certificate_is_named_so_with_the_next_list(open_context, demo):
    """The list that came with a visit says what was withdrawn before it."""
    code = """
from certificates.models import Award
from certificates.verification.link import verify_link
award = Award.objects.filter(revoked_at__isnull=False).order_by("serial").first()
print(verify_link(award) if award else "")
"""
    link = demo.run(code)
    if not link:
        link = demo.run(_REVOKE)
    page = open_context(locale="fr-FR", **DESKTOP).new_page()
    page.goto(f"/fr/verify/#{link.partition('#')[2]}")
    expect(page.locator("[data-reason=revoked], [data-reason=superseded]")).to_be_visible()


_REVOKE = """
from accounts.models import Login
from certificates.actions import revoke_award
from certificates.models import Award
from certificates.verification.link import verify_link
award = Award.objects.order_by("-issued_at").first()
by = Login.objects.filter(is_superuser=True).first()
revoke_award(by=by, award=award, reason="issued-in-error")
print(verify_link(award))
"""


def test_without_scripts_the_server_checks_what_is_sent(papers, page_no_js):
    page_no_js.goto("/fr/verify/")
    page_no_js.locator("[name=text]").fill(papers.links[0])
    with page_no_js.expect_navigation():
        page_no_js.locator("[data-check] button").click()
    assert reason(page_no_js) == "valid"
    page_no_js.locator("[name=file]").set_input_files(papers.folder / "0.pdf")
    with page_no_js.expect_navigation():
        page_no_js.locator("[data-check] button").click()
    assert reason(page_no_js) == "valid"
    page_no_js.locator("[name=text]").fill(papers.serials[0])
    with page_no_js.expect_navigation():
        page_no_js.locator("[data-check] button").click()
    expect(page_no_js).to_have_url(re.compile(f"/verify/{papers.serials[0]}/$"))


def test_the_page_is_accessible(papers, find_axe_faults):
    for address in ("/fr/verify/", f"/ar/verify/#{papers.fragment(0)}"):
        assert find_axe_faults(address, **PHONE) == []
