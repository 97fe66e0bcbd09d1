"""Print a report as PDF/A-3a and PDF/UA-1, from plain facts. The same facts give the same bytes."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from elearning.lib.typesetting import typeset_pdf

TEMPLATE = Path(__file__).parent / "report.typ"


@dataclass(frozen=True, slots=True)
class Figure:
    """One large number, what it counts, and of how many."""

    value: str
    label: str
    base: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: `kind` is "text", "number" or "none" for what has no data."""

    text: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """One table: the first column names the rows."""

    heading: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """Everything that the pages say, in one language."""

    language: str
    rtl: bool
    issuer: str
    title: str
    subtitle: str
    coverage: str
    figures: Sequence[Figure]
    tables: Sequence[Table]
    method_heading: str
    method: Sequence[str]
    footer: str
    donors_heading: str = ""
    donors: str = ""
    printed_on: dt.date = field(default=dt.date(2000, 1, 1))


def print_report(facts: ReportFacts) -> bytes:
    """Return the PDF; raise TypesettingError."""
    data = json.dumps(asdict(facts), default=dt.date.isoformat)
    return typeset_pdf(TEMPLATE, {"report": data}, facts.printed_on)
