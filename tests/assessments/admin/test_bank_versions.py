"""Versions, where a question is used, and what a change touches before it is published."""

import json
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import (
    Attempt,
    Paper,
    PracticePaper,
    Question,
    QuestionCategory,
    QuestionTag,
    QuestionVersion,
    Quiz,
    QuizSection,
    QuizSlot,
)
from assessments.publishing import publish
from tests.assessments.admin.conftest import COURSE, LESSON, filled_form, write_question
from tests.assessments.admin.test_form import ADD, as_sent, edit_url
from tests.factories.accounts import sign_in

NOTICE = "This change is not published yet"


@pytest.fixture
def row(as_trainer, mali, course):
    as_trainer.post(ADD, filled_form(country=mali.pk, status="published"))
    return Question.objects.get()


def make_quiz(title: str, **fields) -> Quiz:
    return Quiz.objects.create(course_uuid=COURSE, title={"en": title}, **fields)


def draw(row, quiz, *, handed_in: bool | None) -> None:
    """Write a paper with the question; an attempt at it too, unless `handed_in` is None."""
    paper = Paper.objects.create(
        uuid=uuid4(),
        enrolment_uuid=uuid4(),
        quiz_uuid=quiz.uuid,
        number=1,
        node_uuid=uuid4(),
        text=json.dumps({"items": [{"question": str(row.uuid), "version": row.version_sha256}]}),
        sha256="0" * 64,
        drawn_at=timezone.now(),
    )
    if handed_in is not None:
        Attempt.objects.create(
            uuid=paper.uuid,
            enrolment_id=paper.enrolment_uuid,
            quiz_uuid=quiz.uuid,
            number=1,
            started_at=timezone.now(),
            handed_in_at=timezone.now() if handed_in else None,
        )


def inspect(row) -> str:
    return reverse("questions_single_choice:inspect", args=[row.pk])


def versions(row) -> str:
    return reverse("questions_single_choice:versions", args=[row.pk])


def uses(client, row) -> dict:
    return {
        use.title: (use.way, use.papers, use.open, use.handed_in) for use in client.get(inspect(row)).context["uses"]
    }


# What a change touches


def test_change_of_a_used_question_first_says_what_it_touches(as_trainer, row):
    quiz = make_quiz("Final test")
    for handed_in in (False, True, True, None):
        draw(row, quiz, handed_in=handed_in)
    data = as_sent(as_trainer, row) | {"stem_en": "Changed?"}
    page = as_trainer.post(edit_url(row), data)
    assert page.status_code == 200
    text = page.content.decode()
    assert NOTICE in text
    assert "1 open attempt holds it." in text
    assert "2 attempts that are handed in hold it." in text
    assert "Final test" in text
    assert page.context["form"]["stem_en"].value() == "Changed?"
    row.refresh_from_db()
    assert (row.version_number, row.texts.get(language="en").stem) == (1, "What first? en")
    assert QuestionVersion.objects.count() == 1
    assert not page.context["messages"]

    assert as_trainer.post(edit_url(row), data | {"publish-change": "1"}).status_code == 302
    row.refresh_from_db()
    assert (row.version_number, row.texts.get(language="en").stem) == (2, "Changed?")
    assert QuestionVersion.objects.count() == 2


def test_change_of_the_key_leads_to_marking_anew(as_trainer, row):
    draw(row, make_quiz("Final test"), handed_in=True)
    words = as_trainer.post(edit_url(row), as_sent(as_trainer, row) | {"stem_en": "Changed?"}).content.decode()
    key = as_trainer.post(edit_url(row), as_sent(as_trainer, row) | {"right": "2"}).content.decode()
    address = reverse("assessments:regrade-question", args=[row.uuid])
    assert address not in words
    assert address in key


@pytest.mark.parametrize(
    "changes", [{"difficulty": "3"}, {"status": "retired"}, {"status": "draft", "stem_en": "Changed?"}, {}]
)
def test_nothing_is_asked_where_learners_meet_the_same_words(as_trainer, row, changes):
    draw(row, make_quiz("Final test"), handed_in=True)
    assert as_trainer.post(edit_url(row), as_sent(as_trainer, row) | changes).status_code == 302


def test_nothing_is_asked_where_nobody_met_the_question(as_trainer, row):
    make_quiz("Final test")
    assert as_trainer.post(edit_url(row), as_sent(as_trainer, row) | {"stem_en": "Changed?"}).status_code == 302


# Where it is used


def test_page_says_which_quizzes_may_ask_a_question(as_trainer, row):
    make_quiz("Whole course")
    make_quiz("Practice", quiz_class="practice")
    fixed, tagged, other = make_quiz("Fixed"), make_quiz("By tag"), make_quiz("By another tag")
    tags = [QuestionTag.objects.create(facet="topic", slug=slug) for slug in ("buses", "trains")]
    row.tags.add(tags[0])
    slots = [
        QuizSlot.objects.create(section=QuizSection.objects.create(quiz=quiz, position=1), position=1, **fields)
        for quiz, fields in ((fixed, {"question_uuid": row.uuid}), (tagged, {"lesson_uuid": LESSON}), (other, {}))
    ]
    slots[1].tags.add(tags[0])
    slots[2].tags.add(tags[1])
    assert uses(as_trainer, row) == {
        "Whole course": ("May be drawn from the course", 0, 0, 0),
        "Fixed": ("Always asked", 0, 0, 0),
        "By tag": ("May be drawn by a filter", 0, 0, 0),
    }


def test_filter_by_a_category_takes_what_lies_in_its_drawers(as_trainer, row):
    upper = QuestionCategory.objects.create(name={"en": "Upper"})
    row.category = QuestionCategory.objects.create(name={"en": "Lower"}, parent=upper)
    row.save()
    section = QuizSection.objects.create(quiz=make_quiz("By category"), position=1)
    slot = QuizSlot.objects.create(section=section, position=1, category=upper)
    assert uses(as_trainer, row) == {"By category": ("May be drawn by a filter", 0, 0, 0)}
    slot.category = QuestionCategory.objects.create(name={"en": "Other"})
    slot.save()
    assert uses(as_trainer, row) == {}


def test_page_counts_attempts_and_papers_that_were_not_begun(as_trainer, row):
    quiz, gone = make_quiz("Final test"), make_quiz("Gone")
    for handed_in in (False, True, True, None):
        draw(row, quiz, handed_in=handed_in)
    draw(row, gone, handed_in=True)
    draw(write_question("another"), quiz, handed_in=True)
    gone.delete()
    found = uses(as_trainer, row)
    assert found["Final test"] == ("May be drawn from the course", 1, 1, 2)
    assert found["A quiz that is not here any more"] == ("Asked earlier", 0, 0, 1)


def test_practice_counts_its_attempts(as_trainer, mali, course):
    row = write_question("practised", None, is_practice=True)
    publish(row)
    quiz = make_quiz("Practice", quiz_class="practice")
    PracticePaper.objects.create(sha256="1" * 64, quiz_uuid=quiz.uuid, text=json.dumps([str(row.uuid)]))
    Attempt.objects.create(uuid=uuid4(), enrolment_id=uuid4(), quiz_uuid=quiz.uuid, number=1, started_at=timezone.now())
    assert uses(as_trainer, row) == {"Practice": ("Part of the practice", 0, 1, 0)}


def test_numbers_of_a_shared_question_are_for_who_may_change_it(as_trainer, as_editor, course):
    row = write_question("shared", languages=("en", "fr"))
    publish(row)
    draw(row, make_quiz("Final test"), handed_in=True)
    assert "Handed in" in as_editor.get(inspect(row)).content.decode()
    page = as_trainer.get(inspect(row)).content.decode()
    assert "Final test" in page
    assert "Handed in" not in page


# Versions


def test_versions_are_shown_word_by_word_with_who_and_when(as_trainer, row, trainer):
    for changes in ({"stem_en": "What last? en"}, {"right": "2"}):
        as_trainer.post(edit_url(row), as_sent(as_trainer, row) | changes)
    response = as_trainer.get(versions(row))
    shown = response.context["versions"]
    assert [(version.number, version.is_in_force) for version in shown] == [(3, True), (2, False), (1, False)]
    assert {version.by for version in shown} == {trainer.person.full_name}
    assert response.content.decode().count(trainer.person.full_name) >= 3
    stem = next(line for each in shown[1].difference.languages if each.language == "en" for line in each.lines)
    assert [(piece.change, piece.text) for piece in stem.pieces] == [
        ("same", "What "), ("gone", "first"), ("new", "last"), ("same", "? en"),
    ]  # fmt: skip
    changed = {line.label for each in shown[0].difference.languages for line in each.lines if line.is_changed}
    assert changed == {"Right"}


def test_versions_of_a_shared_question_name_nobody_to_other_countries(as_trainer, as_editor, editor, course):
    as_editor.post(ADD, filled_form(status="published"))
    row = Question.objects.get()
    assert editor.person.full_name in as_editor.get(versions(row)).content.decode()
    page = as_trainer.get(versions(row))
    assert page.status_code == 200
    assert editor.person.full_name not in page.content.decode()


def test_versions_of_another_country_are_not_there(ukrainian, row):
    assert sign_in(Client(), ukrainian).get(versions(row)).status_code == 404


def test_versions_come_ten_a_page_and_each_is_compared_with_the_one_before(as_trainer, row):
    for number in range(11):
        row.texts.filter(language="en").update(stem=f"Number {number}?")
        publish(Question.objects.get(pk=row.pk))
    first = as_trainer.get(versions(row)).context["versions"]
    assert [version.number for version in first] == list(range(12, 2, -1))
    assert not first[-1].is_first
    second = as_trainer.get(f"{versions(row)}?p=2").context["versions"]
    assert [(version.number, version.is_first) for version in second] == [(2, False), (1, True)]


def test_question_without_versions_says_so(as_trainer, mali, course):
    row = write_question("draft", mali)
    assert "it has no versions yet" in as_trainer.get(versions(row)).content.decode()
