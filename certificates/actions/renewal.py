"""Correct and renew awards: a new version under the same number, or a new period with its own."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.actions import Telling, record_audit, send_messages
from accounts.models import Login
from certificates import policy
from certificates.attested import begins_on
from certificates.awarded import award_uuid_for, course_award, issue_of
from certificates.awarding.renewals import renewal_of, rule_of
from certificates.awarding.renewing import Standing
from certificates.awarding.saying import actor_of, say_change, say_earned
from certificates.awarding.telling import INVITED, REISSUED, RENEWED, telling
from certificates.course_terms import terms_of
from certificates.errors import (
    AwardRefusedError,
    AwardSupersededError,
    AwardWithdrawnError,
    HolderNameMissingError,
    NameUnchangedError,
    RenewalNotOpenError,
)
from certificates.models import Award, AwardRule, HolderName
from certificates.reasons import SUPERSEDED, RevocationReason
from certificates.serials import serial_for
from certificates.validity import last_valid_day
from courses.actions import enrol_again
from courses.catalogue import read_catalogue
from courses.editions.choosing import edition_of_country
from courses.models import Enrolment
from records.storage import hold_log, statements_of

_NO_ISSUE = "no-issue"


@transaction.atomic
def reissue_award(*, by: Login, award: Award, at: dt.datetime | None = None) -> Award:
    """Issue an award again in the person's name of today: the number stays, the version goes up, audited.

    The earlier version is replaced for good, and whoever checks it reads so. Asking for it twice gives the one new
    version. Raise PermissionDenied, AwardSupersededError, AwardWithdrawnError (unless it was withdrawn for its
    name), NameUnchangedError, HolderNameMissingError for an erased person.
    """
    if not policy.AWARDS_RUN.allows(by, award):
        raise PermissionDenied
    hold_log()
    here = Award.objects.select_related("country", "person").get(pk=award.pk)
    _check_may_reissue(here)
    version = 1 + max(Award.objects.filter(serial=here.serial).values_list("version", flat=True))
    facts = _said_at_issue(here) | {
        "version": version,
        "rule_version": here.rule_version,
        "programme": str(here.programme_uuid) if here.programme_uuid else None,
        "supersedes": str(here.uuid),
    }
    moment = max(at or timezone.now(), here.issued_at + dt.timedelta(milliseconds=1))
    uuid = award_uuid_for(here.person_id, _about(here), here.period, version)
    say_earned(_speaker(here, by), uuid, here.person, facts, moment)
    say_change("revoked", actor_of(by), here.uuid, {"reason": SUPERSEDED}, moment)
    record_audit(by=by, act="award.reissued", target=here, country=here.country, detail={"version": version})
    fresh: Award = Award.objects.select_related("country", "person").get(pk=uuid)
    send_messages([telling(fresh, REISSUED, "")])
    return fresh


@transaction.atomic
def renew_award(*, by: Login, award: Award, at: dt.datetime | None = None) -> Award:
    """Attest an award for another period, where its rule lets a coordinator do so, audited; history is kept.

    The new certificate has a number of its own. Asking twice gives the one new award.
    Raise PermissionDenied, RenewalNotOpenError.
    """
    if not policy.AWARDS_RUN.allows(by, award):
        raise PermissionDenied
    hold_log()
    here = Award.objects.select_related("country", "person").get(pk=award.pk)
    moment = at or timezone.now()
    issued_on = moment.astimezone(dt.UTC).date()
    rule = rule_of(here)
    if rule is None or rule.renewal != AwardRule.Renewal.ATTEST:
        raise RenewalNotOpenError(Standing.BY_TEST)
    period = here.period + 1
    uuid = award_uuid_for(here.person_id, _about(here), period, 1)
    known = Award.objects.filter(pk=uuid).first()
    if known is not None:
        return known
    renewal = renewal_of(here, rule, issued_on)
    if not renewal.is_open:
        raise RenewalNotOpenError(renewal.standing)
    valid_until = last_valid_day(begins_on([here], period, issued_on), _months(here, rule))
    facts = _said_at_issue(here) | {
        "period": period,
        "version": 1,
        "rule_version": here.rule_version,
        "programme": str(here.programme_uuid) if here.programme_uuid else None,
        "supersedes": None,
        "valid_until": valid_until.isoformat() if valid_until else None,
    }
    say_earned(
        _speaker(here, by),
        uuid,
        here.person,
        facts,
        moment,
        lambda again: serial_for(uuid, here.country_id, issued_on.year, again),
    )
    record_audit(by=by, act="award.renewed", target=here, country=here.country, detail={"period": period})
    fresh: Award = Award.objects.select_related("country", "person").get(pk=uuid)
    send_messages([telling(fresh, RENEWED, "")])
    return fresh


@transaction.atomic
def begin_renewal(*, by: Login, award: Award, at: dt.datetime | None = None) -> Enrolment:
    """Enrol the holder in the next period of the course, or of its tests only, as the rule says.

    Raise PermissionDenied for anybody but the holder, RenewalNotOpenError. A second click finds the enrolment.
    """
    if award.person_id != by.person.uuid:
        raise PermissionDenied
    hold_log()
    here = Award.objects.get(pk=award.pk)
    course = read_catalogue().course(here.course_uuid, here.language, edition_of_country(by.person.country))
    rule = rule_of(here)
    way = rule.renewal if rule else AwardRule.Renewal.COURSE
    if course is None or way == AwardRule.Renewal.ATTEST or here.award_uuid != course_award(here.course_uuid):
        raise RenewalNotOpenError(Standing.BY_COORDINATOR)
    later = Enrolment.objects.of(by).filter(course_uuid=here.course_uuid, period__gt=here.period).order_by("-period")
    begun: Enrolment | None = later.first()
    if begun is not None:
        return begun
    moment = at or timezone.now()
    renewal = renewal_of(here, rule, moment.astimezone(dt.UTC).date())
    if not renewal.is_open:
        raise RenewalNotOpenError(renewal.standing)
    with_lessons = way == AwardRule.Renewal.COURSE
    return enrol_again(by=by, course=course, period=here.period + 1, with_lessons=with_lessons, at=moment)


@transaction.atomic
def invite_to_renew(*, by: Login, awards: Iterable[Award]) -> int:
    """Ask the holders to renew, audited as one act; return how many were told anew today. Four queries.

    A holder is told once a day at most, however often the button is pressed. Awards outside the scope of
    `by` are left out; so are those that do not stand, and those without an end.
    """
    wanted = [each.pk for each in awards]
    rows = policy.AWARDS_RUN.filter(Award.objects.in_force(), by).filter(pk__in=wanted, valid_until__isnull=False)
    today = timezone.now().date().isoformat()
    tellings: list[Telling] = [telling(each, INVITED, today) for each in rows.select_related("person")]
    told = send_messages(tellings)
    if told:
        record_audit(by=by, act="award.renewal-invited", detail={"awards": len(tellings), "told": told})
    return told


def _check_may_reissue(here: Award) -> None:
    if here.is_superseded:
        raise AwardSupersededError(here.serial)
    if here.revoked_at is not None and here.revocation_reason != RevocationReason.WRONG_NAME:
        raise AwardWithdrawnError(here.serial)
    if here.person.erased_at is not None:
        raise HolderNameMissingError(here.serial)
    printed = HolderName.objects.filter(pk=here.uuid).first()
    now = (here.person.full_name, here.person.full_name_other)
    if printed is not None and printed.fits(here) and (printed.full_name, printed.full_name_other) == now:
        raise NameUnchangedError(here.serial)


def _said_at_issue(here: Award) -> dict[str, Any]:
    """Return what was said when an award was issued; all but what changes is said again."""
    said = issue_of(here.uuid, statements_of([here.uuid]))
    if said is None:
        raise AwardRefusedError(_NO_ISSUE)
    return dict(said.facts)


def _about(here: Award) -> Any:
    """Return what the award's id is made from: its course, or its kind where it is not a course's."""
    return here.course_uuid if here.award_uuid == course_award(here.course_uuid) else here.award_uuid


def _speaker(here: Award, by: Login) -> Any:
    """Return the account that the award is said about: the holder's own."""
    account = here.person.actor_accounts.order_by("pk").first()
    return account.uuid if account else actor_of(by)


def _months(here: Award, rule: AwardRule) -> int:
    if rule.valid_months is not None:
        return rule.valid_months
    return terms_of(here.course_uuid, here.language).valid_months
