"""What others' programs say of booklets and posters: veraPDF of PDF/UA-1, EPUBCheck of EPUB 3, poppler of the words."""

import dataclasses
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from courses.booklets.epub import write_epub
from courses.booklets.gathering import document_of
from courses.booklets.pdf import SIZES, write_pdf
from courses.catalogue import forget_catalogue, read_catalogue
from courses.packs.writing import load_pack
from courses.posters.printing import poster_pdf, sizes_of
from courses.posters.reading import LANGUAGES, posters
from scripts.places import CURRICULUM
from tests.factories.courses import load_two_lessons, make_sheet
from tests.outside.epubcheck import problems
from tests.outside.verapdf import judge


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any) -> Path:
    """A course with every block, one of the curriculum, lessons, a sheet; English, French, and right to left."""
    from django.conf import settings
    from django.db import transaction

    made = tmp_path_factory.mktemp("booklets")
    kept, settings.MEDIA_ROOT = settings.MEDIA_ROOT, made / "media"
    with django_db_blocker.unblock(), transaction.atomic():
        make_sheet(load_two_lessons())
        load_pack(CURRICULUM / "first-aid-kit")
        forget_catalogue()
        for slug in ("two-lessons", "first-aid-kit"):
            for language in LANGUAGES:
                _write_course(made, slug, language)
        transaction.set_rollback(True)
    settings.MEDIA_ROOT = kept
    forget_catalogue()
    return made


def _write_course(made: Path, slug: str, language: str) -> None:
    course = read_catalogue().course_by_slug(language, slug)
    assert course is not None
    document = document_of(course)
    _write(made, f"{slug}-{language}", document)
    entries: list[Any] = [*course.lessons[:2], *course.sheets]
    for entry in entries:
        _write(made, f"{slug}-{language}-{entry.slug}", document_of(course, entry))
    if language == "en":
        # The words stay English: what is judged is the mirrored page, and what the file says of itself.
        _write(made, f"{slug}-rtl", dataclasses.replace(document, language="ar", is_rtl=True))


def _write(made: Path, name: str, document: Any) -> None:
    with translation.override(document.language):
        for size in SIZES:
            (made / f"{name}-{size}.pdf").write_bytes(write_pdf(document, size))
        (made / f"{name}.epub").write_bytes(write_epub(document))


def test_every_booklet_is_accessible(folder: Path) -> None:
    """Every block, left to right and right to left; a whole course; a lesson; a sheet; both sizes."""
    names = ["two-lessons-en-a5", "two-lessons-rtl-a4", "two-lessons-en-at-hand-a4", "first-aid-kit-fr-a4"]
    assert_passes("ua1", [folder / f"{name}.pdf" for name in (*names, "two-lessons-fr-tous-les-blocs-a4")])
    assert_passes("3a", [folder / "two-lessons-en-a4.pdf"])


def test_every_layout_of_posters_is_accessible(tmp_path: Path) -> None:
    shown = {each.layout: each for each in posters("fr")}
    for each in shown.values():
        (tmp_path / f"{each.slug}.pdf").write_bytes(poster_pdf(each, sizes_of(each)[-1]))
    assert_passes("ua1", sorted(tmp_path.glob("*.pdf")))


def assert_passes(flavour: str, files: list[Path]) -> None:
    verdicts = judge(flavour, files)
    assert len(verdicts) == len(files) > 0
    assert {name: verdict for name, verdict in verdicts.items() if verdict.word != "PASS"} == {}


def test_every_epub_is_valid_and_a_broken_one_is_not(folder: Path) -> None:
    """Were the judge to pass everything, it would say nothing: one file has a link that leads nowhere."""
    broken = folder / "broken.epub"
    with zipfile.ZipFile(folder / "two-lessons-en.epub") as good, zipfile.ZipFile(broken, "w") as bad:
        for entry in good.infolist():
            content = good.read(entry)
            if entry.filename == "EPUB/nav.xhtml":
                content = content.replace(b"chapter-01.xhtml", b"chapter-99.xhtml")
            bad.writestr(entry, content)
    sound = ["two-lessons-en.epub", "two-lessons-rtl.epub", "two-lessons-en-at-hand.epub", "first-aid-kit-fr.epub"]
    said = problems([*(folder / name for name in sound), broken])
    assert any("chapter-99" in line for line in said.pop("broken.epub"))
    assert said == {name: [] for name in sound}


def test_only_our_own_fonts_are_in_the_file(folder: Path) -> None:
    said = subprocess.run(
        ["pdffonts", folder / "first-aid-kit-fr-a4.pdf"], check=True, capture_output=True, text=True
    ).stdout.splitlines()[2:]
    assert said
    for line in said:
        name, *_kind, embedded, subset, unicode, _object, _number = line.split()
        assert name.split("+")[1].startswith(("NotoSans", "Amiri", "JetBrainsMono"))
        assert (embedded, subset, unicode) == ("yes", "yes", "yes")
