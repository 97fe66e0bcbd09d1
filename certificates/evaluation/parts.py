"""What a cohort gained in each part of the subject: by the module of a question, its objective, or its lesson."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import get_language, gettext

from accounts.models import Cohort
from assessments.answering import AttemptLog, follow_attempt
from assessments.deriving import score_log
from assessments.models import Question, QuestionTag
from assessments.papers import find_papers
from assessments.questions.marking import FULL_MARK_MILLI
from certificates.evaluation.gain import cohort_gain
from certificates.evaluation.paired import Gain, gain_by_part
from courses.catalogue import read_catalogue
from records.storage import statements_of

if TYPE_CHECKING:
    from records.statements import Said

_FACETS = (QuestionTag.Facet.MODULE, QuestionTag.Facet.OBJECTIVE)


def cohort_gain_by_part(cohort: Cohort) -> dict[str, Gain]:
    """Return the gain of the matched people in each part that both tests ask about.

    It marks every answer of their two papers again, about a millisecond each: a page of its own.
    """
    pairs = cohort_gain(cohort).pairs
    attempts = [each for pair in pairs for each in (pair.pre_attempt, pair.post_attempt) if each is not None]
    marks = _marks(attempts)
    labels = _labels({question for of_one in marks.values() for question in of_one})
    before = {pair.person: _shares(marks.get(pair.pre_attempt, {}), labels) for pair in pairs}
    after = {pair.person: _shares(marks.get(pair.post_attempt, {}), labels) for pair in pairs}
    return gain_by_part(before, after)


def _marks(attempts: Iterable[UUID]) -> dict[UUID | None, dict[str, int]]:
    """Return attempt -> question -> thousandths of a full mark. Three queries, however many attempts."""
    wanted = list(attempts)
    papers = find_papers(wanted)
    sets: dict[UUID, list[Said]] = defaultdict(list)
    for said in statements_of(wanted):
        sets[said.unit_uuid].append(said)
    found: dict[UUID | None, dict[str, int]] = {}
    for unit, statements in sets.items():
        log: AttemptLog = follow_attempt(statements)
        score = score_log(log, papers[unit].sheet) if unit in papers else None
        if score is not None:
            items = zip(papers[unit].sheet.items, score.marks_milli, strict=True)
            found[unit] = {item.question: mark for item, mark in items if mark is not None}
    return found


def _labels(questions: set[str]) -> dict[str, str]:
    """Return the part of the subject that each question belongs to, in words."""
    language = get_language() or "en"
    labels: dict[str, str] = {}
    lessons: dict[UUID, str] = {}
    for question in Question.objects.filter(uuid__in=questions).prefetch_related("tags"):
        tags = sorted(
            (tag for tag in question.tags.all() if tag.facet in _FACETS), key=lambda tag: (tag.facet, tag.slug)
        )
        if not tags and not lessons:
            lessons = _lesson_titles(language)
        module = next((tag for tag in tags if tag.facet == QuestionTag.Facet.MODULE), tags[0] if tags else None)
        labels[str(question.uuid)] = str(module) if module else lessons.get(question.lesson_uuid, gettext("Other"))
    return labels


def _lesson_titles(language: str) -> dict[UUID, str]:
    catalogue = read_catalogue()
    return {lesson.uuid: lesson.title for course in catalogue.in_language(language) for lesson in course.lessons}


def _shares(marks: Mapping[str, int], labels: Mapping[str, str]) -> dict[str, float]:
    """Return part -> percent of full marks."""
    groups: dict[str, list[int]] = defaultdict(list)
    for question, mark in marks.items():
        groups[labels.get(question, gettext("Other"))].append(mark)
    return {
        part: float(Fraction(100 * sum(of_part), FULL_MARK_MILLI * len(of_part))) for part, of_part in groups.items()
    }
