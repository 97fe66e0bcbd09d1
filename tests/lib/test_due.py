"""Timed work: all of it, one failure stops no other, and the command says what happened."""

import datetime as dt
import io
import json

import pytest
from django.core.management import CommandError, call_command

from elearning.lib import due
from elearning.lib.due import Result, register_due, run_due_works

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


@pytest.fixture
def works(monkeypatch):
    """Put some work in place of the site's own."""
    monkeypatch.setattr(due, "_works", {})
    register_due("first", lambda now: now.day)
    register_due("broken", lambda _now: 1 // 0)
    register_due("last", lambda _now: 3)


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("run_due", *arguments, stdout=out)
    return out.getvalue()


def test_one_that_fails_is_logged_and_the_others_go_on(works, caplog):
    assert run_due_works(NOW) == [Result("first", 22), Result("broken", 0, "ZeroDivisionError"), Result("last", 3)]
    assert "timed work broken failed" in caplog.text


def test_a_second_registration_replaces_the_first(works):
    register_due("broken", lambda _now: 2)
    assert [each.done for each in run_due_works(NOW)] == [22, 2, 3]


def test_the_command_ends_badly_where_work_failed_and_says_so_in_json(works):
    out = io.StringIO()
    with pytest.raises(CommandError, match="broken"):
        call_command("run_due", "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert told["ok"] is False
    assert [each["name"] for each in told["works"]] == ["first", "broken", "last"]


def test_some_can_be_chosen_and_an_unknown_name_is_refused(works):
    assert run("--only", "last") == "last: 3\n"
    with pytest.raises(CommandError, match="first, broken, last"):
        run("--only", "nonsense")


@pytest.mark.django_db
def test_the_site_s_own_work_runs_on_an_empty_site_and_again():
    for _again in range(2):
        told = json.loads(run("--json"))
        assert told["ok"], told
    names = [each["name"] for each in told["works"]]
    assert {"publishing", "mail", "certificate-reminders", "issuing"} <= set(names)
