"""Practice quizzes with their keys: the only questions a pack may hold."""

from collections.abc import Iterator, Sequence

from assessments.carrying import practice_payload
from assessments.models import Quiz
from sync.packs.content import Content, json_content
from sync.packs.lessons import neutral, practice_path


def practice_files(quizzes: Sequence[Quiz]) -> Iterator[Content]:
    """Yield the practice quizzes among these, each in all its languages."""
    for quiz in quizzes:
        if quiz.quiz_class == Quiz.Class.PRACTICE:
            payload = practice_payload(quiz)
            for item in payload["items"]:
                item["html"] = {language: neutral(html) for language, html in item["html"].items()}
            yield json_content(practice_path(quiz), "", "practice", payload)
