"""Uploaded files over HTTP: the part that is asked for, byte for byte, whatever the browser accepts."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import make_login, sign_in

FILM = bytes(range(256)) * 1000


@pytest.fixture
def learner(db, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    default_storage.save("films/film.mp4", ContentFile(FILM))
    return sign_in(Client(), make_login())


def ask(client, **headers):
    return client.get(reverse("media", args=["films/film.mp4"]), headers={"accept-encoding": "gzip"} | headers)


def body_of(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_whole_file_says_that_parts_can_be_had(learner):
    response = ask(learner)
    assert (response.status_code, response["Accept-Ranges"]) == (200, "bytes")
    assert response["Content-Length"] == str(len(FILM))
    assert response["Content-Type"] == "video/mp4"
    assert body_of(response) == FILM


@pytest.mark.parametrize(
    ("header", "start", "stop"),
    [("bytes=0-99", 0, 100), ("bytes=255000-", 255000, 256000), ("bytes=-7", 255993, 256000), ("bytes=5-5", 5, 6)],
)
def test_a_part_is_that_part_and_is_not_compressed(learner, header, start, stop):
    response = ask(learner, range=header)
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {start}-{stop - 1}/256000"
    assert response["Content-Length"] == str(stop - start)
    assert "Content-Encoding" not in response
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert body_of(response) == FILM[start:stop]


def test_a_part_behind_the_end_is_refused_with_the_size(learner):
    response = ask(learner, range="bytes=256000-")
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */256000")


def test_a_file_that_changed_since_is_sent_whole(learner):
    modified = (whole := ask(learner))["Last-Modified"]
    assert body_of(whole) == FILM
    part = ask(learner, range="bytes=0-1", if_range=modified)
    assert (part.status_code, body_of(part)) == (206, FILM[:2])
    changed = ask(learner, range="bytes=0-1", if_range="Mon, 01 Jan 2024 00:00:00 GMT")
    assert changed.status_code == 200
    assert body_of(changed) == FILM


def test_head_has_no_parts(learner):
    response = learner.head(reverse("media", args=["films/film.mp4"]), headers={"range": "bytes=0-1"})
    assert response.status_code == 200
    response.close()


def test_a_part_is_for_those_who_are_signed_in(learner):
    assert ask(Client(), range="bytes=0-1").status_code == 302
