"""Typed readers of the process environment, for the settings modules only."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off"})


def read_text(name: str, default: str | None = None) -> str:
    """Return a text setting; without a default it must be given and not be empty."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        msg = f"{name} is not set. Set it in the environment; the site does not invent one."
        raise ImproperlyConfigured(msg)
    return default


def read_flag(name: str, *, default: bool) -> bool:
    """Return a yes/no setting."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in _TRUE | _FALSE:
        return value in _TRUE
    msg = f"{name}={value!r} is not a yes or a no. Accepted: 1, 0, true, false, yes, no, on, off."
    raise ImproperlyConfigured(msg)


def read_number(name: str, default: int, *, low: int, high: int) -> int:
    """Return a whole number between low and high."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if value.isascii() and value.isdigit() and low <= int(value) <= high:
        return int(value)
    msg = f"{name}={value!r} is not a whole number from {low} to {high}."
    raise ImproperlyConfigured(msg)


def read_list(name: str, default: str | None = None) -> list[str]:
    """Return a comma-separated list, blanks removed."""
    return [part.strip() for part in read_text(name, default).split(",") if part.strip()]


def read_database(name: str, sqlite_path: Path) -> dict[str, Any]:
    """Return the DATABASES entry: SQLite at `sqlite_path`, or postgresql://user:pass@host:port/name.

    A Unix socket is named as libpq does it: postgresql:///name?host=/run/postgresql&user=relais.
    """
    url = os.environ.get(name, "").strip()
    if not url:
        return sqlite_database(sqlite_path)
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        msg = f"{name} starts with {parts.scheme!r}. Accepted: postgresql://user:password@host:port/name."
        raise ImproperlyConfigured(msg)
    more = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or "") or more.get("user", ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or more.get("host", ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def sqlite_database(path: Path | str) -> dict[str, Any]:
    """Return the entry of a durable SQLite database with one writer at a time.

    Source: shared/reliability.md section 1, P1: WAL with synchronous FULL issues fdatasync
    before a reply. recursive_triggers makes REPLACE fire the triggers that guard the log.
    """
    return {
        "ENGINE": "elearning.lib.sqlite",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;"
                "PRAGMA synchronous=FULL;"
                "PRAGMA recursive_triggers=ON;"
                "PRAGMA cache_size=-16000;"
                "PRAGMA temp_store=MEMORY;"
            ),
        },
    }
