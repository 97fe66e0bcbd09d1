"""How a question becomes a version: checked, then stored under the hash of its canonical text."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.errors import QuestionIncompleteError
from assessments.models import Question, QuestionText, QuestionVersion
from assessments.questions.kind import BaseKind, all_parts
from assessments.questions.registry import kind_of
from elearning.lib.canonical import canonical_json, sha256_hex


@transaction.atomic
def publish(question: Question) -> QuestionVersion:
    """Return the version of the question as it stands: the one in force, or a new one if it changed.

    Only languages with words for the question and every choice are published; one is enough, and
    a half-translated one stays out: a learner never meets an empty choice. Raise
    QuestionIncompleteError. The row is locked, so two people who publish at once make one version.
    """
    row = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    kind = kind_of(row)
    content = _content_of(row, kind)
    version = _in_force(row, content) or _add_version(row, kind, content)
    row.version_number, row.version_sha256 = version.number, version.sha256
    row.status = Question.Status.PUBLISHED
    row.save(update_fields=["version_number", "version_sha256", "status", "updated_at"])
    question.version_number, question.version_sha256, question.status = (
        row.version_number,
        row.version_sha256,
        row.status,
    )
    return version


def retire(question: Question) -> bool:
    """Draw the question no more; attempts that hold it keep it. Return whether that was new."""
    if question.status == Question.Status.RETIRED:
        return False
    question.status = Question.Status.RETIRED
    question.save(update_fields=["status", "updated_at"])
    return True


def _content_of(question: Question, kind: BaseKind) -> dict[str, Any]:
    structure = question.body
    parts = all_parts(kind, structure)
    texts = {text.language: _text_of(text, parts) for text in question.texts.all()}
    complete = {language: text for language, text in texts.items() if kind.has_words(structure, text)}
    problems = kind.problems_of(structure)
    if not complete:
        problems.append(_("No language has words for the question and for every choice."))
    if problems:
        raise QuestionIncompleteError(problems)
    return {
        "question": str(question.uuid),
        "kind": kind.name,
        "structure": structure,
        "texts": complete,
        "lesson": str(question.lesson_uuid) if question.lesson_uuid else None,
        "source": question.source,
    }


def _text_of(text: QuestionText, parts: Sequence[str]) -> dict[str, Any]:
    told = {each: words.strip() for each in parts if (words := text.feedbacks.get(each, "")).strip()}
    return {
        "stem": text.stem.strip(),
        "feedback": text.feedback.strip(),
        "choices": {each: text.choices.get(each, "").strip() for each in parts},
    } | ({"feedbacks": told} if told else {})


def _in_force(question: Question, content: dict[str, Any]) -> QuestionVersion | None:
    """Return the version in force where nothing has changed since."""
    if not question.version_sha256:
        return None
    text = canonical_json({**content, "number": question.version_number})
    if sha256_hex(text) != question.version_sha256:
        return None
    version: QuestionVersion | None = QuestionVersion.objects.filter(pk=question.version_sha256).first()
    return version


def _add_version(question: Question, kind: BaseKind, content: dict[str, Any]) -> QuestionVersion:
    number = question.version_number + 1
    text = canonical_json({**content, "number": number})
    version = QuestionVersion(
        sha256=sha256_hex(text),
        question_uuid=question.uuid,
        number=number,
        kind=kind.name,
        text=text,
        published_at=timezone.now(),
    )
    version.save()
    return version
