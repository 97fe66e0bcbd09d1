"""Packs in Wagtail's admin: a course comes down as a zip, and a zip is looked at before it is loaded."""

import datetime as dt
import io
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from accounts.models import AuditEvent
from courses.models import CoursePage, LessonPage, PackUpload
from courses.packs.archive import ArchiveRefusedError, unzip_pack, zip_files
from courses.packs.errors import Findings
from courses.packs.files import list_files
from courses.packs.importing import KEPT_FOR, forget_old_uploads
from courses.packs.reading import read_pack
from courses.packs.writing import load_pack
from tests.factories.accounts import make_login, sign_in
from tests.factories.courses import TWO_LESSONS

pytestmark = pytest.mark.django_db


def files_of(root: Path) -> dict[str, bytes]:
    return {name: (root / name).read_bytes() for name in list_files(root, Findings()).names}


def zipped(**changed: str) -> bytes:
    files = files_of(TWO_LESSONS)
    for name, new in changed.items():
        key = next(each for each in files if name in each.replace("-", "_").replace("/", "_").replace(".", "_"))
        old, _arrow, put = new.partition(" -> ")
        assert old in files[key].decode()
        files[key] = files[key].decode().replace(old, put).encode()
    return zip_files(files, "two-lessons")


def archive(**entries: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return made.getvalue()


def send(client: Client, content: bytes) -> Any:
    return client.post(reverse("course_packs:import"), {"file": SimpleUploadedFile("pack.zip", content)})


def signed_in(role: str) -> Client:
    """Return somebody with a role everywhere, or in Mali where it is a country's."""
    everywhere = role in {"editor", "administrator"}
    return sign_in(Client(), make_login(None if role == "learner" else role, everywhere=everywhere))


@pytest.fixture
def editor() -> Client:
    return signed_in("editor")


def test_download_is_the_pack_that_was_loaded(editor: Client, tmp_path: Path) -> None:
    load_pack(TWO_LESSONS)
    page = CoursePage.objects.get(locale__language_code="fr")
    response = editor.get(reverse("course_packs:download", args=[page.pk]))
    assert response["Content-Disposition"] == 'attachment; filename="two-lessons.zip"'
    pack, loaded = read_pack(unzip_pack(response.content, tmp_path)), read_pack(TWO_LESSONS)
    assert (pack.course, pack.sources, pack.parts) == (loaded.course, loaded.sources, loaded.parts)
    assert editor.get(reverse("course_packs:download", args=[page.pk])).content == response.content


def test_upload_shows_what_it_would_change_and_changes_nothing(editor: Client) -> None:
    load_pack(TWO_LESSONS)
    before = list(Page.objects.order_by("pk").values_list("pk", "latest_revision", "title"))
    response = send(editor, zipped(hard_to_read_fr="Un texte. -> Un autre texte."))
    assert response.context["look"].report.changed == ["fr lessonpage difficile-a-lire"]
    assert list(Page.objects.order_by("pk").values_list("pk", "latest_revision", "title")) == before
    assert PackUpload.objects.count() == 1


def test_confirmed_upload_is_loaded_once_and_written_down(editor: Client) -> None:
    load_pack(TWO_LESSONS)
    look = send(editor, zipped(hard_to_read_fr="Un texte. -> Un autre texte.")).context["look"]
    for _again in range(2):
        editor.post(reverse("course_packs:import"), {"upload": look.upload})
    assert "autre" in str(LessonPage.objects.get(slug="difficile-a-lire").body)
    assert AuditEvent.objects.filter(act="pack.imported").count() == 1
    assert not PackUpload.objects.exists()


def test_upload_of_somebody_else_cannot_be_confirmed() -> None:
    load_pack(TWO_LESSONS)
    look = send(signed_in("editor"), zipped(hard_to_read_fr="Un texte. -> Un autre texte.")).context["look"]
    signed_in("administrator").post(reverse("course_packs:import"), {"upload": look.upload})
    assert "autre" not in str(LessonPage.objects.get(slug="difficile-a-lire").body)
    assert PackUpload.objects.count() == 1


def test_pack_with_a_problem_is_refused_with_its_place(editor: Client) -> None:
    response = send(editor, zipped(course_yaml="format: 1 -> format: 7"))
    assert response.status_code == 400
    assert "course.yaml" in response.content.decode()
    assert not PackUpload.objects.exists()
    assert not CoursePage.objects.exists()


@pytest.mark.parametrize("role", ["trainer", "coordinator", "learner"])
def test_who_does_not_publish_everywhere_finds_no_door(role: str) -> None:
    load_pack(TWO_LESSONS)
    page = CoursePage.objects.first()
    client = signed_in(role)
    assert client.get(reverse("course_packs:import")).status_code in {302, 404}
    assert send(client, zipped()).status_code in {302, 404}
    assert client.get(reverse("course_packs:download", args=[page.pk])).status_code in {302, 404}
    assert not PackUpload.objects.exists()


ENEMIES = {
    "no zip": b"PK\x03\x04 or not",
    "nothing in it": archive(),
    "out of the folder": archive(**{"a/course.yaml": b"", "a/../../b": b""}),
    "absolute": archive(**{"/a/course.yaml": b""}),
    "another drive": archive(**{"a/course.yaml": b"", "a/C:evil": b""}),
    "backslashes": archive(**{"a/course.yaml": b"", "a/..\\evil": b""}),
    "hidden file": archive(**{"a/course.yaml": b"", "a/.git": b""}),
    "two folders": archive(**{"a/course.yaml": b"", "b/course.yaml": b""}),
    "no folder": archive(**{"course.yaml": b""}),
    "one name in two ways": archive(**{"a/course.yaml": b"", "a/Course.yaml": b""}),
    "many files": archive(**{"a/course.yaml": b"", **{f"a/{number}": b"" for number in range(600)}}),
    "deep": archive(**{"a/course.yaml": b"", "a/b/c/d": b""}),
    "a bomb": archive(**{"a/course.yaml": b"0" * 30_000_000}),
}


@pytest.mark.parametrize("enemy", ENEMIES)
def test_hostile_zip_is_refused_and_leaves_nothing_outside(enemy: str, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    with pytest.raises(ArchiveRefusedError):
        unzip_pack(ENEMIES[enemy], inner)
    assert list(tmp_path.iterdir()) == [inner]


def test_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("a/course.yaml", b"")
        link = zipfile.ZipInfo("a/link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(link, "/etc/passwd")
    with pytest.raises(ArchiveRefusedError):
        unzip_pack(made.getvalue(), tmp_path)


def test_zip_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    content = bytearray(archive(**{"a/course.yaml": b"0" * 30_000_000}))
    size = (30_000_000).to_bytes(4, "little")
    assert bytes(content).count(size) == 2
    with pytest.raises(ArchiveRefusedError):
        unzip_pack(bytes(content).replace(size, (10).to_bytes(4, "little")), tmp_path)


def test_same_files_give_the_same_zip() -> None:
    files = files_of(TWO_LESSONS)
    assert zip_files(files, "a") == zip_files(dict(reversed(files.items())), "a")


def test_course_offers_its_pack_and_the_menu_offers_loading_one(editor: Client) -> None:
    load_pack(TWO_LESSONS)
    page = CoursePage.objects.get(locale__language_code="en")
    shown = editor.get(reverse("wagtailadmin_explore", args=[page.pk])).content.decode()
    assert reverse("course_packs:download", args=[page.pk]) in shown
    assert reverse("course_packs:import") in shown
    below = editor.get(reverse("wagtailadmin_explore", args=[page.get_first_child().pk])).content.decode()
    assert "/download/" not in below


def test_upload_that_nobody_confirms_goes_after_a_day(editor: Client) -> None:
    send(editor, zipped())
    now = timezone.now()
    assert forget_old_uploads(now) == 0
    assert forget_old_uploads(now + KEPT_FOR + dt.timedelta(minutes=1)) == 1
    assert not PackUpload.objects.exists()
