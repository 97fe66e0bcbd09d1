"""quiz.yaml: the quizzes of a pack. One mapping is one graded quiz; a list holds several, of any class.

A setting that is as usual is left out. The opening times of classes are in no pack: a class belongs to one site.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from assessments.models import QuestionCategory, Quiz
from assessments.packs.sections import read_sections, section_as_plain
from assessments.planning import PlannedSection, sections_of, write_sections
from assessments.rules import problems_of_rules
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
LONGEST_WAIT_S = 30 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class PackQuiz:
    """One quiz of a pack. A practice quiz asks all practice questions, always: it has no rules of its own.

    With sections, `draw` is what they ask for together.
    """

    uuid: UUID
    title: dict[str, str]
    instructions: dict[str, str]
    draw: int
    pass_mark_percent: int
    attempt_limit: int
    opens_after: str
    quiz_class: str = Quiz.Class.GRADED.value
    time_limit_s: int | None = None
    behaviour: str = ""
    penalty_percent: int = 33
    layout: str = Quiz.Layout.ONE.value
    review: str = Quiz.Review.AFTERWARDS.value
    late_rule: str = Quiz.LateRule.DECIDE.value
    wait_s: int = 0
    has_second_marker: bool = False
    sections: tuple[PlannedSection, ...] = ()


# What a row of practice holds where a rule would stand; nothing reads it.
_UNRULED: dict[str, Any] = {
    "draw": 10,
    "pass_mark_percent": 70,
    "attempt_limit": 3,
    "time_limit_s": None,
    "review": Quiz.Review.AFTERWARDS.value,
    "late_rule": Quiz.LateRule.DECIDE.value,
    "wait_s": 0,
    "has_second_marker": False,
    "sections": (),
}
# Left out of the file where they are as usual.
_USUAL = {
    each.name: each.default
    for each in fields(PackQuiz)
    if each.name in {"time_limit_s", "behaviour", "penalty_percent", "layout", "review", "late_rule", "wait_s"}
    or each.name == "has_second_marker"
}


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
    lessons = {lesson.file: lesson.uuid for lesson in pack.course.lessons()}
    quizzes = [_read(form, pack.course.languages, lessons) for form in forms]
    _refuse_twice(quizzes, forms)
    findings.refuse_if_any()
    return quizzes


def write_quizzes(quizzes: Sequence[PackQuiz], pack: Pack) -> int:
    """Write the quizzes where they differ; return how many rows changed. Other quizzes of the course stay."""
    return sum(_write(quiz, pack.course.uuid) for quiz in quizzes)


def as_pack_quiz(row: Quiz) -> PackQuiz:
    """Return a row as a pack holds it. Three queries at most."""
    plain = [each.name for each in fields(PackQuiz) if each.name != "sections"]
    values = {name: _plain_of(getattr(row, name)) for name in plain}
    quiz = PackQuiz(**values, sections=sections_of(row))
    if quiz.sections:
        quiz = replace(quiz, draw=sum(section.asks for section in quiz.sections))
    return replace(quiz, **_UNRULED) if quiz.quiz_class == Quiz.Class.PRACTICE else quiz


def as_plain(quiz: PackQuiz, files: Mapping[UUID, str] | None = None) -> dict[str, Any]:
    """Return a quiz as quiz.yaml writes it; `files` names the lessons that its sections draw from."""
    plain = {each.name: getattr(quiz, each.name) for each in fields(quiz)} | {"uuid": str(quiz.uuid)}
    quiz_class, sections = plain.pop("quiz_class"), plain.pop("sections")
    rest = {name: plain.pop(name) for name in _USUAL}
    if quiz_class == Quiz.Class.PRACTICE:
        plain = {key: value for key, value in plain.items() if key not in _UNRULED} | {"class": quiz_class}
        rest = {name: value for name, value in rest.items() if name not in _UNRULED}
    elif quiz_class != Quiz.Class.GRADED:
        plain["class"] = quiz_class
    if sections:
        del plain["draw"]
    plain |= {name: value for name, value in rest.items() if value != _USUAL[name]}
    return plain | ({"sections": [section_as_plain(each, files or {}) for each in sections]} if sections else {})


def _read(form: Form, languages: Sequence[str], lessons: Mapping[str, UUID]) -> PackQuiz:
    quiz_class = _one_of(form, "class", Quiz.Class.values, Quiz.Class.GRADED.value)
    behaviour = _one_of(form, "behaviour", Quiz.Behaviour.values) if form.has("behaviour") else ""
    quiz = PackQuiz(
        uuid=form.uuid("uuid"),
        title=form.words("title", languages, 200),
        instructions=form.words("instructions", languages, 2000),
        opens_after=_one_of(form, "opens_after", Quiz.Opens.values),
        quiz_class=quiz_class,
        behaviour=behaviour,
        penalty_percent=_number(form, "penalty_percent", 0, 100, 33),
        layout=_one_of(form, "layout", Quiz.Layout.values, Quiz.Layout.ONE.value),
        **(_UNRULED if quiz_class == Quiz.Class.PRACTICE else _rules(form, languages, lessons)),
    )
    form.close()
    for problem in problems_of_rules(quiz):
        form.problem("behaviour", problem)
    return quiz


def _rules(form: Form, languages: Sequence[str], lessons: Mapping[str, UUID]) -> dict[str, Any]:
    limited = form.has("time_limit_s")
    sections = read_sections(form, languages, lessons) if form.has("sections") else ()
    asked = sum(section.asks for section in sections)
    if asked > MOST_DRAWN:
        form.problem("sections", f"a quiz asks at most {MOST_DRAWN} questions, not {asked}")
    return {
        "draw": asked or form.number("draw", 1, MOST_DRAWN),
        "pass_mark_percent": form.number("pass_mark_percent", 1, 100),
        "attempt_limit": form.number("attempt_limit", 1, MOST_ATTEMPTS),
        "time_limit_s": form.number("time_limit_s", SHORTEST_LIMIT_S, LONGEST_LIMIT_S) if limited else None,
        "review": _one_of(form, "review", Quiz.Review.values, Quiz.Review.AFTERWARDS.value),
        "late_rule": _one_of(form, "late_rule", Quiz.LateRule.values, Quiz.LateRule.DECIDE.value),
        "wait_s": _number(form, "wait_s", 0, LONGEST_WAIT_S, 0),
        "has_second_marker": form.flag("has_second_marker", default=False),
        "sections": sections,
    }


def _number(form: Form, key: str, low: int, high: int, usual: int) -> int:
    if form.has(key):
        return form.number(key, low, high)
    form.take(key, required=False)
    return usual


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
    values = {each.name: getattr(quiz, each.name) for each in fields(quiz) if each.name != "sections"}
    if row is None:
        _write_sections(Quiz.objects.create(course_uuid=course, **values), quiz.sections)
        return True
    if row.course_uuid != course:
        raise PackErrors([Problem(FILE, 1, f"quiz {quiz.uuid} is already here, in another course; give it a new uuid")])
    if Quiz.Class.PRACTICE in {row.quiz_class, quiz.quiz_class} and row.quiz_class != quiz.quiz_class:
        reason = f"quiz {quiz.uuid} is already here, for practice or for grading, and stays so; give it a new uuid"
        raise PackErrors([Problem(FILE, 1, reason)])
    before = as_pack_quiz(row)
    if before == quiz:
        return False
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    if before.sections != quiz.sections:
        _write_sections(row, quiz.sections)
    return True


def _write_sections(row: Quiz, sections: Sequence[PlannedSection]) -> None:
    try:
        write_sections(row, sections)
    except QuestionCategory.DoesNotExist:
        reason = f"quiz {row.uuid} draws from a category that is not here; make it first, or leave it out"
        raise PackErrors([Problem(FILE, 1, reason)]) from None


def _plain_of(value: Any) -> Any:
    """Return a choice of Django's as the text that it stands for."""
    return str(value) if isinstance(value, str) else value
