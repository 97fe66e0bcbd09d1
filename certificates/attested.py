"""What an award is going to say: read from rows, judged by certificates.eligibility, written as facts."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from assessments.drawing import read_sheet
from assessments.models import Attempt, Paper
from certificates.awarded import award_uuid_for, course_award
from certificates.awarding.rules import (
    asked_by,
    attended_by,
    classes_of,
    fitted,
    programme_of,
    rule_for,
    trainers_of,
    trains_in,
)
from certificates.course_terms import CourseTerms, minutes_of, terms_of
from certificates.eligibility import Judgement, PassedAttempt, judge_award
from certificates.errors import AwardNotDueError
from certificates.models import Award, AwardRule, Programme
from certificates.serials import serial_for
from certificates.validity import last_valid_day
from courses.models import Enrolment
from records.aliases import same_person


@dataclass(frozen=True, slots=True)
class Due:
    """One award that may be due: of which enrolment, on which terms, at what moment; and what was issued before."""

    enrolment: Enrolment
    terms: CourseTerms
    moment: dt.datetime
    rule: AwardRule | None
    programme: Programme | None
    # The person's awards for the course, of all periods.
    before: tuple[Award, ...]

    @property
    def here(self) -> list[Award]:
        """Those of this period, the newest version first."""
        same = [each for each in self.before if each.period == self.enrolment.period]
        return sorted(same, key=lambda each: -each.version)

    @property
    def issued(self) -> Award | None:
        """The award that these terms gave already, in its newest version; withdrawn or not."""
        return next((each for each in self.here if each.rule_version >= self.terms.version), None)

    @property
    def version(self) -> int:
        """The version of the paper to be: one more than any of this period."""
        return 1 + max((each.version for each in self.here), default=0)

    @property
    def uuid(self) -> UUID:
        """The award's id, the same on every node."""
        enrolment = self.enrolment
        return award_uuid_for(enrolment.person_id, enrolment.course_uuid, enrolment.period, self.version)

    @property
    def issued_on(self) -> dt.date:
        """The day of issue in UTC."""
        return self.moment.astimezone(dt.UTC).date()

    def serial(self, again: int = 0) -> str:
        """Return the number, or the one that follows where others have it."""
        return serial_for(self.uuid, self.enrolment.country_id, self.issued_on.year, again)


def due_of(enrolment: Enrolment, moment: dt.datetime) -> Due:
    """Read on what terms an award of an enrolment may be due; raise CourseUnpublishedError. At most four queries."""
    # Under whichever record: who was enrolled under two, which were merged since, is awarded once.
    mine = same_person("person", enrolment.person_id)
    before = tuple(Award.objects.filter(mine, award_uuid=course_award(enrolment.course_uuid)))
    programme = programme_of(enrolment.cohort_id) or _programme_before(enrolment, before)
    rule = rule_for(enrolment.course_uuid, programme)
    terms = fitted(terms_of(enrolment.course_uuid, enrolment.language, enrolment.edition), rule)
    return Due(enrolment, terms, moment, rule, programme, before)


def _programme_before(enrolment: Enrolment, before: Sequence[Award]) -> Programme | None:
    """Return the programme of the award that a later period renews: a renewal is in no cohort."""
    earlier = [each for each in before if each.period < enrolment.period and each.programme_uuid]
    last = max(earlier, key=lambda each: (each.period, each.version), default=None)
    return Programme.objects.filter(uuid=last.programme_uuid).first() if last and last.programme_uuid else None


def judge(due: Due) -> tuple[Judgement, str]:
    """Judge one enrolment; return with it the paper of the attempt it quotes, "" where it quotes none."""
    enrolment = due.enrolment
    paper = Subquery(Paper.objects.filter(pk=OuterRef("pk")).values("text")[:1])
    # An attempt that passed and waits for a decision, or was denied, attests nothing.
    passed = Attempt.objects.filter(enrolment=enrolment, counts=True, handed_in_at__isnull=False)
    columns = ("uuid", "quiz_uuid", "points_milli", "out_of_milli", "handed_in_at")
    passed = passed.annotate(paper=paper, trains=trainers_of(enrolment))
    rows = list(passed.values_list(*columns, "paper", "trains"))
    papers = {PassedAttempt(*row): text for *row, text, _trains in rows}
    progress = getattr(enrolment, "progress", None)
    quizzes = [UUID(quiz) for quiz in enrolment.outline["quizzes"]]
    asked = asked_by(due.rule)
    judged = judge_award(
        completed_at=progress.completed_at if progress else None,
        quizzes=quizzes,
        passed=list(papers),
        issued_versions=[each.rule_version for each in due.here],
        version=due.terms.version,
        terms=asked,
        classes=classes_of(quizzes) if asked.quiz_class else None,
        attended=attended_by(enrolment) if asked.asks_attendance else None,
        is_trainer=rows[0][-1] if rows else trains_in(enrolment),
    )
    return judged, papers[judged.quoted] if judged.quoted else ""


def facts_to_say(due: Due) -> dict[str, Any]:
    """Return what the statement says: every column of the award but name and number; raise AwardNotDueError."""
    judged, paper = judge(due)
    if judged.quoted is None:
        raise AwardNotDueError(judged.verdict, judged.unmet)
    enrolment, terms, quoted = due.enrolment, due.terms, judged.quoted
    valid_until = last_valid_day(begins_on(due.before, enrolment.period, due.issued_on), terms.valid_months)
    return {
        "person": str(enrolment.person_id),
        "enrolment": str(enrolment.uuid),
        "award": str(course_award(enrolment.course_uuid)),
        "course": str(enrolment.course_uuid),
        "cohort": str(enrolment.cohort_id) if enrolment.cohort_id else None,
        "country": enrolment.country_id,
        "programme": str(due.programme.uuid) if due.programme else None,
        "period": enrolment.period,
        "version": due.version,
        "rule_version": terms.version,
        "supersedes": None,
        "title": terms.titles,
        "edition": enrolment.edition,
        "source_version": enrolment.source_version,
        "language": enrolment.language,
        **_extent(due),
        "attempt": str(quoted.uuid),
        "points_milli": quoted.points_milli,
        "out_of_milli": quoted.out_of_milli,
        # The pass mark that stood on its paper, whatever the quiz says today.
        "pass_mark_percent": read_sheet(paper).pass_mark_percent,
        "valid_until": valid_until.isoformat() if valid_until else None,
    }


def begins_on(before: Sequence[Award], period: int, issued_on: dt.date) -> dt.date:
    """Return the day from which a certificate's months count: who renews early loses no day of the period before."""
    earlier = [each.valid_until for each in before if each.period < period and each.revoked_at is None]
    last = max(filter(None, earlier), default=issued_on)
    return last + dt.timedelta(days=1) if last >= issued_on and any(earlier) else issued_on


def _extent(due: Due) -> dict[str, int]:
    """Return lessons and minutes; where only the test was taken anew, those that were learnt the period before."""
    lessons = due.enrolment.outline["lessons"]
    earlier = [each for each in due.before if each.period < due.enrolment.period]
    if not lessons and earlier:
        last = max(earlier, key=lambda each: (each.period, each.version))
        return {"lessons": last.lessons, "minutes": last.minutes}
    return {"lessons": len(lessons), "minutes": minutes_of(lessons, due.terms, due.enrolment.language)}
