"""From a Pack to published pages: all or nothing, and nothing for what is there already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from wagtail.models import Locale

from courses.blocks import LessonBlocks
from courses.editions.links import link_to_source, translation_key
from courses.models import CataloguePage, CoursePage, LessonPage, ModulePage, SheetPage
from courses.packs import model
from courses.packs.images import ImageStore
from courses.packs.notes import write_notes
from courses.packs.parts import registered_parts
from courses.packs.raw_blocks import FILE_FIELDS, raw_stream
from courses.packs.reading import read_pack
from courses.packs.recordings import RecordingStore
from courses.packs.tree import catalogue_page, fit_site, publish

_STREAM = LessonBlocks()


@dataclass(slots=True)
class Report:
    """What loading did, page by page, for people to read."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unpublished: list[str] = field(default_factory=list)
    unchanged: int = 0
    parts: dict[str, Any] = field(default_factory=dict)


def load_pack(root: Path, *, dry_run: bool = False) -> Report:
    """Read a pack and write its pages; raise PackErrors and change nothing when something is wrong.

    A dry run does the same and takes it back.
    """
    pack = read_pack(root)
    writer = PackWriter(pack)
    try:
        with transaction.atomic():
            writer.write()
            transaction.set_rollback(dry_run)
    except BaseException:
        writer.forget_new()
        raise
    if dry_run:
        writer.forget_new()
    return writer.report


class PackWriter:
    """Writes one pack inside a transaction."""

    def __init__(self, pack: model.Pack) -> None:
        self.pack = pack
        self.course = pack.course
        self.images = ImageStore(pack.root)
        self.recordings = RecordingStore(pack.root)
        self.report = Report()

    def write(self) -> None:
        """Write the pages of every language, then what upper apps read."""
        fit_site()
        self._add_files()
        for language in self.course.languages:
            self._write_language(language)
        write_notes(self.pack)
        for part in registered_parts():
            if part.filename in self.pack.parts:
                self.report.parts[part.filename] = part.write(self.pack.parts[part.filename], self.pack)

    def forget_new(self) -> None:
        """Delete the files whose rows were taken back."""
        self.images.forget_new()
        self.recordings.forget_new()

    def _add_files(self) -> None:
        for text in self.course.texts():
            for block in text.blocks:
                for key in FILE_FIELDS & block.fields.keys():
                    self._add_file(block, key)

    def _add_file(self, block: model.Block, key: str) -> None:
        file = block.fields[key]
        if key == "image":
            self.images.add(file, block.fields["alt"])
        elif file:
            self.recordings.add(file, block.fields["title"])

    def _write_language(self, language: str) -> None:
        catalogue = catalogue_page(language)
        course = self._page(CoursePage, catalogue, self.course.uuid, language, _course_fields(self.course, language))
        modules = [self._write_module(course, module, language) for module in self.course.modules]
        sheets = [
            self._page(SheetPage, course, sheet.uuid, language, self._sheet_fields(sheet, language))
            for sheet in self.course.sheets
        ]
        _order(course, [*modules, *sheets])
        self._unpublish_others(course, language)

    def _write_module(self, course: CoursePage, module: model.Module, language: str) -> ModulePage:
        fields = {
            "title": module.title[language],
            "slug": module.slug[language],
            "summary": module.summary[language],
        }
        page: ModulePage = self._page(ModulePage, course, module.uuid, language, fields)
        lessons = [
            self._page(LessonPage, page, lesson.uuid, language, self._lesson_fields(lesson, language))
            for lesson in module.lessons
        ]
        _order(page, lessons)
        return page

    def _lesson_fields(self, lesson: model.Lesson, language: str) -> dict[str, Any]:
        text = lesson.texts[language]
        return {
            "title": text.title,
            "slug": lesson.slug[language],
            "summary": text.summary,
            "lede": text.lede,
            "minutes": text.minutes,
            "is_sensitive": text.is_sensitive,
            "body": self._body(lesson.uuid, text),
        }

    def _sheet_fields(self, sheet: model.Sheet, language: str) -> dict[str, Any]:
        text = sheet.texts[language]
        return {
            "title": text.title,
            "slug": sheet.slug[language],
            "kind": sheet.kind,
            "summary": text.summary,
            "lede": text.lede,
            "body": self._body(sheet.uuid, text),
        }

    def _body(self, uuid: UUID, text: model.SheetText) -> Any:
        return _STREAM.to_python(raw_stream(uuid, text, {**self.images.keys, **self.recordings.keys}))

    def _page(self, kind: type[Any], parent: Any, uuid: UUID, language: str, fields: Mapping[str, Any]) -> Any:
        """Return the page with these fields, published; leave it alone where it has them already."""
        wanted = {**fields, "edition": self.course.edition, "source_version": self.course.source_version}
        edition = self.course.edition
        page = kind.objects.filter(activity_uuid=uuid, locale__language_code=language, edition=edition).first()
        name = f"{language} {kind._meta.model_name} {fields['slug']}"  # noqa: SLF001
        if page is None:
            locale = Locale.objects.get(language_code=language)
            page = kind(activity_uuid=uuid, translation_key=translation_key(uuid, edition), locale=locale, **wanted)
            parent.add_child(instance=page)
            publish(page)
            link_to_source(page)
            self.report.created.append(name)
            return page
        if not page.is_child_of(parent):
            page.move(parent, pos="last-child")
            page.refresh_from_db()
        if page.live and all(_same(getattr(page, key), value) for key, value in wanted.items()):
            self.report.unchanged += 1
            return page
        for key, value in wanted.items():
            setattr(page, key, value)
        publish(page)
        self.report.changed.append(name)
        page.refresh_from_db()
        return page

    def _unpublish_others(self, course: CoursePage, language: str) -> None:
        """Take what the pack no longer has out of sight; learners' records of it stay."""
        kept: list[Any] = [*self.course.modules, *self.course.lessons(), *self.course.sheets]
        uuids = [each.uuid for each in kept]
        for kind in (LessonPage, ModulePage, SheetPage):
            for page in kind.objects.descendant_of(course).live().exclude(activity_uuid__in=uuids):
                page.unpublish(log_action=True)
                self.report.unpublished.append(f"{language} {kind._meta.model_name} {page.slug}")  # noqa: SLF001


def _course_fields(course: model.Course, language: str) -> dict[str, Any]:
    return {
        "title": course.title[language],
        "slug": course.slug,
        "summary": course.summary[language],
        "audience": course.audience[language],
        "objectives": "\n".join(course.objectives[language]),
        "sensitive_notice": course.sensitive[language],
        "self_enrolment": course.self_enrolment,
        "certificate_title": course.certificate.title[language],
        "certificate_valid_months": course.certificate.valid_months,
        "certificate_version": course.certificate.version,
        "collection": course.collection,
        "position": course.position,
        "lesson_length": course.lesson_length,
        "reserved_for": course.reserved_for,
    }


def _order(parent: CataloguePage | CoursePage | ModulePage, children: Sequence[Any]) -> None:
    """Put pages into the order of the pack; touch nothing that is in order."""
    wanted = [page.pk for page in children]
    there = list(parent.get_children().filter(pk__in=wanted).order_by("path").values_list("pk", flat=True))
    if there != wanted:
        for page in children:
            page.refresh_from_db()
            parent.refresh_from_db()
            page.move(parent, pos="last-child")


def _same(here: Any, wanted: Any) -> bool:
    if hasattr(wanted, "stream_block"):
        return bool(_STREAM.get_prep_value(here) == _STREAM.get_prep_value(wanted))
    return bool(here == wanted)
