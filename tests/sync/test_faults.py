"""R4, R11, R17: eight at once, no room left, a slow line that breaks.

What was acknowledged stays, the rest is sent again.
"""

import contextlib
import os
import random
import resource
import threading
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from records.models import Statement
from records.state import state_hash
from sync.receiving import receive
from tests.browser.line import line_to
from tests.factories.accounts import sign_in
from tests.sync.client import HttpSession, Outbox, parcel
from tests.sync.doings import make_learner
from tests.sync.places import reading

pytestmark = pytest.mark.django_db(transaction=True)
STATEMENTS = "/sync/statements/"


def browser_of(learner):
    client = sign_in(Client(), learner.login)
    headers = {"Relais-Person": str(learner.login.person.uuid)}
    return lambda lines: client.post(STATEMENTS, parcel(lines), content_type="text/plain", headers=headers)


def test_eight_deliveries_of_one_parcel_at_once_are_one():
    """R4: one set of rows, one hash, the same receipt for each, and no error."""
    learner = make_learner()
    (lines,) = reading(learner, 1)
    receipts, failures = [], []

    def deliver():
        try:
            receipts.append(receive(lines, carried_by=None, now=timezone.now()))
        except BaseException as error:  # noqa: BLE001  # whatever it is, it fails the test
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=deliver) for _each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert {tuple(receipt.stored) for receipt in receipts} == {tuple(receipts[0].stored)}
    assert sum(len(receipt.accepted) for receipt in receipts) == len(lines)
    assert Statement.objects.filter(unit_kind="lesson").count() == len(lines)
    before = state_hash()
    receive(lines, carried_by=None, now=timezone.now())
    assert state_hash() == before


@contextlib.contextmanager
def few_pages(left: int):
    """Let the database grow by some pages and no more."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + left}")
        yield
        cursor.execute("PRAGMA max_page_count = 1073741823")


@contextlib.contextmanager
def small_files(left: int):
    """Let no file grow beyond the write-ahead log's size and a little: the disk itself says no."""
    wal = Path(f"{connection.settings_dict['NAME']}-wal")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (wal.stat().st_size + left * 4096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.sqlite  # its limit on pages
@pytest.mark.parametrize("no_room", [few_pages, small_files])
def test_full_disk_is_said_and_nothing_acknowledged_is_lost(no_room, client):
    """R11: 507 with words; reads go on; room again, and it works without a restart."""
    seed = int(os.environ.get("RELAIS_SEED", random.randrange(2**32)))
    print("seed", seed)  # noqa: T201  # replays it
    dice = random.Random(seed)
    learner = make_learner()
    post = browser_of(learner)
    stored: list[str] = []
    refused = 0
    parcels = reading(learner, 45)
    for _round in range(15):
        with no_room(dice.randrange(12)):
            for lines in parcels[:3]:
                reply = post(lines)
                if reply.status_code == 507:
                    refused += 1
                    assert reply.json()["error"] == "no-room"
                    assert client.get("/sync/session/").status_code == 200
                    break
                stored += reply.json()["stored"]
                parcels.remove(lines)
        reply = post(parcels[0])
        assert reply.status_code == 200, reply.content
        stored += reply.json()["stored"]
        parcels.pop(0)
    assert refused > 5
    assert {str(pk) for pk in Statement.objects.filter(unit_kind="lesson").values_list("pk", flat=True)} == set(stored)


def session_for(learner, origin) -> HttpSession:
    cookies = sign_in(Client(), learner.login).cookies
    session = HttpSession(origin, "; ".join(f"{name}={each.value}" for name, each in cookies.items()), timeout_s=30)
    session.open()
    return session


def test_line_that_breaks_at_fifty_points_loses_and_doubles_nothing(live_server):
    """R17: cut after N bytes, 50 times over request and reply; the outbox goes on from what was named."""
    seed = int(os.environ.get("RELAIS_SEED", random.randrange(2**32)))
    print("seed", seed)  # noqa: T201  # replays it
    dice = random.Random(seed)
    learner = make_learner()
    lines = [line for each in reading(learner, 6) for line in each]
    outbox = Outbox(str(learner.login.person.uuid), most_lines=40)
    outbox.add(lines)
    # A chunk and its reply are some 9 kB here, so that the cuts fall into every part of the way.
    with line_to(int(live_server.url.rsplit(":", 1)[1])) as line:
        session = session_for(learner, line.address)
        once = len(outbox.waiting)
        while line.cuts < 50:
            if not outbox.waiting:
                outbox.add(dice.sample(lines, 80))
            line.carried, line.cut_after = 0, dice.randrange(1, 20_000)
            outbox.send(session.send)
        line.cut_after = None
        assert outbox.send(session.send)
        session.close()
    assert once == len(lines)
    assert not outbox.parked
    assert Statement.objects.filter(unit_kind="lesson").count() == len(lines)


def test_five_hundred_statements_pass_a_slow_line_in_twenty_seconds(live_server):
    """R17: 50 kbit/s and 600 ms, counted from the bytes both ways and the turns: the same on a busy machine."""
    learner = make_learner()
    outbox = Outbox(str(learner.login.person.uuid))
    outbox.add(line for each in reading(learner, 10) for line in each)
    turns = 0
    with line_to(int(live_server.url.rsplit(":", 1)[1])) as line:
        session = session_for(learner, line.address)
        before = line.carried

        def send(*given, **named):
            nonlocal turns
            turns += 1
            return session.send(*given, **named)

        assert outbox.send(send)
        session.close()
        took_s = (line.carried - before) * 8 / 50_000 + turns * 0.6
    assert Statement.objects.filter(unit_kind="lesson").count() == 500
    assert turns >= 4
    assert took_s <= 20, f"{outbox.bytes_sent} bytes up in {turns} turns"
