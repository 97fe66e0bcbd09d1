"""Typeset a document with typst as PDF/A-3a and PDF/UA-1: own fonts only, no warning tolerated.

An archive keeps the file for decades and a screen reader reads it aloud. The same inputs and day give the same bytes.
"""

import datetime as dt
import os
import threading
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import typst

FONT_PACKAGES = ("fontpkg_noto_sans", "fontpkg_amiri", "fontpkg_noto_sans_arabic", "fontpkg_jetbrains_mono")
STANDARDS = ["a-3a", "ua-1"]
_lock = threading.Lock()


class TypesettingError(Exception):
    """A document was not made; `code` is stable, the message is for developers."""

    def __init__(self, code: str, message: str) -> None:
        """Keep both."""
        super().__init__(f"{code}: {message}")
        self.code = code


def typeset_pdf(template: Path, inputs: Mapping[str, str], day: dt.date) -> bytes:
    """Return the PDF that a template makes of texts, dated noon of a day; raise TypesettingError."""
    # Noon, so that a reader anywhere shows the same day.
    moment = dt.datetime.combine(day, dt.time(12), dt.UTC)
    return _typeset(template, inputs, {"format": "pdf", "pdf_standards": STANDARDS, "timestamp": moment})


def typeset_png(template: Path, inputs: Mapping[str, str], day: dt.date, *, ppi: int = 96) -> bytes:
    """Return the one page that a template makes of texts as a picture; raise TypesettingError."""
    moment = dt.datetime.combine(day, dt.time(12), dt.UTC)
    return _typeset(template, inputs, {"format": "png", "ppi": ppi, "timestamp": moment})


def typeset_svg(template: Path, inputs: Mapping[str, str], day: dt.date) -> bytes:
    """Return the one page that a template makes of texts as a drawing, its letters as shapes, or raise."""
    moment = dt.datetime.combine(day, dt.time(12), dt.UTC)
    return _typeset(template, inputs, {"format": "svg", "timestamp": moment})


def _typeset(template: Path, inputs: Mapping[str, str], output: Mapping[str, Any]) -> bytes:
    made_by, compiler = _compiler(template)
    if made_by != os.getpid():
        # typst's threads do not survive a fork: the child would wait for them for ever.
        raise TypesettingError(code="typesetting.forked", message=f"process {made_by} typeset, then forked this one")
    with _lock:
        try:
            made, warnings = compiler.compile_with_warnings(sys_inputs=dict(inputs), **output)
        except (typst.TypstError, RuntimeError) as error:
            raise TypesettingError(code="typesetting.compile", message=str(error)) from error
    if warnings:
        raise TypesettingError(code="typesetting.warning", message="; ".join(each.message for each in warnings))
    if not isinstance(made, bytes) or not made:
        raise TypesettingError(code="typesetting.empty", message=f"got {type(made).__name__}")
    return made


@lru_cache
def fonts() -> typst.Fonts:
    """Return our fonts and no others."""
    folders = [str(resources.files(package) / "files") for package in FONT_PACKAGES]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders))


@lru_cache(maxsize=8)
def _compiler(template: Path) -> tuple[int, typst.Compiler]:
    """Return the process's compiler of a template, kept because reading fonts costs more than printing."""
    return os.getpid(), typst.Compiler(template, root=template.parent, font_paths=fonts(), ignore_system_fonts=True)
