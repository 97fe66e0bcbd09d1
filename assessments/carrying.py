"""What a device takes along to sit a quiz away from the site: papers without keys, and practice with them.

Both have one form, a mapping of plain JSON. A question is HTML by the same template as on the site's
own page, in every language that it has. Only what `practice_payload` returns holds a key.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from accounts.models import Login
from assessments.accommodating import as_granted, granted_by, granted_in, standing_accommodation
from assessments.accommodation_words import accommodation_facts, until_text
from assessments.actions.carrying import draw_ahead
from assessments.answering import AttemptLog, follow_attempt
from assessments.bank import practice_sheet_of
from assessments.drawing import Item, Sheet, read_sheet
from assessments.models import Accommodation, Attempt, Paper, Quiz
from assessments.papers import keep_practice_paper
from assessments.questions.registry import kind_named
from assessments.selecting import USUAL_WEIGHT_MILLI
from assessments.showing import show_version
from assessments.versions import Version, versions_of
from assessments.windows import may_begin_at
from courses.models import Enrolment
from records.statements import utc_text
from records.storage import statements_of


def carry_papers(*, by: Login, device: UUID, courses: Collection[UUID]) -> list[dict[str, Any]]:
    """Return the papers that the login's device may carry for its courses, drawn where one is missing.

    Courses in which the login is not enrolled are passed over. See actions.carrying.draw_ahead.
    """
    return papers_payload(by, draw_ahead(by=by, device=device, courses=courses))


def papers_payload(login: Login, attempts: Iterable[UUID]) -> list[dict[str, Any]]:
    """Return the papers of the login's own attempts, and what was answered so far. Six queries, eight for timed ones.

    The time limit is the one that holds for this learner, on a paper drawn long before too: a device counts
    what it is told here. Another's attempt, or an exam's, is left out.
    """
    wanted = list(attempts)
    papers = {paper.uuid: paper for paper in Paper.objects.filter(pk__in=wanted)} if wanted else {}
    mine = Enrolment.objects.of(login).in_bulk({paper.enrolment_uuid for paper in papers.values()})
    sheets = {uuid: read_sheet(paper.text) for uuid, paper in papers.items() if paper.enrolment_uuid in mine}
    sheets = {uuid: sheet for uuid, sheet in sheets.items() if not sheet.is_exam}
    # All versions in one query; each paper then finds its own in the process.
    versions_of(item.version for sheet in sheets.values() for item in sheet.items)
    quizzes = {quiz.uuid: quiz for quiz in Quiz.objects.filter(uuid__in={papers[uuid].quiz_uuid for uuid in sheets})}
    logs = _logs(sheets)
    held, sheets = _as_granted(login, sheets, logs)
    waiting = _waiting({uuid: sheet for uuid, sheet in sheets.items() if not logs[uuid].started}, papers)
    return [
        _paper(papers[uuid], sheets[uuid], mine[papers[uuid].enrolment_uuid], quizzes[papers[uuid].quiz_uuid], log)
        | {"accommodation": held}
        | ({"not_before": waiting[uuid]} if uuid in waiting else {})
        for uuid, log in logs.items()
        if papers[uuid].quiz_uuid in quizzes
    ]


def practice_payload(quiz: Quiz, language: str | None = None) -> dict[str, Any]:
    """Return a practice quiz with its keys and its feedback, in one language or in all; the same bytes for everybody.

    Its paper is kept on the way, so that what devices say of it is known here. Raise ValueError for a
    quiz of another class: this is the one door through which keys leave.
    """
    if quiz.quiz_class != Quiz.Class.PRACTICE:
        msg = f"{quiz.uuid} is a {quiz.quiz_class} quiz; only a practice quiz may be carried with its keys"
        raise ValueError(msg)
    frozen = keep_practice_paper(quiz.uuid, practice_sheet_of(quiz))
    versions = versions_of(item.version for item in frozen.sheet.items)
    payload = _form(quiz, frozen.sha256, frozen.sheet, [language] if language else None)
    return payload | {"items": [item | _key(versions[item["version"]], item["html"]) for item in payload["items"]]}


def _logs(attempts: Collection[UUID]) -> dict[UUID, AttemptLog]:
    statements = statements_of(attempts)
    return {uuid: follow_attempt(said for said in statements if said.unit_uuid == uuid) for uuid in attempts}


def _as_granted(
    login: Login, sheets: Mapping[UUID, Sheet], logs: Mapping[UUID, AttemptLog]
) -> tuple[dict[str, Any] | None, dict[UUID, Sheet]]:
    """Return what the login is granted, in words, and the papers with their limits as they hold."""
    today = timezone.now().date()
    row = standing_accommodation(login.person.uuid, today) if sheets else None
    begun = {uuid: log for uuid, log in logs.items() if log.started and sheets[uuid].has_times}
    granted = dict.fromkeys(sheets.keys() - begun.keys(), granted_by(row, today)) | granted_in(begun)
    held = {uuid: as_granted(sheet, granted[uuid]) if uuid in granted else sheet for uuid, sheet in sheets.items()}
    return _granted_words(row) if row else None, held


def _waiting(sheets: Mapping[UUID, Sheet], papers: Mapping[UUID, Paper]) -> dict[UUID, str]:
    """Return from when papers may be begun for which a waiting time runs. One query; none where none waits."""
    waits = {uuid: sheet for uuid, sheet in sheets.items() if sheet.wait_s}
    if not waits:
        return {}
    rows = Attempt.objects.filter(enrolment__in={papers[uuid].enrolment_uuid for uuid in waits})
    columns = ("enrolment_id", "quiz_uuid", "handed_in_at")
    ends = defaultdict(list)
    for enrolment, quiz, end in rows.exclude(handed_in_at=None).values_list(*columns):
        ends[enrolment, quiz].append(end)
    found = {}
    for uuid, sheet in waits.items():
        last = max(ends[papers[uuid].enrolment_uuid, papers[uuid].quiz_uuid], default=None)
        if free := may_begin_at(last, sheet.wait_s):
            # Both are texts of moments in UTC, so the greater is the later.
            found[uuid] = max(utc_text(free), sheet.opens_at)
    return found


def _granted_words(row: Accommodation) -> dict[str, Any]:
    words = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            words[code] = [*accommodation_facts(row), *([until] if (until := until_text(row)) else [])]
    return words


def _paper(paper: Paper, sheet: Sheet, enrolment: Enrolment, quiz: Quiz, log: AttemptLog) -> dict[str, Any]:
    return _form(quiz, paper.sha256, sheet, None) | {
        "attempt": str(paper.uuid),
        "enrolment": str(enrolment.pk),
        "actor": str(enrolment.actor_uuid),
        "number": paper.number,
        "answers": {
            question: {"response": answer.response, "flagged": answer.flagged, "ordinal": answer.ordinal}
            | ({"certainty": answer.certainty} if answer.certainty else {})
            for question, answer in sorted(log.answers.items())
        },
        "last_ordinal": log.last_ordinal,
        "started_at": log.started.timestamp if log.started else None,
        "handed_in_at": log.submitted.timestamp if log.submitted else None,
    }


def _form(quiz: Quiz, sha256: str, sheet: Sheet, languages: Collection[str] | None) -> dict[str, Any]:
    """Return what every paper says; what only an attempt has is empty here."""
    versions = versions_of(item.version for item in sheet.items)
    return {
        "attempt": None,
        "quiz": str(quiz.uuid),
        "course": str(quiz.course_uuid),
        "enrolment": None,
        "actor": None,
        "number": None,
        "sha256": sha256,
        "class": sheet.quiz_class,
        "time_limit_s": sheet.time_limit_s,
        # What this learner is granted, by language, a line each: see assessments.accommodating.
        "accommodation": None,
        "pass_mark_percent": sheet.pass_mark_percent,
        "draw": len(sheet.items),
        "behaviour": sheet.behaviour,
        "penalty_percent": sheet.penalty_percent,
        "layout": sheet.layout,
        "sections": [{"first": each.first, "title": dict(each.title)} for each in sheet.sections],
        "title": quiz.title,
        "instructions": quiz.instructions,
        "items": [_item(item, versions[item.version], languages) for item in sheet.items],
        "answers": {},
        "last_ordinal": 0,
        "started_at": None,
        "handed_in_at": None,
        # From when the device lets it begin, and when the quiz closes.
        "not_before": sheet.opens_at or None,
        "closes_at": sheet.closes_at or None,
    }


def _item(item: Item, version: Version, languages: Collection[str] | None) -> dict[str, Any]:
    site = [code for code, _name in settings.LANGUAGES if code in version.texts]
    return {
        "question": item.question,
        "version": item.version,
        "kind": version.kind,
        "choices": list(item.choices),
        **({"weight": item.weight_milli} if item.weight_milli != USUAL_WEIGHT_MILLI else {}),
        "html": {code: _body(version, item, code) for code in languages or site or [version.language_for("en")]},
    }


def _body(version: Version, item: Item, language: str) -> str:
    """Return a question as its page shows it, with nothing of a person, a form or an address in it."""
    with translation.override(language):
        shown = show_version(version, item.choices, language)
        return render_to_string("assessments/_question_body.html", {"shown": shown}).strip()


def _key(version: Version, languages: Iterable[str]) -> dict[str, Any]:
    kind = kind_named(version.kind)
    words: dict[str, list[str]] = {}
    feedback: dict[str, str] = {}
    feedbacks: dict[str, Mapping[str, str]] = {}
    for language in languages:
        text: Mapping[str, Any] = version.texts[version.language_for(language)]
        with translation.override(language):
            words[language] = kind.describe_key(version.structure, text)
        feedback[language] = text["feedback"]
        feedbacks[language] = text.get("feedbacks", {})
    plain = {"structure": version.structure, "feedback": feedback, "key_words": words}
    return plain | ({"feedbacks": feedbacks} if any(feedbacks.values()) else {})
