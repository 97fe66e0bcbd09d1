"""How far the courses are translated: pages there, texts done, and what changed since. Reads, never writes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from courses.models import CoursePage


@dataclass(frozen=True, slots=True)
class PageState:
    """One page of the source with its translation; `target` is None where there is none."""

    source: Any
    target: Any | None
    is_stale: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """One course in one language. `texts` are those that translators see side by side; 0 before they are linked."""

    language: str
    pages: tuple[PageState, ...]
    texts: int
    texts_done: int

    @property
    def there(self) -> int:
        """How many pages exist and are published."""
        return sum(state.target is not None and state.target.live for state in self.pages)

    @property
    def stale(self) -> list[PageState]:
        """Return the pages whose original changed since."""
        return [state for state in self.pages if state.is_stale]

    @property
    def percent(self) -> int:
        """How many of a hundred pages are there and up to date, rounded down: 100 means all."""
        fresh = sum(state.target is not None and state.target.live and not state.is_stale for state in self.pages)
        return fresh * 100 // len(self.pages) if self.pages else 0

    @property
    def percent_of_texts(self) -> int | None:
        """How many of a hundred texts are translated, rounded down; None before the pages are linked."""
        return self.texts_done * 100 // self.texts if self.texts else None


@dataclass(frozen=True, slots=True)
class CourseCoverage:
    """One course with every other language of the site."""

    course: Any
    languages: tuple[Coverage, ...]


def coverage_of(courses: Iterable[Any]) -> list[CourseCoverage]:
    """Return the coverage of courses in the language they are written in. Five queries a course."""
    return [_course(course) for course in courses]


def source_courses() -> list[Any]:
    """Return the courses that others are translated from: in the site's language, else in the first there is."""
    found: dict[Any, Any] = {}
    for course in CoursePage.objects.filter(live=True).select_related("locale").order_by("title", "pk"):
        best = found.get(course.translation_key)
        if best is None or course.locale.language_code == settings.LANGUAGE_CODE:
            found[course.translation_key] = course
    return list(found.values())


def _course(course: Any) -> CourseCoverage:
    pages = list(Page.objects.descendant_of(course, inclusive=True).filter(live=True).order_by("path"))
    keys = [page.translation_key for page in pages]
    others = Page.objects.filter(translation_key__in=keys).exclude(locale=course.locale_id).select_related("locale")
    targets = {(page.translation_key, page.locale.language_code): page for page in others}
    sources = list(TranslationSource.objects.filter(object_id__in=keys, locale=course.locale_id))
    texts, done = _texts(sources), _done(sources)
    languages = [code for code, _name in settings.LANGUAGES if code != course.locale.language_code]
    return CourseCoverage(
        course,
        tuple(
            Coverage(
                code,
                tuple(_state(page, targets.get((page.translation_key, code))) for page in pages),
                texts if code in done else 0,
                done.get(code, 0),
            )
            for code in languages
        ),
    )


def _state(source: Any, target: Any | None) -> PageState:
    """Compare by the time of publication: a translation is published after its original, or it is stale."""
    changed = source.last_published_at
    stale = bool(target and changed and (target.last_published_at is None or target.last_published_at < changed))
    return PageState(source, target, stale)


def _texts(sources: Sequence[TranslationSource]) -> int:
    """Return how many texts the sources have; one that stands twice at a place counts once. One query."""
    rows = StringSegment.objects.filter(source__in=sources).values("string_id", "context_id").distinct()
    return rows.count() if sources else 0


def _done(sources: Sequence[TranslationSource]) -> dict[str, int]:
    """Return language -> how many of these texts are translated, for every language with side by side. Two queries."""
    if not sources:
        return {}
    linked = Translation.objects.filter(source__in=sources, enabled=True)
    today = StringSegment.objects.filter(
        source__in=sources, string_id=OuterRef("translation_of_id"), context_id=OuterRef("context_id")
    )
    rows = StringTranslation.objects.filter(Exists(today), has_error=False).values("locale__language_code")
    done = {row["locale__language_code"]: row["found"] for row in rows.annotate(found=Count("pk"))}
    codes = linked.values_list("target_locale__language_code", flat=True).distinct()
    return {code: done.get(code, 0) for code in codes}
