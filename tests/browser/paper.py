"""What a camera and a reader get off a printed page."""

import shutil
import subprocess
from pathlib import Path

import pytest


def read_code(pdf: Path) -> str:
    """Return what a camera reads off a printed page, at 150 dots an inch."""
    _need("pdftoppm", "zbarimg")
    picture = pdf.with_suffix("")
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", str(pdf), str(picture)], check=True)
    command = ["zbarimg", "--quiet", "--raw", "--nodbus", f"{picture}.png"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def read_words(pdf: Path) -> str:
    """Return the words of all pages, each line of a table on a line."""
    _need("pdftotext")
    return subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout


def _need(*programs: str) -> None:
    if not all(shutil.which(each) for each in programs):
        pytest.skip("poppler-utils or zbar-tools is not installed")
