"""The list of a cohort: who stands where, for those who answer for it."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent, CohortMember
from accounts.policy import ADMINISTRATOR, COORDINATOR, TRAINER
from tests.factories.accounts import (
    CohortFactory,
    CohortMemberFactory,
    CountryFactory,
    PersonFactory,
    make_login,
    sign_in,
)
from tests.factories.certificates import award, enrol, publish_course, read_lessons

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    publish_course()
    row = CohortFactory.create(name="Kayes 3")
    for name, act in (("Done Certified", award), ("Half Way", half_way), ("Just Enrolled", enrol)):
        person = PersonFactory.create(full_name=name, country=row.country)
        CohortMemberFactory.create(cohort=row, person=person)
        act(person, cohort=row)
    CohortMemberFactory.create(cohort=row, person=PersonFactory.create(full_name="Not Yet", country=row.country))
    return row


def half_way(person, *, cohort):
    enrolment = enrol(person, cohort=cohort)
    read_lessons(enrolment)


def open_list(client, cohort):
    return client.get(reverse("certificates:desk-cohort", args=[cohort.uuid]))


def lines_of(answer) -> dict:
    return {line.person.full_name if line.person else "": line for line in answer.context["lines"]}


def test_it_shows_progress_certificate_and_last_activity_by_name(client, cohort):
    answer = open_list(sign_in(client, make_login(COORDINATOR, cohort.country)), cohort)
    lines = lines_of(answer)
    assert list(lines) == ["Done Certified", "Half Way", "Just Enrolled", "Not Yet"]
    done, half, enrolled, not_yet = lines.values()
    assert (done.completed, done.total, done.is_completed) == (3, 3, True)
    assert done.serial
    assert (half.completed, half.total, half.is_completed, half.serial) == (2, 3, False, "")
    assert half.last_activity_at
    assert enrolled.last_activity_at is None
    assert not not_yet.is_enrolled
    page = answer.content.decode()
    assert reverse("certificates:person-record", args=[done.person.uuid]) in page
    assert reverse("certificates:award", args=[done.serial]) in page
    assert "1 of 3 certified" in page
    assert "Not enrolled yet" in page
    assert "style=" not in page


def test_accents_do_not_move_a_name_to_the_end(client, cohort):
    for name in ("Aïssata", "Awa", "Zoé", "Émile"):
        CohortMemberFactory.create(cohort=cohort, person=PersonFactory.create(full_name=name, country=cohort.country))
    names = list(lines_of(open_list(sign_in(client, make_login(COORDINATOR, cohort.country)), cohort)))
    assert names == ["Aïssata", "Awa", "Done Certified", "Émile", "Half Way", "Just Enrolled", "Not Yet", "Zoé"]


def test_opening_it_is_audited_as_one_act(client, cohort):
    login = make_login(COORDINATOR, cohort.country)
    open_list(sign_in(client, login), cohort)
    event = AuditEvent.objects.get(act="cohort.listed")
    assert (event.actor_uuid, event.target_uuid, event.detail["people"]) == (login.person.uuid, cohort.uuid, 4)
    assert "Done" not in str(event.detail)


def test_the_trainer_of_the_cohort_opens_it_without_withdrawing(client, cohort):
    login = make_login(TRAINER, cohort.country)
    assert open_list(sign_in(client, login), cohort).status_code == 404
    CohortMemberFactory.create(cohort=cohort, person=login.person, role=CohortMember.Role.TRAINER)
    answer = open_list(client, cohort)
    assert answer.status_code == 200
    assert "/withdraw/" not in answer.content.decode()


def test_a_coordinator_of_another_country_finds_nothing(client, cohort):
    for role in (COORDINATOR, ADMINISTRATOR):
        sign_in(client, make_login(role, CountryFactory.create(code="UA")))
        assert open_list(client, cohort).status_code == 404
    assert not AuditEvent.objects.exists()


def test_a_person_of_another_country_is_counted_and_not_named(client, cohort):
    guest = PersonFactory.create(full_name="Guest Officer", country=CountryFactory.create(code="UA"))
    enrol(guest, cohort=cohort)
    answer = open_list(sign_in(client, make_login(COORDINATOR, cohort.country)), cohort)
    page = answer.content.decode()
    assert "Guest Officer" not in page
    assert str(guest.uuid) not in page
    assert "A person outside your scope" in page
    assert answer.context["enrolled"] == 4


def test_a_cohort_that_does_not_exist_is_not_found(client, cohort):
    sign_in(client, make_login(COORDINATOR, cohort.country))
    assert client.get(reverse("certificates:desk-cohort", args=[uuid4()])).status_code == 404


def test_an_empty_cohort_says_how_people_join(client):
    cohort = CohortFactory.create()
    page = open_list(sign_in(client, make_login(COORDINATOR, cohort.country)), cohort).content.decode()
    assert "Nobody is in this cohort yet" in page


def test_queries_stay_the_same_when_members_double(client, cohort):
    sign_in(client, make_login(COORDINATOR, cohort.country))
    open_list(client, cohort)
    with CaptureQueriesContext(connection) as first:
        open_list(client, cohort)
    for _each in range(4):
        award(PersonFactory.create(country=cohort.country), cohort=cohort)
    with CaptureQueriesContext(connection) as second:
        open_list(client, cohort)
    assert len(second) == len(first) <= 17, [each["sql"] for each in second]


def test_a_large_cohort_is_shown_by_pages_and_found_by_name(client, cohort, monkeypatch):
    monkeypatch.setattr("certificates.cohort_list.PER_PAGE", 3)
    sign_in(client, make_login(COORDINATOR, cohort.country))
    first = open_list(client, cohort)
    assert list(lines_of(first)) == ["Done Certified", "Half Way", "Just Enrolled"]
    assert (first.context["enrolled"], first.context["completed"], first.context["certified"]) == (3, 1, 1)
    address = reverse("certificates:desk-cohort", args=[cohort.uuid])
    assert list(lines_of(client.get(address, {"page": "2"}))) == ["Not Yet"]
    assert list(lines_of(client.get(address, {"q": "half"}))) == ["Half Way"]
    assert "Nobody of this name" in client.get(address, {"q": "zzz"}).content.decode()


def test_only_those_who_run_the_cohort_are_led_to_issuing(client, cohort):
    issue = reverse("certificates:cohort-issue", args=[cohort.uuid])
    trainer = make_login(TRAINER, cohort.country)
    CohortMemberFactory.create(cohort=cohort, person=trainer.person, role=CohortMember.Role.TRAINER)
    assert issue not in open_list(sign_in(client, trainer), cohort).content.decode()
    assert issue in open_list(sign_in(client, make_login(COORDINATOR, cohort.country)), cohort).content.decode()
