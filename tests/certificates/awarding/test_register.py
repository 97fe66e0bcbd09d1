"""The register, the award's page, the person's page, what ends soon: one's own countries and nothing else."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.actions import rename_person
from accounts.models import AuditEvent, Message
from accounts.policy import COORDINATOR
from certificates.actions import reissue_award, revoke_award
from certificates.models import Award, AwardRule, HolderName
from courses.models import Enrolment
from tests.factories.accounts import (
    CohortFactory,
    CohortMemberFactory,
    CountryFactory,
    PersonFactory,
    make_login,
    sign_in,
)
from tests.factories.certificates import COURSE, award, holder_login, publish_course

pytestmark = pytest.mark.django_db
REGISTER = "certificates:register"


@pytest.fixture
def rows():
    publish_course()
    ukraine = CountryFactory.create(code="UA")
    return [
        award(PersonFactory.create(full_name="Aïssata Traoré", full_name_other="عائشة تراوري")),
        award(PersonFactory.create(full_name="Modibo Kéita", service_number="77Z")),
        award(PersonFactory.create(full_name="Olena Foreign", country=ukraine)),
    ]


@pytest.fixture
def mali(rows):
    return make_login(COORDINATOR, rows[0].country)


def shown(client, **asked) -> list[str]:
    answer = client.get(reverse(REGISTER), asked)
    assert answer.status_code == 200
    return sorted(each.serial for each, *_rest in answer.context["lines"])


def test_it_lists_and_finds_only_one_s_own_countries(client, rows, mali):
    mine, second, foreign = rows
    sign_in(client, mali)
    assert shown(client) == sorted([mine.serial, second.serial])
    assert (
        shown(client, q="traoré") == shown(client, q="عائشة") == shown(client, q=mine.serial.lower()) == [mine.serial]
    )
    assert shown(client, q="77z") == [second.serial]
    assert shown(client, q="Olena") == shown(client, q=foreign.serial) == shown(client, country="UA") == []
    page = client.get(reverse(REGISTER)).content.decode()
    assert foreign.serial not in page
    assert "Ukraine" not in page
    assert "Olena" not in page


def test_the_printed_name_finds_it_after_the_person_s_name_changed(client, rows, mali):
    rename_person(by=mali, person=rows[0].person, full_name="Entirely Other")
    sign_in(client, mali)
    assert shown(client, q="Traoré") == shown(client, q="entirely") == [rows[0].serial]


@pytest.mark.parametrize("state", ["valid", "ending", "expired", "withdrawn", "replaced"])
def test_each_state_is_a_filter_and_is_said_in_the_line(client, rows, mali, state):
    row, other, _foreign = rows
    today = timezone.now().date()
    Award.objects.filter(pk=other.pk).update(valid_until=today + dt.timedelta(days=400))
    if state == "withdrawn":
        revoke_award(by=mali, award=row, reason="on-request")
    elif state == "replaced":
        rename_person(by=mali, person=row.person, full_name="New Name")
        reissue_award(by=mali, award=row)
    else:
        days = {"valid": 200, "ending": 90, "expired": -1}[state]
        Award.objects.filter(pk=row.pk).update(valid_until=today + dt.timedelta(days=days))
    sign_in(client, mali)
    answer = client.get(reverse(REGISTER), {"state": state})
    assert row.pk in {each.pk for each, *_rest in answer.context["lines"]}
    assert {line[2] for line in answer.context["lines"]} == {state}


@pytest.mark.parametrize("asked", [{"course": "x"}, {"year": "²026"}, {"state": "?"}, {"q": "\0%_'"}, {"page": "no"}])
def test_nonsense_in_the_filter_breaks_nothing(client, rows, mali, asked):
    assert sign_in(client, mali).get(reverse(REGISTER), asked).status_code == 200


def test_several_are_withdrawn_at_once_and_a_foreign_one_is_not_touched(client, rows, mali):
    sign_in(client, mali)
    chosen = {"award": [str(each.pk) for each in rows] + ["nonsense"], "act": "withdraw"}
    client.post(reverse("certificates:register-act"), chosen)
    assert Award.objects.in_force().count() == 3
    client.post(reverse("certificates:register-act"), chosen | {"reason": "issued-in-error"})
    assert list(Award.objects.in_force()) == [rows[2]]
    assert AuditEvent.objects.filter(act="award.revoked").count() == 2


def test_queries_stay_the_same_when_certificates_double(client, rows, mali):
    sign_in(client, mali)
    client.get(reverse(REGISTER))
    with CaptureQueriesContext(connection) as first:
        client.get(reverse(REGISTER))
    for _each in range(4):
        award()
    with CaptureQueriesContext(connection) as second:
        client.get(reverse(REGISTER))
    assert len(second) == len(first) <= 13, [each["sql"] for each in second]


def test_the_award_s_page_shows_the_evidence_and_the_history_and_is_audited(client, rows, mali):
    row = rows[0]
    revoke_award(by=mali, award=row, reason="on-request")
    answer = sign_in(client, mali).get(reverse("certificates:award", args=[row.serial]))
    page = answer.content.decode()
    for expected in (
        "Aïssata Traoré",
        "8 out of 10, pass mark 70%",
        "The holder asked for it",
        "Restore",
        mali.person.full_name,
    ):
        assert expected in page
    assert AuditEvent.objects.get(act="award.viewed").target_uuid == row.uuid
    assert "style=" not in page


def test_the_page_restores_and_corrects_a_name(client, rows, mali):
    row = rows[0]
    sign_in(client, mali)
    revoke_award(by=mali, award=row, reason="on-request")
    client.post(reverse("certificates:award-restore", args=[row.serial]))
    assert Award.objects.get(pk=row.pk).revoked_at is None
    address = reverse("certificates:award-reissue", args=[row.serial])
    same = {"full_name": "Aïssata Traoré", "full_name_other": "عائشة تراوري"}
    assert "bears this name already" in client.post(address, same).content.decode()
    assert client.post(address, {"full_name": "Aïssata Traoré-Kéita"}).status_code == 302
    fresh = Award.objects.get(version=2)
    assert HolderName.objects.get(pk=fresh.pk).full_name == "Aïssata Traoré-Kéita"
    assert "version 2" in client.get(reverse("certificates:award", args=[row.serial])).content.decode()


def test_a_name_out_of_scope_is_not_changed_and_nothing_is_issued(client, rows, mali):
    """The award is of Mali; the person has moved to Ukraine since."""
    row = rows[0]
    row.person.country = CountryFactory.create(code="UA")
    row.person.save()
    address = reverse("certificates:award-reissue", args=[row.serial])
    page = sign_in(client, mali).post(address, {"full_name": "Taken Over"}).content.decode()
    assert "another country answers for it" in page
    row.person.refresh_from_db()
    assert row.person.full_name == "Aïssata Traoré"
    assert Award.objects.count() == 3


def test_what_ends_soon_is_listed_invited_once_and_printed(client, rows, mali):
    today = timezone.now().date()
    Award.objects.filter(pk=rows[0].pk).update(valid_until=today + dt.timedelta(days=20))
    Award.objects.filter(pk=rows[1].pk).update(valid_until=today - dt.timedelta(days=5))
    Award.objects.filter(pk=rows[2].pk).update(valid_until=today)
    sign_in(client, mali)
    address = reverse("certificates:expiring")
    assert [line.days_left for line in client.get(address).context["lines"]] == [-5, 20]
    client.post(address, {"award": [str(rows[0].pk), str(rows[2].pk)]})
    assert Message.objects.get(code="certificates.renewal-invited").person == rows[0].person
    client.post(address, {"all": "1"})
    assert Message.objects.filter(code="certificates.renewal-invited").count() == 2
    lines = client.get(address, {"days": "30"}).context["lines"]
    assert all(line.invited_at for line in lines)
    page = client.get(reverse("certificates:expiring-print")).content.decode()
    assert "Modibo Kéita" in page
    assert "Olena" not in page
    assert AuditEvent.objects.filter(act="register.printed").count() == 1


def test_the_holder_begins_the_renewal_from_the_own_record(client, rows):
    row = rows[0]
    Award.objects.filter(pk=row.pk).update(valid_until=timezone.now().date() + dt.timedelta(days=10))
    sign_in(client, holder_login(row))
    assert "Begin the renewal" in client.get(reverse("certificates:record")).content.decode()
    answer = client.post(reverse("certificates:renewal-begin", args=[row.serial]))
    assert "/courses/" in answer.url
    assert Enrolment.objects.filter(person=row.person, period=2).count() == 1
    assert "You have begun to renew it" in client.get(reverse("certificates:record")).content.decode()


def test_where_a_coordinator_attests_the_page_renews(client, rows, mali):
    row = rows[0]
    AwardRule.objects.create(course_uuid=COURSE, renewal="attest")
    sign_in(client, mali)
    client.post(reverse("certificates:award-renew", args=[row.serial]))
    assert Award.objects.filter(period=2).count() == 0
    Award.objects.filter(pk=row.pk).update(valid_until=timezone.now().date())
    client.post(reverse("certificates:award-renew", args=[row.serial]))
    assert Award.objects.get(period=2).person == row.person


def test_the_person_s_page_tells_everything_in_order_and_the_look_is_written_down(client, rows, mali):
    person = rows[0].person
    cohort = CohortFactory.create(name="Kayes 3", country=rows[0].country)
    CohortMemberFactory.create(cohort=cohort, person=person)
    revoke_award(by=mali, award=rows[0], reason="on-request")
    answer = sign_in(client, mali).get(reverse("certificates:person-record", args=[person.uuid]))
    page = answer.content.decode()
    for expected in (
        "Joined a cohort",
        "Kayes 3",
        "Passed a test",
        "8 out of 10",
        "Certificate issued",
        "Completed the course",
    ):
        assert expected in page
    moments = [each.at for each in answer.context["moments"]]
    assert moments == sorted(moments, reverse=True)
    assert AuditEvent.objects.get(act="person.viewed").target_uuid == person.uuid
    foreign = reverse("certificates:person-record", args=[rows[2].person.uuid])
    assert client.get(foreign).status_code == 404
