"""What leaves the site: rounded, fixed, nothing personal; for anybody, and for a donor's report."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.policy import COORDINATOR, TRAINER
from certificates.models import CohortPlan, Programme, Tally
from certificates.periods import EVERYTHING, read_period
from certificates.places import NO_COHORT
from certificates.reporting import donor_tables, public_tables
from tests.factories.accounts import CohortFactory, CountryFactory, PersonFactory, make_login
from tests.factories.certificates import award, publish_course

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 12, 5)


def certify(people: int, **facts):
    cohort = facts.pop("cohort", None) or CohortFactory.create()
    for _each in range(people):
        award(PersonFactory.create(country=cohort.country, **facts), cohort=cohort)
    return cohort


def main_of(page) -> str:
    """Return what the page says, without the language menu, which repeats the address."""
    return page.content.decode().partition("<main")[2]


@pytest.fixture
def world():
    publish_course()
    cohort = certify(6, sex="female")
    certify(3, sex="male", cohort=cohort)
    return cohort


def table(fixed, code):
    return {row[0]: row[1:] for row in next(each for each in fixed if each.code == code).rows}


def test_public_counts_are_rounded_and_small_ones_are_not_told(world):
    rows = table(public_tables(TODAY).tables, "sex")
    assert rows["Woman"] == (5, 5)
    assert rows["Man"] == ("fewer than 5", "fewer than 5")
    assert rows["Other"] == rows["Not stated"] == ("fewer than 5", "fewer than 5")


def test_a_group_without_anybody_reads_like_one_with_four(world):
    """That somebody is there at all would tell who: none and four are told alike."""
    before = public_tables(TODAY)
    assert table(before.tables, "sex")["Other"] == table(before.tables, "sex")["Man"]


def test_the_month_under_way_is_not_in_it_yet(world):
    assert table(public_tables(dt.date(2026, 11, 30)).tables, "country") == {}


def test_a_small_country_is_part_of_the_others(world):
    certify(2, cohort=CohortFactory.create(country=CountryFactory.create(code="UA")))
    assert list(table(public_tables(TODAY).tables, "country")) == ["Mali", "All others"]


def test_the_public_page_and_its_files_need_no_login_and_take_no_filter(client, world):
    page = client.get(reverse("certificates:public-figures"))
    filtered = client.get(reverse("certificates:public-figures") + "?sex=female&country=ML&period=2026-11")
    assert page.status_code == 200
    assert main_of(page) == main_of(filtered)
    assert world.name not in page.content.decode()
    assert client.get(reverse("certificates:public-table", args=["nothing"])).status_code == 404


def test_a_donor_sees_the_period_the_programme_and_the_scope(world):
    programme = Programme.objects.create(code="p", name={"en": "Programme", "fr": "Le programme"}, donors=["A donor"])
    CohortPlan.objects.create(cohort=world, programme=programme)
    certify(7, cohort=CohortFactory.create(country=world.country), sex="male")
    mali = make_login(COORDINATOR, world.country)
    report = donor_tables(mali, read_period("2026-q4"), programme, "fr")
    assert report.programme == "Le programme"
    assert list(report.donors) == ["A donor"]
    assert report.certified.value == 10
    assert table(report.tables, "sex")["Femme"] == (5, 5)
    assert donor_tables(mali, EVERYTHING, None, "en").certified.value == 15
    assert donor_tables(mali, read_period("2026-q3"), programme, "en").certified.is_small
    elsewhere = make_login(COORDINATOR, CountryFactory.create(code="UA"))
    assert donor_tables(elsewhere, EVERYTHING, None, "en").certified.is_small
    trainer = make_login(TRAINER, world.country)
    assert donor_tables(trainer, EVERYTHING, programme, "en").certified.is_small


def test_no_exact_count_is_in_a_donors_tables(world):
    """Counts that are told are multiples of five, all of them; everything else is words."""
    for count in range(1, 40, 3):
        Tally.objects.create(
            key=f"x{count}", country_code="ML", course_uuid=NO_COHORT, month=202611, dimension="sex", value="male",
            certified_then=count, completed_then=count,
        )  # fmt: skip
    report = donor_tables(make_login(COORDINATOR, everywhere=True), EVERYTHING, None, "en")
    cells = [cell for each in report.tables for row in each.rows for cell in row]
    assert all(cell % 5 == 0 for cell in cells if isinstance(cell, int))
    assert {type(cell) for cell in cells} <= {int, str}
