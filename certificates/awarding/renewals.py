"""Where awards stand with their renewal, read from rows."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from certificates.awarded import course_award
from certificates.awarding.renewing import Ending, Renewal, judge_renewal
from certificates.models import Award, AwardRule
from courses.models import Enrolment

USUAL_DAYS = 90


def rule_of(award: Award) -> AwardRule | None:
    """Return the rule under which an award is renewed today. One query."""
    return rules_of([award])[0]


def rules_of(awards: Sequence[Award]) -> list[AwardRule | None]:
    """Return the rule of each award, in their order: its programme's, else the one for everybody. One query."""
    courses = Q(course_uuid__in={each.course_uuid for each in awards})
    programmes = {each.programme_uuid for each in awards if each.programme_uuid}
    of_trainers = Q(role=AwardRule.Role.TRAINER, programme__uuid__in=programmes)
    rules = AwardRule.objects.filter(courses | of_trainers).select_related("programme")
    found = {(rule.course_uuid, rule.programme.uuid if rule.programme else None): rule for rule in rules}
    return [_rule_among(each, found) for each in awards]


def renewal_of(award: Award, rule: AwardRule | None, today: dt.date) -> Renewal:
    """Return where one award stands with its renewal. Two queries."""
    return judge_renewal(endings_of([award])[0], rule.renews_before_days if rule else USUAL_DAYS, today)


def renewals_of(awards: Sequence[Award], today: dt.date) -> list[tuple[Renewal, str]]:
    """Return where each award stands with its renewal, and how it is renewed. Three queries, none for no award."""
    if not awards:
        return []
    return [
        (
            judge_renewal(ending, rule.renews_before_days if rule else USUAL_DAYS, today),
            rule.renewal if rule else AwardRule.Renewal.COURSE,
        )
        for rule, ending in zip(rules_of(awards), endings_of(awards), strict=True)
    ]


def _rule_among(award: Award, found: Mapping[tuple[UUID | None, UUID | None], AwardRule]) -> AwardRule | None:
    if award.award_uuid != course_award(award.course_uuid):
        return found.get((None, award.programme_uuid)) if award.programme_uuid else None
    return found.get((award.course_uuid, award.programme_uuid)) or found.get((award.course_uuid, None))


def endings_of(awards: Sequence[Award]) -> list[Ending]:
    """Return what is known of each award's end, in their order. Two queries, however many."""
    people = {each.person_id for each in awards}
    kinds = {each.award_uuid for each in awards}
    courses = {each.course_uuid for each in awards}
    standing = Award.objects.in_force().filter(person__uuid__in=people, award_uuid__in=kinds)
    later = _latest(standing.values_list("person_id", "award_uuid", "period"))
    again = Enrolment.objects.filter(period__gt=1, person__uuid__in=people, course_uuid__in=courses)
    begun = _latest(again.values_list("person_id", "course_uuid", "period"))
    return [
        Ending(
            each.valid_until,
            each.revoked_at is not None,
            later.get((each.person_id, each.award_uuid), 0) > each.period,
            each.award_uuid == course_award(each.course_uuid)
            and begun.get((each.person_id, each.course_uuid), 0) > each.period,
        )
        for each in awards
    ]


def _latest(rows: Iterable[Any]) -> dict[tuple[UUID, UUID], int]:
    """Return the latest period of each person and thing."""
    found: dict[tuple[UUID, UUID], int] = {}
    for person, thing, period in rows:
        found[person, thing] = max(period, found.get((person, thing), 0))
    return found
