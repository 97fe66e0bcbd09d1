"""Posters as PDF/UA-1 to print and as SVG to look at, from one template. The same poster gives the same bytes."""

import datetime as dt
import json
import re
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import override

from courses.posters.icons import FACE_NUMBERS, face_svg, icon_svg
from courses.posters.reading import Poster
from elearning.lib.glyphs import printable
from elearning.lib.typesetting import typeset_pdf, typeset_svg

Size = Literal["a4", "a5", "a6"]
TEMPLATE = Path(__file__).parents[1] / "typst" / "poster.typ"
# Of the texts, not of the day somebody prints.
_DAY = dt.date(2026, 11, 22)
_INK = "#0b5563"
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")


def sizes_of(poster: Poster) -> tuple[Size, ...]:
    """Return the sizes a poster comes in, the usual one first; a card comes alone, or four to a sheet."""
    return ("a6", "a4") if poster.is_card else ("a4", "a5")


@lru_cache(maxsize=64)
def poster_pdf(poster: Poster, size: Size) -> bytes:
    """Return the PDF; raise TypesettingError."""
    return typeset_pdf(TEMPLATE, _inputs(poster, size), _DAY)


@lru_cache(maxsize=32)
def poster_svg(poster: Poster) -> bytes:
    """Return the poster as one drawing that says what it is: its title, and all its words as description."""
    drawing = typeset_svg(TEMPLATE, _inputs(poster, sizes_of(poster)[0]), _DAY)
    said = f"<title>{escape(poster.title)}</title><desc>{escape(words_of(poster))}</desc>"
    # Hundredths of a point are finer than any screen, and halve the file.
    drawn = _LONG_NUMBER.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), drawing.decode())
    head, end, rest = drawn.partition(">")
    named = f'{head} role="img" lang="{poster.language}"{end}{said}'
    return f"{named}{rest}".encode()


def words_of(poster: Poster) -> str:
    """Return all that a poster says, as one text."""
    points = (f"{number}. {item.title}. {item.text}" for number, item in enumerate(poster.items, start=1))
    return " ".join((poster.lead, poster.picture, *points, poster.note)).replace("  ", " ")


def _inputs(poster: Poster, size: Size) -> dict[str, str]:
    with override(poster.language):
        about = _("Poster for training and for the wall of a post")
    data: dict[str, Any] = {
        "size": size,
        "layout": poster.layout,
        "language": poster.language,
        "title": printable(poster.title),
        "lead": printable(poster.lead),
        "note": printable(poster.note),
        "source": printable(poster.source),
        "about": about,
        "picture": poster.picture,
        "face": face_svg(_INK) if poster.layout == "face" else "",
        "spots": FACE_NUMBERS,
        "items": [
            {"title": printable(item.title), "text": printable(item.text), "icon": icon_svg(item.icon, _INK)}
            for item in poster.items
        ],
    }
    return {"poster": json.dumps(data)}
