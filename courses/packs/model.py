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

    Rich text is sanitised HTML, sources are readable, a picture is named by its file in the pack.
    """

    kind: str
    fields: Mapping[str, Any]
    line: int


@dataclass(frozen=True, slots=True)
class LessonText:
    """One lesson in one language."""

    language: str
    file: str
    title: str
    summary: str
    minutes: int
    is_sensitive: bool
    lede: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson in all languages of the pack."""

    uuid: UUID
    file: str
    slug: Words
    texts: Mapping[str, LessonText]


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

    def lessons(self) -> list[Lesson]:
        """Return all lessons in order."""
        return [lesson for module in self.modules for lesson in module.lessons]


@dataclass(frozen=True, slots=True)
class Pack:
    """One folder: the course, its sources as {code: words}, and what upper apps read from it."""

    root: Path
    course: Course
    sources: Mapping[str, Words]
    parts: Mapping[str, Any] = field(default_factory=dict)
