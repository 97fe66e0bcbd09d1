"""The strict reader: what is right is read whole, what is wrong is named with file, line and reason."""

import shutil
from pathlib import Path

import pytest
from PIL import Image

from courses.blocks import LessonBlocks
from courses.packs.blocks import READERS
from courses.packs.errors import PackErrors
from courses.packs.files import LARGEST_TEXT_BYTES
from courses.packs.prose import read_prose
from courses.packs.reading import read_pack
from tests.factories.courses import TWO_LESSONS

LESSON = "lessons/01-every-block.en.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TWO_LESSONS, tmp_path / "two-lessons"))


def change(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def problems(root: Path) -> list[str]:
    with pytest.raises(PackErrors) as caught:
        read_pack(root)
    return [str(problem) for problem in caught.value.problems]


def test_good_pack_is_read_whole(root: Path) -> None:
    pack = read_pack(root)
    first, second = pack.course.lessons()
    english = first.texts["en"]
    assert (pack.course.slug, pack.course.source_version, pack.course.languages) == (
        "two-lessons",
        "2026.1",
        ("en", "fr"),
    )
    assert {block.kind for block in english.blocks} == set(LessonBlocks().child_blocks)
    assert english.lede == "One lesson that holds each kind of block once."
    assert (english.minutes, second.texts["fr"].is_sensitive) == (6, True)


def test_sources_are_readable_in_the_language_of_the_lesson(root: Path) -> None:
    french = read_pack(root).course.lessons()[0].texts["fr"]
    text = next(block for block in french.blocks if block.kind == "text")
    assert text.fields["sources"] == ["Guide de terrain, chap. 5", "Convention de 2005, art. 10(3)"]


def test_markdown_becomes_safe_html(root: Path) -> None:
    english = read_pack(root).course.lessons()[0].texts["en"]
    body = next(block for block in english.blocks if block.kind == "text").fields["body"]
    assert "<strong>Look</strong>" in body
    assert '<a href="https://example.org/guide"' in body
    assert "<li>one</li>" in body


def test_every_block_of_the_editor_has_a_reader() -> None:
    assert {"text", *READERS} == set(LessonBlocks().child_blocks)


def test_the_real_pack_is_good() -> None:
    assert len(read_pack(Path("courses/curriculum/first-aid-kit")).course.lessons()) == 7


def test_all_problems_are_told_at_once(root: Path) -> None:
    change(root, "course.yaml", "edition: international\n", "")
    change(root, LESSON, "minutes: 6", "minutes: 60")
    change(root, LESSON, "G1 ch. 11", "X9 ch. 11")
    told = problems(root)
    assert any(line.startswith("course.yaml:1: edition: it is missing") for line in told)
    assert any(line.startswith(f"{LESSON}:4: minutes: a whole number from 3 to 10") for line in told)
    assert f"{LESSON}:28: the source 'X9' is not in sources.yaml" in told


@pytest.mark.parametrize(
    ("name", "old", "new", "offset", "reason"),
    [
        ("course.yaml", "slug: two-lessons", "slug: two-lessons\nslug: twice", 1, "stands here twice"),
        ("course.yaml", "slug: two-lessons", "slug: other", 0, "name of the folder"),
        ("course.yaml", "audience:", "colour: red\naudience:", 0, "colour: this field is unknown"),
        ("course.yaml", "self_enrolment: true", "self_enrolment: yes", 0, "true or false is expected"),
        ("course.yaml", "0d6f6f0f1c02", "0d6f6f0f1c01", 0, "each needs its own"),
        ("course.yaml", "uuid: 7a0c", "uuid: 7A0C", 0, "UUID in lower case"),
        ("course.yaml", "fr: [Lire, Vérifier]", "fr: [Lire]", -2, "same number of objectives"),
        ("course.yaml", "slug: {en: every-block,", "slug: {en: enrol,", 0, "'enrol' is taken"),
        ("course.yaml", "file: 01-every-block", "file: ../../etc/passwd", 0, "small letters"),
        ("course.yaml", "title: {en: Two lessons", "title: &a {en: Two lessons", 0, "anchors and aliases"),
        (
            "course.yaml",
            "title: {en: Two lessons",
            "title: !!python/name:a {en: Two lessons",
            0,
            "tags are not",
        ),
        ("course.yaml", "languages: [en, fr]", "languages: [en, ../x]", 0, "not a language code"),
        ("course.yaml", "summary: {", "summary: [", 0, "this is not YAML"),
        (LESSON, "file: media/post.png", "file: ../../../etc/passwd", 0, "a picture is named media/name.png"),
        (LESSON, "file: media/post.png", "file: media/none.png", 0, "there is no file"),
        (LESSON, "alt: A border post in the evening\n", "", -1, "alt: it is missing"),
        (LESSON, "right: false", "right: true", -2, "exactly one choice is right"),
        (LESSON, "::: checklist", "::: cheklist", 0, "there is no block 'cheklist'"),
        (LESSON, "transcript: A bell rings.\nminutes: 1\n:::", "transcript: A bell rings.", -3, "never closed"),
        (LESSON, "Stop. **Look**", "<script>alert(1)</script>", 0, "HTML is not allowed"),
        (LESSON, "https://example.org/guide", "javascript:alert(1)", 0, "a link must begin with"),
        (LESSON, "## Look around", "### Look around", 0, "second level"),
        (LESSON, "invented: true", "invented: false", -7, "either a source or"),
        (LESSON, "title: Every block", "titel: Every block", 0, "titel: this field is unknown"),
        (LESSON, "sensitive: false", "sensitive: true", -3, "minutes or sensitive differ"),
        (LESSON, "  - Then the proof\n", "", -3, "other numbers of items"),
    ],
)
def test_a_problem_is_told_with_file_line_and_reason(
    root: Path, name: str, old: str, new: str, offset: int, reason: str
) -> None:
    line = (root / name).read_text().partition(old)[0].count("\n") + 1 + offset
    change(root, name, old, new)
    told = problems(root)
    matching = [each for each in told if reason in each]
    assert matching, told
    file = name if "differ" not in reason and "other numbers" not in reason else name.replace(".en.", ".fr.")
    assert any(each.startswith(f"{file}:{line}:") for each in matching), told


def test_alias_bomb_is_refused_before_it_grows(root: Path) -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(12)
    )
    (root / "sources.yaml").write_text(bomb)
    assert any("sources.yaml:1: anchors and aliases" in line for line in problems(root))


def test_deep_nesting_is_refused(root: Path) -> None:
    (root / "sources.yaml").write_text("a: " + "[" * 5000)
    assert any("nested deeper" in line for line in problems(root))


def test_symbolic_link_is_refused(root: Path) -> None:
    (root / "media" / "secret.png").symlink_to("/etc/passwd")
    assert problems(root) == ["media/secret.png:1: symbolic links and special files are not allowed in a pack"]


def test_linked_folder_is_refused(root: Path) -> None:
    (root / "extra").symlink_to("/etc")
    assert "extra:1: symbolic links" in problems(root)[0]


def test_file_that_is_no_picture_is_refused(root: Path) -> None:
    (root / "media" / "post.png").write_text("<svg onload=alert(1)>")
    assert any("no picture that can be read" in line for line in problems(root))


def test_picture_under_a_false_name_is_refused(root: Path) -> None:
    Image.new("RGB", (4, 4)).save(root / "media" / "post.png", format="GIF")
    assert any("is a GIF file, not the PNG" in line for line in problems(root))


def test_picture_of_too_many_pixels_is_refused(root: Path) -> None:
    Image.new("1", (6000, 6000)).save(root / "media" / "post.png")
    assert any("more than" in line and "pixels" in line for line in problems(root))


def test_huge_text_is_refused(root: Path) -> None:
    (root / LESSON).write_text("x" * (LARGEST_TEXT_BYTES + 1))
    assert any("larger than" in line for line in problems(root))


def test_text_that_is_not_utf8_is_refused(root: Path) -> None:
    (root / LESSON).write_bytes(b"---\ntitle: \xff\n---\n")
    assert any(f"{LESSON}:2: the file is not UTF-8" in line for line in problems(root))


def test_missing_language_is_refused(root: Path) -> None:
    (root / "lessons" / "01-every-block.fr.md").unlink()
    assert "lessons/01-every-block.fr.md:1: the file is missing" in problems(root)


def test_file_that_nothing_names_is_refused(root: Path) -> None:
    (root / "lessons" / "03-forgotten.en.md").write_text("")
    assert any("no part of a pack" in line for line in problems(root))


def test_missing_folder_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    assert "there is none at this path" in problems(tmp_path / "nowhere")[0]


def test_words_like_yes_stay_words() -> None:
    from courses.packs.errors import Findings
    from courses.packs.yaml_text import read_yaml

    assert dict(read_yaml("a: Yes\nb: 2026-01-01\nc: 1.5\nd: 12\ne: true", "x", Findings())) == {
        "a": "Yes",
        "b": "2026-01-01",
        "c": "1.5",
        "d": 12,
        "e": True,
    }


def test_prose_shows_a_tag_as_text_when_asked_to() -> None:
    html, reasons = read_prose("<b>x</b>")
    assert reasons
    assert "<b>" not in html
