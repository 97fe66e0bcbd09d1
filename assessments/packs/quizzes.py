"""quiz.yaml: the quizzes of a pack. One mapping is one graded quiz; a list holds several, of any class."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from assessments.models import Quiz
from courses.packs.errors import Findings, PackErrors, Problem
from courses.packs.forms import Form
from courses.packs.model import Pack
from courses.packs.yaml_text import Rows, read_yaml

FILE = "quiz.yaml"
MOST_QUIZZES = 20
MOST_DRAWN = 100
MOST_ATTEMPTS = 20
SHORTEST_LIMIT_S = 60
LONGEST_LIMIT_S = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class PackQuiz:
    """One quiz of a pack. A practice quiz asks all practice questions, always: it has no rules of its own."""

    uuid: UUID
    title: dict[str, str]
    instructions: dict[str, str]
    draw: int
    pass_mark_percent: int
    attempt_limit: int
    opens_after: str
    quiz_class: str = Quiz.Class.GRADED.value
    time_limit_s: int | None = None


def read_quizzes(path: Path, pack: Pack) -> list[PackQuiz]:
    """Return the quizzes of a pack; raise PackErrors with every problem."""
    findings = Findings()
    value = read_yaml(path.read_text(encoding="utf-8"), FILE, findings)
    if isinstance(value, Rows):
        forms = [Form(row, FILE, findings, line) for row, line in zip(value, value.lines, strict=True)]
    else:
        forms = [Form(value, FILE, findings)]
    if len(forms) > MOST_QUIZZES:
        findings.add(FILE, 1, f"a pack has at most {MOST_QUIZZES} quizzes")
    quizzes = [_read(form, pack.course.languages) for form in forms]
    _refuse_twice(quizzes, forms)
    findings.refuse_if_any()
    return quizzes


def write_quizzes(quizzes: Sequence[PackQuiz], pack: Pack) -> int:
    """Write the quizzes where they differ; return how many rows changed. Other quizzes of the course stay."""
    return sum(_write(quiz, pack.course.uuid) for quiz in quizzes)


def as_pack_quiz(row: Quiz) -> PackQuiz:
    """Return a row as a pack holds it."""
    quiz = PackQuiz(
        row.uuid,
        row.title,
        row.instructions,
        row.draw,
        row.pass_mark_percent,
        row.attempt_limit,
        str(row.opens_after),
        str(row.quiz_class),
        row.time_limit_s,
    )
    return replace(quiz, **_UNRULED) if quiz.quiz_class == Quiz.Class.PRACTICE else quiz


def as_plain(quiz: PackQuiz) -> dict[str, Any]:
    """Return a quiz as quiz.yaml writes it."""
    plain = {**asdict(quiz), "uuid": str(quiz.uuid)}
    quiz_class, limit = plain.pop("quiz_class"), plain.pop("time_limit_s")
    if quiz_class == Quiz.Class.PRACTICE:
        return {key: value for key, value in plain.items() if key not in _UNRULED} | {"class": quiz_class}
    if quiz_class != Quiz.Class.GRADED:
        plain["class"] = quiz_class
    return plain | ({"time_limit_s": limit} if limit else {})


# What a row of practice holds where a rule would stand; nothing reads it.
_UNRULED: dict[str, Any] = {"draw": 10, "pass_mark_percent": 70, "attempt_limit": 3, "time_limit_s": None}


def _read(form: Form, languages: Sequence[str]) -> PackQuiz:
    quiz_class = _one_of(form, "class", Quiz.Class.values, Quiz.Class.GRADED.value)
    quiz = PackQuiz(
        uuid=form.uuid("uuid"),
        title=form.words("title", languages, 200),
        instructions=form.words("instructions", languages, 2000),
        opens_after=_one_of(form, "opens_after", Quiz.Opens.values),
        quiz_class=quiz_class,
        **(_UNRULED if quiz_class == Quiz.Class.PRACTICE else _rules(form)),
    )
    form.close()
    return quiz


def _rules(form: Form) -> dict[str, Any]:
    limited = form.has("time_limit_s")
    return {
        "draw": form.number("draw", 1, MOST_DRAWN),
        "pass_mark_percent": form.number("pass_mark_percent", 1, 100),
        "attempt_limit": form.number("attempt_limit", 1, MOST_ATTEMPTS),
        "time_limit_s": form.number("time_limit_s", SHORTEST_LIMIT_S, LONGEST_LIMIT_S) if limited else None,
    }


def _one_of(form: Form, key: str, accepted: Sequence[str], default: str = "") -> str:
    found = form.text(key, required=not default) or default
    if found and found not in accepted:
        form.problem(key, f"{found!r} is unknown. Accepted: {', '.join(accepted)}")
    return found


def _refuse_twice(quizzes: Sequence[PackQuiz], forms: Sequence[Form]) -> None:
    seen: set[UUID] = set()
    for quiz, form in zip(quizzes, forms, strict=True):
        if quiz.uuid.int and quiz.uuid in seen:
            form.problem("uuid", f"{quiz.uuid} stands here twice")
        seen.add(quiz.uuid)


def _write(quiz: PackQuiz, course: UUID) -> bool:
    row = Quiz.objects.filter(uuid=quiz.uuid).first()
    if row is None:
        Quiz.objects.create(course_uuid=course, **asdict(quiz))
        return True
    if row.course_uuid != course:
        raise PackErrors([Problem(FILE, 1, f"quiz {quiz.uuid} is already here, in another course; give it a new uuid")])
    if Quiz.Class.PRACTICE in {row.quiz_class, quiz.quiz_class} and row.quiz_class != quiz.quiz_class:
        reason = f"quiz {quiz.uuid} is already here, for practice or for grading, and stays so; give it a new uuid"
        raise PackErrors([Problem(FILE, 1, reason)])
    if as_pack_quiz(row) == quiz:
        return False
    for name, value in asdict(quiz).items():
        setattr(row, name, value)
    row.save()
    return True
