"""Settings: production starts only with what it must be told, and every setting is documented."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.check import _PRODUCTION as COMPLETE
from scripts.places import ROOT

REQUIRED = (
    "RELAIS_SECRET_KEY",
    "RELAIS_ALLOWED_HOSTS",
    "RELAIS_ACTIVITY_BASE",
    "RELAIS_ISSUER_NAME",
    "RELAIS_BASE_URL",
)
READERS = {"read_text", "read_flag", "read_number", "read_list", "read_database"}
DOCUMENT = ROOT / "docs" / "settings.md"


def start(environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RELAIS_")}
    command = [sys.executable, "-c", "import django; django.setup()"]
    return subprocess.run(command, cwd=ROOT, env=kept | environment, capture_output=True, text=True)


def test_production_starts_when_told_everything() -> None:
    done = start(COMPLETE)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", REQUIRED)
def test_production_refuses_to_start_without(name: str) -> None:
    done = start({key: value for key, value in COMPLETE.items() if key != name})
    assert done.returncode != 0
    assert f"{name} is not set" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize("secret", ["short", "development-only-" + "0" * 48, "tests-only-" + "0" * 48])
def test_production_refuses_a_short_or_known_secret(secret: str) -> None:
    done = start(COMPLETE | {"RELAIS_SECRET_KEY": secret})
    assert done.returncode != 0
    assert "RELAIS_SECRET_KEY is too short or a known one" in done.stderr


def settings_read() -> set[str]:
    """Return every RELAIS_ name that a settings module reads."""
    names = set()
    for path in (ROOT / "elearning" / "settings").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in READERS:
                names.add(ast.literal_eval(node.args[0]))
    return names


def test_every_setting_is_documented_and_no_other_is() -> None:
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    documented = {line.split("`")[1] for line in lines if line.startswith("| `RELAIS_")}
    others = {"RELAIS_VAR_DIR", "RELAIS_THREADS", "RELAIS_GUNICORN_LOG_LEVEL", "RELAIS_TEST_WORKERS"}
    assert settings_read() <= documented
    assert documented <= settings_read() | others


def test_no_module_but_settings_reads_the_environment() -> None:
    apps = ("accounts", "assessments", "certificates", "courses", "library", "records", "sync")
    guilty = [
        path.relative_to(ROOT)
        for app in apps
        for path in Path(ROOT, app).rglob("*.py")
        if "os.environ" in path.read_text(encoding="utf-8")
    ]
    assert not guilty
