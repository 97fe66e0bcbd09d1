"""Lessons, sheets and courses as PDF and EPUB: everything is in them, for whoever may read it on the site."""

import dataclasses
import datetime as dt
import io
import itertools
import re
import zipfile
from typing import Any, get_args
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client, override_settings
from django.utils import translation
from pypdf import PdfReader

from courses.access import may_read
from courses.blocks import LessonBlocks
from courses.booklets import making, pdf
from courses.booklets import xhtml as xhtml_module
from courses.booklets.document import (
    Booklet,
    Box,
    Chapter,
    Check,
    Choice,
    Heading,
    Items,
    Node,
    Pair,
    Paragraph,
    Part,
    Path,
    Run,
    Step,
    Way,
    paragraph,
    plain,
)
from courses.booklets.epub import write_epub
from courses.booklets.gathering import document_of
from courses.booklets.html import sources, sources_at_end
from courses.booklets.kinds import WRITERS, nodes_of
from courses.booklets.pdf import write_pdf
from courses.booklets.prose import prose
from courses.catalogue import CourseOutline, forget_catalogue, read_catalogue
from courses.models import CoursePage
from courses.packs.reading import read_pack
from elearning.lib.glyphs import printable
from elearning.lib.typesetting import TypesettingError
from scripts.places import CURRICULUM
from tests.factories.accounts import make_login, sign_in
from tests.factories.courses import load_two_lessons, make_course, make_enrolment, make_sheet

COURSE = "/en/courses/two-lessons/"
LESSON = f"{COURSE}lesson-1/"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(autouse=True)
def nothing_kept() -> Any:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def course(db: None) -> CourseOutline:
    """A small course in two languages: cheap to make. What every kind of block becomes, `whole` and `one` tell."""
    return make_course("two-lessons", languages=("en", "fr"))


@pytest.fixture(scope="module")
def documents(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> tuple[Booklet, Booklet]:
    """The pack that has every block, as a course's and as a lesson's booklet: read once, for they are plain facts."""
    with (
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        forget_catalogue()
        outline = load_two_lessons()
        made = document_of(outline), document_of(outline, outline.lessons[0])
        transaction.set_rollback(True)
    forget_catalogue()
    return made


@pytest.fixture
def whole(documents: tuple[Booklet, Booklet]) -> Booklet:
    return documents[0]


@pytest.fixture
def one(documents: tuple[Booklet, Booklet]) -> Booklet:
    return documents[1]


@pytest.fixture
def login() -> Any:
    return make_login()


@pytest.fixture
def reader(client: Client, login: Any) -> Client:
    sign_in(client, login)
    return client


@pytest.fixture
def enrolled(course: CourseOutline, login: Any, reader: Client) -> Client:
    make_enrolment(login, course)
    return reader


def text_of(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def chapters_of(content: bytes) -> list[Any]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        names = sorted(name for name in file.namelist() if name.startswith("EPUB/chapter-"))
        return [ET.fromstring(file.read(name)) for name in names]  # noqa: S314  # our own file


def words_of(tree: Any) -> str:
    return re.sub(r"\s+", " ", " ".join(tree.itertext()))


def booklet(*nodes: Node, **fields: Any) -> Booklet:
    chapter = Chapter("1", "A chapter", ("5 min",), nodes)
    given: dict[str, Any] = {
        "key": "k",
        "language": "en",
        "is_rtl": False,
        "kind": "lesson",
        "title": "A lesson",
        "label": "A course",
        "summary": "What it is about.",
        "facts": ("International edition",),
        "front": (),
        "parts": (Part("", "", (chapter,)),),
        "address": "https://relais.example/en/courses/a/",
        "modified": dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC),
    }
    return Booklet(**given | fields)


# Every kind of block, every kind of node


def test_every_kind_of_block_has_a_writer() -> None:
    assert WRITERS.keys() == LessonBlocks().child_blocks.keys()


def test_every_node_is_written_in_both_forms() -> None:
    kinds = set(get_args(Node))
    by_pdf = set(pdf._Writer("a4").by_type)
    by_epub = {*xhtml_module._WRITERS, Heading}
    assert by_pdf == by_epub == kinds


def test_booklet_holds_every_block_of_a_lesson(one: Booklet) -> None:
    """What the words of each block are is written in the pack of the tests."""
    printed = text_of(write_pdf(one))
    read = words_of(chapters_of(write_epub(one))[0])
    said = (
        "First the person", "Look around", "A quiet place", "Separate them", "Promise a secret",
        "Someone else keeps the papers", "The coach", "What do you see?", "When the age is in doubt",
        "The post", "Handing over to the right service.", "What comes first?", "Yes. Safety first.",
        "Your own safety", "Duty prosecutor",
    )  # fmt: skip
    for words in said:
        assert words in printed, words
        assert words in read, words


def test_picture_has_its_description_in_both_forms(one: Booklet) -> None:
    images = [each for tree in chapters_of(write_epub(one)) for each in tree.iter(f"{XHTML}img")]
    assert [each.get("alt") for each in images] == ["A border post in the evening"]
    figures = [each for each in _structure(write_pdf(one)) if each.get("/S") == "/Figure"]
    assert [str(each["/Alt"]) for each in figures] == ["A border post in the evening"]


def _structure(content: bytes) -> list[Any]:
    """Return all elements of a PDF's structure tree, in order."""
    found: list[Any] = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict) and ("/S" in node or node.get("/Type") == "/StructTreeRoot"):
            found.append(node)
            if "/K" in node:
                walk(node["/K"])

    root: Any = PdfReader(io.BytesIO(content)).trailer["/Root"]
    walk(root["/StructTreeRoot"])
    return found


def test_pdf_is_tagged_in_its_language_with_title_and_headings_in_order(whole: Booklet) -> None:
    content = write_pdf(whole)
    read = PdfReader(io.BytesIO(content))
    root: Any = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en"
    assert read.metadata is not None
    assert read.metadata.title == "Two lessons"
    levels = [int(str(each["/S"])[2:]) for each in _structure(content) if re.fullmatch(r"/H\d", str(each.get("/S")))]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert {"/Table", "/TH", "/L", "/LI", "/Link", "/TOC"} <= {str(each.get("/S")) for each in _structure(content)}


@pytest.mark.parametrize(("size", "width_mm"), [("a4", 210), ("a5", 148)])
def test_pages_have_the_size_that_is_asked_for(one: Booklet, size: Any, width_mm: int) -> None:
    page = PdfReader(io.BytesIO(write_pdf(one, size))).pages[0]
    assert round(float(page.mediabox.width) / 72 * 25.4) == width_mm


@pytest.mark.django_db
def test_job_aid_is_one_page(course: CourseOutline) -> None:
    make_sheet(course)
    course = load_outline(course)
    document = document_of(course, course.sheets[0])
    assert document.fits_one_page
    assert len(PdfReader(io.BytesIO(write_pdf(document))).pages) == 1


def test_every_job_aid_of_the_curriculum_is_one_page_of_a4() -> None:
    """Read from the packs: the blocks of a pack have the fields that pages have, so no page is needed."""
    packs = [read_pack(path.parent) for path in sorted(CURRICULUM.glob("*/course.yaml"))]
    aids = [sheet for pack in packs for sheet in pack.course.sheets if sheet.kind == "job_aid"]
    pages = {}
    for text in (text for sheet in aids for text in sheet.texts.values()):
        with translation.override(text.language):
            nodes = [node for block in text.blocks for node in nodes_of(block.kind, block.fields, {})]
            made = sources_at_end([*paragraph(text.lede, "lede"), *nodes])
            about = {"language": text.language, "title": text.title, "summary": text.summary}
            sheet = booklet(*made, kind="sheet", fits_one_page=True, **about)
            pages[text.title] = len(PdfReader(io.BytesIO(write_pdf(sheet))).pages)
    assert len(pages) >= 40
    assert {title: count for title, count in pages.items() if count != 1} == {}


def test_full_job_aid_of_260_words_is_one_page_and_a_longer_one_runs_on() -> None:
    """Words of an ordinary length, as a list: what check_pack allows must fit."""

    def pages(words: int) -> int:
        rows = tuple((Paragraph(plain("Look at people, not at papers alone here")),) for _each in range(words // 8))
        half = len(rows) // 2
        boxes = (
            Box("check", "Before", (Items(rows[:half], "box"),)),
            Box("signs", "Then", (Items(rows[half:], "eye"),)),
        )
        sheet = booklet(*boxes, kind="sheet", fits_one_page=True)
        return len(PdfReader(io.BytesIO(write_pdf(sheet))).pages)

    assert pages(260) == 1
    assert pages(1200) > 1


def test_text_cannot_become_markup() -> None:
    wild = '#panic("no") $x$ *b* <script>alert(1)</script> & ]]> \\ @ref'
    document = booklet(Paragraph((Run(wild),)), title=wild)
    assert wild in text_of(write_pdf(document))
    tree = chapters_of(write_epub(document))[0]
    assert wild in words_of(tree)
    assert not list(tree.iter(f"{XHTML}script"))


def test_each_source_stands_once_and_at_the_end_of_a_job_aid() -> None:
    def said(node: Node) -> str:
        return "".join(run.text for run in node.runs) if isinstance(node, Paragraph) else ""

    (named,) = sources(["Guide, ch. 5; Treaty, art. 3", "Treaty, art. 3", ""])
    assert said(named) == "Sources: Guide, ch. 5; Treaty, art. 3"
    inside = Box("check", "Before", (*plain_list("Look"), *sources(["Guide, ch. 5"])))
    boxes = Pair(inside, Box("dont", "Do not", sources(["Treaty, art. 3; Guide, ch. 5"])))
    kept, last = sources_at_end([boxes])
    assert kept == Pair(Box("check", "Before", plain_list("Look")), Box("dont", "Do not", ()))
    assert said(last) == "Sources: Guide, ch. 5; Treaty, art. 3"


def plain_list(*texts: str) -> tuple[Node, ...]:
    return (Items(tuple((Paragraph(plain(text)),) for text in texts)),)


def test_questions_are_numbered_without_the_steps_of_a_path() -> None:
    steps = (Step(1, (), (Way("Go", 2, "Why"),)), Step(2, (), (), "A good ending"))
    check = Check("What now?", (Choice("This", is_right=True, feedback="Yes."),))
    printed = text_of(write_pdf(booklet(Heading("A part"), Path("p", "A way", "Path", steps), check)))
    assert "Question 1" in printed
    assert "Question 2" not in printed


def test_letters_without_a_glyph_do_not_stop_a_booklet() -> None:
    assert printable("Aï\u202es\u0007 🚓 ﷺ שלום") == "Aïs ? ﷺ ????"
    assert "call ? now" in text_of(write_pdf(booklet(Paragraph(plain("call 🚓 now")))))


def test_same_booklet_gives_the_same_bytes() -> None:
    document = booklet(Paragraph(plain("Once.")))
    assert write_pdf(document) == write_pdf(document)
    assert write_epub(document) == write_epub(document)


def test_arabic_is_right_to_left_in_both_forms() -> None:
    document = booklet(Paragraph(plain("الأمان أولاً")), language="ar", is_rtl=True, title="الساعة الأولى")
    with zipfile.ZipFile(io.BytesIO(write_epub(document))) as file:
        assert b'page-progression-direction="rtl"' in file.read("EPUB/package.opf")
        assert b'lang="ar" xml:lang="ar" dir="rtl"' in file.read("EPUB/chapter-01.xhtml")
    root: Any = PdfReader(io.BytesIO(write_pdf(document))).trailer["/Root"]
    assert root["/Lang"] == "ar"


def test_prose_keeps_structure_and_drops_what_is_not_safe() -> None:
    nodes = prose("<p>A <b>bold <i>word</i></b><script>x</script></p><ul><li>one<ol><li>deep</li></ol></li></ul>")
    paragraph, listing = nodes
    assert isinstance(paragraph, Paragraph)
    assert [(run.text, run.bold, run.italic) for run in paragraph.runs] == [
        ("A ", False, False), ("bold ", True, False), ("word", True, True),
    ]  # fmt: skip
    assert listing.items[0][1].marker == "number"  # type: ignore[union-attr]
    (link,) = prose('<p><a href="https://example.org/">out</a> <a href="/courses/">in</a></p>')
    assert [run.href for run in link.runs] == ["https://example.org/", "", ""]  # type: ignore[union-attr]


# EPUB


def test_epub_says_what_it_is_and_offers(whole: Booklet) -> None:
    with zipfile.ZipFile(io.BytesIO(write_epub(whole))) as file:
        assert (file.infolist()[0].filename, file.infolist()[0].compress_type) == ("mimetype", zipfile.ZIP_STORED)
        package = file.read("EPUB/package.opf").decode()
        for name in ("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard"):
            assert f'property="schema:{name}"' in package
        assert "<dc:language>en</dc:language>" in package
        navigation = ET.fromstring(file.read("EPUB/nav.xhtml"))  # noqa: S314  # our own file
        linked = [each.get("href") for each in navigation.iter(f"{XHTML}a")]
        assert linked == ["front.xhtml", *(f"chapter-{n:02d}.xhtml" for n in range(1, len(whole.chapters) + 1))]
        assert set(linked) < {name.removeprefix("EPUB/") for name in file.namelist()}
        everything = b"".join(file.read(name) for name in file.namelist())
    assert b"<script" not in everything


def test_choices_of_a_decision_path_lead_to_its_steps(one: Booklet) -> None:
    tree = chapters_of(write_epub(one))[0]
    places = {each.get("id") for each in tree.iter() if each.get("id")}
    ways = [each.get("href") for each in tree.iter(f"{XHTML}a") if (each.get("href") or "").startswith("#path-")]
    assert len(ways) >= 2
    assert {way.removeprefix("#") for way in ways} <= places


# Who gets what


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["pdf", "epub"])
@pytest.mark.parametrize("address", [COURSE, LESSON])
def test_who_is_enrolled_gets_course_and_lesson(enrolled: Client, address: str, form: str) -> None:
    response = enrolled.get(f"{address}booklet.{form}")
    assert response.status_code == 200
    assert response["Content-Type"] == making.CONTENT_TYPES[form]  # type: ignore[index]
    assert response["Content-Disposition"].startswith('attachment; filename="two-lessons')
    assert response["Cache-Control"] == "no-store, private"
    assert response.content.startswith(b"%PDF" if form == "pdf" else b"PK")


@pytest.mark.django_db
def test_pages_link_to_their_booklets(enrolled: Client) -> None:
    for page in (COURSE, LESSON):
        content = enrolled.get(page).content.decode()
        for link in ("booklet.pdf", "booklet.pdf?size=a5", "booklet.epub"):
            assert f'href="{link}"' in content
            assert enrolled.get(f"{page}{link}").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("address", [COURSE, LESSON])
def test_visitors_sign_in_and_others_enrol(course: CourseOutline, client: Client, login: Any, address: str) -> None:
    assert "sign-in" in client.get(f"{address}booklet.pdf")["Location"]
    sign_in(client, login)
    assert client.get(f"{address}booklet.pdf")["Location"] == COURSE


@pytest.mark.django_db
@pytest.mark.parametrize("path", [f"{COURSE}booklet.doc", f"{COURSE}none/booklet.pdf", "/en/courses/none/booklet.pdf"])
def test_what_is_not_there_is_404(enrolled: Client, path: str) -> None:
    assert enrolled.get(path).status_code == 404


@pytest.mark.django_db
def test_job_aid_is_for_learners_and_a_session_plan_for_staff(
    course: CourseOutline, enrolled: Client, client: Client
) -> None:
    make_sheet(course)
    make_sheet(course, "session_plan", "first-session")
    job_aid, plan = (f"{COURSE}sheets/{slug}/booklet.pdf" for slug in ("at-hand", "first-session"))
    assert enrolled.get(job_aid).status_code == 200
    assert 'href="booklet.pdf"' in enrolled.get(job_aid.removesuffix("booklet.pdf")).content.decode()
    assert enrolled.get(plan).status_code == 404
    staff = Client()
    sign_in(staff, make_login("editor", everywhere=True))
    assert staff.get(plan).status_code == 200


@pytest.mark.django_db
def test_reserved_course_has_no_booklet_for_who_is_not_police(course: CourseOutline, enrolled: Client) -> None:
    for page in CoursePage.objects.filter(activity_uuid=course.uuid):
        page.reserved_for = "police"
        page.save_revision().publish()
    reserved = load_outline(course)
    assert reserved.reserved_for == "police"
    for page_address in (COURSE, LESSON):
        assert enrolled.get(f"{page_address}booklet.pdf").status_code == 404
    staff = make_login("editor", everywhere=True)
    assert may_read(staff, reserved, None)


def load_outline(course: CourseOutline) -> CourseOutline:
    forget_catalogue()
    found = read_catalogue().course(course.uuid, "en")
    assert found is not None
    return found


# Kept


@pytest.mark.django_db
def test_file_is_made_once_and_anew_after_a_change(course: CourseOutline, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def write(_document: Booklet, size: str) -> bytes:
        made.append(size)
        return b"%PDF"

    monkeypatch.setattr(making, "write_pdf", write)
    making.booklet_file(course, course.lessons[0], "pdf")
    making.booklet_file(course, course.lessons[0], "pdf")
    assert made == ["a4"]
    making.booklet_file(course, course.lessons[0], "pdf", "a5")
    changed = dataclasses.replace(course.lessons[0], version="next")
    making.booklet_file(course, changed, "pdf")
    making.booklet_file(dataclasses.replace(course, title="Another"), course.lessons[0], "pdf")
    assert made == ["a4", "a5", "a4", "a4"]


@pytest.mark.django_db
def test_words_are_those_of_the_content_whatever_the_page_speaks(course: CourseOutline) -> None:
    french = read_catalogue().course(course.uuid, "fr")
    assert french is not None
    with translation.override("en"):
        assert "What you will be able to do" in text_of(making.booklet_file(course, None, "pdf"))
        printed = text_of(making.booklet_file(french, None, "pdf"))
    assert "Ce que vous saurez faire" in printed
    assert "What you will be able to do" not in printed


@pytest.mark.django_db
def test_failure_leads_back_and_says_so(enrolled: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: object) -> bytes:
        raise TypesettingError(code="typesetting.compile", message="broken")

    monkeypatch.setattr(making, "write_pdf", fail)
    response = enrolled.get(f"{LESSON}booklet.pdf", follow=True)
    assert response.redirect_chain == [(LESSON, 302)]
    assert "could not be made" in response.content.decode()


@pytest.mark.django_db
def test_all_pages_of_a_course_come_by_one_query(course: CourseOutline, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert len(document_of(course).chapters) == 2
