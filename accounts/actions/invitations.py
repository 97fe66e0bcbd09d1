"""Come in by a code that a trainer wrote on the board."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import policy
from accounts.actions.audit import record_audit
from accounts.actions.logins import insert_login
from accounts.actions.membership import enter_cohort
from accounts.actions.people import insert_person
from accounts.errors import InvitationClosedError, InvitationUnknownError, MemberLeftError, OutOfScopeError
from accounts.models import Agency, Cohort, CohortMember, InvitationCode, Login, Person
from accounts.shortcodes import new_code, normal_code


@dataclass(frozen=True, slots=True)
class Joined:
    """Who joined what; `course_uuid` is what the caller enrols in."""

    person: Person
    cohort: Cohort
    course_uuid: uuid.UUID
    login: Login | None = None
    # All places were taken: nothing is begun before staff let them in.
    is_waiting: bool = False


@transaction.atomic
def issue_invitation(
    *, by: Login, cohort: Cohort, course_uuid: uuid.UUID, uses: int, expires_at: dt.datetime
) -> InvitationCode:
    """Make a code for a cohort. Raises OutOfScopeError unless `by` trains or runs the cohort."""
    if not policy.COHORTS.allows(by, cohort):
        raise OutOfScopeError
    invitation = InvitationCode.objects.create(
        code=new_code(),
        cohort=cohort,
        course_uuid=course_uuid,
        uses_left=uses,
        expires_at=expires_at,
        created_by=by.person,
    )
    record_audit(by=by, act="invitation.issued", target=cohort, country=cohort.country, detail={"uses": uses})
    return invitation


def open_invitation(code: str) -> InvitationCode:
    """Return an invitation that still opens. Raises InvitationUnknownError, InvitationClosedError."""
    invitation = (
        InvitationCode.objects.select_related("cohort__country", "cohort__agency")
        .filter(code=normal_code(code))
        .first()
    )
    if invitation is None:
        raise InvitationUnknownError
    if not invitation.uses_left or invitation.expires_at <= timezone.now():
        raise InvitationClosedError
    return invitation


@transaction.atomic
def register_by_invitation(  # what a newcomer is asked
    *,
    code: str,
    full_name: str,
    service_number: str,
    password: str,
    language: str,
    agency: Agency | None = None,
    sex: str = "",
    birth_year: int | None = None,
) -> Joined:
    """Make a person with a login, in the country and agency of the cohort, and join it.

    `agency` counts only for a cohort of several agencies, and must be of its country. No role is
    ever given here. Raises InvitationUnknownError, InvitationClosedError, ServiceNumberTakenError,
    OutOfScopeError, ValidationError; then no use is spent.
    """
    invitation = open_invitation(code)
    cohort = invitation.cohort
    agency = cohort.agency or agency
    if agency is not None and agency.country_id != cohort.country_id:
        raise OutOfScopeError
    person = insert_person(
        full_name=full_name,
        country=cohort.country,
        agency=agency,
        service_number=service_number if agency else "",
        language=language,
        sex=sex,
        birth_year=birth_year,
    )
    login = insert_login(person=person, password=password)
    member = _enter(invitation, person)
    return Joined(person, cohort, invitation.course_uuid, login, is_waiting=member.state == CohortMember.State.WAITING)


@transaction.atomic
def join_cohort(*, person: Person, code: str) -> Joined:
    """Join a cohort as somebody who has an account; a second time spends no use.

    Raises InvitationUnknownError, InvitationClosedError, MemberLeftError.
    """
    known = (
        CohortMember.objects.learners()
        .filter(person=person, cohort__invitation_codes__code=normal_code(code))
        .select_related("cohort__country")
        .annotate(course_uuid=F("cohort__invitation_codes__course_uuid"))
        .first()
    )
    if known is not None:
        return _joined_before(person, known)
    invitation = open_invitation(code)
    member = _enter(invitation, person)
    is_waiting = member.state == CohortMember.State.WAITING
    return Joined(person, invitation.cohort, invitation.course_uuid, is_waiting=is_waiting)


def _joined_before(person: Person, member: Any) -> Joined:
    """Return what a member gets who types a code of the cohort again; raise MemberLeftError."""
    if member.state not in (CohortMember.State.ACTIVE, CohortMember.State.WAITING):
        raise MemberLeftError
    is_waiting = member.state == CohortMember.State.WAITING
    return Joined(person, member.cohort, member.course_uuid, is_waiting=is_waiting)


def _enter(invitation: InvitationCode, person: Person) -> CohortMember:
    """Add a member and spend one use, in one statement whatever was read before: it decides a race."""
    entered = enter_cohort(invitation.cohort, [person], takes_back=False)
    if entered.there:
        return entered.there[0]
    still_open = InvitationCode.objects.filter(pk=invitation.pk, uses_left__gt=0, expires_at__gt=timezone.now())
    if not still_open.update(uses_left=F("uses_left") - 1):
        raise InvitationClosedError
    return entered.new[0]
