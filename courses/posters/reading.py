"""The posters as data: one YAML file each, in English and French. Read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from courses.posters.icons import ICONS

Layout = Literal["bands", "cells", "route", "face", "card"]
LANGUAGES = ("en", "fr")
_FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class PosterItem:
    """One numbered point; the icon is decoration."""

    title: str
    text: str
    icon: str


@dataclass(frozen=True, slots=True)
class Poster:
    """One poster in one language: everything that stands on it."""

    slug: str
    language: str
    position: int
    layout: Layout
    title: str
    lead: str
    items: tuple[PosterItem, ...]
    note: str
    source: str
    # What the large drawing shows, where there is one.
    picture: str

    @property
    def is_card(self) -> bool:
        """Tell whether it goes into a pocket: A6 by itself, four on A4."""
        return self.layout == "card"


def posters(language: str) -> tuple[Poster, ...]:
    """Return all posters in order, in a language or else in English."""
    return _all()[language if language in LANGUAGES else LANGUAGES[0]]


def poster(language: str, slug: str) -> Poster | None:
    """Return one poster, in a language or else in English."""
    return next((each for each in posters(language) if each.slug == slug), None)


@cache
def _all() -> Mapping[str, tuple[Poster, ...]]:
    files = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(_FOLDER.glob("*.yaml"))}
    return {
        language: tuple(
            sorted((_poster(slug, data, language) for slug, data in files.items()), key=lambda each: each.position)
        )
        for language in LANGUAGES
    }


def _poster(slug: str, data: Mapping[str, Any], language: str) -> Poster:
    said, icons = data[language], data["icons"]
    if data["layout"] not in get_args(Layout) or not set(icons) <= ICONS.keys():
        message = f"{slug}.yaml: layouts are {get_args(Layout)}, icons {sorted(ICONS)}"
        raise ValueError(message)
    return Poster(
        slug=slug,
        language=language,
        position=data["position"],
        layout=data["layout"],
        title=said["title"],
        lead=said["lead"],
        items=tuple(
            PosterItem(item["title"], item["text"], icon) for item, icon in zip(said["items"], icons, strict=True)
        ),
        note=said["note"],
        source=data["sources"][language],
        picture=said.get("picture", ""),
    )
