"""R1: a process that is killed while it takes work in loses nothing it acknowledged, and keeps no half parcel."""

import json
import os
import random

import pytest

from tests.sync.doings import make_learner
from tests.sync.places import copy_site, reading, run

# `make soak` asks for the size of a release.
KILLS, PARCELS = (2000, 600) if os.environ.get("RELAIS_SOAK") else (100, 160)


@pytest.mark.slow
@pytest.mark.sqlite  # the file is copied; PostgreSQL guards its own
@pytest.mark.django_db(transaction=True)
def test_kill_at_any_moment_loses_nothing_acknowledged(tmp_path):
    """100 kills after 5 to 200 ms: 0 missing, 0 half parcels, the database whole, a repeat adds nothing."""
    seed = int(os.environ.get("RELAIS_SEED", random.randrange(2**32)))
    print("seed", seed)  # noqa: T201  # replays it
    copy_site(tmp_path, reading(make_learner(), PARCELS))
    found = json.loads(run(tmp_path, "tests.sync.kills", KILLS, seed))
    assert found["acknowledged"] > KILLS / 4, found
    assert (found["missing"], found["partial"], found["added_by_repeat"]) == (0, 0, 0), found
    assert found["integrity"] == ["ok"], found
