"""Which rule holds for an enrolment or a programme, and what it asks."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import Exists, Q

from accounts.models import CohortMember
from assessments.models import Quiz
from certificates.course_terms import CourseTerms
from certificates.eligibility import USUAL_TERMS, Attended, Terms
from certificates.models import AwardRule, CohortPlan, Programme, SessionPart
from certificates.programmes.attending import attendance_of
from courses.models import Enrolment

_HOLDING = (SessionPart.Role.LEAD, SessionPart.Role.CO_TRAINER)


def programme_of(cohort: UUID | None) -> Programme | None:
    """Return the programme under which a cohort is held. One query; none without a cohort."""
    if cohort is None:
        return None
    plan = CohortPlan.objects.filter(cohort__uuid=cohort, programme__isnull=False).select_related("programme").first()
    return plan.programme if plan else None


def rule_for(course: UUID, programme: Programme | None) -> AwardRule | None:
    """Return the programme's own rule for a course, else the one for everybody, else None. One query."""
    rows = AwardRule.objects.filter(role=AwardRule.Role.LEARNER, course_uuid=course)
    rows = rows.filter(Q(programme__isnull=True) | Q(programme=programme)) if programme else rows.filter(programme=None)
    return min(rows, key=lambda rule: rule.programme_id is None, default=None)


def trainer_rule_of(programme: Programme | None) -> AwardRule | None:
    """Return the rule of a programme's award for trainers; None where it gives none. One query."""
    if programme is None:
        return None
    return AwardRule.objects.filter(role=AwardRule.Role.TRAINER, programme=programme).first()


def asked_by(rule: AwardRule | None) -> Terms:
    """Return what a rule asks; without one, what every course asks."""
    if rule is None:
        return USUAL_TERMS
    return Terms(
        rule.needs_lessons, rule.quiz_class, rule.min_score_percent, rule.min_attendance_percent, rule.min_minutes
    )


def fitted(terms: CourseTerms, rule: AwardRule | None) -> CourseTerms:
    """Return a course's terms with the title and the months of the rule, where it has its own."""
    if rule is None:
        return terms
    months = terms.valid_months if rule.valid_months is None else rule.valid_months
    return replace(terms, titles=terms.titles | rule.title, valid_months=months)


def classes_of(quizzes: Collection[UUID]) -> dict[UUID, str]:
    """Return of which class each quiz is. One query."""
    return dict(Quiz.objects.filter(uuid__in=quizzes).values_list("uuid", "quiz_class"))


def attended_by(enrolment: Enrolment) -> Attended | None:
    """Return what a learner attended of the cohort's sessions; None where no session was held yet."""
    cohort = enrolment.cohort
    if cohort is None:
        return None
    facts = attendance_of(cohort, people=[enrolment.person_id]).get(enrolment.person_id)
    return Attended(facts.percent, facts.minutes) if facts and facts.sessions_held else None


def trains_in(enrolment: Enrolment) -> bool:
    """Tell whether the person trains the cohort, or another one in the same course. One query."""
    return Enrolment.objects.filter(trainers_of(enrolment), pk=enrolment.pk).exists()


def trainers_of(enrolment: Enrolment) -> Any:
    """Return the condition that an enrolment's person trains there: part of the caller's query, whatever its rows."""
    here = CohortMember.objects.filter(
        person__uuid=enrolment.person_id, role=CohortMember.Role.TRAINER, state=CohortMember.State.ACTIVE
    )
    same = Q(cohort__plan__course_uuid=enrolment.course_uuid) | Q(cohort__enrolments__course_uuid=enrolment.course_uuid)
    if enrolment.cohort_id is None:
        return Exists(here.filter(same))
    held = SessionPart.objects.filter(
        person__uuid=enrolment.person_id, role__in=_HOLDING, session__cohort__uuid=enrolment.cohort_id
    )
    return Exists(here.filter(same | Q(cohort__uuid=enrolment.cohort_id))) | Exists(held)
