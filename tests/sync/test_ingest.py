"""A file of saved work on the command line."""

import json

import pytest
from django.core.management import CommandError, call_command

from records.models import Statement
from tests.sync.client import parcel
from tests.sync.doings import make_learner

pytestmark = pytest.mark.django_db


def ingest(path, capsys) -> dict:
    call_command("ingest", path, "--json")
    found: dict = json.loads(capsys.readouterr().out)
    return found


def test_file_of_several_people_is_taken_in_once(tmp_path, capsys):
    """More lines than one chunk holds; a damaged one is counted with its reason."""
    learners = [make_learner() for _each in range(2)]
    lines = [line for learner in learners for line in learner.read_along(learner.lessons[0], places=130)]
    path = tmp_path / "relais-2026-11-22-1.relais"
    path.write_bytes(parcel([*lines, "damaged"]))
    held = [{"id": "", "reason": "line-unreadable"}]
    assert ingest(path, capsys) == {
        "accepted": len(lines),
        "known": 0,
        "quarantined": held,
        "lines": len(lines) + 1,
    }
    assert ingest(path, capsys) == {"accepted": 0, "known": len(lines), "quarantined": held, "lines": len(lines) + 1}
    assert Statement.objects.filter(unit_kind="lesson").count() == len(lines)


def test_file_that_was_cut_keeps_what_is_whole(tmp_path, capsys):
    learner = make_learner()
    whole = parcel(learner.read_along(learner.lessons[0]))
    path = tmp_path / "cut.relais"
    for cut in (len(whole) - 30, len(whole) // 2, 40):
        path.write_bytes(whole[:cut])
        found = ingest(path, capsys)
        assert [each["reason"] for each in found["quarantined"]] == ["line-unreadable"]
    path.write_bytes(whole)
    assert ingest(path, capsys)["quarantined"] == []


def test_another_file_is_refused_and_named(tmp_path):
    path = tmp_path / "other"
    path.write_text("hello")
    with pytest.raises(CommandError, match="not a file of saved work"):
        call_command("ingest", path)
    with pytest.raises(CommandError):
        call_command("ingest", tmp_path / "no-such-file")
