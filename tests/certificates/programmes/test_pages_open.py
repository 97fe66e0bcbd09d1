"""Every page of programmes, cohorts and sessions opens for whom it is, in both directions of writing."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts import policy
from accounts.models import Cohort, CohortMember
from tests.factories.accounts import CohortMemberFactory, CountryFactory, make_login, sign_in
from tests.factories.programmes import (
    CohortPlanFactory,
    ProgrammeFactory,
    SessionFactory,
    attended,
    learner,
)

pytestmark = pytest.mark.django_db
PAGES = [
    ("programme-list", ""), ("programme-new", ""), ("programme", "programme"), ("programme-edit", "programme"),
    ("cohort-list", ""), ("cohort-new", ""), ("cohort-plan", "cohort"), ("cohort-edit", "cohort"),
    ("cohort-staff", "cohort"), ("session-list", "cohort"), ("session-new", "cohort"), ("session", "session"),
    ("session-edit", "session"), ("session-plan", "session"), ("session-parts", "session"), ("attendance", "session"),
    ("attendance-export", "session"), ("attendance-upload", "session"), ("attendance-paper", "session"),
    ("sign-in-sheet", "session"), ("session-code", "session"),
]  # fmt: skip


@pytest.fixture
def world():
    programme = ProgrammeFactory.create()
    plan = CohortPlanFactory.create(programme=programme, capacity=20)
    session = SessionFactory.create(cohort=plan.cohort, agenda=[{"minutes": 30, "title": "Opening", "method": ""}])
    attended(session, learner(plan.cohort))
    login = make_login(policy.COORDINATOR, CountryFactory.create(code="ML"))
    return sign_in(Client(), login), {
        "programme": programme.uuid, "cohort": plan.cohort.uuid, "session": session.uuid,
    }  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(("name", "argument"), PAGES)
def test_page_opens(world, name, argument, language):
    client, uuids = world
    with translation.override(language):
        address = reverse(f"certificates:{name}", args=[uuids[argument]] if argument else [])
    response = client.get(address)
    assert response.status_code == 200
    if not name.endswith("export"):
        assert "{%" not in response.text
        assert "<h1" in response.text


def links_on(client, name, uuid):
    page = client.get(reverse(f"certificates:{name}", args=[uuid])).text
    return {each for each in re.findall(r'href="(/en/desk/[^"]*)"', page) if "?" not in each}


@pytest.mark.parametrize("role", [policy.COORDINATOR, policy.TRAINER])
def test_every_way_from_a_cohort_and_a_programme_opens_to_whom_it_is_shown(world, role):
    _client, uuids = world
    cohort = Cohort.objects.get(uuid=uuids["cohort"])
    login = make_login(role, cohort.country)
    CohortMemberFactory.create(cohort=cohort, person=login.person, role=CohortMember.Role.TRAINER)
    CohortMemberFactory.create(cohort=cohort, state=CohortMember.State.WAITING)
    client = sign_in(Client(), login)
    shown = links_on(client, "cohort-plan", cohort.uuid) | links_on(client, "programme", uuids["programme"])
    assert {each: client.get(each).status_code for each in shown} == dict.fromkeys(shown, 200)
    of_cohort = {name: reverse(f"certificates:{name}", args=[cohort.uuid]) for name in (
        "cohort-people", "cohort-import", "cohort-evaluation", "cohort-figures", "cohort-issue",
    )}  # fmt: skip
    rules = {reverse("certificates:trainer-rules", args=[uuids["programme"]]), reverse("certificates:award-rules")}
    runs = role == policy.COORDINATOR
    for_all = {"cohort-people", "cohort-evaluation", "cohort-figures"}
    assert {name for name, each in of_cohort.items() if each in shown} == (of_cohort.keys() if runs else for_all)
    assert (rules & shown) == (rules if runs else set())
    waiting = of_cohort["cohort-people"] + "#waiting"
    assert waiting in shown
    assert 'id="waiting"' in client.get(waiting).text


def test_the_waiting_list_is_named_only_while_somebody_waits(world):
    client, uuids = world
    assert not [each for each in links_on(client, "cohort-plan", uuids["cohort"]) if "#" in each]


def test_the_address_of_the_reaction_form_stands_there_for_those_who_may_open_it(world):
    client, uuids = world
    page = client.get(reverse("certificates:cohort-evaluation", args=[uuids["cohort"]])).text
    address = reverse("certificates:reaction", args=[uuids["cohort"]])
    assert address in page
    assert f'href="{address}"' not in page
