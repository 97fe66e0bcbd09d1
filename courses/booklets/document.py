"""What a booklet holds, whatever it is written as. Pure: plain facts, no database, no request.

`courses.booklets.kinds` turns each kind of block into these nodes; `typesetting` and `epub` each write every node.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

Marker = Literal["dot", "number", "box", "check", "cross", "eye"]
BoxKind = Literal["keys", "check", "do", "dont", "signs", "case", "law", "safety", "plan", "path", "media", "reading"]
ParagraphRole = Literal["", "lede", "source", "note"]


@dataclass(frozen=True, slots=True)
class Run:
    """Some words that look alike."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    runs: Runs
    role: ParagraphRole = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a chapter: 1 for its parts, 2 for what stands in a part."""

    text: str
    level: int = 1
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list; each item is a few nodes."""

    items: "tuple[tuple[Node, ...], ...]"
    marker: Marker = "dot"


@dataclass(frozen=True, slots=True)
class Box:
    """Some nodes that stand apart under a title of their own; the kind says how it looks, `label` what it is."""

    kind: BoxKind
    title: str
    children: "tuple[Node, ...]"
    label: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two boxes side by side where the page is wide enough."""

    first: Box
    second: Box


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under column headings; the first cell heads its row. A form has empty cells to write in."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str = ""
    is_form: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's file, as reading apps and typst take it: PNG or JPEG."""

    name: str
    media_type: str
    content: bytes = field(repr=False)
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its description; without the file the description stands in its place."""

    picture: Picture | None
    alt: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A word and what it means."""

    term: str
    definition: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a self-check."""

    text: str
    is_right: bool
    feedback: str


@dataclass(frozen=True, slots=True)
class Check:
    """A question to check oneself; on paper its answers stand at the end of the chapter."""

    question: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One choice in a decision path, and the number of the step it leads to."""

    text: str
    to: int
    feedback: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a decision path, numbered from 1; `ending` says in words how it ends."""

    number: int
    children: "tuple[Node, ...]"
    ways: tuple[Way, ...]
    ending: str = ""


@dataclass(frozen=True, slots=True)
class Path:
    """A branching scenario: steps that lead to one another. `key` is the same in every making of the document."""

    key: str
    title: str
    label: str
    steps: tuple[Step, ...]


Node = Paragraph | Heading | Items | Box | Pair | Table | Figure | Term | Check | Path


@dataclass(frozen=True, slots=True)
class Chapter:
    """One lesson or sheet."""

    key: str
    title: str
    facts: tuple[str, ...]
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Some chapters under a heading of their own; a course of one module has one part without a title."""

    title: str
    summary: str
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True)
class Booklet:
    """A whole document in one language."""

    key: str
    language: str
    is_rtl: bool
    kind: Literal["course", "lesson", "sheet"]
    title: str
    label: str
    summary: str
    facts: tuple[str, ...]
    # Notes before the first chapter: for whom, what for, sensitive content.
    front: tuple[Node, ...]
    parts: tuple[Part, ...]
    address: str
    modified: dt.datetime
    fits_one_page: bool = False

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """All chapters in order."""
        return tuple(chapter for part in self.parts for chapter in part.chapters)


def plain(text: str, *, bold: bool = False) -> Runs:
    """Return a text as the only run, nothing for an empty one."""
    return (Run(text, bold=bold),) if text else ()


def paragraph(text: str, role: ParagraphRole = "") -> tuple[Node, ...]:
    """Return a paragraph of plain text, or nothing without a text."""
    return (Paragraph(plain(text), role),) if text else ()
