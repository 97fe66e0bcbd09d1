"""From what is published now to the manifest in force.

A pack is built when it is asked for, and only if something changed since: the outlines name each
lesson's publication, a quiz its rules, a practice question its version.
"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from assessments.models import Question, Quiz
from courses.catalogue import CourseOutline, read_catalogue
from courses.parts import quizzes_of
from elearning.lib.canonical import canonical_json, sha256_hex
from sync.models import PackFile, PackVersion
from sync.packs.content import Content, digest
from sync.packs.lessons import course_file, job_aids, lesson_file, sheet_file
from sync.packs.media import media_files
from sync.packs.practice import practice_files
from sync.packs.storing import store

FORMAT = "relais-pack/1"
# A file that was cleared away on the disk is written again after this long at the latest.
_KEEP_S = 600


def current_pack(course: UUID, edition: str = "") -> PackVersion | None:
    """Return the version in force of an edition of a published course, built anew if something changed. Five queries.

    Where the edition is not published, or none is named, it is that of the edition for everybody.
    """
    outlines = read_catalogue().languages_of(course, edition)
    if not outlines:
        return None
    quizzes = _offered(course)
    key = f"pack/{course}/{_fingerprint(course, outlines, quizzes)}"
    built = PackVersion.objects.filter(course_uuid=course, edition=_edition_of(outlines))
    newest: PackVersion | None = built.first()
    if newest is None or cache.get(key) != newest.sha256:
        newest = _build(course, outlines, quizzes, newest)
        cache.set(key, newest.sha256, _KEEP_S)
    return newest


def contents_of(course: UUID, edition: str = "") -> list[Content]:
    """Return every file of the pack of a published course's edition."""
    return _contents(read_catalogue().languages_of(course, edition), _offered(course))


def rebuild(course: UUID) -> None:
    """Write the files of all editions of a course again, for a disk that lost some."""
    for edition in read_catalogue().editions.get(course, {}):
        for content in contents_of(course, edition):
            for piece in content.pieces:
                store(piece)


def _edition_of(outlines: dict[str, CourseOutline]) -> str:
    """Return the edition that these are the languages of."""
    return outlines[min(outlines)].edition


def _offered(course: UUID) -> list[Quiz]:
    """Return the quizzes that the course's page shows, in its order."""
    rows = {quiz.uuid: quiz for quiz in Quiz.objects.filter(course_uuid=course)}
    return [rows[entry.uuid] for entry in quizzes_of(course, settings.LANGUAGE_CODE) if entry.uuid in rows]


def _build(
    course: UUID, outlines: dict[str, CourseOutline], quizzes: list[Quiz], newest: PackVersion | None
) -> PackVersion:
    """Write what is new: first the bytes, then the rows, so that no manifest names a file that is not there."""
    contents = _contents(outlines, quizzes)
    for content in contents:
        for piece in content.pieces:
            store(piece)
    text = _manifest(course, outlines, contents)
    sha256 = sha256_hex(text)
    if newest is not None and newest.sha256 == sha256:
        return newest
    edition = _edition_of(outlines)
    version = PackVersion(course_uuid=course, edition=edition, sha256=sha256, text=text, built_at=timezone.now())
    with transaction.atomic():
        PackFile.objects.bulk_create(_rows(course, contents), ignore_conflicts=True)
        version.save()
    return version


def _contents(outlines: dict[str, CourseOutline], quizzes: list[Quiz]) -> list[Content]:
    slugs = {language: outline.slug for language, outline in sorted(outlines.items())}
    texts = [course_file(outline, slugs, quizzes) for outline in outlines.values()]
    texts += [
        lesson_file(lesson)
        for language, outline in outlines.items()
        for lesson in outline.lessons
        if lesson.language == language
    ]
    texts += [sheet_file(sheet) for outline in outlines.values() for sheet in job_aids(outline)]
    texts += practice_files(quizzes)
    return [*texts, *media_files(texts)]


def _manifest(course: UUID, outlines: dict[str, CourseOutline], contents: list[Content]) -> str:
    outline = outlines[min(outlines)]
    return canonical_json(
        {
            "format": FORMAT,
            "course": str(course),
            "edition": outline.edition,
            "source_version": outline.source_version,
            "languages": sorted(outlines),
            "files": sorted((content.entry() for content in contents), key=lambda entry: str(entry["path"])),
        }
    )


def _rows(course: UUID, contents: list[Content]) -> list[PackFile]:
    pieces = {digest(piece): (len(piece), content.media_type) for content in contents for piece in content.pieces}
    return [
        PackFile(course_uuid=course, sha256=sha256, size_bytes=size, media_type=media_type)
        for sha256, (size, media_type) in sorted(pieces.items())
    ]


def _fingerprint(course: UUID, outlines: dict[str, CourseOutline], quizzes: list[Quiz]) -> str:
    """Return what the pack depends on, as a hash."""
    practice = Question.objects.practised(course)
    rules = [sorted((name, str(value)) for name, value in vars(quiz).items() if name != "_state") for quiz in quizzes]
    parts: list[Any] = [sorted(outlines.items()), rules, list(practice.values_list("version_sha256", flat=True))]
    return sha256_hex(repr(parts))
