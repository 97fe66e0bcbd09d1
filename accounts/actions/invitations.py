"""Come in by a code that a trainer wrote on the board."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import policy
from accounts.actions.audit import record_audit
from accounts.actions.logins import insert_login
from accounts.actions.people import insert_person
from accounts.errors import InvitationClosedError, InvitationUnknownError, OutOfScopeError
from accounts.models import Agency, Cohort, CohortMember, InvitationCode, Login, Person
from accounts.shortcodes import new_code, normal_code


@dataclass(frozen=True, slots=True)
class Joined:
    """Who joined what; `course_uuid` is what the caller enrols in."""

    person: Person
    cohort: Cohort
    course_uuid: uuid.UUID
    login: Login | None = None


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
    _enter(invitation, person)
    return Joined(person, cohort, invitation.course_uuid, login)


@transaction.atomic
def join_cohort(*, person: Person, code: str) -> Joined:
    """Join a cohort as somebody who has an account; a second time spends no use.

    Raises InvitationUnknownError, InvitationClosedError.
    """
    known = (
        InvitationCode.objects.filter(
            code=normal_code(code), cohort__members__person=person, cohort__members__role=CohortMember.Role.LEARNER
        )
        .select_related("cohort__country")
        .first()
    )
    if known is not None:
        return Joined(person, known.cohort, known.course_uuid)
    invitation = open_invitation(code)
    _enter(invitation, person)
    return Joined(person, invitation.cohort, invitation.course_uuid)


def _enter(invitation: InvitationCode, person: Person) -> None:
    """Add a member and spend one use, in one statement whatever was read before: it decides a race."""
    _member, is_new = CohortMember.objects.get_or_create(
        cohort=invitation.cohort,
        person=person,
        role=CohortMember.Role.LEARNER,
        defaults={"joined_at": timezone.now()},
    )
    if not is_new:
        return
    still_open = InvitationCode.objects.filter(pk=invitation.pk, uses_left__gt=0, expires_at__gt=timezone.now())
    if not still_open.update(uses_left=F("uses_left") - 1):
        raise InvitationClosedError
