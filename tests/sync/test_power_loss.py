"""R3: what a device is told is stored was on disk before the reply left.

kill -9 cannot tell synchronous=FULL from NORMAL; the order of system calls can.
"""

import re
import shutil
import subprocess

import pytest

from tests.sync.doings import make_learner
from tests.sync.places import command, copy_site, reading

PARCELS = 5


@pytest.mark.slow
@pytest.mark.sqlite  # about SQLite's write-ahead log
@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
@pytest.mark.django_db(transaction=True)
def test_log_is_synced_before_each_reply(tmp_path):
    """Between two replies stands an fdatasync of the write-ahead log, right before the second."""
    copy_site(tmp_path, reading(make_learner(), PARCELS))
    trace = tmp_path / "trace"
    watched = command(tmp_path, "tests.sync.acknowledge")
    watch = ["strace", "-f", "-y", "-e", "trace=fsync,fdatasync,write", "-o", str(trace)]
    subprocess.run(**{**watched, "args": [*watch, *watched["args"]], "check": True})
    order = re.findall(r'fdatasync\(\d+<[^>]*-wal>\)|write\(1<[^>]*>, "acknowledged', trace.read_text())
    kinds = ["reply" if call.startswith("write") else "sync" for call in order]
    assert kinds.count("reply") == PARCELS
    assert all(kinds[place - 1] == "sync" for place, kind in enumerate(kinds) if kind == "reply")
