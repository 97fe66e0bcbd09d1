"""How long a booklet takes and how large it is: a whole course in French, made from its pages, nothing kept."""

import io
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.figures import Figure

# A course of thirty pages within a second, on a machine that serves others at the same time.
_MS_A_PAGE, _EPUB_MS, _PDF_KB, _EPUB_KB, _POSTER_MS = 30, 400, 400, 150, 250
_PAGES = re.compile(rb"/Type\s*/Page\b")


def booklet_figures() -> Iterator[Figure]:
    """Make the demo's course as PDF and EPUB, then the posters; the best of five counts."""
    from django.utils import translation  # noqa: PLC0415  # after the settings

    from courses.booklets.epub import write_epub  # noqa: PLC0415  # the same
    from courses.booklets.gathering import document_of  # noqa: PLC0415  # the same
    from courses.booklets.pdf import write_pdf  # noqa: PLC0415  # the same
    from courses.catalogue import read_catalogue  # noqa: PLC0415  # the same

    course = read_catalogue().course_by_slug("fr", "first-aid-kit")
    assert course is not None
    with translation.override("fr"):
        pdf_ms, pdf = _best(lambda: write_pdf(document_of(course)))
        epub_ms, epub = _best(lambda: write_epub(document_of(course)))
    pages = len(_PAGES.findall(pdf))
    assert pages >= len(course.lessons), "the booklet has less than a page for each lesson"
    with zipfile.ZipFile(io.BytesIO(epub)) as file:
        chapters = [name for name in file.namelist() if name.startswith("EPUB/chapter-")]
    assert len(chapters) == len(course.lessons), "the EPUB has not a chapter for each lesson"
    yield Figure("booklet-pdf-a-page", pdf_ms / pages, "ms", limit=_MS_A_PAGE)
    yield Figure("booklet-pdf-size", len(pdf) / 1000, "kB", limit=_PDF_KB)
    yield Figure("booklet-epub", epub_ms, "ms", limit=_EPUB_MS)
    yield Figure("booklet-epub-size", len(epub) / 1000, "kB", limit=_EPUB_KB)
    yield from _poster_figures()


def _poster_figures() -> Iterator[Figure]:
    from courses.posters.printing import poster_pdf  # noqa: PLC0415  # after the settings
    from courses.posters.reading import posters  # noqa: PLC0415  # the same

    shown = posters("fr")
    assert shown

    def all_of_them() -> list[bytes]:
        poster_pdf.cache_clear()
        return [poster_pdf(each, "a4") for each in shown]

    took, made = _best(all_of_them)
    assert all(each.startswith(b"%PDF") for each in made)
    yield Figure("poster-pdf", took / len(made), "ms", limit=_POSTER_MS)


def _best(make: Callable[[], Any]) -> tuple[float, Any]:
    times = []
    for _each in range(5):
        started = time.perf_counter()
        made = make()
        times.append((time.perf_counter() - started) * 1000)
    return min(times), made
