"""From a folder to a frozen Pack, or to all that is wrong with it. Reads files, no database."""

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from courses.kinds import DEFAULT_POSITION, LAST_POSITION, Collection, LessonLength, Reserved, SheetKind
from courses.packs import model
from courses.packs.errors import Findings, PackErrors
from courses.packs.files import PackFiles, list_files
from courses.packs.forms import Form
from courses.packs.lessons import LessonReader
from courses.packs.media import MediaFiles
from courses.packs.parts import NAMES, registered_parts
from courses.packs.sources import SourceList
from courses.packs.yaml_text import Fields, read_yaml

FORMAT = 1
COURSE, SOURCES = "course.yaml", "sources.yaml"
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,4})?")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,15}")
RESERVED_SLUGS = frozenset({"adapt", "enrol", "sheets"})


def read_pack(root: Path) -> model.Pack:
    """Return the pack in a folder; raise PackErrors with every problem found."""
    findings = Findings()
    files = list_files(root, findings)
    findings.refuse_if_any()
    pack = PackReader(files, findings).read()
    findings.refuse_if_any()
    return dataclasses.replace(pack, parts=_read_parts(files, pack))


def _read_parts(files: PackFiles, pack: model.Pack) -> dict[str, Any]:
    """Let upper apps read their files; gather the problems of all of them."""
    parts: dict[str, Any] = {}
    findings = Findings()
    for part in registered_parts():
        if part.filename in files.names:
            try:
                parts[part.filename] = part.read(files.root / part.filename, pack)
            except PackErrors as errors:
                findings.problems.extend(errors.problems)
    findings.refuse_if_any()
    return parts


class PackReader:
    """Reads course.yaml, sources.yaml and the lessons."""

    def __init__(self, files: PackFiles, findings: Findings) -> None:
        self.files = files
        self.findings = findings
        self.media = MediaFiles(files.root)
        self.languages: tuple[str, ...] = ()
        self.sources: dict[str, model.Words] = {}
        self._uuids: dict[UUID, int] = {}
        self._slugs: set[tuple[str, str]] = set()
        self._lesson_files: set[str] = set()

    def read(self) -> model.Pack:
        """Return the pack as far as it can be read; problems are in the findings."""
        form = Form(self._yaml(COURSE), COURSE, self.findings)
        if form.number("format", FORMAT, FORMAT) != FORMAT or not form.fields:
            self.findings.refuse_if_any()
        self.languages = self._read_languages(form)
        self.sources = self._read_sources()
        pack = model.Pack(self.files.root, self._course(form), self.sources)
        self._refuse_unknown_files()
        return pack

    def _yaml(self, name: str) -> Any:
        text = self.files.read(name, self.findings)
        return None if text is None else read_yaml(text, name, self.findings)

    def _read_languages(self, form: Form) -> tuple[str, ...]:
        languages = form.texts("languages", 1, 20)
        for language in languages:
            if not _LANGUAGE.fullmatch(language) or languages.count(language) > 1:
                form.problem("languages", f"{language[:20]!r} is not a language code, or stands there twice")
        self.findings.refuse_if_any()
        return tuple(languages)

    def _read_sources(self) -> dict[str, model.Words]:
        value = self._yaml(SOURCES)
        form = Form(value, SOURCES, self.findings)
        for code in value if isinstance(value, Fields) else ():
            if not _CODE.fullmatch(code):
                form.problem(code, "a code is a letter, then letters and digits")
        found: dict[str, model.Words] = {code: form.words(code, self.languages, 300) for code in form.fields}
        form.close()
        return found

    def _course(self, form: Form) -> model.Course:
        words = self._words(form)
        course = model.Course(
            uuid=self._uuid(form),
            slug=self._folder_slug(form),
            edition=form.text("edition", longest=40),
            source_version=form.text("source_version", longest=40),
            languages=self.languages,
            title=words("title", 200),
            summary=words("summary", 600),
            objectives=self._objectives(form),
            audience=words("audience", 600),
            sensitive=words("sensitive", 1200),
            self_enrolment=form.flag("self_enrolment"),
            certificate=self._certificate(form.form("certificate")),
            modules=tuple(self._module(each) for each in form.forms("modules", 1, 50)),
            collection=form.one_of("collection", Collection.values, default=Collection.KIT),
            position=form.number("position", 1, LAST_POSITION, default=DEFAULT_POSITION),
            lesson_length=form.one_of("lesson_length", LessonLength.values, default=LessonLength.FULL),
            reserved_for=form.one_of("reserved_for", Reserved.values, default=""),
            sheets=tuple(sheet for each in form.forms("sheets", 0, 20) if (sheet := self._sheet(each))),
        )
        form.close()
        return course

    def _folder_slug(self, form: Form) -> str:
        slug = form.slug("slug")
        if slug and slug != self.files.root.resolve().name:
            form.problem("slug", f"it must be the name of the folder, {self.files.root.resolve().name!r}")
        return slug

    def _objectives(self, form: Form) -> dict[str, tuple[str, ...]]:
        inner = form.form("objectives")
        found = {language: tuple(inner.texts(language, 1, 8, 300)) for language in self.languages}
        inner.close()
        if len({len(lines) for lines in found.values()}) > 1:
            form.problem("objectives", "every language has the same number of objectives")
        return found

    def _certificate(self, form: Form) -> model.Certificate:
        found = model.Certificate(
            title=form.words("title", self.languages, 150),
            valid_months=form.number("valid_months", 1, 120),
            version=form.number("version", 1, 1000),
        )
        form.close()
        return found

    def _module(self, form: Form) -> model.Module:
        words = self._words(form)
        found = model.Module(
            uuid=self._uuid(form),
            slug=self._slug(form, "module"),
            title=words("title", 200),
            summary=words("summary", 600),
            lessons=tuple(lesson for each in form.forms("lessons", 1, 50) if (lesson := self._lesson(each))),
        )
        form.close()
        return found

    def _lesson(self, form: Form) -> model.Lesson | None:
        uuid, file, slug = self._uuid(form), form.slug("file"), self._slug(form, "lesson")
        form.close()
        if not file:
            return None
        texts = {language: text for language in self.languages if (text := self._lesson_text(file, language))}
        if len(texts) == len(self.languages):
            self._compare(list(texts.values()))
        return model.Lesson(uuid, file, slug, texts)

    def _lesson_text(self, file: str, language: str) -> model.LessonText | None:
        name = f"lessons/{file}.{language}.md"
        text = self._text_of(name)
        return None if text is None else self._reader(language).read(text, name)

    def _sheet(self, form: Form) -> model.Sheet | None:
        # Modules and sheets stand side by side below the course's page: they share their slugs.
        uuid, kind = self._uuid(form), form.one_of("kind", SheetKind.values)
        file, slug = form.slug("file"), self._slug(form, "module")
        form.close()
        if not file:
            return None
        texts = {language: text for language in self.languages if (text := self._sheet_text(file, language))}
        if len(texts) == len(self.languages):
            self._compare(list(texts.values()))
        return model.Sheet(uuid, kind, file, slug, texts)

    def _sheet_text(self, file: str, language: str) -> model.SheetText | None:
        name = f"sheets/{file}.{language}.md"
        text = self._text_of(name)
        return None if text is None else self._reader(language).read_sheet(text, name)

    def _text_of(self, name: str) -> str | None:
        if name in self._lesson_files:
            self.findings.add(COURSE, 1, f"{name} is used twice")
        self._lesson_files.add(name)
        return self.files.read(name, self.findings)

    def _reader(self, language: str) -> LessonReader:
        return LessonReader(language, SourceList(language, self.sources), self.media, self.findings)

    def _compare(self, texts: Sequence[model.SheetText]) -> None:
        """Note where a language differs in structure: a place in one must be a place in all."""
        first, *others = texts
        for other in others:
            for reason, line in _differences(first, other):
                self.findings.add(other.file, line, f"{reason}, unlike {first.file}")

    def _uuid(self, form: Form) -> UUID:
        uuid = form.uuid("uuid")
        if uuid.int and uuid in self._uuids:
            form.problem("uuid", f"this id stands in line {self._uuids[uuid]} too; each needs its own")
        self._uuids[uuid] = form.line_of("uuid")
        return uuid

    def _slug(self, form: Form, kind: str) -> model.Words:
        inner = form.form("slug")
        found = {language: inner.slug(language) for language in self.languages}
        inner.close()
        for language, slug in found.items():
            if slug in RESERVED_SLUGS or (slug and (kind + language, slug) in self._slugs):
                form.problem("slug", f"{slug!r} is taken in this course")
            self._slugs.add((kind + language, slug))
        return found

    def _words(self, form: Form) -> Any:
        return lambda key, longest: form.words(key, self.languages, longest)

    def _refuse_unknown_files(self) -> None:
        known = {COURSE, SOURCES, *NAMES, *(part.filename for part in registered_parts()), *self._lesson_files}
        for name in self.files.names - known:
            if not name.startswith("media/"):
                self.findings.add(name, 1, "this file is no part of a pack; no lesson or sheet of course.yaml names it")


def _differences(first: model.SheetText, other: model.SheetText) -> Iterator[tuple[str, int]]:
    if _measures(first) != _measures(other):
        yield "minutes or sensitive differ", 2
    kinds, others = [block.kind for block in first.blocks], [block.kind for block in other.blocks]
    if kinds != others:
        yield f"the blocks are {', '.join(others)}", other.blocks[0].line if other.blocks else 1
        return
    for mine, theirs in zip(first.blocks, other.blocks, strict=True):
        if _shape(mine) != _shape(theirs):
            yield f"the {theirs.kind} block has other numbers of items, or another right choice or picture", theirs.line


def _measures(text: model.SheetText) -> tuple[int, bool] | None:
    return (text.minutes, text.is_sensitive) if isinstance(text, model.LessonText) else None


# Texts that stand for something outside the language: files, places of a decision path, codes.
_SAME_EVERYWHERE = frozenset({"image", "start", "id", "to", "ending", "code"})


def _shape(value: Any, key: str = "") -> Any:
    """Return what must be equal in every language."""
    if isinstance(value, model.Block):
        return _shape(value.fields)
    if isinstance(value, Mapping):
        return {name: _shape(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_shape(each) for each in value]
    is_said = isinstance(value, str) and key not in _SAME_EVERYWHERE
    return None if is_said else value
