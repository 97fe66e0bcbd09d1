"""What a device takes along of the demo's course: no key of the final test or of an exam, wherever one looks."""

import json
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Question, QuestionVersion
from courses.catalogue import forget_catalogue, read_catalogue
from courses.packs.writing import load_pack
from sync.packs.building import contents_of
from tests.assessments.canaries import KEY_NAMES, find_words, names_in
from tests.factories.accounts import make_login, sign_in
from tests.factories.assessments import QuizFactory
from tests.factories.courses import make_enrolment
from tests.sync.doings import make_device

PACK = Path(__file__).parents[2] / "courses" / "curriculum" / "first-aid-kit"
pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary file of an uploaded picture to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture
def course(db, tmp_path, settings):
    """The course of the demo as its pack says it, and an exam beside its two quizzes."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.RELAIS_PACKS_DIR = tmp_path / "packs"
    forget_catalogue()
    load_pack(PACK)
    found = next(read_catalogue().in_language("en"))
    QuizFactory.create(course_uuid=found.uuid, quiz_class="exam")
    yield found
    forget_catalogue()


def words_of(*, is_practice: bool) -> set[str]:
    """Return the questions and the feedback of one class, in all languages, as JSON writes them."""
    hashes = Question.objects.filter(is_practice=is_practice).values("version_sha256")
    texts = [
        json.loads(text)["texts"]
        for text in QuestionVersion.objects.filter(pk__in=hashes).values_list("text", flat=True)
    ]
    return {
        json.dumps(words[part], ensure_ascii=False).strip('"')
        for each in texts
        for words in each.values()
        for part in ("stem", "feedback")
    }


def plain(data: bytes) -> bytes:
    """Return JSON with its letters as they are; anything else as it stands."""
    try:
        return json.dumps(json.loads(data), ensure_ascii=False).encode()
    except ValueError:
        return data


def test_the_pack_holds_the_keys_of_practice_and_nothing_of_the_tests(course):
    graded, practised = words_of(is_practice=False), words_of(is_practice=True)
    assert (len(graded), len(practised)) == (120, 40)
    contents = contents_of(course.uuid)
    assert len(contents) > 10
    for content in contents:
        found = find_words(plain(content.data), graded | practised)
        assert not found & graded, content.path
        if content.role == "practice":
            # The case and the question of a stem stand apart in HTML; the feedback stands whole.
            assert found == practised, content.path
            continue
        assert not found, content.path
        if content.media_type == "application/json":
            assert not names_in(json.loads(content.data)) & KEY_NAMES, content.path


def test_what_the_site_answers_a_device_holds_no_key(course):
    login = make_login()
    make_enrolment(login, course)
    device = make_device(login.person)
    client = sign_in(Client(), login)
    asked = {"device": str(device.uuid), "courses": [str(course.uuid)]}
    papers = client.post(reverse("sync_api:papers"), json.dumps(asked), content_type="application/json")
    state = client.get(reverse("sync_api:state"))
    assert [paper["class"] for paper in papers.json()["papers"]] == ["graded"]
    feedback = {
        json.loads(text)["texts"]["en"]["feedback"] for text in QuestionVersion.objects.values_list("text", flat=True)
    }
    assert len(feedback) == 40
    for response in (papers, state):
        assert response.status_code == 200
        assert not find_words(plain(response.content), feedback)
        assert not names_in(response.json()) & KEY_NAMES
