"""The body of a lesson as HTML: rendered once for a publication, the same bytes for every learner."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from wagtail.images import get_image_model
from wagtail.images.models import Filter

from courses.catalogue import LessonEntry, SheetEntry
from courses.models import LessonPage, SheetPage

_KEEP_S = 24 * 3600
# One size for all: wide enough for the reading column, small enough for a poor link.
RENDITION = "max-960x960|format-webp|webpquality-72"
# For a narrow screen: a third of the bytes.
SMALL_RENDITION = "max-480x480|format-webp|webpquality-72"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in its two sizes."""

    large: Any
    small: Any


@dataclass(frozen=True, slots=True)
class LessonPart:
    """One part of a lesson: the block it begins with, and its heading."""

    block_id: str
    heading: str


@dataclass(frozen=True, slots=True)
class LessonBody:
    """What every reader of a lesson in one language gets."""

    lede: str
    html: SafeString
    parts: tuple[LessonPart, ...]
    # block id -> the index of the part it stands in; a key for every block.
    part_of: dict[str, int]
    # The safety notice that a lesson begins with: it is read before everything else.
    notice: SafeString
    # A scene to act in: hard enough that its reader gets the button that leaves the page.
    has_path: bool = False

    def part_at(self, block_id: str) -> LessonPart | None:
        """Return the part in which a block stands, unless it is the first or not here."""
        index = self.part_of.get(block_id, 0)
        return self.parts[index] if index else None


def lesson_body(lesson: LessonEntry) -> LessonBody:
    """Return a published lesson's body, from the cache where it is there. One query where it is not."""
    return _kept_body(LessonPage, lesson)


def sheet_body(sheet: SheetEntry) -> LessonBody:
    """Return a published sheet's body, as lesson_body does."""
    return _kept_body(SheetPage, sheet)


def _kept_body(kind: type[LessonPage | SheetPage], entry: LessonEntry | SheetEntry) -> LessonBody:
    key = f"page-body/{entry.page_id}/{entry.version}/{entry.language}"
    body: LessonBody | None = cache.get(key)
    if body is None:
        body = render_body(kind.objects.get(pk=entry.page_id), entry.language)
        cache.set(key, body, _KEEP_S)
    return body


def render_body(page: LessonPage | SheetPage, language: str) -> LessonBody:
    """Return the body of any state of a page, in the words of its own language. Two queries for pictures."""
    stream = list(page.body)
    with translation.override(language):
        pictures = _pictures(stream)
        first, rest = (stream[:1], stream[1:]) if stream and stream[0].block_type == "safety_notice" else ([], stream)
        notice, html = (
            render_to_string("courses/_blocks.html", {"blocks": blocks, "pictures": pictures})
            for blocks in (first, rest)
        )
    parts, part_of = _parts(stream)
    # A template's output: it escapes what it is given.
    has_path = any(block.block_type == "decision_path" for block in stream)
    return LessonBody(page.lede, mark_safe(html), parts, part_of, mark_safe(notice.strip()), has_path)  # noqa: S308


def _parts(stream: Sequence[Any]) -> tuple[tuple[LessonPart, ...], dict[str, int]]:
    """Return the parts, each beginning with a text block, and where every block stands."""
    parts: list[LessonPart] = []
    part_of: dict[str, int] = {}
    for block in stream:
        if block.block_type == "text":
            parts.append(LessonPart(str(block.id), block.value["heading"]))
        part_of[str(block.id)] = max(len(parts) - 1, 0)
    return tuple(parts), part_of


def _pictures(stream: Sequence[Any]) -> dict[int, Any]:
    """Return image key -> rendition, all at once; those that cannot be made are left out."""
    images = [block.value["image"] for block in stream if block.block_type == "image" and block.value["image"]]
    if not images:
        return {}
    model = get_image_model()
    prepared = model.objects.filter(pk__in=[image.pk for image in images]).prefetch_renditions(
        RENDITION, SMALL_RENDITION
    )
    found = {}
    for image in prepared:
        try:
            found[image.pk] = Picture(
                image.get_rendition(Filter(RENDITION)), image.get_rendition(Filter(SMALL_RENDITION))
            )
        except (OSError, ValueError):
            # The file is gone or damaged: the description stands in its place.
            continue
    return found
