"""A CSV file of attendance, as a trainer fills it in: read with suspicion, judged line by line. Pure."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from elearning.lib.csvsafe import BOM, plain_cell

LARGEST_BYTES = 256 * 1024
MOST_LINES = 2_000
_LONGEST_CELL = 300
_HEADERS = {
    "service_number": ("service number", "service_number", "number", "matricule", "numéro", "numero", "الرقم الوظيفي"),
    "name": ("name", "full name", "nom", "nom complet", "الاسم"),
    "status": ("status", "attendance", "présence", "presence", "statut", "الحضور"),
    "minutes": ("minutes", "دقائق", "الدقائق"),
}
_STATUSES = {
    "present": ("present", "présent", "présente", "p", "1", "x", "yes", "oui", "حاضر", "حاضرة", "نعم"),
    "absent": ("absent", "absente", "a", "0", "no", "non", "غائب", "غائبة", "لا"),
    "excused": ("excused", "excusé", "excusée", "e", "معذور", "معذورة"),
}


TOO_LARGE, NOT_TEXT, NO_HEADER = "too-large", "not-text", "no-header"
TOO_MANY_LINES, CELL_TOO_LONG, EMPTY = "too-many-lines", "cell-too-long", "empty"


class SheetRefusedError(ValueError):
    """Say by one of the codes above why a whole file can't be read."""

    def __init__(self, code: str) -> None:
        """Keep the code."""
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Attendee:
    """One person a line may mean."""

    uuid: UUID
    name: str
    service_number: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file, and what is made of it; `problem` is "" where it counts."""

    number: int
    text: str
    problem: str = ""
    person: UUID | None = None
    status: str = ""
    minutes: int | None = None


def read_sheet(raw: bytes) -> list[tuple[int, dict[str, str]]]:
    """Return (line number, cells by field) of a file; raise SheetRefusedError."""
    text = _text(raw)
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise SheetRefusedError(NOT_TEXT) from error
    if not rows:
        raise SheetRefusedError(EMPTY)
    if len(rows) > MOST_LINES + 1:
        raise SheetRefusedError(TOO_MANY_LINES)
    if any(len(cell) > _LONGEST_CELL for row in rows for cell in row):
        raise SheetRefusedError(CELL_TOO_LONG)
    fields = [_field(cell) for cell in rows[0]]
    if "status" not in fields or not {"service_number", "name"} & set(fields):
        raise SheetRefusedError(NO_HEADER)
    return [
        (number, {name: plain_cell(cell.strip()) for name, cell in zip(fields, row, strict=False) if name})
        for number, row in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in row)
    ]


def judge_lines(
    rows: list[tuple[int, dict[str, str]]], people: Mapping[str, list[Attendee]], longest_minutes: int
) -> list[Line]:
    """Return a verdict for each line; `people` is by service number and by name, both as key_of writes them."""
    seen: set[UUID] = set()
    lines = []
    for number, cells in rows:
        line = _judge(number, cells, people, longest_minutes)
        if line.person in seen:
            line = Line(number, line.text, "twice")
        if line.person:
            seen.add(line.person)
        lines.append(line)
    return lines


def key_of(text: str) -> str:
    """Return a name or number without what people vary.

    >>> key_of(" 20 417-k "), key_of("20417K")
    ('20417k', '20417k')
    """
    return "".join(each for each in text.casefold() if each.isalnum())


def _judge(number: int, cells: dict[str, str], people: Mapping[str, list[Attendee]], longest: int) -> Line:
    named = cells.get("service_number") or cells.get("name", "")
    found = people.get(key_of(named), []) if key_of(named) else []
    if len(found) != 1:
        return Line(number, named, "several" if found else "unknown")
    status = next((name for name, words in _STATUSES.items() if cells.get("status", "").casefold() in words), "")
    if not status:
        return Line(number, named, "status")
    minutes = _minutes(cells.get("minutes", ""), longest)
    if minutes is not None and minutes < 0:
        return Line(number, named, "minutes")
    return Line(number, named, "", found[0].uuid, status, minutes)


def _minutes(cell: str, longest: int) -> int | None:
    """Return the minutes typed, None where there are none, -1 where they are impossible."""
    if not cell:
        return None
    is_number = cell.isascii() and cell.isdigit() and len(cell) < len("10000")
    return int(cell) if is_number and int(cell) <= longest else -1


def _text(raw: bytes) -> str:
    if len(raw) > LARGEST_BYTES:
        raise SheetRefusedError(TOO_LARGE)
    # What begins like a spreadsheet or a picture is none, whatever its name says.
    if b"\0" in raw or raw.startswith((b"PK", b"\x89PNG", b"%PDF")):
        raise SheetRefusedError(NOT_TEXT)
    try:
        return raw.decode().removeprefix(BOM)
    except UnicodeDecodeError as error:
        raise SheetRefusedError(NOT_TEXT) from error


def _field(cell: str) -> str:
    word = " ".join(cell.casefold().split())
    return next((name for name, words in _HEADERS.items() if word in words), "")
