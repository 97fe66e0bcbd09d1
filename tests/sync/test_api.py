"""What devices ask: the answers they rely on, and refusals that lose nothing."""

import datetime as dt
import gzip
import io
import json
import os
import random
import zlib
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from elearning.lib.signing import from_base64, is_signed, read_public_key
from records.models import QuarantinedStatement, Statement
from records.statements import utc_text
from sync.keys import site_keys
from sync.lines import LARGEST_PARCEL_BYTES
from sync.models import Device
from tests.factories.accounts import LoginFactory, make_login, sign_in
from tests.factories.assessments import CANARY
from tests.sync.client import SimulatedDevice, parcel
from tests.sync.doings import Learner, PaperSitting

pytestmark = pytest.mark.django_db
STATEMENTS = reverse("sync_api:statements")


@dataclass
class Asked:
    """A learner's browser, as the outbox uses it."""

    learner: Learner
    client: Client

    def __call__(self, body: Any, path: str = STATEMENTS, **headers: str) -> Any:
        """Post a body."""
        own = {"Relais-Person": str(self.learner.login.person.uuid)}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(path, body, content_type="text/plain", headers=own | named)


@pytest.fixture
def asked(learner) -> Asked:
    return Asked(learner, sign_in(Client(), learner.login))


def test_session_says_who_is_here_and_keys_that_the_root_certified(learner, client):
    nobody = client.get(reverse("sync_api:session")).json()
    assert (nobody["person"], nobody["actor"], bool(nobody["csrf"])) == (None, None, True)
    session = sign_in(client, learner.login).get(reverse("sync_api:session")).json()
    assert session["person"] == str(learner.login.person.uuid)
    assert session["actor"] == str(learner.device.actor)
    keys = session["keys"]
    assert is_signed(read_public_key(keys["root"]), from_base64(keys["signature"]), keys["text"])
    signature = from_base64(site_keys().sign("a manifest"))
    packs = next(key["spki"] for key in json.loads(keys["text"])["keys"] if key["purpose"] == "packs")
    assert is_signed(read_public_key(packs), signature, "a manifest")


def test_device_is_enrolled_once_and_its_id_never_stands_for_another_key(asked, learner):
    device = SimulatedDevice(learner.device.actor)

    def enrol(**changes):
        body = {
            "public_key": device.public_key,
            "device": str(device.uuid),
            "proof": device.proof_for(learner.login.person.uuid),
        }
        return asked(json.dumps(body | changes), reverse("sync_api:devices"))

    first = enrol()
    assert (first.status_code, first.json()["actor"]) == (201, str(learner.device.actor))
    assert enrol().status_code == 200
    other = SimulatedDevice(device.actor, device.uuid)
    proof = other.proof_for(learner.login.person.uuid)
    assert enrol(public_key=other.public_key, proof=proof).status_code == 409
    # A key somebody else holds, a proof for another person, keys of other forms.
    assert enrol(public_key=other.public_key).status_code == 400
    assert enrol(proof=device.proof_for(learner.device.uuid)).status_code == 400
    for key in ("", "AAAA", device.public_key + "\n", device.public_key[:-4] + "AAAA", "é" * 80, "A" * 10_000):
        assert enrol(public_key=key).status_code == 400
    assert Device.objects.filter(person=learner.login.person).count() == 2
    Device.objects.filter(pk=device.uuid).update(revoked_at=timezone.now())
    assert enrol().status_code == 409


@pytest.mark.parametrize("is_packed", [True, False])
def test_parcel_is_stored_and_the_receipt_of_a_repeat_is_the_same(asked, learner, is_packed):
    body = parcel(learner.read_along(learner.lessons[0]))
    headers = {"Content_Encoding": "gzip"} if is_packed else {}
    sent = gzip.compress(body) if is_packed else body
    first, again = (asked(sent, **headers).json() for _each in range(2))
    assert len(first["stored"]) == Statement.objects.filter(unit_kind="lesson").count()
    assert (first["stored"], first["held"]) == (again["stored"], again["held"])


def test_held_line_is_named_with_its_reason_in_words(asked, learner):
    Device.objects.filter(pk=learner.device.uuid).update(revoked_at=timezone.now())
    line = learner.read(learner.lessons[0])
    (held,) = asked(parcel([line])).json()["held"]
    assert (held["id"], held["line"], held["reason"]) == (json.loads(line.split(" ", 1)[1])["id"], 0, "device-revoked")
    assert held["text"] == "It comes from a revoked device"
    assert QuarantinedStatement.objects.get().carried_by_uuid == learner.login.person.uuid


def test_store_of_one_person_is_not_sent_as_anothers_unless_carried(asked, learner):
    body = parcel([learner.read(learner.lessons[0])])
    refused = asked(body, Relais_Person=str(make_login().person.uuid))
    assert (refused.status_code, refused.json()["error"]) == (409, "not-you")
    assert not Statement.objects.filter(unit_kind="lesson").exists()
    assert len(asked(body, Relais_Person="", Relais_Carried="1").json()["stored"]) == 1


def test_signed_out_device_is_told_in_json_that_nothing_is_lost(learner, client):
    for method, name in (("get", "state"), ("post", "statements"), ("post", "devices"), ("post", "papers")):
        reply = getattr(client, method)(reverse(f"sync_api:{name}"))
        assert (reply.status_code, reply.json()["error"]) == (401, "signed-out")
        assert "no-store" in reply["Cache-Control"]


def test_request_from_elsewhere_changes_nothing(learner):
    """S12: without the token of our own pages nothing is taken in, and the reply is JSON."""
    client = sign_in(Client(enforce_csrf_checks=True), learner.login)
    headers = {"Relais-Person": str(learner.login.person.uuid)}
    body = parcel([learner.read(learner.lessons[0])])
    refused = client.post(STATEMENTS, body, content_type="text/plain", headers=headers)
    assert (refused.status_code, refused.json()["error"]) == (403, "csrf")
    token = client.get(reverse("sync_api:session")).json()["csrf"]
    taken = client.post(STATEMENTS, body, content_type="text/plain", headers=headers | {"X-CSRFToken": token})
    assert len(taken.json()["stored"]) == 1


def test_what_is_no_parcel_is_refused_whole(asked, learner):
    line = learner.read(learner.lessons[0])
    whole = gzip.compress(parcel([line]))
    bomb = gzip.compress(b"relais-parcel/1\n" + b"a" * 50_000_000)
    cases = [
        (b"", {}, 400),
        (b"relais-parcel/2\n", {}, 400),
        (line.encode(), {}, 400),
        (b"\x00\xff\xfe", {}, 400),
        (b"x" * (LARGEST_PARCEL_BYTES + 1), {}, 413),
        (parcel(["x"] * 201), {}, 413),
        (bomb, {"Content_Encoding": "gzip"}, 413),
        (whole[:-1], {"Content_Encoding": "gzip"}, 400),
        (whole[: len(whole) // 2], {"Content_Encoding": "gzip"}, 400),
        (whole + whole, {"Content_Encoding": "gzip"}, 400),
        (parcel([line]), {"Content_Encoding": "gzip"}, 400),
        (zlib.compress(parcel([line])), {"Content_Encoding": "deflate"}, 415),
    ]
    for body, headers, status in cases:
        reply = asked(body, **headers)
        assert (reply.status_code, bool(reply.json()["message"])) == (status, True), body[:40]
    forms = asked.client.post(STATEMENTS, {"a": "b"})
    assert forms.status_code == 415
    assert not QuarantinedStatement.objects.exists()
    assert not Statement.objects.filter(unit_kind="lesson").exists()


def test_body_that_ends_too_soon_is_refused_whole(asked, learner):
    """A connection that breaks must not leave half a line in quarantine."""
    body = parcel(learner.read_along(learner.lessons[0]))
    headers = {"Relais-Person": str(learner.login.person.uuid)}
    cut = {"CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body[:-10])}
    reply = asked.client.generic("POST", STATEMENTS, body, "text/plain", headers=headers, **cut)
    assert (reply.status_code, reply.json()["error"]) == (400, "sync.parcel.cut_off")
    assert not QuarantinedStatement.objects.exists()


def test_hostile_bodies_and_headers_never_raise(asked, learner):
    """Random bytes, mutilated parcels, and headers from nowhere: an answer with words, and no 500."""
    seed = int(os.environ.get("RELAIS_SEED", random.randrange(2**32)))
    print("seed", seed)  # noqa: T201  # replays it
    dice = random.Random(seed)
    whole = parcel(learner.read_along(learner.lessons[0]))
    for _each in range(150):
        body = bytearray(whole)
        for _change in range(dice.randint(1, 8)):
            body[dice.randrange(len(body))] = dice.randrange(256)
        clock = dice.choice(["", "yesterday", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z", "٣"])
        waiting = dice.choice(["", "-1", "9" * 30, "٣ 2026", "5 yesterday", "5 2026-11-22T05:20:00.000Z"])
        reply = asked(bytes(body), Relais_Clock=clock, Relais_Waiting=waiting)
        assert reply.status_code in {200, 400, 413}
    for path in ("devices", "papers"):
        for text in (
            "",
            "[]",
            "{",
            "null",
            '{"device":{}}',
            '{"device":"' + "a" * 99 + '"}',
            "[" * 5000,
            "\x00",
            "1e999",
        ):
            assert asked(text, reverse(f"sync_api:{path}")).status_code in {400, 409}


def test_what_a_device_says_of_itself_stands_on_the_trainers_page(asked, learner):
    now = timezone.now()
    lines = learner.read_along(learner.lessons[0])
    since = utc_text(now - dt.timedelta(days=4))
    clock = utc_text(now + dt.timedelta(minutes=20))
    asked(parcel(lines[:2]), Relais_Clock=clock, Relais_Waiting=f"{len(lines)} {since}")
    device = Device.objects.get(pk=learner.device.uuid)
    assert device.waiting_count == len(lines) - 2
    assert device.waiting_since
    assert utc_text(device.waiting_since) == since
    assert 1190 <= (device.clock_skew_s or 0) <= 1200
    # Somebody who carries it says nothing of it.
    carrier = sign_in(Client(), LoginFactory.create())
    carrier.post(
        STATEMENTS,
        parcel(lines[2:]),
        content_type="text/plain",
        headers={"Relais-Carried": "1", "Relais-Waiting": "99"},
    )
    device.refresh_from_db()
    assert (device.waiting_count, device.last_sequence) == (len(lines) - 2, len(lines))


def test_papers_are_carried_without_keys_for_ones_own_device_only(asked, learner):
    path = reverse("sync_api:papers")
    body = json.dumps({"device": str(learner.device.uuid), "courses": [str(learner.course)]})
    first, again = (asked(body, path) for _each in range(2))
    (paper,) = first.json()["papers"]
    assert again.json()["papers"] == [paper]
    assert CANARY not in first.content.decode()
    stranger = sign_in(Client(), make_login())
    assert stranger.post(path, body, content_type="application/json").status_code == 409


def test_state_says_what_the_device_needs_to_go_on(asked, learner, deliver, django_assert_max_num_queries):
    deliver(
        *learner.read_along(learner.lessons[0]), learner.read(learner.lessons[1], "progressed", place="b", ordinal=9)
    )
    (paper,) = learner.papers()
    deliver(*PaperSitting(learner, paper).sit())
    # The last of them reads the catalogue anew, which is published for this test.
    with django_assert_max_num_queries(12):
        state = asked.client.get(reverse("sync_api:state")).json()
    (course,) = state["courses"]
    lessons = course["lessons"]
    assert (state["person"], state["name_initials"]) == (
        str(learner.login.person.uuid),
        learner.login.person.initials,
    )
    assert lessons[str(learner.lessons[0])]["completed_at"]
    assert (lessons[str(learner.lessons[1])]["place"], lessons[str(learner.lessons[1])]["ordinal"]) == ("b", 9)
    (quiz,) = course["quizzes"].values()
    (attempt,) = quiz["attempts"]
    assert (quiz["class"], quiz["may_start"], quiz["is_passed"]) == ("graded", False, True)
    assert (attempt["points"], attempt["out_of"], attempt["counts"], attempt["flags"]) == ("3", "3", True, [])
    assert course["progress"]["completed"] == 2
