"""questions.yaml and quiz.yaml: read strictly, written once, round and round to the same."""

import dataclasses
import json
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
import yaml

from assessments.models import Question, QuestionVersion, Quiz
from assessments.offering import quizzes_of_course
from assessments.packs import quizzes
from assessments.packs.bank import read_bank, write_questions
from assessments.packs.questions import as_plain, read_questions
from assessments.publishing import publish
from courses.models import Enrolment
from courses.packs.errors import PackErrors
from tests.factories.accounts import CountryFactory
from tests.factories.assessments import make_question

COURSE, LESSON = uuid4(), uuid4()
FILES = {LESSON: "01-first"}
SINGLE, MULTIPLE, JUDGED = (str(UUID(int=number)) for number in (1, 2, 3))


def pack_of(course=COURSE):
    lesson = SimpleNamespace(uuid=LESSON, file="01-first")
    made = SimpleNamespace(uuid=course, languages=("en", "fr"), lessons=lambda: [lesson])
    return SimpleNamespace(course=made, sources={"S3": {"en": "A report", "fr": "Un rapport"}})


def words(count):
    return {
        language: {"stem": f"{language} stem", "feedback": f"{language} why"}
        | ({"choices": [f"{language} {each}" for each in range(count)]} if count else {})
        for language in ("en", "fr")
    }


def plain_questions():
    common = {"objective": "01-first", "difficulty": 2, "source": "S3 ¶22"}
    choices = [{"uuid": str(UUID(int=number)), "right": number == 10} for number in range(10, 13)]
    several = [{"uuid": str(UUID(int=number)), "right": number < 22} for number in range(20, 24)]
    return [
        {"uuid": SINGLE, "kind": "single_choice", **common, "choices": choices, "text": words(3)},
        {"uuid": MULTIPLE, "kind": "multiple_choice", **common, "choices": several, "text": words(4)},
        {"uuid": JUDGED, "kind": "true_false", **common, "answer": False, "text": words(0)},
    ]


def read(tmp_path: Path, plain, pack=None):
    path = tmp_path / "questions.yaml"
    path.write_text(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return read_questions(path, pack or pack_of())


def test_questions_go_in_and_come_out_the_same(tmp_path, db):
    questions = read(tmp_path, plain_questions())
    assert write_questions(questions, pack_of()) == 3
    assert read_bank(COURSE) == questions
    assert [as_plain(each, FILES) for each in read_bank(COURSE)] == plain_questions()


def test_writing_the_same_again_changes_nothing(tmp_path, db):
    questions = read(tmp_path, plain_questions())
    write_questions(questions, pack_of())
    before = list(Question.objects.order_by("pk").values_list("version_sha256", "updated_at"))
    assert write_questions(questions, pack_of()) == 0
    assert list(Question.objects.order_by("pk").values_list("version_sha256", "updated_at")) == before


def test_a_changed_question_gets_a_version_and_the_others_none(tmp_path, db):
    write_questions(read(tmp_path, plain_questions()), pack_of())
    plain = plain_questions()
    plain[0]["text"]["fr"]["stem"] = "Autre chose"
    assert write_questions(read(tmp_path, plain), pack_of()) == 1
    assert QuestionVersion.objects.count() == 4
    assert Question.objects.get(uuid=SINGLE).version_number == 2


def test_a_question_that_is_gone_is_retired_and_may_return(tmp_path, db):
    questions = read(tmp_path, plain_questions())
    write_questions(questions, pack_of())
    assert write_questions(questions[:2], pack_of()) == 1
    assert Question.objects.get(uuid=JUDGED).status == Question.Status.RETIRED
    assert write_questions(questions, pack_of()) == 1
    assert Question.objects.drawable(COURSE).count() == 3
    assert QuestionVersion.objects.count() == 3


def test_a_countrys_own_questions_and_drafts_stay(tmp_path, db):
    own = make_question(course_uuid=COURSE, country=CountryFactory.create())
    draft = make_question(course_uuid=COURSE, published=False)
    write_questions(read(tmp_path, plain_questions()), pack_of())
    assert Question.objects.get(pk=own.pk).status == Question.Status.PUBLISHED
    assert Question.objects.get(pk=draft.pk).status == Question.Status.DRAFT


def test_an_edit_in_the_admin_is_brought_back_to_the_pack(tmp_path, db):
    questions = read(tmp_path, plain_questions())
    write_questions(questions, pack_of())
    row = Question.objects.get(uuid=SINGLE)
    row.texts.filter(language="en").update(stem="Edited here")
    publish(row)
    assert write_questions(questions, pack_of()) == 1
    assert read_bank(COURSE) == questions


def test_an_id_of_another_course_or_kind_is_refused(tmp_path, db):
    questions = read(tmp_path, plain_questions())
    write_questions(questions, pack_of())
    with pytest.raises(PackErrors, match="another course"):
        write_questions(questions, pack_of(uuid4()))
    with pytest.raises(PackErrors, match="as single_choice"):
        write_questions([dataclasses.replace(questions[0], kind="multiple_choice")], pack_of())


@pytest.mark.parametrize(
    ("change", "line", "reason"),
    [
        (lambda q: q[0].update(kind="essay"), 2, "no kind of question"),
        (lambda q: q[0].update(objective="09-none"), 3, "no lesson file"),
        (lambda q: q[0].update(difficulty=4), 4, "whole number from 1 to 3"),
        (lambda q: q[0].update(source="X9 p. 3"), 5, "no code of sources.yaml"),
        (lambda q: q[0]["choices"][1].update(right=True), 6, "exactly one choice"),
        (lambda q: q[1]["choices"][0].update(uuid="x"), None, "a UUID in lower case"),
        (lambda q: q[1].update(uuid=SINGLE), None, "stands here twice"),
        (lambda q: q[0]["text"].pop("fr"), None, "words in 'fr' are missing"),
        (lambda q: q[0]["text"]["en"]["choices"].pop(), None, "3 to 3 entries"),
        (lambda q: q[2].pop("answer"), None, "it is missing"),
        (lambda q: q[2].update(choices=[]), None, "unknown here"),
        (lambda q: q[0].update(points=3), None, "unknown here"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path, change, line, reason):
    plain = plain_questions()
    change(plain)
    with pytest.raises(PackErrors) as refused:
        read(tmp_path, plain)
    problems = [problem for problem in refused.value.problems if reason in problem.reason]
    assert problems, refused.value.problems
    assert all(problem.file == "questions.yaml" for problem in problems)
    assert line is None or problems[0].line == line


def test_what_is_no_list_is_refused(tmp_path):
    with pytest.raises(PackErrors, match="list of questions"):
        read(tmp_path, {"uuid": "x"})


QUIZ = {
    "uuid": str(UUID(int=9)),
    "title": {"en": "Final test", "fr": "Test final"},
    "instructions": {"en": "Take your time.", "fr": "Prenez votre temps."},
    "draw": 10,
    "pass_mark_percent": 70,
    "attempt_limit": 3,
    "opens_after": "lessons",
}


def read_quizzes(tmp_path, plain):
    path = tmp_path / "quiz.yaml"
    plain = json.loads(json.dumps(plain))  # what is named twice would be written as an alias
    path.write_text(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return quizzes.read_quizzes(path, pack_of())


def test_a_quiz_goes_in_once_and_comes_out_the_same(tmp_path, db):
    quiz = read_quizzes(tmp_path, QUIZ)
    assert [quizzes.write_quizzes(quiz, pack_of()) for _ in range(2)] == [1, 0]
    assert quizzes.as_plain(quizzes.as_pack_quiz(Quiz.objects.get())) == QUIZ
    assert quizzes.write_quizzes(read_quizzes(tmp_path, QUIZ | {"draw": 5}), pack_of()) == 1
    assert Quiz.objects.get().draw == 5
    with pytest.raises(PackErrors, match="another course"):
        quizzes.write_quizzes(quiz, pack_of(uuid4()))


@pytest.mark.parametrize(
    "wrong",
    [
        {"opens_after": "never"},
        {"pass_mark_percent": 101},
        {"draw": 0},
        {"title": {"en": "x"}},
        {"class": "final"},
        {"time_limit_s": 59},
        {"class": "practice"},  # its rules would promise what nothing keeps
    ],
)
def test_a_wrong_quiz_is_refused(tmp_path, wrong):
    with pytest.raises(PackErrors):
        read_quizzes(tmp_path, QUIZ | wrong)


def test_the_course_page_gets_its_quiz_row(tmp_path, db):
    quizzes.write_quizzes(read_quizzes(tmp_path, QUIZ), pack_of())
    [entry] = quizzes_of_course(COURSE, "fr")
    assert (entry.title, entry.pass_mark_percent) == ("Test final", 70)
    assert "10 questions" in entry.description
    assert str(UUID(int=9)) in entry.start_url(Enrolment())


PRACTICE = {key: QUIZ[key] for key in ("title", "instructions")} | {
    "uuid": str(UUID(int=8)),
    "class": "practice",
    "opens_after": "enrolment",
}
EXAM = QUIZ | {"uuid": str(UUID(int=7)), "class": "exam", "time_limit_s": 2700}


def test_a_list_holds_quizzes_of_every_class_and_comes_out_the_same(tmp_path, db):
    several = read_quizzes(tmp_path, [QUIZ, PRACTICE, EXAM])
    assert [quizzes.write_quizzes(several, pack_of()) for _ in range(2)] == [3, 0]
    rows = Quiz.objects.order_by("pk")
    assert [quizzes.as_plain(quizzes.as_pack_quiz(row)) for row in rows] == [QUIZ, PRACTICE, EXAM]
    assert [row.quiz_class for row in rows] == ["graded", "practice", "exam"]
    assert rows[2].time_limit_s == 2700


def test_one_quiz_twice_or_a_test_turned_to_practice_is_refused(tmp_path, db):
    with pytest.raises(PackErrors, match="stands here twice"):
        read_quizzes(tmp_path, [QUIZ, QUIZ])
    quizzes.write_quizzes(read_quizzes(tmp_path, QUIZ), pack_of())
    with pytest.raises(PackErrors, match="give it a new uuid"):
        quizzes.write_quizzes(read_quizzes(tmp_path, PRACTICE | {"uuid": QUIZ["uuid"]}), pack_of())


def test_practice_questions_go_in_and_come_out_and_are_never_drawn(tmp_path, db):
    plain = plain_questions()
    plain[1] = {"uuid": MULTIPLE, "kind": "multiple_choice", "practice": True} | plain[1]
    questions = read(tmp_path, plain)
    write_questions(questions, pack_of())
    assert [as_plain(each, FILES) for each in read_bank(COURSE)] == plain
    assert {str(each) for each in Question.objects.drawable(COURSE).values_list("uuid", flat=True)} == {SINGLE, JUDGED}
    assert [str(each) for each in Question.objects.practised(COURSE).values_list("uuid", flat=True)] == [MULTIPLE]


@pytest.mark.parametrize("before", [True, False])
def test_a_question_does_not_change_between_practice_and_grading(tmp_path, db, before):
    questions = read(tmp_path, plain_questions())
    was = dataclasses.replace(questions[0], is_practice=before)
    write_questions([was], pack_of())
    with pytest.raises(PackErrors, match="stays so for good"):
        write_questions([dataclasses.replace(was, is_practice=not before)], pack_of())
    assert Question.objects.get().is_practice is before
