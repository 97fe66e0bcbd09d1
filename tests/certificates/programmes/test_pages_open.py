"""Every page of programmes, cohorts and sessions opens for whom it is, in both directions of writing."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts import policy
from tests.factories.accounts import CountryFactory, make_login, sign_in
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
