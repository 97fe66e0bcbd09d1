"""How a class stands with one quiz: learner by learner, and question by question. Seen as one act, audited."""

import datetime as dt
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Max, Q
from django.utils.translation import get_language

from accounts.actions import record_audit
from accounts.models import Cohort, CohortMember, InvitationCode, Login, Person
from assessments.accommodating import NOTHING_GRANTED, Granted, granted_among
from assessments.answering import AttemptLog, follow_attempt
from assessments.class_rules import Facility, Marked, Need, Stage, hardest_first, is_silent, needs_of, stage_of
from assessments.contact import Contact, contacts_of
from assessments.deriving import papers_of, score_log
from assessments.models import Attempt, Question, Quiz
from assessments.papers import Frozen
from assessments.policy import QUESTIONS_READ
from assessments.questions.kind import split_stem
from assessments.questions.marking import MARKED_BY_HAND
from assessments.questions.registry import kind_named
from assessments.versions import Version, find_versions
from courses.models import Enrolment
from elearning.lib.points import points_text
from records.models import Statement
from records.storage import statements_of

if TYPE_CHECKING:
    from records.statements import Said

_LONGEST_ANSWER = 120
MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Learner:
    """One learner of the class as a trainer reads it. `person` is None for one whom the viewer can't see."""

    person: Person | None
    stage: Stage
    needs: tuple[Need, ...] = ()
    is_enrolled: bool = True
    answered: int = 0
    total: int = 0
    last: Attempt | None = None
    tried: int = 0
    limit: int = 0
    last_seen_at: dt.datetime | None = None
    contact: Contact | None = None
    is_silent: bool = False
    silent_days: int = 0
    is_granted: bool = False

    @property
    def score(self) -> str:
        """The points of the last attempt that is handed in; nothing where there is no score."""
        return "" if self.last is None or self.last.points_milli is None else points_text(self.last.points_milli)

    @property
    def out_of(self) -> str:
        """The points that could be reached."""
        return "" if self.last is None or self.last.out_of_milli is None else points_text(self.last.out_of_milli)


@dataclass(frozen=True, slots=True)
class HardQuestion:
    """One question with how the class did on it; its words in the viewer's language, or what stands in for it."""

    facility: Facility
    stem: str
    language: str
    right_text: str

    @property
    def percent_right(self) -> int:
        """How much of the bar is full: for the eye only, the words beside it give counts."""
        return self.facility.right * 100 // self.facility.n


@dataclass(frozen=True, slots=True)
class ClassView:
    """The whole page."""

    learners: list[Learner]
    questions: list[HardQuestion]

    def count(self, *stages: str) -> int:
        """Return how many learners are at one of these stages."""
        return sum(each.stage in stages for each in self.learners)

    @property
    def hardest(self) -> list[HardQuestion]:
        """The hardest questions, a few, each of which somebody got wrong; the table below them has all."""
        return [each for each in self.questions if each.facility.right < each.facility.n][:MOST_SHOWN]

    @property
    def need_help(self) -> list[Learner]:
        """The learners who need somebody."""
        return [each for each in self.learners if each.needs]


def quizzes_of_cohort(cohort: Cohort) -> list[Quiz]:
    """Return the tests of the courses that a cohort takes, or that its codes lead to; no practice. One query."""
    taken = Enrolment.objects.filter(cohort=cohort).values("course_uuid")
    invited = InvitationCode.objects.filter(cohort=cohort).values("course_uuid")
    tests = Quiz.objects.exclude(quiz_class=Quiz.Class.PRACTICE)
    return list(tests.filter(Q(course_uuid__in=taken) | Q(course_uuid__in=invited)).order_by("pk"))


def view_class(*, by: Login, cohort: Cohort, quiz: Quiz, now: dt.datetime) -> ClassView:
    """Return how a class stands with a quiz; audited. As many queries for thirty learners as for one."""
    enrolments = {
        each.person_id: each
        for each in Enrolment.objects.filter(cohort=cohort, course_uuid=quiz.course_uuid).order_by("period")
    }
    members = CohortMember.objects.learners().active().filter(cohort=cohort)
    wanted = {*members.values_list("person__uuid", flat=True), *enrolments}
    people = {each.uuid: each for each in Person.objects.visible_to(by).filter(uuid__in=wanted)}
    attempts = _attempts(quiz, enrolments.values())
    # Of those that are open, and of the first that each learner handed in.
    firsts = [first for rows in attempts.values() if (first := next((row for row in rows if not row.is_open), None))]
    logs = _logs([row.pk for rows in attempts.values() for row in rows if row.is_open or row in firsts])
    papers = papers_of(logs)
    seen = _last_seen(enrolments.values())
    contacts, granted = contacts_of(wanted), granted_among(wanted, now.date())
    learners = [
        _learner(
            people.get(uuid),
            enrolments.get(uuid),
            attempts.get(enrolments[uuid].pk, []) if uuid in enrolments else [],
            logs,
            papers,
            _Known(quiz, seen, contacts.get(uuid), granted.get(uuid, NOTHING_GRANTED), now),
        )
        for uuid in wanted
    ]
    questions = _questions(by, {row.pk: logs[row.pk] for row in firsts if row.pk in logs}, papers)
    detail = {"quiz": str(quiz.uuid), "people": len(wanted)}
    record_audit(by=by, act="class.viewed", target=cohort, country=cohort.country, detail=detail)
    return ClassView(sorted(learners, key=_by_name), questions)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known beside the attempts."""

    quiz: Quiz
    seen: Mapping[UUID, dt.datetime]
    contact: Contact | None
    granted: Granted
    now: dt.datetime


def _attempts(quiz: Quiz, enrolments: Iterable[Enrolment]) -> dict[UUID, list[Attempt]]:
    found: dict[UUID, list[Attempt]] = defaultdict(list)
    rows = Attempt.objects.filter(enrolment__in=[each.pk for each in enrolments], quiz_uuid=quiz.uuid)
    for row in rows.order_by("number", "started_at", "uuid"):
        found[row.enrolment_id].append(row)
    return found


def _logs(attempts: Sequence[UUID]) -> dict[UUID, AttemptLog]:
    sets: dict[UUID, list[Said]] = defaultdict(list)
    for said in statements_of(attempts):
        sets[said.unit_uuid].append(said)
    return {unit: follow_attempt(said) for unit, said in sets.items()}


def _last_seen(enrolments: Iterable[Enrolment]) -> dict[UUID, dt.datetime]:
    """Return when the last statement of each actor arrived. One query."""
    said = Statement.objects.filter(actor_uuid__in=[each.actor_uuid for each in enrolments]).order_by()
    return dict(said.values("actor_uuid").annotate(at=Max("received_at")).values_list("actor_uuid", "at"))


def _learner(  # what a line is made of
    person: Person | None,
    enrolment: Enrolment | None,
    attempts: Sequence[Attempt],
    logs: Mapping[UUID, AttemptLog],
    papers: Mapping[UUID, Frozen],
    known: _Known,
) -> Learner:
    contact = known.contact
    silent_days = (known.now - contact.last_at).days if contact and contact.last_at else 0
    heard: dict[str, Any] = {
        "contact": contact,
        "is_silent": contact is not None and is_silent(contact, known.now),
        "silent_days": silent_days,
    }
    if enrolment is None:
        return Learner(person, Stage.NOT_BEGUN, is_enrolled=False, **heard)
    limit = known.granted.attempt_limit(known.quiz.attempt_limit)
    is_open = next((row for row in attempts if row.is_open), None)
    log = logs.get(is_open.pk) if is_open else None
    # An open attempt's paper is drawn for it; only answers to its own questions count.
    asked = {item.question for item in papers[is_open.pk].sheet.items} if is_open and is_open.pk in papers else set()
    done = [row for row in attempts if not row.is_open]
    return Learner(
        person,
        stage_of(attempts),
        tuple(needs_of(attempts, limit=limit, last_said_at=_last_said(log), now=known.now)),
        answered=len(asked & log.responses.keys()) if log else 0,
        total=len(asked),
        last=done[-1] if done else None,
        tried=len(attempts),
        limit=limit,
        last_seen_at=known.seen.get(enrolment.actor_uuid),
        is_granted=known.granted != NOTHING_GRANTED,
        **heard,
    )


def _last_said(log: AttemptLog | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(log.sitting[-1].timestamp) if log and log.sitting else None


def _questions(by: Login, firsts: Mapping[UUID, AttemptLog], papers: Mapping[UUID, Frozen]) -> list[HardQuestion]:
    """Return the questions of the first attempts, the hardest first; those that the viewer may read."""
    language = get_language() or "en"
    asked = {item.question: item.version for unit in firsts if unit in papers for item in papers[unit].sheet.items}
    readable = QUESTIONS_READ.filter(Question.objects.filter(uuid__in=asked), by).values_list("uuid", flat=True)
    shown = {str(uuid) for uuid in readable} if asked else set()
    versions = find_versions(item.version for unit in firsts if unit in papers for item in papers[unit].sheet.items)
    marked = [
        each
        for unit, log in firsts.items()
        if unit in papers
        for each in _marked(log, papers[unit], versions, language)
        if each.question in shown
    ]
    return [_hard(each, versions[asked[each.question]], language) for each in hardest_first(marked)]


def _marked(log: AttemptLog, paper: Frozen, versions: Mapping[str, Version], language: str) -> Iterator[Marked]:
    score = score_log(log, paper.sheet)
    if score is None:
        return
    for item, mark in zip(paper.sheet.items, score.marks_milli, strict=True):
        if mark is not None:
            words = _words(versions[item.version], log.responses.get(item.question), language)
            yield Marked(item.question, mark, words)


def _words(version: Version, response: object, language: str) -> str:
    """Return an answer in a line; what a person wrote at length is for who marks it, not for a list."""
    if response is None:
        return ""
    if version.kind in MARKED_BY_HAND:
        return "…"
    text = version.texts[version.language_for(language)]
    words = "; ".join(kind_named(version.kind).describe_response(version.structure, text, response))
    return words if len(words) <= _LONGEST_ANSWER else f"{words[:_LONGEST_ANSWER].rstrip()}…"


def _hard(facility: Facility, version: Version, language: str) -> HardQuestion:
    found = version.language_for(language)
    _case, stem = split_stem(version.texts[found]["stem"])
    kind, text = kind_named(version.kind), version.texts[found]
    key = (
        ""
        if version.kind in MARKED_BY_HAND
        else "; ".join(kind.describe_response(version.structure, text, kind.key_of(version.structure)))
    )
    return HardQuestion(facility, stem, found, key)


def _by_name(learner: Learner) -> tuple[bool, str]:
    name = learner.person.full_name if learner.person else ""
    # Letters first, then their accents, as certificates sorts names too.
    return (learner.person is None, unicodedata.normalize("NFKD", name).casefold())
