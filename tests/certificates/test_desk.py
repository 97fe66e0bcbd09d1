"""The coordinator's desk: its numbers, and whose rows they count."""

import re
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import CohortMember
from accounts.policy import ADMINISTRATOR, COORDINATOR, EDITOR, TRAINER
from certificates.desk import open_desk
from certificates.desk_lines import all_cohorts
from certificates.figures import Figures, sum_lines
from tests.factories.accounts import (
    CohortFactory,
    CohortMemberFactory,
    CountryFactory,
    PersonFactory,
    make_login,
    sign_in,
)
from tests.factories.certificates import COURSE, award, enrol, publish_course, read_lessons

pytestmark = pytest.mark.django_db
OTHER_COURSE = UUID(int=0xC1)


@pytest.fixture
def world():
    """Mali: a cohort of three (two completed, one certified) and one alone; Ukraine: one, certified."""
    publish_course()
    publish_course(OTHER_COURSE, title="Second Course")
    mali, ukraine = CountryFactory.create(), CountryFactory.create(code="UA")
    kayes = CohortFactory.create(name="Kayes 3", country=mali)
    empty = CohortFactory.create(name="Gao 1", country=mali)
    lviv = CohortFactory.create(name="Lviv 1", country=ukraine)
    award(cohort=kayes)
    read_lessons(enrol(cohort=kayes, course=OTHER_COURSE, quizzes=()))
    enrol(cohort=kayes)
    enrol(PersonFactory.create(country=mali))
    award(cohort=lviv)
    return {"mali": mali, "ukraine": ukraine, "kayes": kayes, "empty": empty, "lviv": lviv}


def trainer_of(cohort):
    login = make_login(TRAINER, cohort.country)
    CohortMemberFactory.create(cohort=cohort, person=login.person, role=CohortMember.Role.TRAINER)
    return login


def main(figures):
    """Return enrolled, completed, certified."""
    return figures.enrolled, figures.completed, figures.certified


def figures_of(login, **wanted):
    return main(open_desk(login, wanted).figures)


def cohorts_of(login, **wanted):
    return {line.cohort_name: main(line.figures) for line in all_cohorts(open_desk(login, wanted))}


def test_a_coordinator_sees_the_country_and_nothing_of_another(client, world):
    login = make_login(COORDINATOR, world["mali"])
    assert figures_of(login) == (4, 2, 1)
    assert [(line.country_code, main(line.figures)) for line in open_desk(login, {}).countries] == [("ML", (4, 2, 1))]
    assert cohorts_of(login) == {"Kayes 3": (3, 2, 1), "Gao 1": (0, 0, 0), "": (1, 0, 0)}
    page = sign_in(client, login).get(reverse("certificates:desk")).content.decode()
    assert "Lviv" not in page
    assert "Ukraine" not in page
    assert "2 of 4" in page


def test_somebody_everywhere_sees_all_countries(world):
    for role in (COORDINATOR, ADMINISTRATOR):
        login = make_login(role, everywhere=True)
        assert figures_of(login) == (5, 3, 2)
        assert [line.country for line in open_desk(login, {}).countries] == ["Mali", "Ukraine"]


def test_a_trainer_sees_the_own_cohorts_only_and_is_told_so(client, world):
    login = trainer_of(world["kayes"])
    assert figures_of(login) == (3, 2, 1)
    assert list(cohorts_of(login)) == ["Kayes 3"]
    page = sign_in(client, login).get(reverse("certificates:desk")).content.decode()
    assert "not their whole country" in page
    assert "Gao 1" not in page


def test_a_trainer_without_a_cohort_sees_no_data_and_no_nought(client, world):
    page = sign_in(client, make_login(TRAINER, world["mali"])).get(reverse("certificates:desk")).content.decode()
    assert "No data yet" in page
    assert "0%" not in page


def test_a_country_before_its_first_cohort_is_listed_without_data(client):
    page = sign_in(client, make_login(COORDINATOR, CountryFactory.create(code="TG"))).get(reverse("certificates:desk"))
    text = page.content.decode()
    assert "Togo" in text
    assert "No data" in text
    assert "0 of 0" not in text


@pytest.mark.parametrize("role", [EDITOR, None])
def test_others_have_no_desk(client, world, role):
    sign_in(client, make_login(role, world["mali"]))
    addresses = [
        reverse("certificates:desk"),
        reverse("certificates:desk-export"),
        reverse("certificates:desk-cohort", args=[world["kayes"].uuid]),
    ]
    assert [client.get(address).status_code for address in addresses] == [403, 403, 403]
    assert "Overview" not in client.get(reverse("certificates:record")).content.decode()
    client.logout()
    assert all("sign-in" in client.get(address).url for address in addresses)


def test_filters_narrow_the_figures(world):
    login = make_login(COORDINATOR, everywhere=True)
    assert figures_of(login, course=str(OTHER_COURSE)) == (1, 1, 0)
    assert figures_of(login, course=str(COURSE)) == (4, 2, 2)
    assert figures_of(login, country="UA") == (1, 1, 1)
    assert figures_of(login, country="UA", course=str(OTHER_COURSE)) == (0, 0, 0)


@pytest.mark.parametrize("query", ["country=UA", "country=XX", "course=nonsense", f"course={UUID(int=9)}"])
def test_a_filter_out_of_scope_is_not_found_whether_it_exists_or_not(client, world, query):
    sign_in(client, make_login(COORDINATOR, world["mali"]))
    for name in ("certificates:desk", "certificates:desk-export"):
        assert client.get(f"{reverse(name)}?{query}").status_code == 404


def test_a_suspended_coordinator_sees_nothing(world):
    login = make_login(COORDINATOR, world["mali"])
    login.is_active = False
    assert figures_of(login) == (0, 0, 0)


def test_an_officer_of_mali_in_a_cohort_of_ukraine_counts_in_mali_without_the_cohorts_name(world):
    enrol(PersonFactory.create(country=world["mali"]), cohort=world["lviv"])
    login = make_login(COORDINATOR, world["mali"])
    assert figures_of(login)[0] == 5
    lines = all_cohorts(open_desk(login, {}))
    assert "Lviv 1" not in [line.cohort_name for line in lines]
    assert world["lviv"].uuid not in [line.cohort for line in lines]
    assert sum(line.figures.enrolled for line in lines) == 5


def test_the_lines_of_each_table_add_up_to_the_figures(world):
    for wanted in ({}, {"country": "ML"}, {"course": str(COURSE)}):
        desk = open_desk(make_login(COORDINATOR, everywhere=True), wanted)
        for lines in (desk.countries, all_cohorts(desk)):
            assert main(sum_lines(lines)) == main(desk.figures)


def test_charts_carry_each_percentage_with_its_base_and_no_style(client, world):
    page = sign_in(client, make_login(COORDINATOR, everywhere=True)).get(reverse("certificates:desk")).content.decode()
    (bars,) = re.findall(r'<ul class="bars flat">.*?</ul>', page, re.DOTALL)
    texts = ["".join(row.itertext()) for row in ET.fromstring(bars)]  # noqa: S314  # our own markup
    assert texts == ["Mali50% 2 of 4", "Ukraine100% 1 of 1"]
    (funnel,) = re.findall(r'<ol class="bars">.*?</ol>', page, re.DOTALL)
    stages = ["".join(row.itertext()) for row in ET.fromstring(funnel)]  # noqa: S314
    assert stages == [
        "Invited5 start",
        "Enrolled5 100%",
        "Started3 60%",
        "Read every lesson3 100%",
        "Passed3 100%",
        "Certified2 66%",
        "Trained others0 0%",
    ]
    assert "style=" not in page
    assert "2 of 4 (50%)" in page
    assert "As of" in page


def test_countries_are_named_in_the_language_of_the_page(client, world):
    CohortFactory.create(country=CountryFactory.create(code="TD"))
    sign_in(client, make_login(COORDINATOR, everywhere=True))
    assert "Tchad" in client.get("/fr/desk/").content.decode()
    assert "Chad" in client.get("/en/desk/").content.decode()


def test_queries_stay_the_same_when_cohorts_double(client, world):
    sign_in(client, make_login(COORDINATOR, everywhere=True))
    address = reverse("certificates:desk")
    client.get(address)
    with CaptureQueriesContext(connection) as first:
        client.get(address)
    for _each in range(4):
        award(cohort=CohortFactory.create(country=world["mali"]))
    with CaptureQueriesContext(connection) as second:
        client.get(address)
    assert len(second) == len(first) <= 20, [each["sql"] for each in second]


def test_percentages_are_rounded_down():
    assert Figures(1000, 999, 0).completed_percent == 99
    assert Figures(0, 0, 0).completed_percent == 0
    assert not Figures().has_data
