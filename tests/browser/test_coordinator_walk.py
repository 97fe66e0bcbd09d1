"""A coordinator's whole work: she plans a class of trainers, brings in twenty, certifies, corrects, reports.

Then a stranger's phone, without a network, says of two papers what they are worth.
"""

import datetime as dt
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.demo import Demo
from tests.browser.line import line_to
from tests.browser.paper import read_code, read_words

_PEOPLE = 20
_PHONE_WIDTH, _DESKTOP_WIDTH = 390, 1280
_FIRST_NAMES = (
    "Abdoul", "Bakary", "Coumba", "Djénéba", "Elisé", "Fily", "Gaoussou", "Habib", "Inna", "Jolie",
    "Kalifa", "Lalla", "Mamby", "Niamoye", "Oudiarra", "Penda", "Rabiatou", "Safiatou", "Tiécoura", "Zanga",
)  # fmt: skip
_NAMES = [f"{first} Marchessou" for first in _FIRST_NAMES]
_ABSENT, _WITHDRAWN, _RENEWED, _CORRECTED, _VALID = _NAMES[19], *_NAMES[:4]
_LIST = "Nom et prénom;Matricule;Sexe;Année de naissance\n" + "".join(
    f"{name};MARCHE{number:02};{'F' if number % 2 else 'M'};{1980 + number}\n" for number, name in enumerate(_NAMES)
)
_COURSE = """
from courses.catalogue import read_catalogue
print(read_catalogue().course_by_slug("fr", "first-aid-kit").uuid)
"""
# An hour ago: what somebody hands in later than now would be newer than its certificate.
_FINISH = """
import datetime as dt
from accounts.actions import create_login
from accounts.models import Login
from courses.catalogue import read_catalogue
from courses.models import Enrolment
from django.utils import timezone
from elearning.demo.learning import finish
course = read_catalogue().course_by_slug("fr", "first-aid-kit")
for enrolment in Enrolment.objects.filter(cohort__uuid="{cohort}").select_related("person"):
    login = Login.objects.filter(person=enrolment.person).first() or create_login(by=None, person=enrolment.person)
    finish(login, enrolment, course, timezone.now() - dt.timedelta(hours=1))
print(Enrolment.objects.filter(cohort__uuid="{cohort}", progress__completed_at__isnull=False).count())
"""


@dataclass
class Desk:
    """The coordinator's browser, and what she has made in it."""

    page: Page
    demo: Demo
    folder: Path
    course: str
    programme: str = ""
    cohort: str = ""
    serials: dict[str, str] = field(default_factory=dict)

    def save(self) -> None:
        """Send the form of the page and wait for what comes."""
        with self.page.expect_navigation():
            self.page.locator("main form[method=post] button").last.click()
        expect(self.page.locator("main .err, main .banner.bad")).to_have_count(0)

    def fill(self, **values: str) -> None:
        """Write into the fields of the page, or choose in them, by their names."""
        for name, value in values.items():
            box = self.page.locator(f"main [name={name}]:is(input:not([type=radio]), select, textarea)")
            if not box.count():
                self.page.locator(f"main [name={name}][value='{value}']").check()
            elif box.evaluate("(each) => each.localName") == "select":
                box.select_option(value)
            else:
                box.fill(value)

    def look(self, name: str) -> None:
        """Find that nothing stands out at the side on either screen; keep pictures where they are wanted."""
        for width in (_PHONE_WIDTH, _DESKTOP_WIDTH):
            self.page.set_viewport_size({"width": width, "height": 900})
            keep(self.page, f"{name}-{width}")
            assert self.page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)

    def open_award(self, name: str) -> None:
        """Open the certificate of somebody."""
        self.page.goto(f"/fr/desk/certificates/{self.serials[name]}/")
        expect(self.page.locator("h1")).to_have_text(name)

    def download(self, serial: str) -> Path:
        """Return the PDF of a certificate."""
        path = self.folder / f"{serial}.pdf"
        reply = self.page.context.request.get(f"/fr/certificates/{serial}.pdf")
        assert reply.ok, reply.status
        path.write_bytes(reply.body())
        return path


def keep(page: Page, name: str) -> None:
    """Keep a picture of the page in the folder that RELAIS_SHOTS names."""
    if folder := os.environ.get("RELAIS_SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.fixture
def desk(demo, open_context, sign_in, tmp_path) -> Desk:
    page = open_context(locale="fr-FR", **DESKTOP).new_page()
    sign_in(page, "coordinator")
    return Desk(page, demo, tmp_path, demo.run(_COURSE))


def test_from_the_plan_to_a_strangers_phone(desk, demo, open_context):
    plan_programme(desk)
    plan_cohort(desk)
    bring_in_people(desk)
    assert demo.run(_FINISH.format(cohort=desk.cohort)) == str(_PEOPLE)
    hold_session(desk)
    issue(desk)
    papers = {name: desk.download(desk.serials[name]) for name in (_WITHDRAWN, _VALID)}
    withdraw(desk, _WITHDRAWN)
    renew(desk, _RENEWED)
    correct(desk, _CORRECTED)
    report(desk)
    phone = open_context(locale="fr-FR", **PHONE)
    check_offline(phone, demo, {read_code(papers[_VALID]): "valid", read_code(papers[_WITHDRAWN]): "revoked"})


def plan_programme(desk: Desk) -> None:
    """Plan a programme whose certificates ask for presence, and are renewed by a coordinator's word."""
    desk.page.goto("/fr/desk/programmes/new/")
    desk.fill(code="marche-mali", name_en="Walk to the border", name_fr="Marche vers la frontière")
    desk.page.locator("[name=country-0-country]").select_option(index=1)
    desk.save()
    desk.programme = desk.page.url.rstrip("/").rpartition("/")[2]
    desk.page.goto("/fr/desk/certificates/rules/new/")
    desk.fill(about=desk.course, programme=desk.programme, min_attendance_percent="80", valid_months="12")
    desk.fill(renewal="attest", renews_before_days="730")
    desk.save()
    desk.look("rules")


def plan_cohort(desk: Desk) -> None:
    """Plan a cohort of trainers for Mali, the only country that is hers."""
    yesterday = dt.datetime.now(tz=dt.UTC).date() - dt.timedelta(days=1)
    desk.page.goto("/fr/desk/cohorts/new/")
    desk.look("cohort-new")
    expect(desk.page.locator("[name=country] option:not([value=''])")).to_have_count(1)
    desk.fill(name="Formation de formateurs, Ségou", kind="trainers", mode="in-person", place="Ségou")
    desk.page.locator("[name=country]").select_option(index=1)
    ours = desk.page.locator("[name=programme] option", has_text="Marche")
    desk.fill(programme=ours.get_attribute("value") or "")
    desk.page.locator("[name=agency]").select_option(index=1)
    desk.fill(starts_on=yesterday.isoformat(), time_zone="Africa/Bamako", language="fr", course_uuid=desk.course)
    desk.save()
    desk.cohort = re.findall(r"/cohorts/([0-9a-f-]+)/plan/", desk.page.url)[0]
    desk.look("cohort-plan")


def bring_in_people(desk: Desk) -> None:
    """Import a list of twenty: look at it, then let it be written."""
    page = desk.page
    page.goto(f"/fr/desk/cohorts/{desk.cohort}/import/")
    page.locator("input[type=file]").set_input_files(
        {"name": "segou.csv", "mimeType": "text/csv", "buffer": _LIST.encode()}
    )
    desk.save()
    expect(page.locator("tbody .tag.good")).to_have_count(_PEOPLE)
    desk.look("import-preview")
    with page.expect_navigation():
        page.locator("button[value=confirm]").click()
    expect(page.locator("tbody th a")).to_have_text(_NAMES)
    desk.look("import-result")


def hold_session(desk: Desk) -> None:
    """Write down who came to the session of yesterday: all but one."""
    page = desk.page
    page.goto(f"/fr/desk/cohorts/{desk.cohort}/sessions/new/")
    yesterday = dt.datetime.now(tz=dt.UTC).date() - dt.timedelta(days=1)
    desk.fill(title="Première journée", day=yesterday.isoformat(), begins="08:00", ends="12:00", minutes="180")
    desk.save()
    page.goto(f"{page.url}attendance/")
    for name in _NAMES:
        row = page.locator("tbody tr", has_text=name)
        row.locator(f"input[value={'absent' if name == _ABSENT else 'present'}]").check()
    desk.save()
    desk.look("attendance")


def issue(desk: Desk) -> None:
    """Issue for the cohort; a line says what became of each."""
    page = desk.page
    page.goto(f"/fr/desk/cohorts/{desk.cohort}/issue/")
    desk.look("issue")
    with page.expect_navigation():
        page.locator("main form button").last.click()
    expect(page.locator("[data-run]:not([data-open])")).to_be_visible(timeout=60_000)
    expect(page.locator("progress")).to_have_js_property("value", _PEOPLE)
    expect(page.locator("tbody tr")).to_have_count(_PEOPLE)
    expect(page.locator("tbody tr:has(.unmet) th")).to_have_text([_ABSENT])
    desk.look("issuing-run")
    page.goto("/fr/desk/certificates/?q=Marchessou")
    desk.look("register")
    for row in page.locator("tbody tr").all():
        desk.serials[row.locator("td bdi").first.inner_text()] = row.locator("a.code").inner_text()
    assert set(desk.serials) == set(_NAMES) - {_ABSENT}


def withdraw(desk: Desk, name: str) -> None:
    """Withdraw somebody's certificate, with a reason."""
    desk.open_award(name)
    desk.look("award")
    desk.page.locator("a[href$='/withdraw/']").click()
    desk.fill(reason="issued-in-error")
    desk.look("withdraw")
    desk.save()
    desk.open_award(name)
    expect(desk.page.locator("form[action$='/restore/']")).to_be_visible()
    expect(desk.page.locator("a[href$='/reissue/']")).to_have_count(0)
    desk.look("award-withdrawn")


def renew(desk: Desk, name: str) -> None:
    """Renew somebody's certificate: a second period, with a number of its own."""
    desk.open_award(name)
    with desk.page.expect_navigation():
        desk.page.locator("form[action$='/renew/'] button").click()
    expect(desk.page.locator("dl.kv").first.locator("dd").nth(2)).to_have_text("2")
    assert desk.serials[name] not in desk.page.url
    desk.look("award-renewed")


def correct(desk: Desk, name: str) -> None:
    """Correct a name; the number stays, the version goes up."""
    desk.open_award(name)
    desk.page.locator("a[href$='/reissue/']").click()
    desk.fill(full_name=f"{name}-Diarra")
    desk.look("reissue")
    desk.save()
    expect(desk.page).to_have_url(re.compile(f"/{desk.serials[name]}/$"))
    expect(desk.page.locator("h1")).to_have_text(f"{name}-Diarra")
    expect(desk.page.locator(".head .eyebrow")).to_contain_text("2")


def report(desk: Desk) -> None:
    """Print the donor report of the programme: counts in fives, and no name."""
    desk.page.goto("/fr/desk/report/")
    desk.look("report")
    desk.fill(programme=desk.programme, language="fr")
    with desk.page.expect_download() as download:
        desk.page.locator("main form button").click()
    path = desk.folder / "report.pdf"
    download.value.save_as(path)
    words = read_words(path)
    assert not [each for each in (*_NAMES, "Marchessou") if each in words]
    counts = re.findall(r" (\d+) +(\d+)$", words, re.MULTILINE)
    assert (str(_PEOPLE), str(_PEOPLE)) in counts
    assert all(int(each) % 5 == 0 for pair in counts for each in pair), counts


def check_offline(phone: BrowserContext, demo: Demo, links: dict[str, str]) -> None:
    """Visit the page once; then read the codes of papers with no network."""
    with line_to(demo.port) as line:
        page = phone.new_page()
        page.goto(f"{line.address}/fr/verify/")
        expect(page.locator("[data-kept]")).to_be_visible(timeout=60_000)
        line.cut()
        for link, verdict in links.items():
            scanned = phone.new_page()
            scanned.goto(f"{line.address}/fr/verify/#{link.partition('#')[2]}")
            expect(scanned.locator("[data-result] [data-checked]")).to_have_attribute("data-reason", verdict)
            keep(scanned, f"verify-{verdict}-{_PHONE_WIDTH}")
            assert scanned.evaluate("document.documentElement.scrollWidth") <= _PHONE_WIDTH
