"""How much has reported, and what waits for a decision: by scope, and never nought for what is not known."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import CohortMember
from accounts.policy import COORDINATOR, TRAINER
from certificates.decisions import count_waiting, waiting_for
from certificates.freshness import count_reporting, reported_by_country
from certificates.models import Reporting
from records.quarantining import Refusal, quarantine
from tests.factories.accounts import (
    CohortFactory,
    CohortMemberFactory,
    CountryFactory,
    PersonFactory,
    make_login,
    sign_in,
)
from tests.sync.doings import make_device

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """Mali: a device heard of today, one nine days silent, one never heard of, one revoked; Ukraine: one."""
    now = timezone.now()
    mali, ukraine = CountryFactory.create(), CountryFactory.create(code="UA")
    people = [PersonFactory.create(country=mali) for _each in range(4)]
    make_device(people[0], last_seen_at=now)
    make_device(people[1], last_seen_at=now - dt.timedelta(days=9))
    make_device(people[2])
    make_device(people[3], last_seen_at=now, revoked_at=now)
    make_device(PersonFactory.create(country=ukraine), last_seen_at=now)
    return {"mali": mali, "people": people, "now": now}


def counts(login):
    return {code: (each.reported, each.total) for code, each in reported_by_country(login).items()}


def test_a_small_site_is_counted_as_it_is_asked(world):
    assert counts(make_login(COORDINATOR, world["mali"])) == {"ML": (1, 3)}
    assert counts(make_login(COORDINATOR, everywhere=True)) == {"ML": (1, 3), "UA": (1, 1)}


def test_the_longest_silence_is_told(world):
    found = reported_by_country(make_login(COORDINATOR, world["mali"]))["ML"]
    assert found.oldest_at == world["now"] - dt.timedelta(days=9)
    assert found.is_behind


def test_a_trainer_sees_the_devices_of_the_own_cohorts_only(world):
    cohort = CohortFactory.create(country=world["mali"])
    login = make_login(TRAINER, world["mali"])
    CohortMemberFactory.create(cohort=cohort, person=login.person, role=CohortMember.Role.TRAINER)
    assert counts(login) == {}
    CohortMemberFactory.create(cohort=cohort, person=world["people"][1])
    assert counts(login) == {"ML": (0, 1)}


def test_what_was_counted_lately_is_not_counted_again_and_what_is_old_is(world):
    login = make_login(COORDINATOR, world["mali"])
    assert count_reporting(world["now"]) == 2
    Reporting.objects.filter(country_code="ML").update(total=77)
    assert counts(login) == {"ML": (1, 77)}
    Reporting.objects.update(counted_at=world["now"] - dt.timedelta(hours=1))
    assert counts(login) == {"ML": (1, 3)}


def test_counting_twice_keeps_one_row_a_country(world):
    count_reporting(world["now"])
    count_reporting(world["now"])
    assert Reporting.objects.count() == 2


def test_the_overview_says_how_much_has_reported_and_the_page_names_countries_in_scope(client, world):
    sign_in(client, make_login(COORDINATOR, world["mali"]))
    assert "1 of 3 devices reported within a week" in client.get(reverse("certificates:desk")).content.decode()
    page = client.get(reverse("certificates:desk-freshness")).content.decode()
    assert "Mali" in page
    assert "Ukraine" not in page


def test_decisions_are_counted_by_scope_and_shown_in_the_menu(client, world):
    mali = make_login(COORDINATOR, world["mali"])
    elsewhere = make_login(COORDINATOR, CountryFactory.create(code="UA"))
    actor = world["people"][0].actor_accounts.get().uuid
    quarantine([Refusal("{}", "device-revoked", said_by=actor)], world["now"])
    assert {each.queue.code: each.count for each in waiting_for(mali)}["held"] == 1
    assert next(each for each in waiting_for(mali) if each.count).oldest_at == world["now"]
    assert (count_waiting(mali), count_waiting(elsewhere)) == (1, 0)
    page = sign_in(client, mali).get(reverse("certificates:desk-decisions")).content.decode()
    assert '<span class="tag now">1</span>' in page
