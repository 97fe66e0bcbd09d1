"""Write a booklet as PDF/UA-1 and PDF/A-3a with typst. The same booklet gives the same bytes.

Every node becomes a dictionary with the function that draws it under `t`; headings get the level they have in the
whole document, because PDF/UA lets no level be skipped.
"""

import base64
import json
from collections.abc import Callable, Sequence
from pathlib import Path as FilePath
from typing import Any, Literal

from django.utils.translation import gettext as _

from courses.booklets.document import (
    Booklet,
    Box,
    Chapter,
    Check,
    Figure,
    Heading,
    Items,
    Node,
    Pair,
    Paragraph,
    Path,
    Picture,
    Step,
    Table,
    Term,
)
from elearning.lib.glyphs import printable
from elearning.lib.typesetting import typeset_pdf

Size = Literal["a4", "a5"]
SIZES: tuple[Size, ...] = ("a4", "a5")
TEMPLATE = FilePath(__file__).parents[1] / "typst" / "booklet.typ"
_AUTHOR = "Relais"
# The width that a picture may take, and the most of a page's height, in millimetres.
_ROOM_MM = {"a4": (162, 110), "a5": (120, 80)}


def write_pdf(booklet: Booklet, size: Size = "a4") -> bytes:
    """Return the PDF in the words of the language in force; raise TypesettingError."""
    return typeset_pdf(TEMPLATE, {"booklet": json.dumps(_data(booklet, size))}, booklet.modified.date())


def _data(booklet: Booklet, size: Size) -> dict[str, Any]:
    is_book = booklet.kind == "course"
    depth = 0 if not is_book else 2 if any(part.title for part in booklet.parts) else 1
    writer = _Writer(size)
    data = {
        "size": size,
        "kind": booklet.kind,
        "book": is_book,
        "depth": depth,
        "fits": booklet.fits_one_page,
        "language": booklet.language,
        "rtl": booklet.is_rtl,
        "title": booklet.title,
        "label": booklet.label,
        "summary": booklet.summary,
        "facts": list(booklet.facts),
        "address": booklet.address,
        "author": _AUTHOR,
        "keywords": [booklet.label],
        "running": booklet.title,
        "words": _words(),
        "front": writer.nodes(booklet.front, 0),
        "parts": [
            {
                "title": part.title,
                "summary": part.summary,
                "chapters": [writer.chapter(each, depth) for each in part.chapters],
            }
            for part in booklet.parts
        ],
    }
    return _clean(data)  # type: ignore[no-any-return]  # a dictionary stays one


def _words() -> dict[str, str]:
    return {
        "contents": _("Contents"),
        "answers": _("Answers"),
        "picture": _("Picture"),
        "disclaimer": _("Advice for training. Your national law and your service’s orders come first."),
    }


def _clean(value: Any) -> Any:
    """Return plain data with every text printable. An SVG is no text to read."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: each if key == "svg" else _clean(each) for key, each in value.items()}
    return [_clean(each) for each in value] if isinstance(value, list) else value


class _Writer:
    """Write nodes; remember the answers of the chapter in hand and the level its headings have reached."""

    def __init__(self, size: Size) -> None:
        self.size = size
        self.answers: list[dict[str, Any]] = []
        self.questions = 0
        self.by_type: dict[type, Callable[[Any, int], dict[str, Any]]] = {
            Paragraph: self._paragraph,
            Heading: self._heading,
            Items: self._items,
            Box: self._box,
            Pair: self._pair,
            Table: self._table,
            Figure: self._figure,
            Term: self._term,
            Check: self._check,
            Path: self._path,
        }

    def chapter(self, chapter: Chapter, level: int) -> dict[str, Any]:
        """Return one chapter whose own heading has this level."""
        self.answers, self.questions = [], 0
        nodes = self.nodes(chapter.nodes, level)
        facts = " · ".join(chapter.facts)
        return {"title": chapter.title, "facts": facts, "nodes": nodes, "answers": self.answers}

    def nodes(self, nodes: Sequence[Node], level: int) -> list[dict[str, Any]]:
        """Return nodes below a heading of this level; after a heading of theirs the others stand below that one."""
        written, below = [], level
        for node in nodes:
            if isinstance(node, Heading):
                own = min(level + node.level, below + 1)
                below = own if node.level == 1 else below
                written.append({"t": "heading", "text": node.text, "level": own})
            else:
                written.append(self.by_type[type(node)](node, below))
        return written

    def _heading(self, node: Heading, level: int) -> dict[str, Any]:
        return {"t": "heading", "text": node.text, "level": level + 1}

    def _paragraph(self, node: Paragraph, _level: int) -> dict[str, Any]:
        runs = [{"text": r.text, "bold": r.bold, "italic": r.italic, "href": r.href} for r in node.runs]
        return {"t": "paragraph", "role": node.role, "runs": runs}

    def _items(self, node: Items, level: int) -> dict[str, Any]:
        return {"t": "items", "marker": node.marker, "items": [self.nodes(item, level) for item in node.items]}

    def _box(self, node: Box, level: int) -> dict[str, Any]:
        children = self.nodes(node.children, level + 1)
        return {
            "t": "box", "kind": node.kind, "label": node.label, "title": node.title, "level": level + 1,
            "children": children,
        }  # fmt: skip

    def _pair(self, node: Pair, level: int) -> dict[str, Any]:
        return {"t": "pair", "first": self._box(node.first, level), "second": self._box(node.second, level)}

    def _table(self, node: Table, level: int) -> dict[str, Any]:
        return {
            "t": "table", "title": node.title, "level": level + 1, "columns": list(node.columns),
            "rows": [list(row) for row in node.rows], "source": node.source, "is_form": node.is_form,
        }  # fmt: skip

    def _figure(self, node: Figure, _level: int) -> dict[str, Any]:
        svg = _wrapped(node.picture) if node.picture else ""
        height = _height_mm(node.picture, self.size) if node.picture else 0
        return {"t": "figure", "svg": svg, "height": height, "alt": node.alt, "caption": node.caption}

    def _term(self, node: Term, _level: int) -> dict[str, Any]:
        return {"t": "term", "term": node.term, "definition": node.definition, "source": node.source}

    def _check(self, node: Check, level: int) -> dict[str, Any]:
        self.questions += 1
        title = _("Question %(number)s") % {"number": self.questions}
        right, wrong = _("Right."), _("Not this one.")
        lines = [{"verdict": right if c.is_right else wrong, "text": c.feedback} for c in node.choices]
        self.answers.append({"title": title, "lines": lines})
        label = f"{title}. {_('The answers are at the end of this text.')}"
        choices = [choice.text for choice in node.choices]
        return {"t": "check", "label": label, "question": node.question, "level": level + 1, "choices": choices}

    def _path(self, node: Path, level: int) -> dict[str, Any]:
        steps = [self._step(node, step, level + 2) for step in node.steps]
        return {"t": "path", "title": node.title, "label": node.label, "level": level + 1, "steps": steps}

    def _step(self, path: Path, step: Step, level: int) -> dict[str, Any]:
        title = step_title(step.number)
        lines = [{"verdict": "", "text": way.feedback or way.text} for way in step.ways]
        if any(way.feedback for way in step.ways):
            self.answers.append({"title": title, "lines": lines})
        ways = [
            {"text": way.text, "anchor": _anchor(path, way.to), "go": _("Go to step %(number)s") % {"number": way.to}}
            for way in step.ways
        ]
        return {
            "title": title, "anchor": _anchor(path, step.number), "ending": step.ending, "ways": ways,
            "children": self.nodes(step.children, level),
        }  # fmt: skip


def step_title(number: int) -> str:
    """Return the heading of a step."""
    return _("Step %(number)s") % {"number": number}


def _anchor(path: Path, number: int) -> str:
    return f"path-{path.key}-{number}"


def _wrapped(picture: Picture) -> str:
    """Return the picture inside an SVG: the template takes texts only, and no file is written."""
    href = f"data:{picture.media_type};base64,{base64.b64encode(picture.content).decode()}"
    size = f'width="{picture.width}" height="{picture.height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {picture.width} {picture.height}">'
        f'<image {size} href="{href}"/></svg>'
    )


def _height_mm(picture: Picture, size: Size) -> float:
    width_mm, most_mm = _ROOM_MM[size]
    return round(min(width_mm * picture.height / max(picture.width, 1), most_mm), 1)
