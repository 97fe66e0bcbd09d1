"""Status lists: a place of its own for each award, told to nobody else, and what the lists say of it."""

import datetime as dt
import json
import secrets
import threading
from collections import Counter

import pytest
from django.db import connections
from django.test import override_settings

from accounts.policy import COORDINATOR
from certificates.actions import restore_award, revoke_award, statuses
from certificates.credentials.bits import is_set, pack_bits, read_bits
from certificates.credentials.delegation import read_delegation
from certificates.credentials.issuing import credential_json, status_list_json
from certificates.credentials.multibase import to_base64url
from certificates.credentials.proofs import is_proved, proofs_of
from certificates.credentials.status import (
    STATUS_CONTEXT,
    list_states,
    signed_status,
    status_index,
    status_indexes,
)
from certificates.keys import issuer_keys, make_issuer_keys
from certificates.models import Award, StatusEntry, StatusList
from certificates.reasons import SUPERSEDED
from elearning.lib.canonical import canonical_json
from elearning.lib.signing import from_base64, is_signed_bytes
from records.state import rebuild_state
from tests.factories.accounts import make_login
from tests.factories.certificates import MOMENT, award, publish_course


@pytest.fixture
def row(db) -> Award:
    publish_course()
    return award()


@pytest.fixture
def coordinator(row):
    return make_login(COORDINATOR, row.country)


def read_status(now: dt.datetime | None = None) -> dict:
    """Return the text for browsers, checked as a browser checks it: from the root key on."""
    answer = signed_status(now)
    key = read_delegation(from_base64(answer["delegation"]), issuer_keys().root_spki).p256
    assert is_signed_bytes(key, from_base64(answer["signature"]), STATUS_CONTEXT + answer["text"].encode())
    assert not is_signed_bytes(key, from_base64(answer["signature"]), answer["text"].encode())
    assert canonical_json(json.loads(answer["text"])) == answer["text"]
    return json.loads(answer["text"])


def bits_of(row: Award, kind: str = "bits") -> bool:
    number, place = status_index(row)
    (found,) = [each for each in read_status()["lists"] if each["id"] == number]
    return is_set(read_bits(found[kind]), place)


def badge_bit_of(row: Award) -> bool:
    number, place = status_index(row)
    document = json.loads(status_list_json(list_states(number)[0], MOMENT))
    return is_set(read_bits(document["credentialSubject"]["encodedList"].removeprefix("u")), place)


def test_an_award_keeps_its_place_and_each_has_its_own(row):
    others = [award() for _ in range(5)]
    places = [status_index(each) for each in (row, *others)]
    assert len(set(places)) == 6
    assert [status_index(each) for each in (row, *others)] == places
    assert status_indexes([each.pk for each in others]) == dict(zip([o.pk for o in others], places[1:], strict=True))


def test_credential_names_the_place_of_its_award(row):
    number, place = status_index(row)
    said = json.loads(credential_json(row))["credentialStatus"]
    assert said["statusListIndex"] == str(place)
    assert said["statusListCredential"].endswith(f"/credentials/status/{number}.json")
    assert said["statusPurpose"] == "revocation"


def test_places_are_drawn_from_the_whole_list(row):
    drawn = [status_index(row)[1], *(status_index(award())[1] for _ in range(11))]
    # Twelve of 131,072 in order, or in one half only: once in half a million, and once in two thousand.
    assert drawn != sorted(drawn)
    assert max(drawn) - min(drawn) > 2**10


def test_known_places_of_many_take_one_query(row, django_assert_num_queries):
    issuer_keys()
    uuids = [row.pk, *(award().pk for _ in range(3))]
    status_indexes(uuids)
    with django_assert_num_queries(1):
        assert len(status_indexes(uuids)) == 4


def test_withdrawn_is_one_and_restored_is_nought_in_both_forms(row, coordinator):
    standing = award()
    assert (bits_of(row), badge_bit_of(row)) == (False, False)
    revoke_award(by=coordinator, award=row, reason="issued-in-error")
    assert (bits_of(row), badge_bit_of(row)) == (True, True)
    assert not bits_of(row, "superseded")
    assert (bits_of(standing), badge_bit_of(standing)) == (False, False)
    restore_award(by=coordinator, award=row)
    assert (bits_of(row), badge_bit_of(row)) == (False, False)


def test_replaced_is_told_apart_from_withdrawn(row):
    status_index(row)
    Award.objects.filter(pk=row.pk).update(revoked_at=MOMENT, revocation_reason=SUPERSEDED)
    assert (bits_of(row), bits_of(row, "superseded"), badge_bit_of(row)) == (True, True, True)


def test_status_says_when_it_was_made_and_how_long_it_keeps(row):
    said = read_status(dt.datetime(2026, 11, 22, 12, 30, 5, 999, dt.UTC))
    assert (said["issued_at"], said["next_update"]) == ("2026-11-22T12:30:05Z", "2026-12-22T12:30:05Z")


def test_status_list_is_a_credential_of_the_same_issuer_as_the_badge(row):
    number, _place = status_index(row)
    document = json.loads(status_list_json(list_states(number)[0], MOMENT))
    assert document["issuer"] == json.loads(credential_json(row))["issuer"]["id"]
    assert document["id"] == json.loads(credential_json(row))["credentialStatus"]["statusListCredential"]
    assert document["validFrom"] == "2026-11-22T10:00:00Z"
    assert all(is_proved(document, proof, issuer_keys().ed25519.public_key()) for proof in proofs_of(document))
    assert len(read_bits(document["credentialSubject"]["encodedList"].removeprefix("u"))) * 8 == 2**17


def test_full_list_is_followed_by_the_next(row, monkeypatch):
    monkeypatch.setattr(statuses, "LIST_SIZE", 8)
    places = [status_index(row), *(status_index(award()) for _ in range(9))]
    assert Counter(number for number, _place in places) == {1: 7, 2: 3}
    assert len(set(places)) == 10
    assert [each.size for each in list_states()] == [8, 8]


def test_renewed_key_begins_its_own_list_and_the_former_one_is_still_signed(row, tmp_path):
    with override_settings(RELAIS_KEYS_DIR=tmp_path):
        first = status_index(row)
        former = issuer_keys().did
        make_issuer_keys(tmp_path, renew=True)
        assert status_index(row) == first
        assert status_index(award())[0] != first[0]
        document = json.loads(status_list_json(list_states(first[0])[0], MOMENT))
        assert document["issuer"] == former
        assert len(read_status()["lists"]) == 2


def test_list_whose_key_is_gone_is_left_and_the_award_gets_another_place(row, tmp_path):
    with override_settings(RELAIS_KEYS_DIR=tmp_path / "one"):
        first = status_index(row)
    with override_settings(RELAIS_KEYS_DIR=tmp_path / "two"):
        assert status_index(row)[0] != first[0]
        with pytest.raises(LookupError):
            status_list_json(list_states(first[0])[0], MOMENT)


def test_size_of_the_answer_follows_what_was_withdrawn_not_who_was_awarded(row):
    assert len(json.dumps(signed_status())) < 1000


def test_places_outlive_a_rebuild_of_what_is_derived(row, coordinator):
    place, standing = status_index(row), award()
    status_index(standing)
    revoke_award(by=coordinator, award=row, reason="issued-in-error")
    rebuild_state()
    assert status_index(Award.objects.get(pk=row.pk)) == place
    assert (bits_of(row), bits_of(standing)) == (True, False)


@pytest.mark.parametrize("places", [set(), {0}, {7, 8, 15}, set(range(16))])
def test_bits_are_read_as_they_were_written(places):
    bits = read_bits(pack_bits(places, 16))
    assert {place for place in range(16) if is_set(bits, place)} == places


def test_first_place_is_the_highest_bit_as_the_standard_says():
    assert read_bits(pack_bits({0}, 16)) == b"\x80\x00"


@pytest.mark.parametrize(
    "text",
    ["", "!", "AAAA", pack_bits({1}, 16)[:-6], to_base64url(b"\x1f\x8b" + bytes(30)), pack_bits(set(), 2**24)],
    ids=["nothing", "no base64", "no gzip", "cut off", "broken", "a bomb"],
)
def test_what_is_no_list_is_refused(text):
    with pytest.raises(ValueError):
        read_bits(text)


@pytest.mark.django_db(transaction=True)
def test_four_at_once_draw_one_place(monkeypatch):
    """All four have found no place before any draws: that is the control, and the barrier breaks without it."""
    publish_course()
    row, barrier, drawn = award(), threading.Barrier(4), []
    draw = secrets.randbelow
    issuer_keys()

    def draw_together(size: int) -> int:
        if threading.current_thread().name.startswith("first"):
            threading.current_thread().name = "again"
            barrier.wait(timeout=20)
        return draw(size)

    def ask() -> None:
        try:
            drawn.append(status_index(row))
        finally:
            connections.close_all()

    monkeypatch.setattr(secrets, "randbelow", draw_together)
    StatusList.objects.create(number=1, issuer=issuer_keys().did)
    threads = [threading.Thread(target=ask, name=f"first-{number}") for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(drawn) == 4
    assert len(set(drawn)) == 1
    assert StatusEntry.objects.count() == 1
