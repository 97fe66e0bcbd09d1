"""CSV that a spreadsheet shows and never runs. Pure.

A cell that begins with = + - @, a tab or a line break is a formula to Excel and LibreOffice, also
behind spaces and in the full-width forms of Japanese keyboards. Such a text gets one leading
apostrophe; numbers stay numbers. Source: OWASP, CSV Injection; shared/reliability.md, S18.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from uuid import UUID

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
Cell = str | int | Decimal | dt.date | dt.datetime | UUID | None

# Apostrophes count too: without them '=x and =x would both be written '=x, and could not be told apart.
_RISKY = re.compile(r"'*\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def safe_cell(value: Cell) -> str | int | Decimal:
    """Return what a cell holds: a number as it is, a date in ISO form, a harmless text, nothing for None.

    >>> safe_cell("=1+1"), safe_cell(-5), safe_cell("Bamako")
    ("'=1+1", -5, 'Bamako')
    """
    if value is None:
        return ""
    if isinstance(value, int | Decimal):
        return value
    if isinstance(value, dt.date):  # a datetime is one, too
        return value.isoformat()
    text = str(value)
    return f"'{text}" if _RISKY.match(text) else text


def plain_cell(cell: str) -> str:
    """Return the text that safe_cell was given.

    >>> plain_cell("'@home")
    '@home'
    """
    return cell[1:] if cell.startswith("'") and _RISKY.match(cell) else cell


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, bom: bool = False) -> str:
    """Return a table as RFC 4180 text; with a BOM, Excel reads it as UTF-8.

    Every text is in quotes: a semicolon, which some countries' spreadsheets split at, begins no cell.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([safe_cell(name) for name in header])
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return (BOM if bom else "") + text.getvalue()
