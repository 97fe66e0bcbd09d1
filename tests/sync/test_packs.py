"""Course packs: one signed manifest, files by their hash, for those whom the lessons are open to."""

import hashlib
import json
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from assessments.models import Quiz
from courses.catalogue import forget_catalogue
from courses.models import LessonPage
from courses.packs.tree import publish
from elearning.lib import signing
from elearning.lib.canonical import canonical_json
from sync.models import PackFile, PackVersion
from sync.packs import content
from sync.packs.building import contents_of, current_pack
from sync.packs.content import Content
from sync.packs.storing import stored
from tests.factories.accounts import make_login, sign_in
from tests.factories.assessments import CANARY, QuizFactory, make_question
from tests.factories.courses import load_two_lessons, make_course, make_enrolment


@pytest.fixture(autouse=True)
def folders(tmp_path, settings):
    """Files of one test, and a catalogue read anew."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.RELAIS_PACKS_DIR = tmp_path / "packs"
    forget_catalogue()
    yield
    forget_catalogue()


@pytest.fixture
def course(db):
    return load_two_lessons()


@pytest.fixture
def learner(course):
    login = make_login()
    make_enrolment(login, course)
    return sign_in(Client(), login)


def manifest_of(client, course):
    response = client.get(reverse("packs:manifest", args=[course.uuid]))
    assert response.status_code == 200, response.content
    return response.json()


def pack_of(course):
    pack = current_pack(course.uuid)
    assert pack is not None
    return pack


def entries_of(course):
    return {each["path"]: each for each in json.loads(pack_of(course).text)["files"]}


def fetch(client, course, sha256):
    return client.get(reverse("packs:file", args=[course.uuid, sha256]))


def is_signed_by(spki, text, signature):
    return signing.is_signed(signing.read_public_key(spki), signing.from_base64(signature), text)


def test_the_manifest_is_canonical_and_signed_by_a_key_that_the_root_certifies(learner, course):
    told = manifest_of(learner, course)
    pack = json.loads(told["text"])
    assert canonical_json(pack) == told["text"]
    assert hashlib.sha256(told["text"].encode()).hexdigest() == told["sha256"]
    keys = told["keys"]
    assert is_signed_by(keys["root"], keys["text"], keys["signature"])
    [packs_key] = [each for each in json.loads(keys["text"])["keys"] if each["purpose"] == "packs"]
    assert is_signed_by(packs_key["spki"], told["text"], told["signature"])
    assert (pack["format"], pack["course"], pack["languages"]) == ("relais-pack/1", str(course.uuid), ["en", "fr"])
    paths = [each["path"] for each in pack["files"]]
    assert paths == sorted(paths)


def test_every_file_has_the_bytes_that_the_manifest_names(learner, course):
    for entry in json.loads(manifest_of(learner, course)["text"])["files"]:
        body = b"".join(fetch(learner, course, sha).content for sha in entry.get("chunks", [entry["sha256"]]))
        assert len(body) == entry["size"]
        assert hashlib.sha256(body).hexdigest() == entry["sha256"]


def test_a_file_never_changes_and_is_for_one_person(learner, course):
    [entry] = [each for each in entries_of(course).values() if each["path"] == "course.en.json"]
    response = fetch(learner, course, entry["sha256"])
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"
    assert response["Content-Type"] == "application/json"


def test_the_same_content_gives_the_same_bytes_and_no_new_row(course):
    first, again = pack_of(course), pack_of(course)
    assert first.text == again.text
    assert [each.data for each in contents_of(course.uuid)] == [each.data for each in contents_of(course.uuid)]
    assert PackVersion.objects.count() == 1


def test_a_pack_in_force_costs_few_queries(course, django_assert_max_num_queries):
    pack_of(course)
    with django_assert_max_num_queries(6):
        pack_of(course)


def test_the_course_and_its_lessons_stand_in_their_files(course):
    files = {each.path: json.loads(each.data) for each in contents_of(course.uuid) if each.path.endswith(".json")}
    told = files["course.fr.json"]
    assert told["slugs"] == {"en": "two-lessons", "fr": told["slug"]}
    entry = told["modules"][0]["lessons"][0]
    lesson = files[entry["file"]]
    assert (lesson["uuid"], lesson["lang"], lesson["slug"]) == (entry["uuid"], "fr", entry["slug"])
    assert all(f'id="{part["id"]}"' in lesson["body"] for part in lesson["parts"])
    assert lesson["parts"]


def test_a_file_holds_nothing_that_a_release_of_the_site_changes(course):
    everything = b"".join(each.data for each in contents_of(course.uuid) if each.role != "media").decode()
    assert "relais:icons#" in everything
    assert "/static/" not in everything
    assert "csrf" not in everything


def test_what_lessons_show_comes_along_under_its_address(course):
    files = {each.path: each for each in contents_of(course.uuid)}
    pictures = [each for each in files.values() if each.media_type.startswith("image/")]
    assert pictures
    assert all(each.media_type == "image/webp" and each.path.startswith("media/images/") for each in pictures)
    bodies = "".join(json.loads(each.data)["body"] for each in files.values() if each.role == "lesson")
    assert all(f"/{each.path}" in bodies for each in pictures)


def test_a_long_file_travels_in_pieces(course, learner, monkeypatch):
    monkeypatch.setattr(content, "CHUNK_BYTES", 500)
    entry = next(each for each in entries_of(course).values() if each["role"] == "lesson")
    assert len(entry["chunks"]) == -(-entry["size"] // 500)
    body = b"".join(fetch(learner, course, sha).content for sha in entry["chunks"])
    assert hashlib.sha256(body).hexdigest() == entry["sha256"]
    assert fetch(learner, course, entry["sha256"]).status_code == 404, "the whole is nowhere, only its pieces"


def test_content_at_the_limit_is_one_piece():
    limit = content.CHUNK_BYTES
    sizes = {size: len(Content("x", "", "media", "video/mp4", bytes(size)).pieces) for size in (0, limit, limit + 1)}
    assert sizes == {0: 1, limit: 1, limit + 1: 2}


def test_who_may_not_read_the_lessons_gets_no_pack(course):
    [*_rest, entry] = entries_of(course).values()
    stranger = sign_in(Client(), make_login())
    elsewhere = make_course("another")
    assert stranger.get(reverse("packs:manifest", args=[course.uuid])).status_code == 404
    assert fetch(stranger, course, entry["sha256"]).status_code == 404
    make_enrolment(other := make_login(), elsewhere)
    enrolled_elsewhere = sign_in(Client(), other)
    # The file is another course's: its hash opens nothing under the address of one's own.
    assert fetch(enrolled_elsewhere, elsewhere, entry["sha256"]).status_code == 404
    assert (
        sign_in(Client(), make_login("trainer")).get(reverse("packs:manifest", args=[course.uuid])).status_code == 200
    )


def test_who_is_signed_out_is_told_so_in_json(course):
    response = Client().get(reverse("packs:manifest", args=[course.uuid]))
    assert (response.status_code, response.json()["error"]) == (401, "signed-out")
    assert fetch(Client(), course, "0" * 64).status_code == 401


@pytest.mark.parametrize("sha256", ["0" * 64, "no-hash"])
def test_a_file_that_no_manifest_named_is_not_there(learner, course, sha256):
    assert fetch(learner, course, sha256).status_code == 404


def test_a_course_that_is_not_published_has_no_pack(db):
    trainer = sign_in(Client(), make_login("trainer"))
    assert trainer.get(reverse("packs:manifest", args=[uuid4()])).status_code == 404


def test_an_edit_changes_its_own_lesson_only_and_what_was_begun_can_be_finished(course, learner):
    before = entries_of(course)
    page = LessonPage.objects.get(activity_uuid=course.lessons[0].uuid, locale__language_code="en")
    page.lede = "Something else."
    publish(page)
    forget_catalogue()
    after = entries_of(course)
    changed = {path for path in after if after[path] != before.get(path)}
    assert changed == {f"lessons/{course.lessons[0].uuid}.en.json"}
    assert PackVersion.objects.count() == 2
    [path] = changed
    assert fetch(learner, course, before[path]["sha256"]).status_code == 200


def test_bytes_that_the_disk_lost_or_damaged_are_written_again(course, learner, settings):
    entry = entries_of(course)["course.en.json"]
    path = settings.RELAIS_PACKS_DIR / entry["sha256"][:2] / entry["sha256"]
    good = path.read_bytes()
    path.unlink()
    assert fetch(learner, course, entry["sha256"]).content == good
    path.write_bytes(b"x" + good[1:])
    assert stored(entry["sha256"]) is None
    assert fetch(learner, course, entry["sha256"]).content == good


def test_a_failed_write_leaves_no_half_file(course, settings, monkeypatch):
    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sync.packs.storing.os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        pack_of(course)
    assert not [path for path in settings.RELAIS_PACKS_DIR.rglob("*") if path.is_file()]
    assert not PackVersion.objects.exists()
    assert not PackFile.objects.exists()


def test_only_practice_brings_keys_and_a_changed_question_a_new_pack(course):
    make_question(course_uuid=course.uuid, number=1)
    QuizFactory.create(course_uuid=course.uuid)
    practice = QuizFactory.create(course_uuid=course.uuid, quiz_class=Quiz.Class.PRACTICE)
    assert CANARY not in "".join(each.data.decode(errors="replace") for each in contents_of(course.uuid))
    first = pack_of(course)
    make_question(course_uuid=course.uuid, number=2, is_practice=True)
    files = {each.path: each for each in contents_of(course.uuid)}
    payload = json.loads(files[f"practice/{practice.uuid}.json"].data)
    assert f"{CANARY} en 2" in payload["items"][0]["feedback"]["en"]
    assert f"{CANARY} en 1" not in "".join(each.data.decode(errors="replace") for each in files.values())
    assert pack_of(course).sha256 != first.sha256
    told = json.loads(files["course.en.json"].data)["quizzes"]
    assert {each["class"]: each["file"] for each in told} == {
        "graded": "",
        "practice": f"practice/{practice.uuid}.json",
    }


def test_a_picture_that_is_gone_is_left_out(course):
    [picture, *_rest] = [each for each in contents_of(course.uuid) if each.role == "media"]
    default_storage.delete(picture.path.removeprefix("media/"))
    assert picture.path not in {each.path for each in contents_of(course.uuid)}
    default_storage.save(picture.path.removeprefix("media/"), ContentFile(b"again"))
    assert picture.path in {each.path for each in contents_of(course.uuid)}


def test_where_devices_are_switched_off_no_course_is_given_to_them(course, learner, settings):
    settings.RELAIS_SERVICE_WORKER = "off"
    assert learner.get(reverse("packs:manifest", args=[course.uuid])).status_code == 404
