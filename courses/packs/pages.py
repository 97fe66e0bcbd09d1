"""From published pages to a Pack: the other direction of courses.packs.writing."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from courses.errors import CourseNotInPagesError
from courses.models import CoursePage, LessonPage, ModulePage, SheetPage
from courses.packs import model
from courses.packs.media_files import MediaFiles
from courses.packs.notes import Notes, notes_of
from courses.packs.raw_blocks import FILE_FIELDS

# What a page has in each language, by language.
Pages = dict[str, Any]


def pack_of_pages(course: UUID, edition: str) -> tuple[model.Pack, MediaFiles]:
    """Return a course as a pack without its parts, and its pictures; raise CourseNotInPagesError.

    A language whose lessons are not all published is left out: a pack says the same in every language.
    """
    notes = notes_of(course, edition)
    reader = _Reader(course, edition, notes)
    return model.Pack(Path(), reader.course(), notes.sources), reader.media


class _Reader:
    """Reads the pages of one course: a few queries for each language."""

    def __init__(self, course: UUID, edition: str, notes: Notes) -> None:
        self.notes = notes
        self.media = MediaFiles(notes.media)
        found = CoursePage.objects.live().filter(activity_uuid=course, edition=edition).select_related("locale")
        pages = {page.locale.language_code: page for page in found}
        known = [language for language in notes.languages if language in pages]
        self.trees = {language: _Tree(pages[language]) for language in [*known, *sorted(set(pages) - set(known))]}
        self._leave_out_unequal()
        self._files: set[tuple[type, str]] = set()

    def _leave_out_unequal(self) -> None:
        if not self.trees or not next(iter(self.trees.values())).lessons:
            raise CourseNotInPagesError
        first = next(iter(self.trees.values()))
        self.trees = {code: tree for code, tree in self.trees.items() if tree.shape == first.shape}
        self.first = first

    def course(self) -> model.Course:
        pages: Pages = {language: tree.course for language, tree in self.trees.items()}
        page = self.first.course
        return model.Course(
            uuid=page.activity_uuid,
            slug=page.slug,
            edition=page.edition,
            source_version=page.source_version,
            languages=tuple(self.trees),
            title=_words(pages, "title"),
            summary=_words(pages, "summary"),
            objectives={language: _lines(each.objectives) for language, each in pages.items()},
            audience=_words(pages, "audience"),
            sensitive=_words(pages, "sensitive_notice"),
            self_enrolment=page.self_enrolment,
            certificate=model.Certificate(
                title=_words(pages, "certificate_title"),
                valid_months=page.certificate_valid_months,
                version=page.certificate_version,
            ),
            modules=tuple(self._module(number) for number in range(len(self.first.modules))),
            collection=page.collection,
            position=page.position,
            lesson_length=page.lesson_length,
            reserved_for=page.reserved_for,
            sheets=tuple(self._sheet(each) for each in self._same(lambda tree: tree.sheets)),
        )

    def _module(self, number: int) -> model.Module:
        pages = {language: tree.modules[number] for language, tree in self.trees.items()}
        lessons = self._same(lambda tree: tree.lessons_of[tree.modules[number].pk])
        return model.Module(
            uuid=pages[self._first_language].activity_uuid,
            slug=_words(pages, "slug"),
            title=_words(pages, "title"),
            summary=_words(pages, "summary"),
            lessons=tuple(self._lesson(each) for each in lessons),
        )

    def _lesson(self, pages: Pages) -> model.Lesson:
        page = pages[self._first_language]
        number = [each.pk for each in self.first.lessons].index(page.pk) + 1
        file = self._file(page, f"{number:02}-")
        texts = {
            language: model.LessonText(
                **self._text(each, language, f"lessons/{file}"), minutes=each.minutes, is_sensitive=each.is_sensitive
            )
            for language, each in pages.items()
        }
        return model.Lesson(page.activity_uuid, file, _words(pages, "slug"), texts)

    def _sheet(self, pages: Pages) -> model.Sheet:
        page = pages[self._first_language]
        file = self._file(page, "")
        texts = {
            language: model.SheetText(**self._text(each, language, f"sheets/{file}"))
            for language, each in pages.items()
        }
        return model.Sheet(page.activity_uuid, page.kind, file, _words(pages, "slug"), texts)

    def _text(self, page: Any, language: str, file: str) -> dict[str, Any]:
        raw = page.body.stream_block.get_prep_value(page.body)
        return {
            "language": language,
            "file": f"{file}.{language}.md",
            "title": page.title,
            "summary": page.summary,
            "lede": page.lede,
            "blocks": tuple(model.Block(each["type"], self._fields(each["value"]), 0) for each in raw),
        }

    def _fields(self, value: dict[str, Any]) -> dict[str, Any]:
        return {
            key: self.media.name_of(each, is_image=key == "image") if key in FILE_FIELDS else _plain(each)
            for key, each in value.items()
        }

    def _file(self, page: Any, prefix: str) -> str:
        """Return the name of a page's files: the one it came with, else one made of its address."""
        name: str = self.notes.files.get(str(page.activity_uuid)) or f"{prefix}{page.slug}"
        if (type(page), name) in self._files:
            name = f"{name}-{str(page.activity_uuid)[:8]}"
        self._files.add((type(page), name))
        return name

    def _same(self, pages_of: Callable[["_Tree"], Sequence[Any]]) -> list[Pages]:
        """Return some pages of each tree, side by side by language."""
        sides = [pages_of(tree) for tree in self.trees.values()]
        return [dict(zip(self.trees, each, strict=True)) for each in zip(*sides, strict=True)]

    @property
    def _first_language(self) -> str:
        language: str = next(iter(self.trees))
        return language


class _Tree:
    """The live pages of a course in one language, in order."""

    def __init__(self, course: CoursePage) -> None:
        self.course = course
        self.modules = list(ModulePage.objects.child_of(course).live().order_by("path"))
        lessons = list(LessonPage.objects.descendant_of(course).live().order_by("path"))
        self.lessons_of = {module.pk: [each for each in lessons if each.is_child_of(module)] for module in self.modules}
        self.modules = [module for module in self.modules if self.lessons_of[module.pk]]
        self.lessons = [each for module in self.modules for each in self.lessons_of[module.pk]]
        self.sheets = list(SheetPage.objects.child_of(course).live().order_by("path"))

    @property
    def shape(self) -> Any:
        """What must be equal in every language of a pack."""
        modules = [(each.activity_uuid, _uuids(self.lessons_of[each.pk])) for each in self.modules]
        return modules, _uuids(self.sheets)


def _uuids(pages: Iterable[Any]) -> list[UUID]:
    return [page.activity_uuid for page in pages]


def _words(pages: Pages, name: str) -> dict[str, str]:
    return {language: getattr(page, name) for language, page in pages.items()}


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _plain(value: Any) -> Any:
    """Return a value of a stream without the ids that Wagtail gives the items of lists."""
    if isinstance(value, list):
        return [_plain(each["value"] if set(each) == {"type", "value", "id"} else each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return "" if value is None else value
