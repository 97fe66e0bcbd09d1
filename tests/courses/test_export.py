"""Export: what was loaded comes out as it was, and loading that again changes nothing."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from wagtail.models import Revision

from courses.errors import CourseNotInPagesError
from courses.models import CoursePage, LessonPage, PackNotes
from courses.packs.blocks import READERS
from courses.packs.exporting import export_course, write_files
from courses.packs.filing.blocks import WRITERS
from courses.packs.filing.folder import pack_as_files
from courses.packs.model import Pack
from courses.packs.reading import read_pack
from courses.packs.writing import load_pack
from tests.factories.courses import TWO_LESSONS

pytestmark = pytest.mark.django_db
CURRICULUM = Path(settings.BASE_DIR) / "courses" / "curriculum"


def exported(root: Path, folder: Path) -> Path:
    """Return the folder of what was loaded from a pack, as the site has it now."""
    files = export_course(read_pack(root).course.uuid)
    write_files(files, folder / root.name)
    return folder / root.name


def said(pack: Pack) -> tuple[Any, ...]:
    """Return what a pack says; the folder it lies in is no part of that."""
    return pack.course, pack.sources, pack.parts


def assert_comes_back(root: Path, folder: Path) -> None:
    load_pack(root)
    copy = exported(root, folder)
    assert said(read_pack(copy)) == said(read_pack(root))
    revisions = Revision.objects.count()
    report = load_pack(copy)
    assert (report.created, report.changed, report.unpublished) == ([], [], [])
    assert set(report.parts.values()) <= {0}
    assert Revision.objects.count() == revisions


def test_every_block_that_is_read_can_be_written() -> None:
    assert set(WRITERS) == set(READERS)


def test_what_was_loaded_comes_back(tmp_path: Path) -> None:
    assert_comes_back(TWO_LESSONS, tmp_path)


def test_every_pack_of_the_curriculum_comes_back_through_its_files(tmp_path: Path) -> None:
    roots = sorted(path.parent for path in CURRICULUM.glob("*/course.yaml"))
    assert len(roots) > 1
    for root in roots:
        pack = read_pack(root)
        write_files(pack_as_files(pack), tmp_path / root.name)
        if (root / "media").exists():
            shutil.copytree(root / "media", tmp_path / root.name / "media", dirs_exist_ok=True)
        copy = read_pack(tmp_path / root.name)
        assert (copy.course, copy.sources) == (pack.course, pack.sources)


@pytest.mark.slow
def test_real_course_with_questions_and_pictures_comes_back(tmp_path: Path) -> None:
    assert_comes_back(CURRICULUM / "first-aid-kit", tmp_path)


@pytest.fixture
def loaded() -> Path:
    load_pack(TWO_LESSONS)
    return TWO_LESSONS


def test_editors_own_source_gets_a_code_of_its_own(loaded: Path, tmp_path: Path) -> None:
    for slug, letter in (("every-block", "A letter in the archive"), ("tous-les-blocs", "Une lettre aux archives")):
        page = LessonPage.objects.get(slug=slug)
        text = next(block for block in page.body if block.block_type == "text")
        text.value["sources"].append(letter)
        page.save_revision().publish()
    pack = read_pack(exported(loaded, tmp_path))
    assert pack.sources["X1"] == {"en": "A letter in the archive", "fr": "Une lettre aux archives"}
    lesson = next(lesson for lesson in pack.course.lessons() if lesson.slug["en"] == "every-block")
    for text in lesson.texts.values():
        block = next(each for each in text.blocks if each.kind == "text")
        assert block.fields["sources"][-1] == pack.sources["X1"][text.language]


def test_lesson_of_an_editor_gets_a_file_of_its_address(loaded: Path, tmp_path: Path) -> None:
    for page in LessonPage.objects.filter(activity_uuid=LessonPage.objects.get(slug="hard-to-read").activity_uuid):
        page.title = f"{page.title}!"
        page.save_revision().publish()
    PackNotes.objects.all().delete()
    pack = read_pack(exported(loaded, tmp_path))
    assert [lesson.file for lesson in pack.course.lessons()] == ["01-every-block", "02-hard-to-read"]
    assert all(text.title.endswith("!") for text in pack.course.lessons()[1].texts.values())


def test_language_without_all_lessons_stays_at_home(loaded: Path, tmp_path: Path) -> None:
    LessonPage.objects.get(slug="difficile-a-lire").unpublish()
    assert read_pack(exported(loaded, tmp_path)).course.languages == ("en",)


def test_draft_is_not_exported(loaded: Path, tmp_path: Path) -> None:
    page = LessonPage.objects.get(slug="hard-to-read")
    page.title = "Not yet"
    page.save_revision()
    pack = read_pack(exported(loaded, tmp_path))
    assert "Not yet" not in [text.title for lesson in pack.course.lessons() for text in lesson.texts.values()]


def test_course_that_is_not_published_is_refused(loaded: Path) -> None:
    uuid = CoursePage.objects.first().activity_uuid
    CoursePage.objects.first().unpublish()
    for page in CoursePage.objects.live():
        page.unpublish()
    with pytest.raises(CourseNotInPagesError):
        export_course(uuid)


def test_command_writes_a_folder_once(loaded: Path, tmp_path: Path) -> None:
    call_command("export_pack", "two-lessons", to=tmp_path)
    assert said(read_pack(tmp_path / "two-lessons")) == said(read_pack(loaded))
    with pytest.raises(CommandError, match="is there already"):
        call_command("export_pack", "two-lessons", to=tmp_path)
    with pytest.raises(CommandError, match="no published course"):
        call_command("export_pack", "nothing-of-that-name", to=tmp_path)


def test_national_edition_comes_out_by_itself_without_questions(loaded: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(loaded, tmp_path / "two-lessons-ml"))
    for part in ("questions.yaml", "quiz.yaml"):
        (root / part).unlink(missing_ok=True)
    course = root / "course.yaml"
    text = course.read_text().replace("slug: two-lessons", "slug: two-lessons-ml", 1)
    course.write_text(text.replace("edition: international", "edition: ml", 1))
    load_pack(root)
    files = export_course(read_pack(root).course.uuid, "ml")
    assert not {"questions.yaml", "quiz.yaml"} & set(files)
    write_files(files, tmp_path / "out" / "two-lessons-ml")
    assert said(read_pack(tmp_path / "out" / "two-lessons-ml")) == said(read_pack(root))
    assert load_pack(tmp_path / "out" / "two-lessons-ml").changed == []
    assert read_pack(exported(loaded, tmp_path / "international")).course.edition == "international"
