"""A table as it is read: on the page, as CSV, as a sheet. One object for all three, so that no two disagree. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from elearning.lib.csvsafe import Cell


class Kind(Enum):
    """What stands in a column."""

    TEXT = "text"
    CODE = "code"
    COUNT = "count"
    PERCENT = "percent"
    DATE = "date"
    MOMENT = "moment"


NUMBERS = frozenset({Kind.COUNT, Kind.PERCENT})


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a name that stays the same in files of any language, a heading, and what it means."""

    key: str
    label: Any
    kind: Kind = Kind.TEXT
    about: Any = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table. None in a cell is no data: an empty cell in a file, words on a page, never nought."""

    code: str
    title: Any
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    as_of: dt.datetime
    note: Any = ""

    @property
    def keys(self) -> list[str]:
        """The header of a file."""
        return [column.key for column in self.columns]

    def records(self) -> list[dict[str, Cell]]:
        """Return the rows by the names of their columns."""
        return [dict(zip(self.keys, row, strict=True)) for row in self.rows]
