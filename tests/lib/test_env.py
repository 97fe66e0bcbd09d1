"""Settings from the environment: typed, and refused with a sentence."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from elearning.lib import env


def test_required_text_is_asked_for_by_name(monkeypatch):
    """The site invents no secret."""
    monkeypatch.delenv("RELAIS_X", raising=False)
    with pytest.raises(ImproperlyConfigured, match="RELAIS_X is not set"):
        env.read_text("RELAIS_X")


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("Yes", True), ("off", False), ("", True)])
def test_flag(monkeypatch, value, expected):
    """Yes and no in the usual spellings; empty is the default."""
    monkeypatch.setenv("RELAIS_X", value)
    assert env.read_flag("RELAIS_X", default=True) is expected


def test_flag_refuses_what_is_neither(monkeypatch):
    """A typing error must not become a no."""
    monkeypatch.setenv("RELAIS_X", "treu")
    with pytest.raises(ImproperlyConfigured, match="'treu'"):
        env.read_flag("RELAIS_X", default=False)


@pytest.mark.parametrize("value", ["-1", "101", "1.5", "a", "١"])
def test_number_refuses_what_is_outside(monkeypatch, value):
    """Low and high are named in the message."""
    monkeypatch.setenv("RELAIS_X", value)
    with pytest.raises(ImproperlyConfigured, match="from 0 to 100"):
        env.read_number("RELAIS_X", 5, low=0, high=100)


def test_database_is_sqlite_unless_told(monkeypatch, tmp_path):
    """One setting moves the site to PostgreSQL."""
    monkeypatch.delenv("RELAIS_DB", raising=False)
    assert env.read_database("RELAIS_DB", tmp_path / "a.sqlite3")["ENGINE"] == "elearning.lib.sqlite"
    monkeypatch.setenv("RELAIS_DB", "postgresql://us%40er:p%2Fw@db.example:5433/relais")
    found = env.read_database("RELAIS_DB", tmp_path / "a.sqlite3")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "us@er",
        "p/w",
        "db.example",
        "5433",
        "relais",
    )


def test_database_of_another_kind_is_refused(monkeypatch):
    """MySQL keeps none of our promises."""
    monkeypatch.setenv("RELAIS_DB", "mysql://localhost/x")
    with pytest.raises(ImproperlyConfigured, match="'mysql'"):
        env.read_database("RELAIS_DB", Path("x"))
