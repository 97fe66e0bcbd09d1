"""A pack as it was read: frozen, complete, free of the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

# Words by language code.
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a lesson: its kind, and its fields as courses.blocks names them.

    Rich text is sanitised HTML, sources are readable, a picture, video or recording is named by its
    file in the pack; captions are the text of their file.
    """

    kind: str
    fields: Mapping[str, Any]
    # Where it stands in its file: for problems, no part of what it says.
    line: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class SheetText:
    """What a lesson and a sheet have in one language."""

    language: str
    file: str
    title: str
    summary: str
    lede: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class LessonText(SheetText):
    """One lesson in one language."""

    minutes: int
    is_sensitive: bool


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson in all languages of the pack."""

    uuid: UUID
    file: str
    slug: Words
    texts: Mapping[str, LessonText]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page beside the lessons in all languages of the pack; `kind` says who reads it."""

    uuid: UUID
    kind: str
    file: str
    slug: Words
    texts: Mapping[str, SheetText]


@dataclass(frozen=True, slots=True)
class Module:
    """One module with its lessons in order."""

    uuid: UUID
    slug: Words
    title: Words
    summary: Words
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the course's certificate says."""

    title: Words
    valid_months: int
    version: int


@dataclass(frozen=True, slots=True)
class Course:
    """One course.yaml."""

    uuid: UUID
    slug: str
    edition: str
    source_version: str
    languages: tuple[str, ...]
    title: Words
    summary: Words
    objectives: Mapping[str, tuple[str, ...]]
    audience: Words
    sensitive: Words
    self_enrolment: bool
    certificate: Certificate
    modules: tuple[Module, ...]
    collection: str = "kit"
    position: int = 100
    lesson_length: str = "full"
    # Empty: for everybody.
    reserved_for: str = ""
    sheets: tuple[Sheet, ...] = ()

    def lessons(self) -> list[Lesson]:
        """Return all lessons in order."""
        return [lesson for module in self.modules for lesson in module.lessons]

    def pages(self) -> list[Lesson | Sheet]:
        """Return every lesson, then every sheet."""
        return [*self.lessons(), *self.sheets]

    def texts(self) -> list[SheetText]:
        """Return every lesson and sheet in every language."""
        return [text for page in self.pages() for text in page.texts.values()]


@dataclass(frozen=True, slots=True)
class Pack:
    """One folder: the course, its sources as {code: words}, and what upper apps read from it."""

    root: Path
    course: Course
    sources: Mapping[str, Words]
    parts: Mapping[str, Any] = field(default_factory=dict)
