"""manage.py load_pack: pages of all languages, once; all or nothing."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Revision, Site

from courses.blocks import LessonBlocks
from courses.models import CataloguePage, CoursePage, LessonPage, ModulePage
from courses.packs import parts
from courses.packs.errors import PackErrors, Problem
from courses.packs.writing import load_pack
from tests.factories.courses import TWO_LESSONS

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TWO_LESSONS, tmp_path / "two-lessons"))


def change(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def everything() -> dict[str, Any]:
    return {
        "revisions": list(Revision.objects.order_by("pk").values_list("pk", flat=True)),
        "pages": list(Page.objects.order_by("path").values_list("path", "title", "live", "latest_revision")),
        "images": list(get_image_model().objects.values_list("pk", "file_hash")),
        "locales": sorted(Locale.objects.values_list("language_code", flat=True)),
    }


def stored_files() -> list[str]:
    media = Path(settings.MEDIA_ROOT)
    return sorted(str(path) for path in media.rglob("*") if path.is_file())


def test_pages_are_published_below_a_catalogue_for_each_language(root: Path) -> None:
    load_pack(root)
    assert (CataloguePage.objects.live().count(), CoursePage.objects.live().count()) == (2, 2)
    assert (ModulePage.objects.live().count(), LessonPage.objects.live().count()) == (2, 4)
    assert not any(Page.find_problems())
    assert not Page.objects.filter(slug="home").exists()
    assert Site.objects.get().root_page.specific == CataloguePage.objects.get(locale__language_code="en")
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"en", "fr"}


def test_pages_of_one_activity_are_translations_with_the_same_blocks(root: Path) -> None:
    load_pack(root)
    english = LessonPage.objects.get(slug="every-block")
    french = english.get_translation(Locale.objects.get(language_code="fr"))
    assert (french.slug, french.activity_uuid) == ("tous-les-blocs", english.activity_uuid)
    assert [block.id for block in french.body] == [block.id for block in english.body]
    assert english.get_parent().get_parent().get_translations().count() == 1


def test_what_is_written_passes_the_editors_own_checks(root: Path) -> None:
    load_pack(root)
    for page in LessonPage.objects.all():
        LessonBlocks().clean(page.body)
        page.full_clean()


def test_second_run_touches_nothing(root: Path) -> None:
    load_pack(root)
    before, files = everything(), stored_files()
    report = load_pack(root)
    assert everything() == before
    assert stored_files() == files
    assert (report.created, report.changed, report.unchanged) == ([], [], 8)


def test_changed_lesson_touches_only_its_page(root: Path) -> None:
    load_pack(root)
    count = Revision.objects.count()
    change(root, "lessons/02-hard-to-read.fr.md", "Un texte.", "Un autre texte.")
    report = load_pack(root)
    assert report.changed == ["fr lessonpage difficile-a-lire"]
    assert Revision.objects.count() == count + 1
    assert "autre" in str(LessonPage.objects.get(slug="difficile-a-lire").body)


def test_order_of_lessons_follows_the_pack(root: Path) -> None:
    load_pack(root)
    text = (root / "course.yaml").read_text()
    head, first, second = text.partition("      - uuid: 7a0c6e1e-5b0b-4a0a-8e57-0d6f6f0f1c03")[0], None, None
    first, second = text[len(head) :].split("      - uuid: 7a0c6e1e-5b0b-4a0a-8e57-0d6f6f0f1c04")
    (root / "course.yaml").write_text(f"{head}      - uuid: 7a0c6e1e-5b0b-4a0a-8e57-0d6f6f0f1c04{second}{first}")
    load_pack(root)
    module = ModulePage.objects.get(slug="all")
    assert [page.slug for page in module.get_children()] == ["hard-to-read", "every-block"]
    assert not any(Page.find_problems())
    assert load_pack(root).unchanged == 8


def test_lesson_that_left_the_pack_is_unpublished(root: Path) -> None:
    load_pack(root)
    text = (root / "course.yaml").read_text()
    (root / "course.yaml").write_text(text[: text.index("      - uuid: 7a0c6e1e-5b0b-4a0a-8e57-0d6f6f0f1c04")])
    for name in ("en", "fr"):
        (root / "lessons" / f"02-hard-to-read.{name}.md").unlink()
    report = load_pack(root)
    assert len(report.unpublished) == 2
    assert not LessonPage.objects.get(slug="hard-to-read").live


def test_picture_is_stored_once_by_its_content(root: Path) -> None:
    load_pack(root)
    image = get_image_model().objects.get()
    assert image.file_hash
    assert image.renditions.count() == 2
    assert [
        block.value["image"]
        for block in LessonPage.objects.get(slug="tous-les-blocs").body
        if block.block_type == "image"
    ] == [image]


def test_broken_pack_changes_nothing(root: Path) -> None:
    load_pack(root)
    before = everything()
    change(root, "lessons/02-hard-to-read.en.md", "A text.", "Another text.")
    change(root, "lessons/01-every-block.fr.md", "minutes: 6", "minutes: six")
    with pytest.raises(CommandError, match=r"lessons/01-every-block\.fr\.md:4: minutes"):
        call_command("load_pack", root)
    assert everything() == before


def test_failure_while_writing_takes_everything_back(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything()

    def fail(*_args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("courses.packs.writing._order", fail)
    with pytest.raises(RuntimeError):
        load_pack(root)
    assert everything() == before
    assert stored_files() == []


def test_dry_run_says_what_it_would_do_and_changes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = everything()
    call_command("load_pack", root, dry_run=True)
    assert "would be created: 8" in capsys.readouterr().out
    assert everything() == before
    assert stored_files() == []


@pytest.fixture
def no_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "_parts", {})


@pytest.mark.usefixtures("no_parts")
def test_part_of_an_upper_app_is_read_and_written_with_the_pack(root: Path) -> None:
    (root / "quiz.yaml").write_text("seven")
    written: list[Any] = []
    parts.register_part(
        "quiz.yaml",
        lambda path, pack: (path.read_text(), pack.course.slug),
        lambda parsed, pack: written.append(
            (parsed, CoursePage.objects.filter(activity_uuid=pack.course.uuid).count())
        ),
    )
    load_pack(root)
    assert written == [(("seven", "two-lessons"), 2)]


@pytest.mark.usefixtures("no_parts")
def test_problem_in_a_part_refuses_the_pack(root: Path) -> None:
    (root / "quiz.yaml").write_text("?")

    def refuse(_path: Path, _pack: Any) -> None:
        raise PackErrors([Problem("quiz.yaml", 3, "no such question")])

    parts.register_part("quiz.yaml", refuse, lambda _parsed, _pack: None)
    before = everything()
    with pytest.raises(PackErrors, match=r"quiz\.yaml:3: no such question"):
        load_pack(root)
    assert everything() == before


@pytest.mark.usefixtures("no_parts")
def test_part_that_fails_to_write_takes_the_pages_back(root: Path) -> None:
    (root / "quiz.yaml").write_text("?")

    def fail(_parsed: Any, _pack: Any) -> None:
        raise PackErrors([Problem("quiz.yaml", 1, "the database says no")])

    parts.register_part("quiz.yaml", lambda path, _pack: path.read_text(), fail)
    before = everything()
    with pytest.raises(PackErrors):
        load_pack(root)
    assert everything() == before
