"""Videos and recordings: a file is what it says, a page never plays by itself, devices carry what is small."""

import re
import shutil
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import Permission
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from wagtailmedia.forms import get_media_form
from wagtailmedia.models import Media

from courses import recordings
from courses.catalogue import CourseOutline
from courses.models import LessonPage
from courses.moving_media import captions_problem, moving_kind
from courses.packs.errors import PackErrors
from courses.packs.reading import read_pack
from courses.packs.writing import load_pack
from courses.rendering import render_body
from sync.packs.building import contents_of
from tests.factories.accounts import make_login, sign_in
from tests.factories.courses import TWO_LESSONS, make_enrolment

MEDIA = TWO_LESSONS / "media"
COURSE = UUID("7a0c6e1e-5b0b-4a0a-8e57-0d6f6f0f1c01")
LESSON = "lessons/01-every-block.en.md"
LAMP, BELL = (MEDIA / "lamp.mp4").read_bytes(), (MEDIA / "bell.mp3").read_bytes()
HOSTILE = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "html": b"<!doctype html><script>alert(1)</script>",
    "exe": b"MZ\x90\x00" + bytes(60),
    "late": bytes(8) + LAMP,
    "zip": b"PK\x03\x04" + bytes(60),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TWO_LESSONS, tmp_path / "two-lessons"))


def problems(root: Path) -> str:
    with pytest.raises(PackErrors) as caught:
        read_pack(root)
    return str(caught.value)


def upload(kind: str, name: str, content: bytes) -> dict[str, Any]:
    form = get_media_form(Media)(
        {"title": "A film", "collection": 1, "duration": 0},
        {"file": SimpleUploadedFile(name, content, content_type="video/mp4")},
        instance=Media(type=kind),
        user=make_login("administrator", everywhere=True),
    )
    return form.errors


@pytest.mark.parametrize(("name", "kind"), [("lamp.mp4", "mp4"), ("lamp.m4a", "m4a"), ("bell.mp3", "mp3")])
def test_a_file_is_known_by_its_first_bytes(name: str, kind: str) -> None:
    assert moving_kind((MEDIA / name).read_bytes()[:64]) == kind


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_film_is_none(name: str) -> None:
    assert moving_kind(HOSTILE[name][:64]) == ""


@pytest.mark.parametrize("name", HOSTILE)
def test_pack_with_a_false_film_is_refused(root: Path, name: str) -> None:
    (root / "media" / "lamp.mp4").write_bytes(HOSTILE[name])
    assert "media/lamp.mp4 is not the mp4 file its name says" in problems(root)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("file: media/lamp.mp4", "file: media/none.mp4", "there is no file media/none.mp4"),
        ("file: media/lamp.mp4", "file: ../lamp.mp4", "is expected, not '../lamp.mp4'"),
        ("file: media/lamp.mp4", "file: media/bell.mp3", "is expected, not 'media/bell.mp3'"),
        ("captions: media/lamp.en.vtt\n", "", "captions: it is missing"),
        ("transcript: A bell rings.\n", "", "transcript: it is missing"),
    ],
)
def test_film_needs_its_file_its_captions_and_its_words(root: Path, old: str, new: str, reason: str) -> None:
    path = root / LESSON
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    assert reason in problems(root)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1\n00:01,000 --> 00:02,000\nSubRip", "begin with the line WEBVTT"),
        ("WEBVTT\n", "no cue"),
        ("WEBVTT\n\n00:01 --> 00:02\nx", "no time of a cue"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n" + "x" * 200_001, "at most"),
    ],
)
def test_captions_that_no_browser_shows_are_refused(root: Path, text: str, reason: str) -> None:
    assert reason in captions_problem(text)
    (root / "media" / "lamp.en.vtt").write_text(text)
    assert "captions:" in problems(root)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "name", "content"),
    [
        *(("video", "film.mp4", HOSTILE[each]) for each in HOSTILE),
        ("video", "film.svg", HOSTILE["svg"]),
        ("video", "film.webm", LAMP),
        ("audio", "film.mp3", LAMP),
        ("audio", "lamp.mp4", LAMP),
        ("video", "bell.mp3", BELL),
    ],
)
def test_upload_is_what_it_says_or_is_refused(kind: str, name: str, content: bytes) -> None:
    assert "file" in upload(kind, name, content)


@pytest.mark.django_db
def test_good_uploads_pass_and_too_large_ones_do_not(settings: Any) -> None:
    assert upload("video", "lamp.mp4", LAMP) == {}
    assert upload("audio", "bell.mp3", BELL) == {}
    settings.LARGEST_RECORDING_BYTES = 1000
    assert "At most" in str(upload("video", "lamp.mp4", LAMP)["file"])


@pytest.mark.django_db
def test_pack_is_loaded_once_and_its_files_are_found_again(root: Path) -> None:
    load_pack(root)
    assert sorted(Media.objects.values_list("type", flat=True)) == ["audio", "audio", "video"]
    again = load_pack(root)
    assert (again.changed, Media.objects.count()) == ([], 3)


@pytest.mark.django_db
def test_failed_load_leaves_no_file_behind(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("courses.packs.writing._order", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        load_pack(root)
    assert default_storage.listdir("media")[1] == []


def test_page_plays_nothing_by_itself_and_has_captions_and_words(course: CourseOutline) -> None:
    html = str(render_body(LessonPage.objects.get(activity_uuid=course.lessons[0].uuid, slug="every-block"), "en").html)
    assert "autoplay" not in html
    assert html.count('preload="none"') == 3
    assert '<track kind="captions" src="/media/captions/' in html
    assert 'srclang="en"' in html
    assert html.count("Transcript") == 2
    assert "It <strong>stays</strong> lit." in html


def test_page_whose_film_is_gone_shows_its_words(course: CourseOutline) -> None:
    Media.objects.all().delete()
    html = str(render_body(LessonPage.objects.get(slug="every-block"), "en").html)
    assert "<video" not in html
    assert "This video is not here at the moment" in html
    assert "stays</strong> lit." in html


def test_device_carries_films_and_captions_of_its_language(course: CourseOutline) -> None:
    files = {content.path: content for content in contents_of(course.uuid)}
    kinds = sorted(content.media_type for content in files.values() if content.role == "media")
    assert kinds == ["audio/mp4", "audio/mpeg", "image/webp", "text/vtt", "text/vtt", "video/mp4"]
    assert {content.language for content in files.values() if content.media_type == "text/vtt"} == {"en", "fr"}
    assert not any("srcset" in content.data.decode() for content in files.values() if content.role == "lesson")


def test_large_film_stays_with_the_site_and_the_page_says_so(
    course: CourseOutline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recordings, "LARGEST_CARRIED_BYTES", 5000)
    monkeypatch.setattr("sync.packs.media.LARGEST_CARRIED_BYTES", 5000)
    html = str(render_body(LessonPage.objects.get(slug="every-block"), "en").html)
    assert "too large to be taken along" in html
    assert "video/mp4" not in {content.media_type for content in contents_of(course.uuid)}


def test_film_is_sent_in_parts_to_who_is_signed_in(course: CourseOutline) -> None:
    login = make_login()
    make_enrolment(login, course)
    address = Media.objects.get(type="video").url
    assert "/account/sign-in/" in Client().get(address)["Location"]
    answer = sign_in(Client(), login).get(address, headers={"range": "bytes=4-7"})
    assert (answer.status_code, b"".join(answer.streaming_content)) == (206, b"ftyp")  # type: ignore[attr-defined]


def test_library_is_there_for_editors_of_all_countries_only(course: CourseOutline) -> None:
    media = Media.objects.get(type="video")
    addresses = ("", f"edit/{media.pk}/", f"chooser/{media.pk}/", "chooser/", f"usage/{media.pk}/", "video/add/")
    trainer = sign_in(Client(), make_login("trainer"))
    assert {trainer.get(f"/cms/media/{each}").status_code for each in addresses} == {404}
    assert Permission.objects.filter(codename="add_media").exists()
    editor = sign_in(Client(), make_login("editor", everywhere=True))
    assert {editor.get(f"/cms/media/{each}").status_code for each in addresses} == {200}


@pytest.mark.django_db
def test_picture_has_a_small_size_for_a_narrow_screen_and_one_on_a_device(root: Path) -> None:
    Image.new("RGB", (1200, 800), "teal").save(root / "media" / "post.png")
    load_pack(root)
    page = LessonPage.objects.get(slug="every-block")
    html = str(render_body(page, "en").html)
    assert re.search(r'srcset="/media/images/\S+ 480w, /media/images/\S+ 960w"', html)
    pictures = [content for content in contents_of(COURSE) if content.media_type == "image/webp"]
    assert len(pictures) == 1
