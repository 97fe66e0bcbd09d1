"""The pages of figures: whose rows they count, what they say of no data, and files with the same numbers."""

import csv
import datetime as dt
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, CohortMember
from accounts.policy import COORDINATOR, EDITOR, TRAINER
from certificates.desk import open_desk
from certificates.desk_filters import Filter
from certificates.dimensions import DIMENSIONS
from certificates.groups import group_lines
from certificates.headcounts import count_heads
from certificates.models import CohortPlan, Programme, ProgrammeCountry, Session, SessionPart
from elearning.lib.navigation import entries_for
from tests.factories.accounts import (
    CohortFactory,
    CohortMemberFactory,
    CountryFactory,
    PersonFactory,
    make_login,
    sign_in,
)
from tests.factories.certificates import MOMENT, award, enrol, publish_course

pytestmark = pytest.mark.django_db
ATTACK = "=cmd|' /C calc'!A0"


@pytest.fixture
def world():
    """Mali: three women and a man, two certified; Ukraine: one man, certified."""
    publish_course()
    mali, ukraine = CountryFactory.create(), CountryFactory.create(code="UA")
    kayes = CohortFactory.create(name=ATTACK, country=mali, ends_on=dt.date(2026, 12, 31))
    lviv = CohortFactory.create(name="Lviv 1", country=ukraine)
    for place in range(3):
        person = PersonFactory.create(country=mali, sex="female")
        award(person, cohort=kayes) if place else enrol(person, cohort=kayes)
    enrol(PersonFactory.create(country=mali, sex="male"), cohort=kayes)
    award(PersonFactory.create(country=ukraine, sex="male"), cohort=lviv)
    return {"mali": mali, "ukraine": ukraine, "kayes": kayes, "lviv": lviv}


def trainer_of(cohort):
    login = make_login(TRAINER, cohort.country)
    CohortMemberFactory.create(cohort=cohort, person=login.person, role=CohortMember.Role.TRAINER)
    return login


def groups(login, dimension="sex", **chosen):
    return {line.cohort_name: line.figures.enrolled for line in group_lines(login, Filter(**chosen), dimension)}


def test_groups_are_exact_inside_the_scope_and_nothing_of_another(world):
    assert groups(make_login(COORDINATOR, world["mali"])) == {"female": 3, "male": 1}
    assert groups(make_login(COORDINATOR, everywhere=True)) == {"female": 3, "male": 2}
    assert groups(trainer_of(world["lviv"])) == {"male": 1}
    assert groups(make_login(TRAINER, world["mali"])) == {}


def test_who_trains_abroad_and_coordinates_at_home_sees_both_once(world):
    login = make_login(COORDINATOR, world["mali"])
    from accounts.models import RoleGrant

    RoleGrant.objects.create(person=login.person, role=TRAINER, country=world["ukraine"], granted_at=timezone.now())
    for cohort in (world["lviv"], world["kayes"]):
        CohortMemberFactory.create(cohort=cohort, person=login.person, role=CohortMember.Role.TRAINER)
    login = type(login).objects.get(pk=login.pk)
    assert groups(login) == {"female": 3, "male": 2}
    assert open_desk(login, {}).figures.enrolled == 5


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_a_programmes_groups_come_from_its_cohorts_and_agree_with_the_funnel(world, dimension):
    programme = Programme.objects.create(code="p", name={"en": "P"})
    CohortPlan.objects.create(cohort=world["kayes"], programme=programme)
    login = make_login(COORDINATOR, everywhere=True)
    assert sum(groups(login, dimension, programme=programme).values()) == 4
    assert open_desk(login, {"programme": str(programme.uuid)}).figures.enrolled == 4


def test_a_period_leaves_those_who_began_in_it(world):
    login = make_login(COORDINATOR, everywhere=True)
    assert open_desk(login, {"period": "2026-q4"}).figures.enrolled == 5
    assert open_desk(login, {"period": "2026-10"}).figures.enrolled == 0


@pytest.mark.parametrize(
    "query", ["period=2026-13", "period=all", "programme=x", "country=UA", "by=name", "page=-1&by=x"]
)
def test_a_choice_that_does_not_exist_or_is_another_country_s_is_not_found(client, world, query):
    sign_in(client, make_login(COORDINATOR, world["mali"]))
    assert client.get(f"{reverse('certificates:desk-groups')}?{query}").status_code == 404


def test_a_foreign_country_or_programme_is_not_found(client, world):
    sign_in(client, make_login(COORDINATOR, world["mali"]))
    programme = Programme.objects.create(code="u", name={"en": "U"})
    ProgrammeCountry.objects.create(programme=programme, country=world["ukraine"])
    assert client.get(reverse("certificates:desk-country", args=["UA"])).status_code == 404
    assert client.get(reverse("certificates:desk-country", args=["XX"])).status_code == 404
    assert client.get(f"{reverse('certificates:desk')}?programme={programme.uuid}").status_code == 404
    assert client.get(reverse("certificates:cohort-figures", args=[world["lviv"].uuid])).status_code == 404


def test_targets_are_drawn_with_the_number_beside_them(client, world):
    programme = Programme.objects.create(code="t", name={"en": "T"})
    ProgrammeCountry.objects.create(programme=programme, country=world["mali"], target_officers=10)
    page = sign_in(client, make_login(COORDINATOR, everywhere=True)).get(reverse("certificates:desk")).content.decode()
    assert "of 10, 20%" in page
    assert 'class="mark-l"' in page
    assert "no target" in page


def test_invited_and_trained_others_are_counted_beside_the_log(world):
    CohortMemberFactory.create(cohort=world["kayes"], person=PersonFactory.create(country=world["mali"]))
    left = CohortMemberFactory.create(cohort=world["kayes"], state=CohortMember.State.WITHDRAWN)
    assert left.person.country == world["mali"]
    session = Session.objects.create(
        cohort=world["kayes"], title="x", starts_at=MOMENT, ends_at=MOMENT + dt.timedelta(hours=1), minutes=60
    )
    certified = world["lviv"].awards.get().person
    SessionPart.objects.create(session=session, person=certified, role=SessionPart.Role.CO_TRAINER)
    login = make_login(COORDINATOR, everywhere=True)
    count_heads(MOMENT)
    assert open_desk(login, {}).figures.trained_others == 0
    count_heads(MOMENT + dt.timedelta(hours=2))
    figures = open_desk(login, {}).figures
    assert (figures.invited, figures.enrolled, figures.trained_others) == (6, 5, 1)
    assert open_desk(make_login(COORDINATOR, world["mali"]), {}).figures.trained_others == 0
    assert open_desk(login, {"course": str(next(iter(open_desk(login, {}).courses)))}).figures.invited is None


def test_the_workbook_and_the_csv_say_what_the_page_says(client, world):
    login = sign_in(client, make_login(COORDINATOR, world["mali"]))
    page = client.get(reverse("certificates:desk")).content.decode()
    answer = client.get(reverse("certificates:desk-table", args=["all", "xlsx"]))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames[:3] == ["countries", "cohorts", "funnel"]
    head, mali = list(book["countries"].iter_rows(values_only=True))
    assert dict(zip(head, mali, strict=True))["Enrolled"] == 4
    assert "2 of 4 (50%)" in page
    rows = list(
        csv.DictReader(
            io.StringIO(
                client.get(reverse("certificates:desk-table", args=["funnel", "csv"])).content.decode(), newline=""
            )
        )
    )
    assert {row["stage"]: row["people"] for row in rows}["certified"] == "2"
    assert all(row["as_of"] for row in rows)
    assert login is client


def test_a_cohort_named_like_a_formula_is_harmless_in_every_file(client, world):
    sign_in(client, make_login(COORDINATOR, world["mali"]))
    text = client.get(reverse("certificates:desk-table", args=["cohorts", "csv"])).content.decode()
    assert f'"\'{ATTACK}"' in text
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(reverse("certificates:desk-table", args=["cohorts", "xlsx"])).content)
    )
    cells = [cell for row in book["cohorts"] for cell in row if cell.value == ATTACK]
    assert [cell.data_type for cell in cells] == ["s"]


@pytest.mark.parametrize("name", ["countries", "cohorts", "funnel", "groups", "expiries", "freshness"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_every_table_is_a_file_audited_and_never_cached(client, world, name, form):
    login = make_login(COORDINATOR, world["mali"])
    answer = sign_in(client, login).get(reverse("certificates:desk-table", args=[name, form]))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert b"Lviv" not in answer.content
    assert AuditEvent.objects.filter(act="desk.exported", actor_uuid=login.person.uuid).count() == 1


@pytest.mark.parametrize("name", ["all.csv", "nothing.csv", "countries.pdf"])
def test_a_table_that_is_none_is_not_found(client, world, name):
    sign_in(client, make_login(COORDINATOR, world["mali"]))
    assert client.get(f"/en/desk/tables/{name}").status_code == 404


def test_a_cohort_s_figures_are_its_own_and_the_curve_ends_where_the_funnel_does(client, world):
    CohortPlan.objects.create(cohort=world["kayes"], planned_officers=20)
    page = sign_in(client, trainer_of(world["kayes"])).get(
        reverse("certificates:cohort-figures", args=[world["kayes"].uuid])
    )
    figures, points = page.context["figures"], page.context["opened"].points
    assert (figures.enrolled, figures.certified) == (4, 2)
    known = [point for point in points if point.enrolled is not None]
    assert (known[-1].enrolled, known[-1].certified) == (4, 2)
    assert points[-1].planned == 20
    assert points[-1].enrolled is None or points[-1].day <= timezone.now().date()
    files = ["funnel", "progress", "expiries", *(f"by-{dimension}" for dimension in DIMENSIONS)]
    for name in files:
        address = reverse("certificates:cohort-table", args=[world["kayes"].uuid, name, "csv"])
        assert client.get(address).status_code == 200, name


def test_a_cohort_without_people_says_so_and_shows_no_nought(client, world):
    empty = CohortFactory.create(country=world["mali"])
    page = sign_in(client, make_login(COORDINATOR, world["mali"])).get(
        reverse("certificates:cohort-figures", args=[empty.uuid])
    )
    assert "No people recorded here" in page.content.decode()
    assert "0%" not in page.content.decode()


@pytest.mark.parametrize("name", ["desk-groups", "desk-freshness", "desk-decisions"])
def test_somebody_without_a_desk_is_refused(client, name):
    sign_in(client, make_login(EDITOR, everywhere=True))
    assert client.get(reverse(f"certificates:{name}")).status_code == 403


@pytest.mark.parametrize("role", [None, TRAINER, COORDINATOR, EDITOR, "administrator"])
def test_the_thumb_has_five_entries_at_most(role):
    assert len(entries_for(make_login(role, everywhere=True))) <= 5


def test_a_page_of_cohorts_costs_the_same_however_many_there_are(client, world):
    sign_in(client, make_login(COORDINATOR, world["mali"]))
    address = reverse("certificates:desk-country", args=["ML"])
    client.get(address)
    with CaptureQueriesContext(connection) as first:
        client.get(address)
    for _each in range(30):
        CohortFactory.create(country=world["mali"])
    with CaptureQueriesContext(connection) as second:
        page = client.get(address)
    assert len(second) <= len(first) <= 28, [each["sql"] for each in second]
    assert page.content.decode().count('scope="row"') < 60
    assert "Page 1 of 2" in page.content.decode()
