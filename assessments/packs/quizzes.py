"""quiz.yaml: the one graded quiz of a pack."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from assessments.models import Quiz
from courses.packs.errors import Findings, PackErrors, Problem
from courses.packs.forms import Form
from courses.packs.model import Pack
from courses.packs.yaml_text import read_yaml

FILE = "quiz.yaml"
MOST_DRAWN = 100
MOST_ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class PackQuiz:
    """One quiz of a pack."""

    uuid: UUID
    title: dict[str, str]
    instructions: dict[str, str]
    draw: int
    pass_mark_percent: int
    attempt_limit: int
    opens_after: str


def read_quiz(path: Path, pack: Pack) -> PackQuiz:
    """Return the quiz of a pack; raise PackErrors with every problem."""
    findings = Findings()
    form = Form(read_yaml(path.read_text(encoding="utf-8"), FILE, findings), FILE, findings)
    languages = pack.course.languages
    quiz = PackQuiz(
        uuid=form.uuid("uuid"),
        title=form.words("title", languages, 200),
        instructions=form.words("instructions", languages, 2000),
        draw=form.number("draw", 1, MOST_DRAWN),
        pass_mark_percent=form.number("pass_mark_percent", 1, 100),
        attempt_limit=form.number("attempt_limit", 1, MOST_ATTEMPTS),
        opens_after=_opening(form),
    )
    form.close()
    findings.refuse_if_any()
    return quiz


def write_quiz(quiz: PackQuiz, pack: Pack) -> int:
    """Write the quiz where it differs; return how many rows changed. Other quizzes of the course stay."""
    row = Quiz.objects.filter(uuid=quiz.uuid).first()
    if row is None:
        Quiz.objects.create(course_uuid=pack.course.uuid, **asdict(quiz))
        return 1
    if row.course_uuid != pack.course.uuid:
        raise PackErrors([Problem(FILE, 1, f"quiz {quiz.uuid} is already here, in another course; give it a new uuid")])
    if as_pack_quiz(row) == quiz:
        return 0
    for name, value in asdict(quiz).items():
        setattr(row, name, value)
    row.save()
    return 1


def as_pack_quiz(row: Quiz) -> PackQuiz:
    """Return a row as a pack holds it."""
    return PackQuiz(
        row.uuid, row.title, row.instructions, row.draw, row.pass_mark_percent, row.attempt_limit, str(row.opens_after)
    )


def as_plain(quiz: PackQuiz) -> dict[str, Any]:
    """Return a quiz as quiz.yaml writes it."""
    return {**asdict(quiz), "uuid": str(quiz.uuid)}


def _opening(form: Form) -> str:
    opens = form.text("opens_after")
    if opens and opens not in Quiz.Opens.values:
        form.problem("opens_after", f"{opens!r} is unknown. Accepted: {', '.join(Quiz.Opens.values)}")
    return opens
