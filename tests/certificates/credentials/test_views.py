"""Credentials as files: whom they are given to, and what everybody may read."""

import json

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.policy import COORDINATOR, EDITOR, TRAINER
from certificates.actions import revoke_award
from certificates.credentials.issuing import credential_json
from certificates.credentials.status import status_index
from certificates.keys import issuer_keys
from certificates.models import Award, HolderName
from tests.factories.accounts import CountryFactory, make_login, sign_in
from tests.factories.certificates import award, holder_login, publish_course


@pytest.fixture
def row(db) -> Award:
    publish_course()
    return award()


def address(row: Award) -> str:
    return reverse("certificates:award-credential", args=[row.serial])


def test_holder_downloads_the_credential_and_nothing_is_audited(client, row):
    answer = sign_in(client, holder_login(row)).get(address(row))
    assert answer.status_code == 200
    assert answer.content == credential_json(row)
    assert answer["Content-Disposition"] == f'attachment; filename="{row.serial}.json"'
    assert "no-store" in answer["Cache-Control"]
    assert not AuditEvent.objects.exists()


def test_coordinator_of_the_country_downloads_it_and_is_audited(client, row):
    login = make_login(COORDINATOR, row.country)
    assert sign_in(client, login).get(address(row)).status_code == 200
    event = AuditEvent.objects.get(act="award.downloaded")
    assert (event.actor_uuid, event.target_uuid) == (login.person.uuid, row.uuid)


def test_for_anybody_else_it_is_not_there(client, row):
    elsewhere = CountryFactory.create(code="UA")
    others = [make_login(), make_login(COORDINATOR, elsewhere), make_login(TRAINER, row.country), make_login(EDITOR)]
    for login in others:
        assert sign_in(client, login).get(address(row)).status_code == 404
    client.logout()
    assert client.get(address(row)).status_code == 302


def test_withdrawn_or_nameless_award_gives_no_file(client, row):
    sign_in(client, holder_login(row))
    name = HolderName.objects.get(pk=row.pk)
    HolderName.objects.filter(pk=row.pk).delete()
    assert client.get(address(row)).status_code == 422
    name.save()
    revoke_award(by=make_login(COORDINATOR, row.country), award=row, reason="issued-in-error")
    assert client.get(address(row)).status_code == 410


def test_record_holds_all_my_awards_that_stand_and_nobody_elses(client, row):
    login = holder_login(row)
    award()
    answer = sign_in(client, login).get(reverse("certificates:record-credential"))
    assert answer.status_code == 200
    inner = json.loads(answer.content)["credentialSubject"]["verifiableCredential"]
    assert [each["id"] for each in inner] == [f"urn:uuid:{row.uuid}"]
    revoke_award(by=make_login(COORDINATOR, row.country), award=row, reason="issued-in-error")
    assert client.get(reverse("certificates:record-credential")).status_code == 302


def test_status_is_the_same_for_everybody_and_kept_for_a_minute_only(client, row):
    status_index(row)
    answer = client.get(reverse("certificates:status"))
    assert set(answer.json()) == {"text", "signature", "delegation"}
    assert answer["Cache-Control"] == "public, max-age=60"
    assert answer["Access-Control-Allow-Origin"] == "*"
    sign_in(client, holder_login(row))
    assert (
        json.loads(client.get(reverse("certificates:status")).json()["text"]).keys()
        == json.loads(answer.json()["text"]).keys()
    )


def test_status_list_is_served_where_the_credential_says(client, row):
    said = json.loads(credential_json(row))["credentialStatus"]["statusListCredential"]
    path = reverse("credentials:status-list", args=[status_index(row)[0]])
    assert said == f"http://127.0.0.1:8000{path}"
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.json()["id"] == said
    assert client.get(reverse("credentials:status-list", args=[999])).status_code == 404


def test_lists_take_the_same_queries_however_many_are_withdrawn(client, row, django_assert_num_queries):
    coordinator = make_login(COORDINATOR, row.country)

    def withdraw(rows: list[Award]) -> None:
        for each in rows:
            status_index(each)
            revoke_award(by=coordinator, award=each, reason="issued-in-error")

    withdraw([row])
    address = reverse("certificates:status")
    client.get(address)
    with django_assert_num_queries(2):
        client.get(address)
    withdraw([award(), award()])
    with django_assert_num_queries(2):
        client.get(address)


def test_issuer_says_who_it_is_and_which_root_vouches(client, db):
    said = client.get(reverse("credentials:issuer")).json()
    assert said["id"] == issuer_keys().did
    assert said["rootKey"] == issuer_keys().root_spki
