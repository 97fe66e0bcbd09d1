"""Run by test_kills: take in parcels in a child process that is killed again and again; say what became of them.

A parcel is acknowledged by a line in a file after receive() returned, as a reply would. The next child
goes on with the first parcel that was not acknowledged, as a device does.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from records.models import Statement  # noqa: E402
from sync.receiving import receive  # noqa: E402
from tests.sync.client import id_of  # noqa: E402

FOLDER, KILLS, SEED = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
ACKNOWLEDGED = FOLDER / "acknowledged"
PARCELS: list[list[str]] = json.loads((FOLDER / "parcels.json").read_text())


def work(first: int) -> None:
    """Take in parcels from one on, for ever."""
    ready = os.open(FOLDER / "ready", os.O_WRONLY | os.O_CREAT)
    ledger = os.open(ACKNOWLEDGED, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(ready, b"1")
    for number in range(first, 10**9):
        place = number % len(PARCELS)
        receipt = receive(PARCELS[place], carried_by=None, now=timezone.now())
        assert len(receipt.stored) == len(PARCELS[place]), receipt.held[:1]
        os.write(ledger, f"{number} {len(receipt.known)}\n".encode())


def acknowledged() -> list[tuple[int, int]]:
    """Return (parcel, known) of each acknowledgement."""
    lines = ACKNOWLEDGED.read_text().splitlines() if ACKNOWLEDGED.exists() else []
    return [(int(number), int(known)) for number, known in (line.split() for line in lines)]


def kill_once(dice: random.Random, first: int) -> None:
    """Start a child, let it work for 5 to 200 ms, kill it."""
    (FOLDER / "ready").unlink(missing_ok=True)
    connection.close()
    child = os.fork()
    if child == 0:
        try:
            work(first)
        finally:
            os._exit(1)
    while not (FOLDER / "ready").exists():
        time.sleep(0.001)
    time.sleep(dice.uniform(0.005, 0.2))
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the child ended by itself"


def integrity() -> str:
    """Return what the database says of itself."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        return str(cursor.fetchone()[0])


def here_of(parcel: list[str]) -> int:
    """Return how many lines of a parcel are in the log."""
    return Statement.objects.filter(pk__in=[id_of(line) for line in parcel]).count()


def main() -> None:
    """Kill, then count."""
    dice, checks, absorbed = random.Random(SEED), [], 0
    for kill in range(KILLS):
        before = acknowledged()
        first = len(before)
        unacknowledged = here_of(PARCELS[first % len(PARCELS)]) if first < len(PARCELS) else 0
        kill_once(dice, first)
        after = acknowledged()
        if unacknowledged and len(after) > first:
            absorbed += after[first][1] == unacknowledged
        if kill % 10 == 9:
            checks.append(integrity())
    found: dict[str, Any] = {
        "acknowledged": len(acknowledged()),
        "absorbed": absorbed,
        "integrity": sorted(set(checks)),
    }
    present = [here_of(parcel) for parcel in PARCELS]
    sent = min(len(acknowledged()), len(PARCELS))
    found["missing"] = sum(len(PARCELS[n]) - present[n] for n in range(sent))
    found["partial"] = sum(1 for n, count in enumerate(present) if 0 < count < len(PARCELS[n]))
    before_count = Statement.objects.count()
    for parcel in PARCELS[:sent]:
        receive(parcel, carried_by=None, now=timezone.now())
    found["added_by_repeat"] = Statement.objects.count() - before_count
    print(json.dumps(found))  # noqa: T201


main()
