"""The seeds' rows: each row of groups B and E of shared/content/seed-systems.md that is a programme, a cohort or a
session is asked for here by its id, on the page where somebody looks for it. ELSEWHERE names where the others live.
"""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts import policy
from accounts.models import AuditEvent, CohortMember, Country, Person
from certificates.models import CohortPlan, Programme, Session
from certificates.programmes.seeding import seed_cohorts, seed_programmes
from tests.factories.accounts import CountryFactory, make_login, sign_in
from tests.factories.programmes import SessionFactory

pytestmark = pytest.mark.django_db

ELSEWHERE = {
    "B01": "courses: the fourteen modules",
    "B02": "courses: the First Aid Kit",
    "B03": "courses: the opening lesson",
    "B04": "courses: module 2",
    "B06": "trainers: the profile with discipline, languages, years, certified modules",
    "B08": "trainers: the tree of who trained whom; the guest speakers are here, see test_row_b08",
    "B11": "courses: who a course is for",
    "B12": "courses: learning paths",
    "B13": "desk: events delivered; the published figure stands in a programme’s note, see test_row_b13",
    "B14": "desk: the world map",
    "B15": "desk: the log of distribution",
    "B16": "courses: national editions",
    "B19": "library",
    "B20": "courses and library",
    "B21": "courses: a learning path",
    "B22": "library: media",
    "B23": "courses: module 6",
    "E07": "courses: modules 11 and 12",
    "E08": "courses: module 9",
    "E10": "library: the Niamey Declaration",
    "E11": "library: a taxonomy",
    "E12": "library: organisations",
    "E13": "library: a series",
    "E17": "library: organisations",
    "E18": "library: organisations",
    "E19": "library: organisations",
    "E20": "library: organisations",
    "E21": "library: a practice",
    "E22": "library: a practice",
    "E24": "desk: donors are typed names of organisations; the tiles of the seed cannot be read",
}
HERE = {"B05", "B07", "B08", "B09", "B10", "B13", "B17", "B18", "E01", "E02", "E03", "E04", "E05", "E06", "E09",
        "E14", "E15", "E16", "E23"}  # fmt: skip


@pytest.fixture
def desk():
    call_command("load_seeds", verbosity=0)
    return sign_in(Client(), make_login(policy.COORDINATOR, CountryFactory.create(code="ML"), everywhere=True))


def cohort_page(desk: Client, code: str, language: str = "en") -> str:
    (seed,) = [each for each in seed_cohorts() if each.code == code]
    with translation.override(language):
        return desk.get(reverse("certificates:cohort-plan", args=[seed.uuid])).text


def programme_page(desk: Client, code: str, language: str = "en") -> str:
    with translation.override(language):
        return desk.get(reverse("certificates:programme", args=[Programme.objects.get(code=code).uuid])).text


def countries(code: str) -> set[str]:
    return set(Programme.objects.get(code=code).countries.values_list("country__code", flat=True))


def test_each_row_of_groups_b_and_e_is_here_or_says_where_it_is():
    rows = {f"B{n:02}" for n in range(1, 24)} | {f"E{n:02}" for n in range(1, 25)}
    assert rows == HERE | set(ELSEWHERE)
    asked = set(re.findall(r"def test_row_([be]\d\d)", Path(__file__).read_text(encoding="utf-8")))
    assert {each.upper() for each in asked} == HERE


def test_row_b05_the_international_initiative_is_a_programme(desk):
    assert "International training initiative" in programme_page(desk, "training-initiative")
    assert "Initiative internationale de formation" in programme_page(desk, "training-initiative", "fr")


def test_row_b07_a_cohort_of_trainers_has_sessions_with_the_template_of_a_session_plan(desk):
    plan = CohortPlan.objects.get(cohort__name="Train the trainers, Mali 2011")
    assert plan.is_for_trainers
    session = SessionFactory.create(cohort=plan.cohort)
    page = desk.get(reverse("certificates:session-plan", args=[session.uuid])).text
    for part in ("Objectives", "Key points", "Local law", "Safety and trauma", "Inclusion", "Debrief"):
        assert part in page


def test_row_b08_a_guest_comes_to_a_session_by_office(desk):
    session = SessionFactory.create()
    address = reverse("certificates:session-parts", args=[session.uuid])
    office = "Prosecutor, anti-trafficking unit"
    given = {"part-TOTAL_FORMS": 1, "part-INITIAL_FORMS": 0, "part-0-role": "guest", "part-0-office": office}
    page = desk.post(address, given, follow=True).text
    assert office in page
    assert session.parts.get().person is None


@pytest.mark.parametrize(
    ("code", "country"), [("fiji-2011", "Fiji"), ("mali-2011", "Mali"), ("portugal-2011", "Portugal"),
                          ("ukraine-2011", "Ukraine")]
)  # fmt: skip
def test_row_b09_the_cohorts_of_2011(desk, code, country):
    page = cohort_page(desk, code)
    assert f"Train the trainers, {country} 2011" in page
    assert "No people recorded here" in page
    assert "0 people" not in page
    assert "S3 ¶23" in page


def test_row_b10_venezuela_in_february_2012(desk):
    page = cohort_page(desk, "venezuela-2012")
    assert "Venezuela" in page
    assert "February 2012" in page
    assert "Atelier de formation de formateurs, Venezuela 2012" in cohort_page(desk, "venezuela-2012", "fr")


def test_row_b13_the_number_of_workshops_is_a_reports_figure_and_not_a_count_here(desk):
    assert "more than 23 workshops" in programme_page(desk, "training-initiative")


def test_row_b17_albania_in_december_2011(desk):
    page = cohort_page(desk, "albania-2011")
    assert "consular and liaison officers" in page
    assert "December 2011" in page
    assert "visa liberalisation" in page


def test_row_b18_a_cohort_serves_an_objective_of_its_programme(desk):
    glo_act = Programme.objects.get(code="glo-act-2015-2019")
    plan = CohortPlan.objects.get(cohort__name="Train the trainers, Mali 2011")
    address = reverse("certificates:cohort-edit", args=[plan.cohort.uuid])
    given = {
        "name": "Mali", "kind": "trainers", "mode": "in-person", "programme": glo_act.pk, "objective_codes": "3",
        "starts_on": "2016-05-02", "time_zone": "Africa/Bamako", "language": "fr",
    }  # fmt: skip
    assert desk.post(address, given | {"objective_codes": "9"}).status_code == 200
    assert desk.post(address, given).status_code == 302
    plan.refresh_from_db()
    assert (plan.programme, plan.objective_codes) == (glo_act, ["3"])


def test_row_e01_glo_act_has_six_objectives(desk):
    page = programme_page(desk, "glo-act-2015-2019")
    assert len(Programme.objects.get(code="glo-act-2015-2019").objectives) == 6
    assert "Capacity building of justice professionals" in page
    assert "Renforcement des capacités" in programme_page(desk, "glo-act-2015-2019", "fr")


def test_row_e02_fifteen_were_planned_and_thirteen_carried_out(desk):
    assert "15 planned, 13 carried out" in programme_page(desk, "glo-act-2015-2019")
    assert countries("glo-act-2015-2019") == {
        "BY",
        "BR",
        "CO",
        "EG",
        "KG",
        "LA",
        "ML",
        "MA",
        "NP",
        "NE",
        "PK",
        "ZA",
        "UA",
    }


def test_row_e03_ioms_six_countries_are_named(desk):
    assert "Belarus, Brazil, Lao PDR, Mali, Morocco and South Africa" in programme_page(desk, "glo-act-2015-2019")


def test_row_e04_glo_act_asia_and_the_middle_east(desk):
    page = programme_page(desk, "glo-act-asia-middle-east")
    assert countries("glo-act-asia-middle-east") == {"AF", "IR", "IQ", "PK"}
    assert "12,000,000" in page
    assert "2018–2022" in page


def test_row_e05_glo_act_bangladesh(desk):
    assert countries("glo-act-bangladesh") == {"BD"}
    assert "GLO.ACT Bangladesh" in programme_page(desk, "glo-act-bangladesh")


def test_row_e06_a_joint_cohort_across_countries(desk):
    assert "Regional and transregional cooperation" in programme_page(desk, "glo-act-2015-2019")
    assert "For people of: Benin, Guinea, Togo" in cohort_page(desk, "cabo-verde-2012")


def test_row_e09_promis_in_five_countries(desk):
    assert countries("promis") == {"CI", "GM", "ML", "NE", "SN"}
    assert "Netherlands" in programme_page(desk, "promis")


def test_row_e14_un_gift(desk):
    assert "Joint action of State and non-State actors" in programme_page(desk, "un-gift")


def test_row_e15_rwanda_has_four_goals(desk):
    page = programme_page(desk, "un-gift-rwanda")
    assert len(Programme.objects.get(code="un-gift-rwanda").objectives) == 4
    assert "Means for police and immigration officers" in page
    assert "November 2011" in page


def test_row_e16_the_other_joint_programmes(desk):
    page = desk.get(reverse("certificates:programme-list")).text
    for where in ("Bolivia", "Egypt", "Pakistan", "Serbia", "Central Asia"):
        assert f"UN.GIFT joint programme in {where}" in page


def test_row_e23_a_programme_names_who_pays(desk):
    assert "European Union" in programme_page(desk, "glo-act-2015-2019")
    assert Programme.objects.get(code="glo-act-2015-2019").budget is None


def test_loading_twice_adds_nothing_and_changes_nothing(desk):
    Programme.objects.filter(code="promis").update(partners=["Somebody else"])
    before = (Programme.objects.count(), CohortPlan.objects.count(), AuditEvent.objects.count())
    call_command("load_seeds", verbosity=0)
    assert (Programme.objects.count(), CohortPlan.objects.count(), AuditEvent.objects.count()) == before
    assert Programme.objects.get(code="promis").partners == ["Somebody else"]


def test_seeds_name_no_person_and_make_none():
    people = Person.objects.count()
    call_command("load_seeds", verbosity=0)
    assert (Person.objects.count(), CohortMember.objects.count(), Session.objects.count()) == (people, 0, 0)
    text = " ".join(path.read_text(encoding="utf-8") for path in Path("certificates/seeds").glob("*.yaml"))
    assert not re.search(r"[\w.]+@[\w.]+|\b(Mr|Mrs|Ms|Mme|M\.) [A-Z]", text)


def test_every_text_of_the_files_is_in_english_and_french():
    texts = [each.name for each in seed_programmes()] + [each.name for each in seed_cohorts()]
    texts += [each.note for each in seed_programmes()] + [each.note for each in seed_cohorts()]
    texts += [objective["text"] for each in seed_programmes() for objective in each.objectives]
    for text in texts:
        assert set(text) == {"en", "fr"}
        assert all(text.values())


def test_a_coordinator_of_mali_sees_what_concerns_mali():
    call_command("load_seeds", verbosity=0)
    mali = sign_in(Client(), make_login(policy.COORDINATOR, Country.objects.get(code="ML")))
    page = mali.get(reverse("certificates:programme-list")).text
    assert "PROMIS" in page
    assert "Bangladesh" not in page
    assert mali.get(reverse("certificates:cohort-plan", args=[_uuid("mali-2011")])).status_code == 200
    assert mali.get(reverse("certificates:cohort-plan", args=[_uuid("fiji-2011")])).status_code == 404


def _uuid(code: str) -> str:
    return str(next(each.uuid for each in seed_cohorts() if each.code == code))
