"""A booklet as a file: made once for what is published, kept for an hour."""

import hashlib
from typing import Literal, get_args

from django.core.cache import cache
from django.utils import translation

from courses.booklets.epub import write_epub
from courses.booklets.gathering import document_of
from courses.booklets.pdf import Size, write_pdf
from courses.catalogue import CourseOutline, LessonEntry, SheetEntry

Form = Literal["pdf", "epub"]
FORMS: tuple[Form, ...] = get_args(Form)
CONTENT_TYPES: dict[Form, str] = {"pdf": "application/pdf", "epub": "application/epub+zip"}
_KEEP_S = 3600
# A change of how booklets are written makes all of them anew.
_WRITTEN_AS = 1


def booklet_file(course: CourseOutline, entry: LessonEntry | SheetEntry | None, form: Form, size: Size = "a4") -> bytes:
    """Return the file of a course, or of one of its lessons or sheets; raise TypesettingError.

    No query where it is kept.
    """
    size = "a4" if form == "epub" else size
    key = _key(course, entry, form, size)
    kept: bytes | None = cache.get(key)
    if kept is not None:
        return kept
    booklet = document_of(course, entry)
    with translation.override(course.language):
        made = write_epub(booklet) if form == "epub" else write_pdf(booklet, size)
    cache.set(key, made, _KEEP_S)
    return made


def _key(course: CourseOutline, entry: LessonEntry | SheetEntry | None, form: Form, size: Size) -> str:
    """Return a name for exactly this: the outline holds the version of every page, and all that the cover says."""
    content = hashlib.sha256(repr((course, entry)).encode()).hexdigest()
    return f"booklet/{_WRITTEN_AS}/{form}/{size}/{content}"
