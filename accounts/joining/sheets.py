"""Read a list of people from a CSV or XLSX file that anybody may have made. Pure: bytes in, rows of text out.

Nothing in a file is trusted: not its name, not the sizes its directory claims, not its formulas. A workbook is
unpacked within limits before a parser sees it, its parts with DTDs or entities are refused, macros and formulas are
refused rather than read, and no link is followed. Sources: shared/reliability.md S14, S15, S18, S20.
"""

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from accounts.errors import SheetRefusedError

LARGEST_FILE_BYTES = 2 * 1024 * 1024
MOST_ROWS = 1000
MOST_COLUMNS = 40
LONGEST_CELL = 300
_LARGEST_UNPACKED_BYTES = 24 * 1024 * 1024
_LARGEST_RATIO = 100
_MOST_PARTS = 200
_CHUNK = 64 * 1024
_UNSAFE_PART = re.compile(r"^[/\\]|\.\.|\\|\x00|^[A-Za-z]:")
_XML_TRICK = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_MACROS = re.compile(r"vbaProject|\.bin$|activeX|embeddings/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list as it was read, with its number in the file."""

    number: int
    cells: tuple[str, ...]


def read_upload(file: BinaryIO) -> bytes:
    """Return the bytes of an upload; raise SheetRefusedError for one that is too large, whatever size it claims."""
    content = file.read(LARGEST_FILE_BYTES + 1)
    if len(content) > LARGEST_FILE_BYTES:
        raise SheetRefusedError(
            code="too_large", text=_("The file is larger than 2 MB. Nothing was read. Send a shorter list.")
        )
    if not content.strip():
        raise SheetRefusedError(code="empty", text=_("The file is empty. Nothing was read. Choose the list again."))
    return content


def read_sheet(content: bytes) -> list[Line]:
    """Return the rows that hold anything, header first; what the file is, its bytes say. Raise SheetRefusedError."""
    lines = _read_workbook(content) if content[:4] == b"PK\x03\x04" else _read_csv(content)
    lines = [line for line in lines if any(line.cells)]
    if len(lines) < 2:  # noqa: PLR2004  # a header and somebody
        raise SheetRefusedError(
            code="no_rows", text=_("The list has a header and no people, or no header. Nothing was read.")
        )
    if len(lines) > MOST_ROWS + 1:
        raise _too_long()
    return lines


def _read_csv(content: bytes) -> list[Line]:
    text = _decoded(content)
    if "\x00" in text:
        raise _not_a_list()
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    lines: list[Line] = []
    try:
        for row in reader:
            lines.append(_line(reader.line_num, row))
            if len(lines) > MOST_ROWS + 1:
                raise _too_long()
    except csv.Error:
        raise _not_a_list() from None
    return lines


def _decoded(content: bytes) -> str:
    """Return the text: UTF-8, or what Excel writes in Western Europe. UTF-16 only with its mark."""
    for encoding in ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp1252"]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _not_a_list()


def _read_workbook(content: bytes) -> list[Line]:
    from openpyxl import load_workbook  # noqa: PLC0415  # half a second that no other page needs

    _check_archive(content)
    try:
        # Formulas are asked for as formulas, so that they can be refused: their stored results are anybody's.
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        return _lines_of(book)
    except SheetRefusedError:
        raise
    except Exception:  # noqa: BLE001  # whatever a parser of foreign files stumbles over
        raise _not_a_list() from None


def _lines_of(book: Any) -> list[Line]:
    if not book.worksheets:
        raise _not_a_list()
    lines: list[Line] = []
    # What the file says of its own size is not believed: columns are capped, rows are counted.
    rows = book.worksheets[0].iter_rows(max_col=MOST_COLUMNS)
    for number, row in enumerate(rows, start=1):
        if any(cell.data_type == "f" for cell in row):
            raise SheetRefusedError(
                code="formula",
                text=_("The list holds a formula. Nothing was read. Keep values only: copy, then paste as values."),
            )
        lines.append(_line(number, [_text_of(cell.value) for cell in row]))
        if not any(lines[-1].cells):
            lines.pop()
        if len(lines) > MOST_ROWS + 1 or number > 20 * MOST_ROWS:
            raise _too_long()
    return lines


def _text_of(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)


def _line(number: int, cells: list[str]) -> Line:
    kept = [" ".join(cell.split()) for cell in cells[:MOST_COLUMNS]]
    if any(len(cell) > LONGEST_CELL for cell in kept):
        raise SheetRefusedError(
            code="long_cell",
            text=_("A cell is longer than 300 characters. Nothing was read. Is this a list of people?"),
        )
    while kept and not kept[-1]:
        kept.pop()
    return Line(number, tuple(kept))


def _check_archive(content: bytes) -> None:
    """Unpack each part within limits, by what comes out and not by what is claimed; raise SheetRefusedError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [part.filename for part in archive.infolist()]
            if len(names) > _MOST_PARTS or len(set(names)) < len(names) or any(map(_UNSAFE_PART.search, names)):
                raise _not_a_list()
            if any(map(_MACROS.search, names)):
                raise SheetRefusedError(
                    code="macros",
                    text=_("The file has macros or embedded files. Nothing was read. Save it as a plain .xlsx."),
                )
            if "xl/workbook.xml" not in names:
                raise _not_a_list()
            _unpack(archive, len(content))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise _not_a_list() from None


def _unpack(archive: zipfile.ZipFile, size: int) -> None:
    allowed = min(_LARGEST_UNPACKED_BYTES, _LARGEST_RATIO * size)
    for part in archive.infolist():
        with archive.open(part) as file:
            tail = b""
            while chunk := file.read(_CHUNK):
                allowed -= len(chunk)
                if allowed < 0:
                    raise SheetRefusedError(
                        code="bomb", text=_("The file grows too large when opened. Nothing was read.")
                    )
                if part.filename.endswith((".xml", ".rels")) and _XML_TRICK.search(_narrow(tail + chunk)):
                    raise _not_a_list()
                tail = chunk[-64:]


def _narrow(part: bytes) -> bytes:
    """Return XML without the noughts that UTF-16 puts between letters: a DTD hides there, too."""
    return part.replace(b"\x00", b"")


def _not_a_list() -> SheetRefusedError:
    return SheetRefusedError(
        code="not_a_list",
        text=_("This is no list that can be read. Nothing was changed. Send a CSV file or a plain .xlsx."),
    )


def _too_long() -> SheetRefusedError:
    return SheetRefusedError(
        code="too_long", text=_("The list has more than 1,000 rows. Nothing was read. Send it in parts.")
    )
