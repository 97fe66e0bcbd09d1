"""A question becomes a version: checked, addressed by its content, never changed."""

import json

import pytest

from accounts.models import AuditEvent
from assessments.actions import publish_question, retire_question
from assessments.errors import QuestionIncompleteError, QuestionNotYoursError
from assessments.models import Question, QuestionVersion
from elearning.lib.canonical import sha256_hex
from elearning.lib.growing import RowIsFinalError
from tests.factories.accounts import CountryFactory, make_login
from tests.factories.assessments import make_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_login("editor", everywhere=True)


def test_a_version_is_stored_under_the_hash_of_its_text(editor):
    version = publish_question(by=editor, question=make_question(published=False))
    body = json.loads(version.text)
    assert version.sha256 == sha256_hex(version.text)
    assert set(body) == {"question", "number", "kind", "structure", "texts", "lesson", "source"}
    assert (body["number"], set(body["texts"])) == (1, {"en", "fr"})


def test_publishing_unchanged_makes_no_version_and_no_audit_entry(editor):
    question = make_question(published=False)
    first = publish_question(by=editor, question=question)
    assert publish_question(by=editor, question=question).pk == first.pk
    assert QuestionVersion.objects.count() == 1
    assert AuditEvent.objects.filter(act="question.published").count() == 1


def test_a_change_makes_the_next_version_and_keeps_the_first(editor):
    question = make_question()
    question.texts.filter(language="fr").update(stem="Autre")
    version = publish_question(by=editor, question=question)
    assert (version.number, QuestionVersion.objects.count()) == (2, 2)
    question.refresh_from_db()
    assert (question.version_number, question.version_sha256) == (2, version.sha256)


def test_a_version_cannot_be_changed():
    make_question()
    with pytest.raises(RowIsFinalError):
        QuestionVersion.objects.update(number=7)


@pytest.mark.parametrize("right", [0, 2])
def test_a_single_choice_needs_exactly_one_right_choice(editor, right):
    question = make_question(published=False)
    question.body["right"] = sorted(question.body["choices"][:right])
    question.save()
    with pytest.raises(QuestionIncompleteError, match="Exactly one"):
        publish_question(by=editor, question=question)
    question.refresh_from_db()
    assert (question.status, QuestionVersion.objects.count()) == (Question.Status.DRAFT, 0)


def test_a_multiple_choice_needs_a_right_choice_and_two_choices(editor):
    question = make_question("multiple_choice", published=False)
    question.body |= {"choices": question.body["choices"][1:2], "right": []}
    question.save()
    with pytest.raises(QuestionIncompleteError) as refused:
        publish_question(by=editor, question=question)
    assert len(refused.value.problems) == 2


def test_a_half_translated_language_stays_out(editor):
    question = make_question(published=False)
    text = question.texts.get(language="fr")
    text.choices.popitem()
    text.save()
    assert set(json.loads(publish_question(by=editor, question=question).text)["texts"]) == {"en"}


def test_a_question_without_a_complete_language_is_refused(editor):
    question = make_question(published=False, languages=())
    with pytest.raises(QuestionIncompleteError, match="No language"):
        publish_question(by=editor, question=question)


def test_only_those_who_write_questions_there_publish():
    mali, niger = CountryFactory.create(code="ML"), CountryFactory.create(code="NE")
    question = make_question(published=False, country=mali)
    for login in (make_login(), make_login("coordinator", mali), make_login("trainer", niger)):
        with pytest.raises(QuestionNotYoursError):
            publish_question(by=login, question=question)
        with pytest.raises(QuestionNotYoursError):
            retire_question(by=login, question=question)
    assert publish_question(by=make_login("trainer", mali), question=question).number == 1


def test_a_retired_question_is_drawn_no_more_and_may_come_back(editor):
    question = make_question()
    retire_question(by=editor, question=question)
    assert not Question.objects.drawable(question.course_uuid).exists()
    publish_question(by=editor, question=question)
    assert Question.objects.drawable(question.course_uuid).exists()
    assert QuestionVersion.objects.count() == 1


def test_a_practice_question_is_never_drawn():
    question = make_question(is_practice=True)
    assert not Question.objects.drawable(question.course_uuid).exists()


def test_a_question_of_a_country_is_drawn_only_there():
    mali = CountryFactory.create(code="ML")
    question = make_question(country=mali)
    shared = make_question(course_uuid=question.course_uuid)
    drawable = Question.objects.drawable
    assert set(drawable(question.course_uuid, "ML").values_list("pk", flat=True)) == {question.pk, shared.pk}
    assert list(drawable(question.course_uuid, "UA").values_list("pk", flat=True)) == [shared.pk]
