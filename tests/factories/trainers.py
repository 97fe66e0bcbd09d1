"""Cascades for tests: who trained whom, through cohorts, sessions and certificates."""

import datetime as dt
from typing import Any

from accounts import policy
from accounts.models import Cohort, CohortMember, Country, Login, Person
from certificates.actions import Mark, Part, record_evidence, set_parts, take_attendance
from certificates.models import CohortPlan, Programme, Session
from records.actions import append_statements
from tests.factories.accounts import CohortFactory, CohortMemberFactory, CountryFactory, make_login
from tests.factories.certificates import earned_statement, enrol
from tests.factories.programmes import CohortPlanFactory, ProgrammeFactory, SessionFactory, learner

SPRING = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)
AUTUMN = dt.datetime(2026, 10, 5, 12, 0, tzinfo=dt.UTC)


def coordinator_of(country: Country | None = None) -> Login:
    """Return somebody who coordinates a country: Mali, unless told otherwise."""
    return make_login(policy.COORDINATOR, country or CountryFactory.create())


def programme_in(*codes: str, **fields: Any) -> Programme:
    """Return a programme in some countries: Mali, unless told otherwise."""
    return ProgrammeFactory.create(countries=codes or ("ML",), **fields)


def cohort_led_by(
    lead: Person, programme: Programme | None, *, trainers: bool = False, at: dt.datetime = SPRING, **fields: Any
) -> Cohort:
    """Return a cohort with one session that somebody led."""
    cohort: Cohort = CohortFactory.create(country=lead.country, starts_on=at.date(), **fields)
    kind = CohortPlan.Kind.TRAINERS if trainers else CohortPlan.Kind.OFFICERS
    CohortPlanFactory.create(cohort=cohort, programme=programme, kind=kind)
    hold_session(cohort, lead, at)
    return cohort


def hold_session(cohort: Cohort, lead: Person, at: dt.datetime, *, beside: Person | None = None) -> Session:
    """Write a session of two hours that somebody led, perhaps with somebody beside."""
    session: Session = SessionFactory.create(cohort=cohort, starts_at=at, ends_at=at + dt.timedelta(hours=2))
    parts = [Part("lead", lead), *([Part("co-trainer", beside)] if beside else [])]
    set_parts(by=coordinator_of(cohort.country), session=session, parts=parts)
    return session


def join(cohort: Cohort, person: Person) -> None:
    """Let somebody learn in a cohort."""
    CohortMemberFactory.create(cohort=cohort, person=person, role=CohortMember.Role.LEARNER)


def attend(cohort: Cohort, *people: Person) -> None:
    """Let people be present at every session of a cohort."""
    by = coordinator_of(cohort.country)
    for session in cohort.sessions.all():
        take_attendance(by=by, session=session, marks=[Mark(each.uuid, "present") for each in people])


def officers(cohort: Cohort, number: int) -> list[Person]:
    """Let some people learn in a cohort."""
    return [learner(cohort) for _ in range(number)]


def award_to(person: Person, percent: int = 80) -> None:
    """Say that somebody earned the certificate of the base course."""
    enrolment = enrol(person)
    said = earned_statement(enrolment, points_milli=percent * 100)
    assert append_statements(by=[enrolment.actor_uuid], statements=[said]).accepted


def certify(person: Person, programme: Programme | None, training: Cohort, beside: Person) -> None:
    """Give somebody, who learns in a cohort for trainers, all that the default rules ask."""
    by = coordinator_of(person.country)
    award_to(person)
    attend(training, person)
    hold_session(training, beside, AUTUMN, beside=person)
    attend(training, person)
    day = AUTUMN.date()
    record_evidence(by=by, person=person, programme=programme, kind="micro-teaching", happened_on=day, marks=[3] * 7)
    record_evidence(by=by, person=person, programme=programme, kind="observed", happened_on=day)
    record_evidence(by=by, person=person, programme=programme, kind="conduct", happened_on=day)
