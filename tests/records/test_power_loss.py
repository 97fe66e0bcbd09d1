"""P1, R3: a statement is on disk before anybody is told that it is saved.

kill -9 cannot tell synchronous=FULL from NORMAL; the order of system calls can. The test watches
a process that appends: between two acknowledgements there is an fdatasync of the write-ahead log.
"""

import os
import re
import shutil
import subprocess
import sys
from typing import Any

import pytest

from elearning.settings.base import BASE_DIR

APPENDS = 5


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_write_ahead_log_is_synced_before_each_acknowledgement(tmp_path):
    """Each 'acknowledged' has its own fdatasync of the WAL right before it."""
    environment = os.environ | {
        "RELAIS_VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "elearning.settings.dev",
        "PYTHONPATH": str(BASE_DIR),
        "RELAIS_DATABASE_URL": "",
    }
    run: dict[str, Any] = {"cwd": BASE_DIR, "env": environment, "check": True, "capture_output": True, "timeout": 300}
    subprocess.run([sys.executable, "manage.py", "migrate", "records", "-v0"], **run)
    trace = tmp_path / "trace"
    calls = "trace=openat,close,fsync,fdatasync,write"
    program = [sys.executable, "-m", "tests.records.acknowledge", str(APPENDS)]
    subprocess.run(["strace", "-f", "-y", "-e", calls, "-o", str(trace), *program], **run)
    order = re.findall(r'fdatasync\(\d+<[^>]*-wal>\)|write\(1<[^>]*>, "acknowledged', trace.read_text())
    kinds = ["ack" if call.startswith("write") else "sync" for call in order]
    first = kinds.index("ack")
    assert kinds.count("ack") == APPENDS
    assert kinds[first - 1] == "sync"
    for place, kind in enumerate(kinds):
        if kind == "ack":
            assert kinds[place - 1] == "sync"
