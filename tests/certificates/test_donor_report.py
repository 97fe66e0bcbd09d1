"""The donor report: fixed tables of a scope and a period, rounded, in the language chosen, and nobody in it."""

import io

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import AuditEvent
from accounts.policy import COORDINATOR, TRAINER
from certificates.models import CohortPlan, Programme, ProgrammeCountry
from certificates.periods import read_period
from certificates.report.donor import donor_report, told
from certificates.reporting import donor_tables
from tests.factories.accounts import CohortFactory, CountryFactory, PersonFactory, make_login, sign_in
from tests.factories.certificates import MOMENT, award, enrol, publish_course

pytestmark = pytest.mark.django_db
CERTIFIED = 8


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(MOMENT, tick=False):
        yield


@pytest.fixture
def mali():
    """Eight women of Mali are certified, one is not yet; seven men of Ukraine are."""
    publish_course()
    mali, ukraine = CountryFactory.create(), CountryFactory.create(code="UA")
    here, there = CohortFactory.create(country=mali), CohortFactory.create(country=ukraine)
    for _each in range(CERTIFIED):
        award(PersonFactory.create(country=mali, full_name="Kadiatou Samaké", sex="female"), cohort=here)
    enrol(cohort=here)
    for _each in range(7):
        award(PersonFactory.create(country=ukraine, full_name="Taras Melnyk", sex="male"), cohort=there)
    programme = Programme.objects.create(
        code="relais", name={"en": "Relais", "fr": "Relais"}, donors=["European Union"]
    )
    for country, officers in ((mali, 120), (ukraine, 77)):
        ProgrammeCountry.objects.create(programme=programme, country=country, target_officers=officers)
    CohortPlan.objects.create(cohort=here, programme=programme)
    CohortPlan.objects.create(cohort=there, programme=programme)
    return mali


def ask(login, **chosen):
    return sign_in(Client(), login).get(reverse("certificates:donor-report"), chosen)


def text_of(answer) -> str:
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


def test_it_tells_rounded_counts_of_the_scope_and_names_nobody(mali):
    text = text_of(ask(make_login(COORDINATOR, mali), language="en", period="2026"))
    assert "Mali" in text
    assert "10" in text.split("certified")[0]
    assert "Ukraine" not in text
    assert "Samaké" not in text
    assert " 8 " not in text.replace("\n", " ")


def test_it_says_the_numbers_that_the_fixed_tables_hold(mali):
    login, period = make_login(COORDINATOR, mali), read_period("2026")
    tables = donor_tables(login, period, None, "en")
    report = donor_report(login=login, period=period, programme=None, language="en")
    assert (
        [figure.value for figure in report.figures[:2]]
        == [told(tables.completed), told(tables.certified)]
        == ["10"] * 2
    )
    assert [table.heading for table in report.tables] == [str(table.title) for table in tables.tables]
    assert report.method[: len(tables.method)] == tables.method


def test_another_period_holds_nothing_and_says_so(mali):
    report = donor_report(
        login=make_login(COORDINATOR, mali), period=read_period("2025"), programme=None, language="en"
    )
    assert [figure.value for figure in report.figures[:2]] == ["fewer than 5"] * 2
    assert report.figures[2].value == "no data"


def test_a_programme_s_report_names_its_donors_and_the_targets_of_the_scope_only(mali):
    chosen = {"language": "fr", "programme": str(Programme.objects.get().uuid)}
    answer = ask(make_login(COORDINATOR, mali), **chosen)
    text = text_of(answer)
    assert "European Union" in text
    assert "120" in text
    assert "77" not in text
    assert "Rapport" in text
    assert 'filename="relais-report-relais-fr.pdf"' in answer["Content-Disposition"]


@pytest.mark.parametrize(
    "chosen", [{"language": "xx"}, {"language": "en", "period": "1066"}, {"language": "en", "programme": "nobody"}]
)
def test_what_cannot_be_chosen_is_refused_with_the_form(mali, chosen):
    answer = ask(make_login(COORDINATOR, mali), **chosen)
    assert answer.status_code == 422
    assert b"<form" in answer.content


def test_a_programme_of_other_countries_cannot_be_chosen(mali):
    foreign = Programme.objects.create(code="foreign", name={"en": "Foreign"})
    ProgrammeCountry.objects.create(programme=foreign, country=CountryFactory.create(code="UA"))
    login = make_login(COORDINATOR, mali)
    assert ask(login, language="en", programme=str(foreign.uuid)).status_code == 422
    assert b"Foreign" not in ask(login).content


def test_it_is_for_those_who_answer_for_a_country_and_written_down(mali):
    assert ask(make_login(TRAINER, mali), language="en").status_code == 403
    ask(make_login(COORDINATOR, mali), language="en", period="2026-q4")
    event = AuditEvent.objects.get(act="report.printed")
    assert event.detail == {"roles": ["coordinator"], "period": "2026-q4", "programme": "", "language": "en"}
