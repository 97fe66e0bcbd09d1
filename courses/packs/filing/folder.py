"""A whole pack as the files of its folder."""

from collections.abc import Iterable
from typing import Any

from courses.kinds import DEFAULT_POSITION, Collection, LessonLength
from courses.packs import model
from courses.packs.filing.codes import SourceCodes
from courses.packs.filing.lessons import text_as_file
from courses.packs.filing.yaml_writing import write_yaml
from courses.packs.reading import COURSE, FORMAT, SOURCES


def pack_as_files(pack: model.Pack) -> dict[str, bytes]:
    """Return course.yaml, sources.yaml, lessons and sheets by name. Pictures and other parts are not in it."""
    codes = SourceCodes(pack.sources)
    files = {COURSE: write_yaml(_course(pack.course)).encode()}
    for page in pack.course.pages():
        for text in page.texts.values():
            files |= text_as_file(page.uuid, text, codes)
    # Last: the pages may name sources that editors added.
    return files | {SOURCES: write_yaml(codes.all(pack.course.languages)).encode()}


def _course(course: model.Course) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "format": FORMAT,
        "uuid": str(course.uuid),
        "slug": course.slug,
        "edition": course.edition,
        "source_version": course.source_version,
        "languages": list(course.languages),
        **_placing(course),
        **{name: dict(getattr(course, name)) for name in ("title", "summary")},
        "objectives": {language: list(lines) for language, lines in course.objectives.items()},
        **{name: dict(getattr(course, name)) for name in ("audience", "sensitive")},
        "self_enrolment": course.self_enrolment,
        "certificate": {
            "title": dict(course.certificate.title),
            "valid_months": course.certificate.valid_months,
            "version": course.certificate.version,
        },
        "modules": [_module(each) for each in course.modules],
    }
    return plain | ({"sheets": [{"kind": each.kind, **_page(each)} for each in course.sheets]} if course.sheets else {})


def _placing(course: model.Course) -> dict[str, Any]:
    """Return what is left out where it is as usual."""
    usual = {
        "collection": Collection.KIT,
        "position": DEFAULT_POSITION,
        "lesson_length": LessonLength.FULL,
        "reserved_for": "",
    }
    values = {name: getattr(course, name) for name in usual}
    return {name: _bare(value) for name, value in values.items() if value != usual[name]}


def _bare(value: Any) -> Any:
    """Return a choice of Django's as the text it stands for."""
    return str(value) if isinstance(value, str) else value


def _module(module: model.Module) -> dict[str, Any]:
    words = {name: dict(getattr(module, name)) for name in ("slug", "title", "summary")}
    return {"uuid": str(module.uuid), **words, "lessons": _pages(module.lessons)}


def _pages(pages: Iterable[model.Lesson | model.Sheet]) -> list[dict[str, Any]]:
    return [_page(each) for each in pages]


def _page(page: model.Lesson | model.Sheet) -> dict[str, Any]:
    return {"uuid": str(page.uuid), "file": page.file, "slug": dict(page.slug)}
