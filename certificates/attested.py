"""What an award is going to say: read from rows, judged by certificates.eligibility, written as facts."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from assessments.drawing import read_sheet
from assessments.models import Attempt, Paper
from certificates.awarded import award_uuid_for
from certificates.course_terms import CourseTerms, minutes_of
from certificates.eligibility import PassedAttempt, Verdict, judge_award
from certificates.errors import AwardNotDueError
from certificates.models import Award
from certificates.serials import serial_for
from certificates.validity import last_valid_day
from courses.models import Enrolment
from elearning.lib.ids import derived_uuid


@dataclass(frozen=True, slots=True)
class Due:
    """One award that may be due: of which enrolment, on which terms, at what moment."""

    enrolment: Enrolment
    terms: CourseTerms
    moment: dt.datetime

    @property
    def uuid(self) -> UUID:
        """The award's id, the same on every node."""
        enrolment = self.enrolment
        return award_uuid_for(enrolment.person_id, enrolment.course_uuid, enrolment.period, self.terms.version)

    @property
    def kind(self) -> UUID:
        """The id of what is awarded for the course: one award a course, so far."""
        return derived_uuid("award-of", self.enrolment.course_uuid)

    @property
    def issued_on(self) -> dt.date:
        """The day of issue in UTC."""
        return self.moment.astimezone(dt.UTC).date()

    def serial(self, again: int = 0) -> str:
        """Return the number, or the one that follows where others have it."""
        return serial_for(self.uuid, self.enrolment.country_id, self.issued_on.year, again)


def awards_near(due: Due) -> list[Award]:
    """Return the person's awards of this kind and period, and whoever has the number already. One query."""
    enrolment = due.enrolment
    own = Q(person=enrolment.person, award_uuid=due.kind, period=enrolment.period)
    return list(Award.objects.filter(own | Q(serial=due.serial())))


def facts_to_say(due: Due, near: list[Award]) -> dict[str, Any]:
    """Return what the statement says: every column of the award but the name; raise AwardNotDueError."""
    enrolment, terms = due.enrolment, due.terms
    quoted, pass_mark_percent = _quoted(due, near)
    lessons = enrolment.outline["lessons"]
    valid_until = last_valid_day(due.issued_on, terms.valid_months)
    return {
        "person": str(enrolment.person_id),
        "enrolment": str(enrolment.uuid),
        "award": str(due.kind),
        "course": str(enrolment.course_uuid),
        "cohort": str(enrolment.cohort_id) if enrolment.cohort_id else None,
        "country": enrolment.country_id,
        "period": enrolment.period,
        "version": terms.version,
        "title": terms.titles,
        "edition": enrolment.edition,
        "source_version": enrolment.source_version,
        "language": enrolment.language,
        "lessons": len(lessons),
        "minutes": minutes_of(lessons, terms, enrolment.language),
        "attempt": str(quoted.uuid),
        "points_milli": quoted.points_milli,
        "out_of_milli": quoted.out_of_milli,
        "pass_mark_percent": pass_mark_percent,
        "serial": _free_serial(due, near),
        "valid_until": valid_until.isoformat() if valid_until else None,
    }


def _quoted(due: Due, near: list[Award]) -> tuple[PassedAttempt, int]:
    """Return the attempt to quote, and the pass mark that stood on its paper whatever the quiz says today."""
    enrolment = due.enrolment
    paper = Subquery(Paper.objects.filter(pk=OuterRef("pk")).values("text")[:1])
    # An attempt that passed and waits for a decision, or was denied, attests nothing.
    passed = Attempt.objects.filter(enrolment=enrolment, counts=True, handed_in_at__isnull=False)
    columns = ("uuid", "quiz_uuid", "points_milli", "out_of_milli", "handed_in_at")
    papers = {PassedAttempt(*row): text for *row, text in passed.annotate(paper=paper).values_list(*columns, "paper")}
    progress = getattr(enrolment, "progress", None)
    judged = judge_award(
        completed_at=progress.completed_at if progress else None,
        quizzes=[UUID(quiz) for quiz in enrolment.outline["quizzes"]],
        passed=list(papers),
        issued_versions=[each.version for each in near if each.award_uuid == due.kind and _is_own(each, enrolment)],
        version=due.terms.version,
    )
    if judged.verdict != Verdict.DUE or judged.quoted is None:
        raise AwardNotDueError(judged.verdict)
    return judged.quoted, read_sheet(papers[judged.quoted]).pass_mark_percent


def _is_own(award: Award, enrolment: Enrolment) -> bool:
    return award.person_id == enrolment.person_id and award.period == enrolment.period


def _free_serial(due: Due, near: list[Award]) -> str:
    """Return the award's number, or its next one where another award has it: once in a million million pairs."""
    again, is_taken = 0, any(each.serial == due.serial() for each in near)
    while is_taken:
        again += 1
        is_taken = Award.objects.filter(serial=due.serial(again)).exists()
    return due.serial(again)
