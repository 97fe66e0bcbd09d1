"""Planning programmes and cohorts: what is written, by whom, and never across a country's border."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import policy
from accounts.actions import add_cohort_trainer
from accounts.errors import OutOfScopeError
from accounts.models import AuditEvent, Cohort, CohortMember
from certificates.actions import (
    CountryTarget,
    create_programme,
    plan_cohort,
    plan_five_days,
    set_stage,
    update_programme,
)
from certificates.errors import CountryOutOfScopeError, ParentRefusedError, StageRefusedError
from certificates.models import CohortPlan, Programme, Session
from tests.factories.accounts import AgencyFactory, CohortFactory, CountryFactory, PersonFactory, make_login, sign_in
from tests.factories.assessments import QuizFactory
from tests.factories.programmes import (
    CohortPlanFactory,
    ProgrammeFactory,
    SessionFactory,
    attended,
    learner,
    trainer_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def mali():
    return make_login(policy.COORDINATOR, CountryFactory.create(code="ML"))


@pytest.fixture
def foreign():
    """A cohort of Ukraine with its programme, agency and session."""
    country = CountryFactory.create(code="UA")
    cohort = CohortFactory.create(country=country, name="Kyiv only", time_zone="Europe/Kyiv")
    programme = ProgrammeFactory.create(code="ua-only", name={"en": "Ukraine only"}, countries=("UA",))
    CohortPlanFactory.create(cohort=cohort, programme=programme)
    SessionFactory.create(cohort=cohort)
    return cohort


COHORT = {
    "name": "Bamako, class one", "kind": "trainers", "mode": "in-person", "starts_on": "2026-03-02",
    "time_zone": "Africa/Bamako", "language": "fr", "languages": ["fr", "ar"], "capacity": "20",
}  # fmt: skip


def page(login, name: str, /, *args, **given):
    return sign_in(Client(), login).get(reverse(f"certificates:{name}", args=args), given)


def post(login, name: str, /, *args, more=None, **given):
    given |= more or {}
    return sign_in(Client(), login).post(reverse(f"certificates:{name}", args=args), given)


def test_a_cohort_is_planned_with_all_it_is_for(mali):
    programme, parent = ProgrammeFactory.create(), CohortPlanFactory.create()
    country = mali.person.country.pk
    given = COHORT | {"country": country, "programme": programme.pk, "parent": parent.cohort.pk, "objective_codes": "1"}
    response = post(mali, "cohort-new", more=given)
    cohort = Cohort.objects.get(name="Bamako, class one")
    assert response.url.endswith(f"/desk/cohorts/{cohort.uuid}/plan/")
    plan = cohort.plan
    assert (plan.kind, plan.capacity, plan.languages, plan.stage) == ("trainers", 20, ["fr", "ar"], "planned")
    assert (plan.programme, plan.parent, plan.objective_codes) == (programme, parent.cohort, ["1"])
    assert {"cohort.created", "cohort.planned"} <= set(AuditEvent.objects.values_list("act", flat=True))


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("ends_on", "2026-03-01", "It ends before it starts"),
        ("time_zone", "Africa/Nowhere", "is not a time zone"),
        ("objective_codes", "9", "The programme has no objective 9"),
        ("capacity", "0", "greater than or equal to 1"),
    ],
)
def test_a_plan_that_does_not_fit_together_is_not_saved(mali, field, value, text):
    response = post(mali, "cohort-new", more=COHORT | {"country": mali.person.country.pk, field: value})
    assert text in response.text
    assert not Cohort.objects.exists()


def test_a_test_of_another_course_is_refused(mali):
    quiz = QuizFactory.create()
    given = COHORT | {"country": mali.person.country.pk, "pre_test_quiz_uuid": quiz.uuid}
    assert post(mali, "cohort-new", more=given).status_code == 200
    assert not Cohort.objects.exists()


def test_no_foreign_country_agency_programme_or_parent_can_be_named(mali, foreign):
    agency = AgencyFactory.create(country=foreign.country)
    for field, value in (
        ("country", foreign.country.pk), ("agency", agency.pk), ("programme", foreign.plan.programme.pk),
        ("parent", foreign.pk),
    ):  # fmt: skip
        response = post(mali, "cohort-new", more=COHORT | {"country": mali.person.country.pk, field: value})
        assert "That choice is not one of the available choices" in response.text
    shown = page(mali, "cohort-new").text
    assert "Kyiv only" not in shown
    assert "Ukraine only" not in shown
    assert agency.name not in shown
    assert Cohort.objects.count() == 1


def test_the_actions_hold_where_a_form_would_let_something_through(mali, foreign):
    own = CohortFactory.create()
    with pytest.raises(PermissionDenied):
        plan_cohort(by=mali, cohort=own, facts={"parent": foreign})
    with pytest.raises(PermissionDenied):
        plan_cohort(by=mali, cohort=own, facts={"programme": foreign.plan.programme})
    with pytest.raises(PermissionDenied):
        plan_cohort(by=mali, cohort=foreign, facts={})
    with pytest.raises(PermissionDenied):
        set_stage(by=mali, cohort=foreign, stage="open")
    with pytest.raises(PermissionDenied):
        plan_five_days(by=mali, cohort=foreign)


def test_lists_filters_and_counts_keep_to_the_scope(mali, foreign):
    own = CohortPlanFactory.create(cohort__name="Bamako only").cohort
    listed = page(mali, "cohort-list").text
    assert "Bamako only" in listed
    assert "Kyiv" not in listed
    assert "Ukraine" not in listed
    for given in ({"country": "UA"}, {"programme": "ua-only"}, {"q": "Kyiv"}, {"stage": "nonsense"}):
        assert "No cohort found" in page(mali, "cohort-list", **given).text
    assert "Bamako only" in page(mali, "cohort-list", country="ML", kind="trainers", stage="planned").text
    assert "Ukraine only" not in page(mali, "programme-list").text
    assert page(mali, "programme", foreign.plan.programme.uuid).status_code == 404
    assert page(mali, "session", foreign.sessions.get().uuid).status_code == 404
    plan_cohort(by=make_login(policy.COORDINATOR, own.country, everywhere=True), cohort=own, facts={"parent": foreign})
    hub = page(mali, "cohort-plan", own.uuid).text
    assert "A cohort outside your scope" in hub
    assert "Kyiv only" not in hub


def test_a_cohort_never_grows_out_of_itself(mali):
    first, second, third = (CohortPlanFactory.create().cohort for _ in range(3))
    plan_cohort(by=mali, cohort=second, facts={"parent": first})
    plan_cohort(by=mali, cohort=third, facts={"parent": second})
    for cohort, parent in ((first, third), (first, first)):
        with pytest.raises(ParentRefusedError):
            plan_cohort(by=mali, cohort=cohort, facts={"parent": parent})


def test_stages_follow_each_other(mali):
    cohort = CohortFactory.create()
    with pytest.raises(StageRefusedError):
        set_stage(by=mali, cohort=cohort, stage="closed")
    for stage in ("open", "open", "running", "closed"):
        set_stage(by=mali, cohort=cohort, stage=stage)
    assert CohortPlan.objects.get().stage == "closed"
    assert AuditEvent.objects.filter(act="cohort.stage").count() == 3
    assert post(mali, "cohort-stage", cohort.uuid, stage="planned").status_code == 302
    assert CohortPlan.objects.get().stage == "closed"


def test_a_programme_is_for_the_countries_of_who_plans_it(mali, foreign):
    own, other = CountryTarget(mali.person.country, target_officers=60), CountryTarget(foreign.country)
    facts = {"code": "p", "name": {"en": "P"}}
    for countries in ([own, other], [other], []):
        with pytest.raises(CountryOutOfScopeError):
            create_programme(by=mali, facts=facts, countries=countries)
    programme = create_programme(by=mali, facts=facts, countries=[own])
    assert programme.countries.get().target_officers == 60
    shared = ProgrammeFactory.create(countries=("ML", "UA"))
    with pytest.raises(PermissionDenied):
        update_programme(by=mali, programme=shared, facts={}, countries=[own])
    with pytest.raises(CountryOutOfScopeError):
        update_programme(by=mali, programme=programme, facts={}, countries=[own, other])


def test_targets_of_other_countries_are_not_shown(mali):
    programme = ProgrammeFactory.create(countries=("ML", "NE"))
    programme.countries.filter(country__code="NE").update(target_officers=98765)
    programme.countries.filter(country__code="ML").update(target_officers=12345)
    shown = page(mali, "programme", programme.uuid).text
    assert "Niger" in shown
    assert "12345" in shown.replace(",", "")
    assert "98765" not in shown.replace(",", "")


def test_a_programme_is_written_in_several_languages(mali):
    given = {
        "code": "mali-2026", "name_en": "Borders", "name_fr": "Frontières", "objectives_en": "1: Laws\nTraining",
        "objectives_fr": "1: Lois\n2: Formation", "partners": "IOM\nUNICEF", "budget": "1000.50",
        "budget_currency": "EUR", "country-TOTAL_FORMS": "1", "country-INITIAL_FORMS": "0",
        "country-0-country": mali.person.country.pk, "country-0-target_officers": "60",
    }  # fmt: skip
    assert post(mali, "programme-new", **given).status_code == 302
    programme = Programme.objects.get()
    assert programme.objectives == [
        {"code": "1", "text": {"en": "Laws", "fr": "Lois"}},
        {"code": "2", "text": {"en": "Training", "fr": "Formation"}},
    ]
    assert (programme.partners, str(programme.budget)) == (["IOM", "UNICEF"], "1000.50")
    assert "Another programme has this code" in post(mali, "programme-new", **given).text
    Programme.objects.update(name={"en": "Borders", "es": "Fronteras"})
    del given["code"]
    given["country-INITIAL_FORMS"] = "1"
    response = post(mali, "programme-edit", programme.uuid, **given)
    assert response.status_code == 302, response.context["form"].errors
    assert Programme.objects.get().name == {"en": "Borders", "fr": "Frontières", "es": "Fronteras"}


def test_mass_assignment_changes_nothing_else(mali):
    plan = CohortPlanFactory.create()
    given = COHORT | {"uuid": "x", "stage": "closed", "history": "{}", "country": "9", "cohort": "9"}
    assert post(mali, "cohort-edit", plan.cohort.uuid, more=given).status_code == 302
    plan.refresh_from_db()
    assert (plan.stage, plan.history, plan.cohort.country.code) == ("planned", {}, "ML")


def test_a_trainer_is_found_in_scope_and_added_once(mali, foreign):
    cohort = CohortFactory.create()
    stranger = PersonFactory.create(country=foreign.country, full_name="Oksana Elsewhere")
    one = PersonFactory.create(country=mali.person.country, full_name="Salif Here")
    assert "Oksana" not in page(mali, "cohort-staff", cohort.uuid, q="a").text
    assert "Salif Here" in page(mali, "cohort-staff", cohort.uuid, q="salif").text
    assert post(mali, "cohort-staff", cohort.uuid, person=stranger.uuid).status_code == 404
    for _time in range(2):
        post(mali, "cohort-staff", cohort.uuid, person=one.uuid)
    assert CohortMember.objects.get().role == "trainer"
    post(mali, "cohort-staff", cohort.uuid, person=one.uuid, act="end")
    assert CohortMember.objects.get().state == "withdrawn"
    post(mali, "cohort-staff", cohort.uuid, person=one.uuid)
    assert CohortMember.objects.get().state == "active"
    with pytest.raises(OutOfScopeError):
        add_cohort_trainer(by=mali, cohort=foreign, person=one)


def test_the_five_days_are_planned_once_by_the_cohorts_clock(mali):
    plan = CohortPlanFactory.create(cohort__time_zone="Asia/Karachi", cohort__starts_on=dt.date(2026, 3, 9))
    for _time in range(2):
        post(mali, "session-agenda", plan.cohort.uuid)
    sessions = list(Session.objects.all())
    assert len(sessions) == 10
    assert sessions[0].starts_at == dt.datetime(2026, 3, 9, 4, 0, tzinfo=dt.UTC)
    assert sum(each.minutes for each in sessions) == 5 * 340
    assert all(sum(item["minutes"] for item in each.agenda) == each.minutes for each in sessions)


def test_a_session_is_typed_in_local_time_across_the_change_of_clocks(mali):
    cohort = CohortFactory.create(time_zone="Europe/Kyiv")
    given = {"title": "S", "mode": "online", "begins": "09:00", "ends": "11:00", "minutes": "100"}
    for day, hour in (("2026-03-28", 7), ("2026-03-29", 6)):
        assert post(mali, "session-new", cohort.uuid, day=day, **given).status_code == 302
        assert Session.objects.order_by("pk").reverse()[0].starts_at.hour == hour
    text = post(mali, "session-new", cohort.uuid, day="2026-03-28", **(given | {"minutes": "121"})).text
    assert "This is longer than from the beginning to the end." in text
    text = post(mali, "session-new", cohort.uuid, day="2026-03-28", **given, agenda="Opening").text
    assert "Line 1 is no item" in text


def test_a_part_goes_to_people_of_the_cohort_only(mali, foreign):
    session = SessionFactory.create()
    trainer, stranger = trainer_of(session.cohort).person, PersonFactory.create(country=foreign.country)
    given = {"part-TOTAL_FORMS": "1", "part-INITIAL_FORMS": "0", "part-0-role": "lead"}
    assert post(mali, "session-parts", session.uuid, **given, **{"part-0-person": stranger.uuid}).status_code == 200
    assert post(mali, "session-parts", session.uuid, **given, **{"part-0-person": trainer.uuid}).status_code == 302
    assert session.parts.get().person == trainer
    session.parts.create(role="observer", person=stranger)
    given["part-INITIAL_FORMS"] = "1"
    assert post(mali, "session-parts", session.uuid, **given, **{"part-0-person": trainer.uuid}).status_code == 302
    assert set(session.parts.values_list("person", flat=True)) == {trainer.pk, stranger.pk}
    assert stranger.full_name not in page(mali, "session-parts", session.uuid).text
    assert post(mali, "session-parts", session.uuid, **given).status_code == 200


def test_lists_ask_as_often_for_many_as_for_few(mali):
    client = sign_in(Client(), mali)

    def queries(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    plans = [CohortPlanFactory.create(programme=ProgrammeFactory.create()) for _ in range(3)]
    session = SessionFactory.create(cohort=plans[0].cohort)
    attended(session, learner(plans[0].cohort))
    addresses = [reverse("certificates:cohort-list"), reverse("certificates:programme-list")]
    addresses += [reverse("certificates:session-list", args=[plans[0].cohort.uuid])]
    addresses += [reverse("certificates:attendance", args=[session.uuid])]
    before = [queries(address) for address in addresses]
    for number in range(6):
        CohortPlanFactory.create(programme=ProgrammeFactory.create(code=f"more-{number}", countries=("ML", "NE")))
        SessionFactory.create(cohort=plans[0].cohort)
        learner(plans[0].cohort)
    assert [queries(address) for address in addresses] == before


def test_a_trainer_finds_the_ways_that_are_open_to_a_trainer(mali):
    cohort = CohortPlanFactory.create().cohort
    shown = {who: page(login, "cohort-plan", cohort.uuid).text for who, login in
             (("trainer", trainer_of(cohort)), ("coordinator", mali))}  # fmt: skip
    for part in ("sessions/", "people/", "evaluation/"):
        assert all(f"/desk/cohorts/{cohort.uuid}/{part}" in text for text in shown.values())
    for part in ("import/", "issue/", "edit/", "stage/"):
        assert f"/desk/cohorts/{cohort.uuid}/{part}" in shown["coordinator"]
        assert f"/desk/cohorts/{cohort.uuid}/{part}" not in shown["trainer"]
