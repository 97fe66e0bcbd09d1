"""What loading keeps of a pack beside its pages, for the export."""

import hashlib
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from courses.models import PackNotes
from courses.packs.model import Pack
from courses.packs.raw_blocks import FILE_FIELDS

INTERNATIONAL = "international"


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of a pack as plain values; all empty where a course was never in one."""

    sources: dict[str, dict[str, str]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)
    languages: list[str] = field(default_factory=list)


def write_notes(pack: Pack) -> None:
    """Keep the notes of a pack; write nothing where they are there already."""
    course = pack.course
    files = [(str(each.uuid), each.file) for each in course.pages()]
    values: dict[str, Any] = {
        "sources": {code: dict(words) for code, words in pack.sources.items()},
        "files": dict(files),
        "media": {_sha256(pack, name): name for name in sorted(_media_names(pack))},
        "languages": list(course.languages),
    }
    row, created = PackNotes.objects.get_or_create(course_uuid=course.uuid, edition=course.edition, defaults=values)
    if not created and any(getattr(row, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(row, name, value)
        row.save()


def notes_of(course: UUID, edition: str) -> Notes:
    """Return the notes of a course in an edition; one that was copied on the site has those of its source."""
    rows = {row.edition: row for row in PackNotes.objects.filter(course_uuid=course)}
    row = rows.get(edition) or rows.get(INTERNATIONAL)
    return Notes(row.sources, row.files, row.media, row.languages) if row else Notes()


def _media_names(pack: Pack) -> set[str]:
    blocks = [block for text in pack.course.texts() for block in text.blocks]
    return {block.fields[key] for block in blocks for key in FILE_FIELDS & block.fields.keys() if block.fields[key]}


def _sha256(pack: Pack, name: str) -> str:
    with (pack.root / name).open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
