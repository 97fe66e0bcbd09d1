"""The questions and quizzes of a course as the files of its pack."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from assessments.models import Quiz
from assessments.packs import questions as question_file
from assessments.packs import quizzes as quiz_file
from assessments.packs.bank import picture_files, read_bank
from assessments.packs.quizzes import PackQuiz
from courses.packs.filing.yaml_writing import write_yaml
from courses.packs.model import Pack


def export_questions(pack: Pack) -> Mapping[str, bytes]:
    """Return questions.yaml with the pictures it names; nothing where the course has no published question.

    What a question's lesson is no longer in the pack for, and what lacks a language of the pack, is left out:
    the reader would refuse it.
    """
    files = _lesson_files(pack)
    languages = set(pack.course.languages)
    questions = [each for each in read_bank(pack.course.uuid) if each.lesson in files and languages <= set(each.texts)]
    if not questions:
        return {}
    rows = "\n".join(write_yaml([question_file.as_plain(each, files)]) for each in questions)
    return {question_file.FILE: rows.encode(), **picture_files(questions)}


def export_quizzes(pack: Pack) -> Mapping[str, bytes]:
    """Return quiz.yaml; nothing where the course has no quiz."""
    files = _lesson_files(pack)
    rows = Quiz.objects.filter(course_uuid=pack.course.uuid).order_by("pk")
    quizzes = [quiz_file.as_plain(_spoken(quiz_file.as_pack_quiz(row), pack), files) for row in rows]
    return {quiz_file.FILE: write_yaml(quizzes).encode()} if quizzes else {}


def _spoken(quiz: PackQuiz, pack: Pack) -> PackQuiz:
    """Return a quiz with words in the languages of the pack, no more and no fewer."""
    languages = pack.course.languages
    return replace(
        quiz,
        title=_in(quiz.title, languages),
        instructions=_in(quiz.instructions, languages),
        sections=tuple(replace(each, title=_in(each.title, languages)) for each in quiz.sections),
    )


def _in(words: Mapping[str, str], languages: Sequence[str]) -> dict[str, str]:
    return {code: words.get(code) or next(iter(words.values())) for code in languages} if words else {}


def _lesson_files(pack: Pack) -> dict[UUID, str]:
    return {lesson.uuid: lesson.file for lesson in pack.course.lessons()}
