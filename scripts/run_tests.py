"""Run the parts of the suite one after the other, and end with one line that counts them all."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from scripts import check
from scripts.compile_messages import compile_all
from scripts.failing import told_plainly
from scripts.machine import provide
from scripts.places import ROOT, VAR
from scripts.postgresql import PostgreSQLMissingError, find_programs, throwaway_cluster

_IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
# A kind of question keeps its own tests in its folder.
_UNIT_TESTS = ["tests", "assessments/questions"]
_NOT_HERE = ["--ignore=tests/browser", "--ignore=tests/outside"]
# What others' programs say of what we make: a program, and the package that brings it.
_OUTSIDE = {
    "javac": "default-jdk-headless",
    "pdfsig": "poppler-utils",
    "certutil": "libnss3-tools",
    "zbarimg": "zbar-tools",
}
_WORKERS = ["-n", os.environ.get("RELAIS_TEST_WORKERS", "2"), "--dist", "loadfile"]


@dataclass
class Outcome:
    """What one part of the suite came to."""

    name: str
    passed: int = 0
    failed: int = 0
    skipped: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    missing: str = ""
    seconds: float = 0.0

    def line(self) -> str:
        """Return the part's line of the closing table."""
        if self.missing:
            return f"{self.name:<12} NOT RUN: {self.missing}"
        skipped = f", {len(self.skipped)} skipped" if self.skipped else ""
        return f"{self.name:<12} {self.passed} passed, {self.failed} failed{skipped} in {self.seconds:.0f} s"


def main() -> None:
    """Run the named parts, or all."""
    names, extra = _arguments()
    with told_plainly():
        VAR.mkdir(parents=True, exist_ok=True)
        # Pages are tested in French and Arabic as people see them: a new clone has no compiled catalogue.
        compile_all()
        outcomes = [_timed(name, extra) for name in names]
    raise SystemExit(_close(outcomes))


def _arguments() -> tuple[list[str], list[str]]:
    words = sys.argv[1:]
    cut = words.index("--") if "--" in words else len(words)
    return words[:cut] or list(_PARTS), words[cut + 1 :]


def _timed(name: str, extra: list[str]) -> Outcome:
    started = time.monotonic()
    print(f"\n=== {name} ===", flush=True)
    outcome = _PARTS[name](extra)
    outcome.seconds = time.monotonic() - started
    return outcome


def _check(_extra: list[str]) -> Outcome:
    passed, failed, missing = check.run_all()
    return Outcome("check", passed=passed, failed=failed, skipped=missing)


def _sqlite(extra: list[str]) -> Outcome:
    provide(lambda: shutil.which("strace"), "strace")
    arguments = [*_WORKERS, *_NOT_HERE, *(extra or _UNIT_TESTS)]
    return _pytest("sqlite", arguments, {"RELAIS_DATABASE_URL": ""})


def _postgresql(extra: list[str]) -> Outcome:
    provide(find_programs, "postgresql")
    try:
        with throwaway_cluster() as url:
            arguments = [*_WORKERS, *_NOT_HERE, *(extra or _UNIT_TESTS)]
            return _pytest("postgresql", arguments, {"RELAIS_DATABASE_URL": url})
    except PostgreSQLMissingError as error:
        return Outcome("postgresql", missing=str(error))


def _browser(extra: list[str]) -> Outcome:
    provide(lambda: shutil.which("chromium"), "chromium")
    if shutil.which("chromium") is None:
        return Outcome("browser", missing="Debian's chromium is not installed (apt-get install chromium)")
    return _pytest("browser", extra or ["tests/browser"], {"RELAIS_DATABASE_URL": ""})


def _outside(extra: list[str]) -> Outcome:
    for program, package in _OUTSIDE.items():
        provide(partial(shutil.which, program), package)
    missing = [program for program in _OUTSIDE if shutil.which(program) is None]
    if missing:
        packages = " ".join(_OUTSIDE[program] for program in missing)
        return Outcome("outside", missing=f"{', '.join(missing)} not installed (apt-get install {packages})")
    return _pytest("outside", extra or ["tests/outside"], {"RELAIS_DATABASE_URL": ""})


def _pytest(name: str, arguments: list[str], environment: dict[str, str]) -> Outcome:
    with _own_folder(name) as folder:
        report = folder / "report.xml"
        environment = os.environ | environment | {"RELAIS_VAR_DIR": str(folder)}
        environment["DJANGO_SETTINGS_MODULE"] = "elearning.settings.test"
        command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *arguments]
        code = subprocess.run(command, check=False, cwd=ROOT, env=environment).returncode
        return _read(name, report, code)


@contextmanager
def _own_folder(name: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix=f"relais-{name}-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _read(name: str, report: Path, code: int) -> Outcome:
    outcome = Outcome(name)
    if report.exists():
        for case in ET.parse(report).getroot().iter("testcase"):  # noqa: S314  # pytest has just written it
            if case.find("failure") is not None or case.find("error") is not None:
                outcome.failed += 1
            elif (skip := case.find("skipped")) is not None:
                words = f"{case.get('classname')}::{case.get('name')}: {skip.get('message')}"
                (outcome.known if skip.get("type") == "pytest.xfail" else outcome.skipped).append(words)
            else:
                outcome.passed += 1
    if code and not outcome.failed:
        # A collection error, a crash, an interruption: never a success.
        outcome.failed = 1
    return outcome


def _close(outcomes: list[Outcome]) -> int:
    print("\n=== result ===")
    for outcome in outcomes:
        print(outcome.line())
        for each in outcome.skipped:
            print(f"{'':<12} not run: {each}")
        for each in outcome.known:
            print(f"{'':<12} known to fail: {each}")
    passed, failed = sum(each.passed for each in outcomes), sum(each.failed for each in outcomes)
    not_run = [each.name for each in outcomes if each.missing] + [each for part in outcomes for each in part.skipped]
    if _IN_CI:
        # There nothing may be missing.
        failed += len(not_run)
    print(f"{passed} passed, {failed} failed" + (f", {len(not_run)} not run" if not_run else ""), flush=True)
    return 1 if failed else 0


_PARTS: dict[str, Callable[[list[str]], Outcome]] = {
    "check": _check,
    "sqlite": _sqlite,
    "postgresql": _postgresql,
    "outside": _outside,
    "browser": _browser,
}

if __name__ == "__main__":
    main()
