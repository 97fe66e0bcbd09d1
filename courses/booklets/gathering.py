"""From published pages to a booklet: a course, a lesson or a sheet, each in one language.

Everything is said in the words of the content's own language, as a lesson's body is.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Literal

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.images import get_image_model
from wagtail.images.models import Filter

from courses.booklets.document import Booklet, Box, Chapter, Node, Paragraph, Part, Picture, paragraph, plain
from courses.booklets.html import items_of, sources_at_end
from courses.booklets.kinds import Pictures, nodes_of
from courses.catalogue import CourseOutline, LessonEntry, SheetEntry
from courses.kinds import SheetKind
from courses.models import LessonPage, SheetPage

# PNG or JPEG as the picture is: every reading app and typst take both.
RENDITION = "max-1400x1400|jpegquality-80"
_MEDIA_TYPES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif"}


def document_of(course: CourseOutline, entry: LessonEntry | SheetEntry | None = None) -> Booklet:
    """Return the booklet of a course, or of one of its lessons or sheets.

    One query for the pages, and Wagtail's own for each page with pictures or films.
    """
    with translation.override(course.language):
        if entry is None:
            return _course(course)
        return _sheet(course, entry) if isinstance(entry, SheetEntry) else _lesson(course, entry)


def _course(course: CourseOutline) -> Booklet:
    pages = _pages(LessonPage, [lesson.page_id for lesson in course.lessons])
    pictures = _pictures(pages.values())
    parts = tuple(
        Part(
            module.title if len(course.modules) > 1 else "",
            module.summary if len(course.modules) > 1 else "",
            tuple(_chapter(pages[each.page_id], _lesson_facts(each), pictures) for each in module.lessons),
        )
        for module in course.modules
    )
    count = len(course.lessons)
    lessons = ngettext("%(count)s lesson", "%(count)s lessons", count) % {"count": count}
    minutes = _("%(minutes)s min in all") % {"minutes": course.minutes}
    facts = tuple(filter(None, (f"{lessons}, {minutes}", *_edition(course))))
    return _booklet(
        course, None, "course", label=_("Course booklet"), facts=facts, front=_front(course), parts=parts, pages=pages
    )


def _lesson(course: CourseOutline, entry: LessonEntry) -> Booklet:
    pages = _pages(LessonPage, [entry.page_id])
    chapter = _chapter(pages[entry.page_id], (), _pictures(pages.values()))
    facts = (*_lesson_facts(entry), *_edition(course))
    parts = (Part("", "", (chapter,)),)
    return _booklet(course, entry, "lesson", label=course.title, facts=facts, front=(), parts=parts, pages=pages)


def _sheet(course: CourseOutline, entry: SheetEntry) -> Booklet:
    pages = _pages(SheetPage, [entry.page_id])
    chapter = _chapter(pages[entry.page_id], (), _pictures(pages.values()))
    if entry.kind == SheetKind.JOB_AID:
        chapter = replace(chapter, nodes=sources_at_end(chapter.nodes))
    label = f"{SheetKind(entry.kind).label}. {course.title}"
    parts = (Part("", "", (chapter,)),)
    return _booklet(course, entry, "sheet", label=label, facts=_edition(course), front=(), parts=parts, pages=pages)


def _booklet(
    course: CourseOutline,
    entry: LessonEntry | SheetEntry | None,
    kind: Literal["course", "lesson", "sheet"],
    *,
    label: str,
    facts: tuple[str, ...],
    front: tuple[Node, ...],
    parts: tuple[Part, ...],
    pages: dict[int, Any],
) -> Booklet:
    about = entry or course
    return Booklet(
        key=f"{about.uuid}/{course.edition}/{course.language}",
        language=course.language,
        is_rtl=course.language in settings.LANGUAGES_BIDI,
        kind=kind,
        title=about.title,
        label=label,
        summary=about.summary,
        facts=facts,
        front=front,
        parts=parts,
        address=settings.WAGTAILADMIN_BASE_URL + reverse("courses:course", args=[course.slug]),
        modified=max((page.last_published_at for page in pages.values() if page.last_published_at), default=_EPOCH),
        fits_one_page=isinstance(entry, SheetEntry) and entry.kind == SheetKind.JOB_AID,
    )


_EPOCH = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def _edition(course: CourseOutline) -> tuple[str, ...]:
    """Return the line that tells one edition and version from another."""
    name = _("International edition") if course.edition == "international" else course.edition.upper()
    version = _("version %(version)s") % {"version": course.source_version} if course.source_version else ""
    return (", ".join(filter(None, (name, version))),)


def _front(course: CourseOutline) -> tuple[Node, ...]:
    nodes: list[Node] = []
    if course.audience:
        nodes += [Paragraph(plain(_("For whom"), bold=True)), *paragraph(course.audience)]
    if course.objectives:
        nodes += [Paragraph(plain(_("What you will be able to do"), bold=True)), items_of(course.objectives)]
    if course.sensitive_notice:
        nodes.append(Box("safety", _("Sensitive content"), paragraph(course.sensitive_notice)))
    return tuple(nodes)


def _lesson_facts(entry: LessonEntry) -> tuple[str, ...]:
    minutes = _("%(minutes)s min") % {"minutes": entry.minutes}
    return (minutes, _("Sensitive content")) if entry.is_sensitive else (minutes,)


def _chapter(page: Any, facts: tuple[str, ...], pictures: Pictures) -> Chapter:
    """Return one page's content; a safety notice that it begins with is read before everything else."""
    stream = list(page.body)
    has_notice = bool(stream) and stream[0].block_type == "safety_notice"
    first, rest = (stream[:1], stream[1:]) if has_notice else ([], stream)
    nodes = (*_nodes(first, pictures), *paragraph(page.lede, "lede"), *_nodes(rest, pictures))
    return Chapter(str(page.activity_uuid), page.title, facts, nodes)


def _nodes(stream: Sequence[Any], pictures: Pictures) -> tuple[Node, ...]:
    return tuple(node for block in stream for node in nodes_of(block.block_type, block.value, pictures))


def _pages(model: Any, keys: Iterable[int]) -> dict[int, Any]:
    found: dict[int, Any] = model.objects.in_bulk(list(keys))
    return found


def _pictures(pages: Iterable[Any]) -> dict[Any, Picture]:
    """Return image key -> its file; those that cannot be made are left out, their descriptions stand for them."""
    blocks = (block for page in pages for block in page.body if block.block_type == "image")
    keys = {block.value["image"].pk for block in blocks if block.value["image"]}
    if not keys:
        return {}
    images = get_image_model().objects.filter(pk__in=keys).prefetch_renditions(RENDITION)
    made = ((image.pk, _picture(image)) for image in images)
    return {key: picture for key, picture in made if picture}


def _picture(image: Any) -> Picture | None:
    try:
        rendition = image.get_rendition(Filter(RENDITION))
        with rendition.file.open("rb") as file:
            content = file.read()
    except (OSError, ValueError):
        return None
    ending = rendition.file.name.rpartition(".")[2].lower()
    name = f"picture-{image.pk}.{ending}"
    kind = _MEDIA_TYPES.get(ending)
    return Picture(name, kind, content, rendition.width, rendition.height) if kind else None
