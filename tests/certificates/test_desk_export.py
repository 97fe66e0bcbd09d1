"""The export: the same filter and numbers as the screen, harmless in a spreadsheet, written down."""

import csv
import io

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.policy import COORDINATOR
from certificates.desk import open_desk
from certificates.desk_lines import all_cohorts
from elearning.lib.csvsafe import plain_cell
from tests.factories.accounts import CohortFactory, CountryFactory, make_login, sign_in
from tests.factories.certificates import COURSE, award, enrol, publish_course

pytestmark = pytest.mark.django_db
ATTACK = "=cmd|' /C calc'!A0"


@pytest.fixture
def world():
    publish_course()
    mali, ukraine = CountryFactory.create(), CountryFactory.create(code="UA")
    award(cohort=CohortFactory.create(name=ATTACK, country=mali))
    enrol(cohort=CohortFactory.create(name="Kayes; “3”", country=mali))
    CohortFactory.create(name="Gao 1", country=mali)
    award(cohort=CohortFactory.create(name="Lviv 1", country=ukraine))
    return mali


def export(client, query: str = ""):
    answer = client.get(f"{reverse('certificates:desk-export')}?{query}")
    assert answer.status_code == 200
    return answer


def rows_of(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def test_it_holds_the_lines_of_the_screen_and_no_foreign_row(client, world):
    login = make_login(COORDINATOR, world)
    rows = rows_of(export(sign_in(client, login)))
    desk = open_desk(login, {})
    assert [plain_cell(row["cohort"]) for row in rows] == [line.cohort_name for line in all_cohorts(desk)]
    assert {row["country_code"] for row in rows} == {"ML"}
    assert "Lviv" not in str(rows)
    with_data = [row for row in rows if row["enrolled"]]
    for name in ("enrolled", "started", "finished", "completed", "certified"):
        assert sum(int(row[name]) for row in with_data) == getattr(desk.figures, name)


def test_no_data_is_an_empty_cell(client, world):
    gao = next(
        row for row in rows_of(export(sign_in(client, make_login(COORDINATOR, world)))) if row["cohort"] == "Gao 1"
    )
    assert (gao["enrolled"], gao["completed"], gao["certified"]) == ("", "", "")


def test_a_name_that_is_a_formula_arrives_as_text_and_numbers_as_numbers(client, world):
    text = export(sign_in(client, make_login(COORDINATOR, world))).content.decode()
    assert f'"\'{ATTACK}"' in text
    assert ",1,1,1,1,1,1,0,100," in text


def test_the_filter_of_the_screen_applies(client, world):
    sign_in(client, make_login(COORDINATOR, everywhere=True))
    rows = rows_of(export(client, f"country=UA&course={COURSE}"))
    assert [(row["cohort"], row["course"], row["certified"]) for row in rows] == [("Lviv 1", "First Aid Kit", "1")]


def test_it_is_utf8_with_a_bom_only_when_asked_for_and_never_cached(client, world):
    sign_in(client, make_login(COORDINATOR, world))
    plain, marked = export(client), export(client, "bom=1")
    assert not plain.content.startswith(b"\xef\xbb\xbf")
    assert marked.content.startswith(b"\xef\xbb\xbf")
    assert plain["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in plain["Cache-Control"]
    assert plain["Content-Disposition"].startswith('attachment; filename="relais-cohorts-')


def test_it_is_audited_as_one_act(client, world):
    login = make_login(COORDINATOR, world)
    export(sign_in(client, login), "country=ML")
    event = AuditEvent.objects.get(act="desk.exported")
    assert (event.actor_uuid, event.country_code, event.detail["lines"]) == (login.person.uuid, "ML", 3)


def test_opening_the_desk_is_not_an_act(client, world):
    sign_in(client, make_login(COORDINATOR, world)).get(reverse("certificates:desk"))
    assert not AuditEvent.objects.exists()
