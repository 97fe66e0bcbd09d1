"""Pages that exist in two languages become source and translation for wagtail-localize.

A pack writes every language at once, so its pages are complete before a translator meets them. Their
blocks have the same ids in every language: that is how a sentence finds its translation here.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

# What joins the two: where a text stands on the page.
Place = str


@dataclass(slots=True)
class Linked:
    """What linking did: pages, texts that found their translation, and texts that did not."""

    pages: int = 0
    texts: int = 0
    unmatched: int = 0

    def __add__(self, other: "Linked") -> "Linked":
        return Linked(self.pages + other.pages, self.texts + other.texts, self.unmatched + other.unmatched)


@transaction.atomic
def link_subtree(root: Page, locale: Locale) -> Linked:
    """Link a page and all below it with their translations into a language, as they stand now."""
    pages = Page.objects.descendant_of(root, inclusive=True).filter(live=True).order_by("path")
    return sum((link_page(page, locale) for page in pages.specific()), Linked())


def link_page(page: Any, locale: Locale) -> Linked:
    """Link one page with its translation; nothing where there is none. Words of translators already here stay."""
    target = page.get_translation_or_none(locale)
    if target is None:
        return Linked()
    source, _changed = TranslationSource.update_or_create_from_instance(page)
    translation, _created = Translation.objects.get_or_create(
        source=source, target_locale=locale, defaults={"enabled": True}
    )
    if not translation.enabled:
        translation.enabled = True
        translation.save(update_fields=["enabled"])
    words = _words_of(target.specific)
    found = Linked(pages=1)
    for place, segments in _segments_of(source):
        spoken = words.get(place, [])
        if len(spoken) != len(segments):
            # The two say it in another number of sentences: a person decides which is which.
            found.unmatched += len(segments)
            continue
        for segment, text in zip(segments, spoken, strict=True):
            StringTranslation.from_text(segment.string, locale, segment.context, text)
            found.texts += 1
    return found


def _segments_of(source: TranslationSource) -> Iterator[tuple[Place, list[StringSegment]]]:
    """Yield the texts of the source by place, each place in order."""
    by_place: dict[Place, list[StringSegment]] = defaultdict(list)
    rows = StringSegment.objects.filter(source=source).select_related("string", "context").order_by("order", "pk")
    for row in rows:
        by_place[row.context.path].append(row)
    yield from by_place.items()


def _words_of(target: Any) -> dict[Place, list[str]]:
    """Return the texts of a translated page by place, each place in order."""
    by_place: dict[Place, list[tuple[int, str]]] = defaultdict(list)
    for segment in extract_segments(target):
        if isinstance(segment, StringSegmentValue) and not segment.is_empty():
            by_place[segment.path].append((segment.order, segment.string.data))
    return {
        place: [text for _order, text in sorted(found, key=lambda each: each[0])] for place, found in by_place.items()
    }
