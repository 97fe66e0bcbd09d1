"""What is published: all courses with their modules and lessons, read at once and kept.

Learners' pages ask this instead of the page tree. It holds what is live and below live pages only,
so a draft never shows. Each request asks one cheap question, whether an editor did anything since
(the newest entry of Wagtail's page log); only then, or after _KEEP_S, is the tree read again.

A course may have national editions beside the international one: pages of their own with the same
activity ids. `courses` holds the edition for everybody; who asks for a reader names an edition, or
lets `edition_for` choose it.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, PageLogEntry

from courses.kinds import DEFAULT_POSITION, STAFF_SHEETS, Collection, LessonLength

# On PostgreSQL a log entry may become visible after a newer one: such an edit waits this long.
_KEEP_S = 60.0
# The columns of one page, whatever its kind.
Row = dict[str, Any]
# The depth of a course in the page tree: below Wagtail's root and the catalogue of its language.
_COURSE_DEPTH = 3
# The edition that all others are made of.
INTERNATIONAL = "international"
_COUNTRY_CODE_LENGTH = 2


@dataclass(frozen=True, slots=True)
class LessonEntry:
    """One lesson in one language; `version` changes with each publication."""

    page_id: int
    uuid: UUID
    language: str
    slug: str
    title: str
    summary: str
    minutes: int
    is_sensitive: bool
    version: str


@dataclass(frozen=True, slots=True)
class ModuleEntry:
    """One module in one language."""

    uuid: UUID
    slug: str
    title: str
    summary: str
    lessons: tuple[LessonEntry, ...]


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One sheet in one language; `version` changes with each publication."""

    page_id: int
    uuid: UUID
    language: str
    slug: str
    title: str
    summary: str
    kind: str
    version: str

    @property
    def is_for_staff(self) -> bool:
        """Tell whether only trainers and other staff read it."""
        return self.kind in STAFF_SHEETS


@dataclass(frozen=True)
class CourseOutline:
    """One course in one language, with its modules and lessons in order."""

    page_id: int
    uuid: UUID
    language: str
    slug: str
    title: str
    summary: str
    audience: str
    objectives: tuple[str, ...]
    sensitive_notice: str
    self_enrolment: bool
    edition: str
    source_version: str
    certificate_title: str
    certificate_valid_months: int
    certificate_version: int
    modules: tuple[ModuleEntry, ...]
    collection: str = Collection.KIT
    position: int = DEFAULT_POSITION
    lesson_length: str = LessonLength.FULL
    # Who alone may see it; empty for everybody. Ask courses.access.may_see.
    reserved_for: str = ""
    sheets: tuple[SheetEntry, ...] = ()

    @cached_property
    def lessons(self) -> tuple[LessonEntry, ...]:
        """All lessons in order."""
        return tuple(lesson for module in self.modules for lesson in module.lessons)

    @cached_property
    def minutes(self) -> int:
        """How long all lessons take."""
        return sum(lesson.minutes for lesson in self.lessons)

    @cached_property
    def places(self) -> dict[UUID, int]:
        """The number of each lesson in the course, from 1."""
        return {lesson.uuid: number for number, lesson in enumerate(self.lessons, start=1)}

    def lesson(self, uuid: UUID) -> LessonEntry | None:
        """Return a lesson of the course."""
        number = self.places.get(uuid)
        return self.lessons[number - 1] if number else None

    def sheet(self, uuid: UUID) -> SheetEntry | None:
        """Return a sheet of the course."""
        return next((each for each in self.sheets if each.uuid == uuid), None)

    def lesson_after(self, uuid: UUID) -> LessonEntry | None:
        """Return the next lesson, or None after the last."""
        number = self.places.get(uuid, len(self.lessons))
        return self.lessons[number] if number < len(self.lessons) else None


@dataclass(slots=True)
class Catalogue:
    """Everything that is published, by course and language; `editions` by course, edition and language.

    `courses` has of each course the edition for everybody: the international one, or what stands in for it.
    """

    courses: dict[UUID, dict[str, CourseOutline]]
    by_slug: dict[str, UUID]
    introductions: dict[str, str] = field(default_factory=dict)
    editions: dict[UUID, dict[str, dict[str, CourseOutline]]] = field(default_factory=dict)
    edition_by_slug: dict[str, str] = field(default_factory=dict)
    # Courses of which an edition is reserved, and for whom.
    reserved: dict[UUID, str] = field(default_factory=dict)
    _addresses: dict[tuple[UUID, UUID | None, str], dict[str, str]] = field(default_factory=dict)

    def course(self, uuid: UUID, language: str, edition: str = "") -> CourseOutline | None:
        """Return a course in a language, else in the site's language, else in any.

        Of the edition that is named; where that is not published, or none is named, of the one for everybody.
        """
        found = self.languages_of(uuid, edition)
        return found.get(language) or found.get(settings.LANGUAGE_CODE) or next(iter(found.values()), None)

    def languages_of(self, uuid: UUID, edition: str = "") -> dict[str, CourseOutline]:
        """Return language -> outline of an edition of a course, or of the one for everybody."""
        return self.editions.get(uuid, {}).get(edition) or self.courses.get(uuid, {})

    def edition_for(self, uuid: UUID, *wanted: str) -> str:
        """Return the first of some editions that is published, else the one for everybody."""
        published = self.editions.get(uuid, {})
        standing = next(iter(self.courses.get(uuid, {}).values()), None)
        return next((each for each in wanted if each in published), standing.edition if standing else "")

    def course_by_slug(self, language: str, slug: str) -> CourseOutline | None:
        """Return the course that has this slug in any language, in the wanted one where it exists."""
        uuid = self.by_slug.get(slug)
        return self.course(uuid, language, self.edition_by_slug.get(slug, "")) if uuid else None

    def lesson_by_slug(self, course: CourseOutline, slug: str) -> LessonEntry | None:
        """Return the lesson that has this slug in this course's language, or in another one."""
        languages = self.languages_of(course.uuid, course.edition).values()
        for outline in [course, *(each for each in languages if each is not course)]:
            for lesson in outline.lessons:
                if lesson.slug == slug:
                    return course.lesson(lesson.uuid)
        return None

    def sheet_by_slug(self, course: CourseOutline, slug: str) -> SheetEntry | None:
        """Return the sheet that has this slug in this course's language, or in another one."""
        languages = self.languages_of(course.uuid, course.edition).values()
        ordered = [course, *(each for each in languages if each is not course)]
        found = (sheet.uuid for outline in ordered for sheet in outline.sheets if sheet.slug == slug)
        uuid = next(found, None)
        return course.sheet(uuid) if uuid else None

    def in_language(self, language: str) -> Iterator[CourseOutline]:
        """Yield all courses, each in the language or what stands in for it, by collection and position.

        Reserved ones too: who shows a list asks courses.access.may_see.
        """
        outlines = (self.course(uuid, language) for uuid in self.courses)
        yield from sorted(filter(None, outlines), key=_catalogue_order)

    def for_reader(self, language: str, country_edition: str = "") -> Iterator[CourseOutline]:
        """Yield the courses as somebody of a country meets them: its own editions, and no other country's."""
        outlines = filter(None, (self.course(uuid, language, country_edition) for uuid in self.courses))
        mine = (each for each in outlines if each.edition == country_edition or not is_national(each.edition))
        yield from sorted(mine, key=_catalogue_order)

    def addresses(self, course: UUID, lesson: UUID | None = None, edition: str = "") -> dict[str, str]:
        """Return language code -> address of a course or lesson, for every language of the site."""
        known = self._addresses.get((course, lesson, edition))
        if known is None:
            known = {code: self._address(code, course, lesson, edition) for code, _name in settings.LANGUAGES}
            self._addresses[course, lesson, edition] = known
        return known

    def sheet_addresses(self, course: CourseOutline, sheet: SheetEntry) -> dict[str, str]:
        """Return language code -> address of a sheet, for every language of the site."""
        return {code: self._sheet_address(code, course, sheet) for code, _name in settings.LANGUAGES}

    def _sheet_address(self, code: str, course: CourseOutline, sheet: SheetEntry) -> str:
        outline = self.course(course.uuid, code, course.edition) or course
        found = outline.sheet(sheet.uuid)
        with translation.override(code):
            if found is None:
                return reverse("courses:course", args=[outline.slug])
            return reverse("courses:sheet", args=[outline.slug, found.slug])

    def _address(self, code: str, course: UUID, lesson: UUID | None, edition: str) -> str:
        outline = self.course(course, code, edition)
        found = outline.lesson(lesson) if outline and lesson else None
        with translation.override(code):
            if outline is None:
                return reverse("courses:catalogue")
            if found is None:
                return reverse("courses:course", args=[outline.slug])
            return reverse("courses:lesson", args=[outline.slug, found.slug])


def is_national(edition: str) -> bool:
    """Tell whether an edition is that of a country: its ISO 3166-1 code in small letters.

    >>> is_national("ml"), is_national("international")
    (True, False)
    """
    return len(edition) == _COUNTRY_CODE_LENGTH


def catalogue_of(outlines: Iterable[CourseOutline], introductions: Mapping[str, str] | None = None) -> Catalogue:
    """Return the catalogue of some outlines, in the order of the page tree."""
    found = Catalogue(courses={}, by_slug={}, introductions=dict(introductions or {}))
    for outline in outlines:
        found.editions.setdefault(outline.uuid, {}).setdefault(outline.edition, {})[outline.language] = outline
        if outline.reserved_for:
            found.reserved[outline.uuid] = outline.reserved_for
        # A slug that two editions have by mistake leads to the one for everybody.
        if outline.slug not in found.by_slug or outline.edition == INTERNATIONAL:
            found.by_slug[outline.slug] = outline.uuid
            found.edition_by_slug[outline.slug] = outline.edition
    for uuid, editions in found.editions.items():
        found.courses[uuid] = editions.get(INTERNATIONAL) or _not_national_first(editions)
    return found


def _not_national_first(editions: Mapping[str, dict[str, CourseOutline]]) -> dict[str, CourseOutline]:
    return editions[min(editions, key=is_national)]


_COLLECTIONS = list(Collection.values)


def _catalogue_order(course: CourseOutline) -> tuple[int, int, str, str]:
    return (_COLLECTIONS.index(course.collection), course.position, course.title, str(course.uuid))


_kept: tuple[Any, float, Catalogue] | None = None


def read_catalogue() -> Catalogue:
    """Return what is published now. One query; two when an editor did something since the last call."""
    global _kept  # noqa: PLW0603  # one catalogue for the process, replaced as a whole
    stamp, now = _stamp(), time.monotonic()
    if _kept is None or _kept[0] != stamp or now - _kept[1] > _KEEP_S:
        _kept = (stamp, now, _build(list(_page_rows(Page.objects.filter(live=True)))))
    return _kept[2]


def reserved_courses() -> Mapping[UUID, str]:
    """Return the courses that are not for everybody. No query where the catalogue was read a moment ago."""
    if _kept is None or time.monotonic() - _kept[1] > _KEEP_S:
        return read_catalogue().reserved
    return _kept[2].reserved


def forget_catalogue() -> None:
    """Read the tree again at the next call; for what changes pages without Wagtail's log."""
    global _kept  # noqa: PLW0603
    _kept = None


def draft_rows(course: Any, in_hand: Row) -> list[Row]:
    """Return the rows of a course page and all below it, live or not, for an editor's preview.

    `in_hand` has the columns of the course that the editor is changing. A page that was never saved
    has no row yet: one is made of what it holds.
    """
    rows = list(_page_rows(Page.objects.filter(path__startswith=course.path)))
    if not rows or rows[0]["path"] != course.path:
        own: Row = {name: getattr(course, name.removeprefix("coursepage__"), None) for name in _COLUMNS}
        rows.insert(0, own | {"locale__language_code": course.locale.language_code, "depth": _COURSE_DEPTH})
    rows[0] = rows[0] | in_hand
    return rows


def build_course(rows: Sequence[Row]) -> CourseOutline | None:
    """Return the one course of these rows."""
    return next(_outlines(rows), None)


def _stamp() -> Any:
    table = PageLogEntry._meta.db_table  # noqa: SLF001
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, timestamp, page_id FROM {table} ORDER BY id DESC LIMIT 1")  # noqa: S608
        return cursor.fetchone()


_COURSE_FIELDS = (
    "summary",
    "audience",
    "sensitive_notice",
    "self_enrolment",
    "edition",
    "source_version",
    "certificate_title",
    "certificate_valid_months",
    "certificate_version",
    "collection",
    "position",
    "lesson_length",
    "reserved_for",
)
_COLUMNS = (
    "path",
    "depth",
    "pk",
    "title",
    "slug",
    "locale__language_code",
    "last_published_at",
    "live_revision_id",
    "coursepage__activity_uuid",
    "coursepage__objectives",
    *(f"coursepage__{name}" for name in _COURSE_FIELDS),
    "modulepage__activity_uuid",
    "modulepage__summary",
    "lessonpage__activity_uuid",
    "lessonpage__summary",
    "lessonpage__minutes",
    "lessonpage__is_sensitive",
    "sheetpage__activity_uuid",
    "sheetpage__summary",
    "sheetpage__kind",
    "cataloguepage__introduction",
)


def _page_rows(pages: Any) -> Iterable[Row]:
    rows: Iterable[Row] = pages.filter(depth__gt=1).order_by("path").values(*_COLUMNS)
    return rows


def _build(rows: Sequence[Row]) -> Catalogue:
    introductions = {
        row["locale__language_code"]: row["cataloguepage__introduction"]
        for row in rows
        if row["cataloguepage__introduction"]
    }
    return catalogue_of(_outlines(_below_live(rows)), introductions)


def _below_live(rows: Sequence[Row]) -> list[Row]:
    """Drop a live page below one that is not: unpublishing a course closes its lessons."""
    live = {row["path"] for row in rows}
    step = Page.steplen
    return [row for row in rows if all(row["path"][:end] in live for end in range(2 * step, len(row["path"]), step))]


def _outlines(rows: Sequence[Row]) -> Iterator[CourseOutline]:
    children: dict[str, list[Row]] = {}
    for row in rows:
        children.setdefault(row["path"][: -Page.steplen], []).append(row)
    for row in rows:
        if row["depth"] == _COURSE_DEPTH and row["coursepage__activity_uuid"]:
            yield _course(row, children)


def _course(row: Row, children: Mapping[str, list[Row]]) -> CourseOutline:
    below = children.get(row["path"], ())
    return CourseOutline(
        page_id=row["pk"] or 0,
        uuid=row["coursepage__activity_uuid"],
        language=row["locale__language_code"],
        slug=row["slug"],
        title=row["title"],
        objectives=tuple(line.strip() for line in row["coursepage__objectives"].splitlines() if line.strip()),
        modules=tuple(_module(each, children) for each in below if each["modulepage__activity_uuid"]),
        sheets=tuple(_sheet(each) for each in below if each["sheetpage__activity_uuid"]),
        **{name: row[f"coursepage__{name}"] for name in _COURSE_FIELDS},
    )


def _module(row: Row, children: Mapping[str, list[Row]]) -> ModuleEntry:
    below = children.get(row["path"], ())
    return ModuleEntry(
        uuid=row["modulepage__activity_uuid"],
        slug=row["slug"],
        title=row["title"],
        summary=row["modulepage__summary"],
        lessons=tuple(_lesson(each) for each in below if each["lessonpage__activity_uuid"]),
    )


def _lesson(row: Row) -> LessonEntry:
    return LessonEntry(
        page_id=row["pk"],
        uuid=row["lessonpage__activity_uuid"],
        language=row["locale__language_code"],
        slug=row["slug"],
        title=row["title"],
        summary=row["lessonpage__summary"],
        minutes=row["lessonpage__minutes"],
        is_sensitive=row["lessonpage__is_sensitive"],
        version=_version(row),
    )


def _sheet(row: Row) -> SheetEntry:
    return SheetEntry(
        page_id=row["pk"],
        uuid=row["sheetpage__activity_uuid"],
        language=row["locale__language_code"],
        slug=row["slug"],
        title=row["title"],
        summary=row["sheetpage__summary"],
        kind=row["sheetpage__kind"],
        version=_version(row),
    )


def _version(row: Row) -> str:
    published = row["last_published_at"].timestamp() if row["last_published_at"] else 0
    return f"{row['live_revision_id']}-{published}"
