"""questions.yaml: read strictly, every problem with its line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from assessments.errors import PictureRefusedError
from assessments.pictures import Picture, make_picture
from assessments.questions import import_from_kinds
from assessments.questions.kind import IMAGE_PART
from assessments.questions.registry import KINDS
from courses.packs.errors import Findings
from courses.packs.forms import Form
from courses.packs.media import MediaFiles
from courses.packs.model import Pack
from courses.packs.sources import SourceList
from courses.packs.yaml_text import Fields, Rows, read_yaml

FILE = "questions.yaml"
LONGEST_SOURCE = 200
HARDEST = 3
MOST_TAGS = 20
DEEPEST_CATEGORY = 5
LONGEST_CATEGORY = 80
NO_FEEDBACK = "–"
# How each kind stands in the file.
PACKING = import_from_kinds("pack")
_TAG = re.compile(r"(module|objective|article|topic):[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class PackText:
    """The words of one question in one language."""

    stem: str
    feedback: str
    choices: dict[str, str]
    feedbacks: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PackQuestion:
    """One question of a pack. `body` is its structure; `tags` are "facet:short-name", sorted.

    `category` is where it lies in the bank: the names from the top, in the first language of the pack.

    A practice question goes out with its key and is never drawn; the others are never practised.
    """

    uuid: UUID
    kind: str
    lesson: UUID | None
    difficulty: int
    source: str
    body: dict[str, Any]
    texts: dict[str, PackText]
    is_practice: bool = False
    tags: tuple[str, ...] = ()
    # The picture itself, where the body names one; the body has its hash, so it is not compared.
    picture: Picture | None = field(default=None, compare=False)
    category: tuple[str, ...] = ()


def read_questions(path: Path, pack: Pack) -> list[PackQuestion]:
    """Return the questions of a pack; raise PackErrors with every problem. Pure but for the file."""
    findings = Findings()
    rows = read_yaml(path.read_text(encoding="utf-8"), FILE, findings)
    findings.refuse_if_any()
    if not isinstance(rows, Rows):
        findings.add(FILE, 1, "a list of questions is expected here")
        findings.refuse_if_any()
    reader = _Reader(pack, findings, path.parent)
    questions = [reader.read(Form(row, FILE, findings, line)) for row, line in zip(rows, rows.lines, strict=True)]
    findings.refuse_if_any()
    return questions


class _Reader:
    """Reads one question after the other, and sees an id that stands twice."""

    def __init__(self, pack: Pack, findings: Findings, folder: Path) -> None:
        self.pack = pack
        self.findings = findings
        self.lessons = {lesson.file: lesson.uuid for lesson in pack.course.lessons()}
        self.sources = SourceList(pack.course.languages[0], pack.sources)
        self.seen: dict[UUID, int] = {}
        self.media = MediaFiles(folder)

    def read(self, form: Form) -> PackQuestion:
        kind = self._kind(form)
        body = PACKING[kind].read_body(form, self._once) if kind in PACKING else {}
        picture = self._picture(form)
        if picture:
            body = {"image": picture.named, **body}
        question = PackQuestion(
            uuid=self._once(form, form.uuid("uuid")),
            kind=kind,
            lesson=self._lesson(form),
            difficulty=form.number("difficulty", 1, HARDEST),
            source=self._source(form),
            body=body,
            texts=self._texts(form, kind, body),
            is_practice=form.flag("practice", default=False),
            tags=self._tags(form),
            picture=picture,
            category=self._category(form),
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

    def _picture(self, form: Form) -> Picture | None:
        """Return the picture, made small; one that was written from here keeps its bytes, and so its hash."""
        file = form.text("image", required=False)
        if not file:
            return None
        if problem := self.media.problem_with(file):
            form.problem("image", problem)
            return None
        try:
            return make_picture((self.media.root / file).read_bytes())
        except PictureRefusedError as error:
            form.problem("image", str(error.text))
            return None

    def _tags(self, form: Form) -> tuple[str, ...]:
        if not form.has("tags"):
            form.take("tags", required=False)
            return ()
        tags = form.texts("tags", 1, MOST_TAGS)
        for each in tags:
            if each and not _TAG.fullmatch(each):
                form.problem("tags", f"{each!r} is no tag: module, objective, article or topic, a colon, a short name")
        return tuple(sorted(set(tags)))

    def _category(self, form: Form) -> tuple[str, ...]:
        if not form.has("category"):
            form.take("category", required=False)
            return ()
        return tuple(form.texts("category", 1, DEEPEST_CATEGORY, LONGEST_CATEGORY))

    def _texts(self, form: Form, kind: str, body: dict[str, Any]) -> dict[str, PackText]:
        """Return the words of every language that is given; those of the pack must be."""
        inner = form.form("text")
        given = [key for key in inner.fields if isinstance(inner.fields.get(key), Fields)]
        for language in self.pack.course.languages:
            if language not in given:
                form.problem("text", f"the words in {language!r} are missing")
        texts = {}
        for language in given:
            words = inner.form(language)
            spoken = PACKING[kind].read_words(words, body) if body else {}
            told = _feedbacks(words, [part for part in KINDS[kind].parts_of(body) if part in spoken] if spoken else [])
            if body.get("image"):
                spoken = {IMAGE_PART: words.text("image_alt"), **spoken}
            texts[language] = PackText(words.text("stem"), words.text("feedback"), spoken, told)
            words.close()
        inner.close()
        return texts


def _feedbacks(words: Form, parts: Sequence[str]) -> dict[str, str]:
    """Return the feedback of single parts: a list as long as the words have parts, "–" for one that has none."""
    if not words.has("feedbacks"):
        words.take("feedbacks", required=False)
        return {}
    told = words.texts("feedbacks", len(parts), len(parts))
    return {part: each for part, each in zip(parts, told, strict=False) if each and each != NO_FEEDBACK}


def _feedbacks_as_plain(text: PackText) -> dict[str, list[str]]:
    parts = [part for part in text.choices if part != IMAGE_PART]
    return {"feedbacks": [text.feedbacks.get(part, NO_FEEDBACK) for part in parts]} if text.feedbacks else {}


def picture_file(sha256: str) -> str:
    """Return the name of a picture's file in a pack."""
    return f"media/{sha256}.webp"


def as_plain(question: PackQuestion, files: dict[UUID, str]) -> dict[str, Any]:
    """Return a question as questions.yaml writes it; `files` names the lessons."""
    plain: dict[str, Any] = {"uuid": str(question.uuid), "kind": question.kind}
    if question.is_practice:
        plain["practice"] = True
    if question.lesson:
        plain["objective"] = files[question.lesson]
    plain |= {"difficulty": question.difficulty, "source": question.source}
    if question.tags:
        plain["tags"] = list(question.tags)
    if question.category:
        plain["category"] = list(question.category)
    if image := question.body.get("image"):
        plain["image"] = picture_file(image["sha256"])
    packing = PACKING[question.kind]
    # A database may keep the parts of a text in any order.
    parts = KINDS[question.kind].parts_of(question.body)
    plain |= packing.write_body(question.body)
    plain["text"] = {
        language: {"stem": text.stem, "feedback": text.feedback}
        | ({"image_alt": text.choices.get(IMAGE_PART, "")} if image else {})
        | packing.write_words(question.body, text.choices)
        | ({"feedbacks": [text.feedbacks.get(part, NO_FEEDBACK) for part in parts]} if text.feedbacks else {})
        for language, text in question.texts.items()
    }
    return plain
