"""questions.yaml: read strictly, every problem with its line."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from assessments.questions.registry import KINDS
from courses.packs.errors import Findings
from courses.packs.forms import Form
from courses.packs.model import Pack
from courses.packs.sources import SourceList
from courses.packs.yaml_text import Fields, Rows, read_yaml

FILE = "questions.yaml"
TRUE_FALSE = "true_false"
SINGLE_CHOICE = "single_choice"
LONGEST_SOURCE = 200
MOST_CHOICES = 8
HARDEST = 3


@dataclass(frozen=True, slots=True)
class PackText:
    """The words of one question in one language."""

    stem: str
    feedback: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackQuestion:
    """One question of a pack. `choices` are (uuid, right), empty for true or false.

    A practice question goes out with its key and is never drawn; the others are never practised.
    """

    uuid: UUID
    kind: str
    lesson: UUID | None
    difficulty: int
    source: str
    choices: tuple[tuple[UUID, bool], ...]
    is_true: bool
    texts: dict[str, PackText]
    is_practice: bool = False


def read_questions(path: Path, pack: Pack) -> list[PackQuestion]:
    """Return the questions of a pack; raise PackErrors with every problem. Pure but for the file."""
    findings = Findings()
    rows = read_yaml(path.read_text(encoding="utf-8"), FILE, findings)
    findings.refuse_if_any()
    if not isinstance(rows, Rows):
        findings.add(FILE, 1, "a list of questions is expected here")
        findings.refuse_if_any()
    reader = _Reader(pack, findings)
    questions = [reader.read(Form(row, FILE, findings, line)) for row, line in zip(rows, rows.lines, strict=True)]
    findings.refuse_if_any()
    return questions


class _Reader:
    """Reads one question after the other, and sees an id that stands twice."""

    def __init__(self, pack: Pack, findings: Findings) -> None:
        self.pack = pack
        self.findings = findings
        self.lessons = {lesson.file: lesson.uuid for lesson in pack.course.lessons()}
        self.sources = SourceList(pack.course.languages[0], pack.sources)
        self.seen: dict[UUID, int] = {}

    def read(self, form: Form) -> PackQuestion:
        kind = self._kind(form)
        choices = () if kind == TRUE_FALSE else self._choices(form, kind)
        question = PackQuestion(
            uuid=self._once(form, form.uuid("uuid")),
            kind=kind,
            lesson=self._lesson(form),
            difficulty=form.number("difficulty", 1, HARDEST),
            source=self._source(form),
            choices=choices,
            is_true=form.flag("answer") if kind == TRUE_FALSE else True,
            texts=self._texts(form, len(choices)),
            is_practice=form.flag("practice", default=False),
        )
        form.close()
        return question

    def _kind(self, form: Form) -> str:
        kind = form.text("kind")
        if kind and kind not in KINDS:
            form.problem("kind", f"{kind!r} is no kind of question. Accepted: {', '.join(sorted(KINDS))}")
        return kind

    def _once(self, form: Form, uuid: UUID) -> UUID:
        if uuid.int and uuid in self.seen:
            form.problem("uuid", f"{uuid} stands here twice, first in line {self.seen[uuid]}")
        self.seen.setdefault(uuid, form.line_of("uuid"))
        return uuid

    def _lesson(self, form: Form) -> UUID | None:
        objective = form.text("objective")
        if objective and objective not in self.lessons:
            form.problem("objective", f"{objective!r} is no lesson file of this pack")
        return self.lessons.get(objective)

    def _source(self, form: Form) -> str:
        source = form.text("source", longest=LONGEST_SOURCE)
        for code in self.sources.read(source)[1]:
            form.problem("source", f"{code!r} is no code of sources.yaml")
        return source

    def _choices(self, form: Form, kind: str) -> tuple[tuple[UUID, bool], ...]:
        found = []
        for each in form.forms("choices", 2, MOST_CHOICES):
            found.append((self._once(each, each.uuid("uuid")), each.flag("right")))
            each.close()
        right = sum(is_right for _uuid, is_right in found)
        if found and (right != 1 if kind == SINGLE_CHOICE else right == 0):
            wanted = "exactly one choice is" if kind == SINGLE_CHOICE else "one choice at least is"
            form.problem("choices", f"{wanted} right: true; here it is {right}")
        return tuple(found)

    def _texts(self, form: Form, choices: int) -> dict[str, PackText]:
        """Return the words of every language that is given; those of the pack must be."""
        inner = form.form("text")
        given = [key for key in inner.fields if isinstance(inner.fields.get(key), Fields)]
        for language in self.pack.course.languages:
            if language not in given:
                form.problem("text", f"the words in {language!r} are missing")
        texts = {}
        for language in given:
            words = inner.form(language)
            spoken = words.texts("choices", choices, choices) if choices else []
            texts[language] = PackText(words.text("stem"), words.text("feedback"), tuple(spoken))
            words.close()
        inner.close()
        return texts


def as_plain(question: PackQuestion, files: dict[UUID, str]) -> dict[str, Any]:
    """Return a question as questions.yaml writes it; `files` names the lessons."""
    plain: dict[str, Any] = {"uuid": str(question.uuid), "kind": question.kind}
    if question.is_practice:
        plain["practice"] = True
    if question.lesson:
        plain["objective"] = files[question.lesson]
    plain |= {"difficulty": question.difficulty, "source": question.source}
    if question.kind == TRUE_FALSE:
        plain["answer"] = question.is_true
    else:
        plain["choices"] = [{"uuid": str(uuid), "right": right} for uuid, right in question.choices]
    plain["text"] = {
        language: {"stem": text.stem, "feedback": text.feedback}
        | ({"choices": list(text.choices)} if question.choices else {})
        for language, text in question.texts.items()
    }
    return plain
