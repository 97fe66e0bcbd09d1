"""Confirm that somebody is police, and end that."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import policy
from accounts.actions.audit import record_audit
from accounts.errors import OutOfScopeError, PoliceAlreadyConfirmedError, PoliceNotConfirmedError
from accounts.models import Login, Person, PoliceConfirmation


@transaction.atomic
def confirm_police(*, by: Login, person: Person) -> PoliceConfirmation:
    """Confirm that a person in `by`'s scope is police; it opens what is reserved from the next request on.

    Raises OutOfScopeError, PoliceAlreadyConfirmedError.
    """
    _check_scope(by, person)
    try:
        with transaction.atomic():
            confirmation = PoliceConfirmation.objects.create(
                person=person, confirmed_by=by.person, confirmed_at=timezone.now()
            )
    except IntegrityError as error:
        raise PoliceAlreadyConfirmedError from error
    record_audit(by=by, act="police.confirmed", target=person, country=person.country)
    return confirmation


@transaction.atomic
def end_police_confirmation(*, by: Login, person: Person) -> None:
    """End it: reserved courses are closed from the next request on. What was learnt stays on record.

    Raises OutOfScopeError, PoliceNotConfirmedError.
    """
    _check_scope(by, person)
    if not person.police_confirmations.in_force().update(ended_at=timezone.now()):
        raise PoliceNotConfirmedError
    record_audit(by=by, act="police.ended", target=person, country=person.country)


def may_confirm_police(by: Login, person: Person) -> bool:
    """Tell whether `by` may say that this person is police: people of one's cohorts or countries, never oneself."""
    if person.erased_at is not None:
        return False
    return policy.POLICE_CONFIRMING.allows(by, person)


def _check_scope(by: Login, person: Person) -> None:
    if not may_confirm_police(by, person):
        raise OutOfScopeError
