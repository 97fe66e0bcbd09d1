"""The award of a programme to those it certified as trainers: judged by the programme's rules, said once."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.actions import record_audit
from accounts.models import Cohort, Login, Person
from accounts.policy import COHORTS_RUN
from certificates.awarded import award_uuid_for, trainer_award
from certificates.awarding.rules import programme_of, trainer_rule_of
from certificates.awarding.saying import say_earned
from certificates.cascade.cohorts import read_cohorts
from certificates.cascade.facts import judge_person
from certificates.cascade.standing import TrainerVerdict
from certificates.eligibility import Unmet, Verdict
from certificates.errors import AwardNotDueError
from certificates.models import Award, AwardRule, Programme
from certificates.programmes.attending import attendance_of
from certificates.serials import serial_for
from certificates.validity import last_valid_day
from elearning.lib.ids import derived_uuid
from records.aliases import own
from records.storage import hold_log


@transaction.atomic
def issue_trainer_award(*, by: Login | None, person: Person, cohort: Cohort, at: dt.datetime | None = None) -> Award:
    """Return a certified trainer's award of the cohort's programme, issued now unless it was before.

    Raise PermissionDenied outside the scope of the cohort's country, AwardNotDueError where the programme gives no
    such award or its rules do not hold the person for certified today.
    """
    if by is not None and not COHORTS_RUN.allows(by, cohort):
        raise PermissionDenied
    programme = programme_of(cohort.uuid)
    rule = trainer_rule_of(programme)
    if programme is None or rule is None:
        raise AwardNotDueError(Verdict.NOT_CERTIFIED, (Unmet(Verdict.NOT_CERTIFIED),))
    hold_log()
    kind = trainer_award(programme.uuid)
    known = Award.objects.filter(own("person", person.uuid), award_uuid=kind).select_related("country")
    standing = known.order_by("-period", "-version").first()
    if standing is not None:
        return standing
    moment = at or timezone.now()
    verdict = judge_person(programme, person, read_cohorts(programme), moment)
    if not verdict.is_certified:
        raise AwardNotDueError(Verdict.NOT_CERTIFIED, (Unmet(Verdict.NOT_CERTIFIED, None, str(verdict.state)),))
    uuid = award_uuid_for(person.uuid, kind, 1, 1)
    facts = _facts(person, cohort, programme, rule, moment, verdict)
    actor = person.actor_accounts.order_by("pk")[0].uuid
    say_earned(actor, uuid, person, facts, moment, _serials(uuid, person, moment))
    award: Award = Award.objects.select_related("country").get(pk=uuid)
    record_audit(by=by, act="award.issued", target=award, country=award.country)
    return award


def _serials(uuid: UUID, person: Person, moment: dt.datetime) -> Callable[[int], str]:
    return lambda again: serial_for(uuid, person.country.code, moment.astimezone(dt.UTC).year, again)


def _facts(  # each is a thing of its own
    person: Person,
    cohort: Cohort,
    programme: Programme,
    rule: AwardRule,
    moment: dt.datetime,
    verdict: TrainerVerdict,
) -> dict[str, Any]:
    """Return what the statement says. It quotes no test: the points are 0 of 0, and nothing prints them."""
    issued_on = moment.astimezone(dt.UTC).date()
    valid_until = last_valid_day(issued_on, rule.valid_months or 0)
    attended = attendance_of(cohort, people=[person.uuid]).get(person.uuid)
    plan = getattr(cohort, "plan", None)
    return {
        "person": str(person.uuid),
        # No enrolment earned it; a real one's id would count that enrolment as certified.
        "enrolment": str(derived_uuid("trainer-of", programme.uuid, person.uuid)),
        "award": str(trainer_award(programme.uuid)),
        "course": str(plan.course_uuid if plan and plan.course_uuid else programme.uuid),
        "cohort": str(cohort.uuid),
        "country": person.country.code,
        "programme": str(programme.uuid),
        "period": 1,
        "version": 1,
        "rule_version": 1,
        "supersedes": None,
        "title": rule.title or programme.name,
        "edition": "international",
        "source_version": "",
        "language": person.language,
        "lessons": 0,
        "minutes": min(attended.minutes if attended else 0, 2**15 - 1),
        "points_milli": 0,
        "out_of_milli": 0,
        "pass_mark_percent": 0,
        "evidence": [[str(line.rule), line.asked, line.found] for line in verdict.lines if line.is_met],
        "valid_until": valid_until.isoformat() if valid_until else None,
    }
