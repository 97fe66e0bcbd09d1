"""Give and take away roles."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import policy
from accounts.actions.audit import record_audit
from accounts.errors import OutOfScopeError, RoleEndedError, RoleHeldError
from accounts.groups import fit_login
from accounts.models import Country, Login, Person, RoleGrant

# Who may give what inside a country of theirs. Only an administrator everywhere gives the rest:
# the role of administrator, the role of editor (pages belong to all countries), anything global.
_GIVEN_IN_COUNTRY = {
    policy.ADMINISTRATOR: {policy.COORDINATOR, policy.TRAINER},
    policy.COORDINATOR: {policy.TRAINER},
}


@transaction.atomic
def grant_role(*, by: Login | None, person: Person, role: str, country: Country | None) -> RoleGrant:
    """Give a person a role in a country, or everywhere (None).

    `by` None is the site itself: a command. Nobody gives a role to themselves. From the next
    request on the person is asked for a second factor. Raises OutOfScopeError, RoleHeldError.
    """
    _check_scope(by, person, role, country)
    try:
        with transaction.atomic():
            grant = RoleGrant.objects.create(
                person=person,
                role=RoleGrant.Role(role),
                country=country,
                granted_by=by.person if by else None,
                granted_at=timezone.now(),
            )
    except IntegrityError as error:
        raise RoleHeldError from error
    _fit(person)
    record_audit(by=by, act="role.granted", target=person, country=country, detail={"role": role})
    return grant


@transaction.atomic
def end_role(*, by: Login | None, grant: RoleGrant) -> RoleGrant:
    """End a role; it stops working at the next request. Raises OutOfScopeError, RoleEndedError."""
    _check_scope(by, grant.person, grant.role, grant.country)
    if not RoleGrant.objects.in_force().filter(pk=grant.pk).update(ended_at=timezone.now()):
        raise RoleEndedError
    grant.refresh_from_db()
    _fit(grant.person)
    record_audit(by=by, act="role.ended", target=grant.person, country=grant.country, detail={"role": grant.role})
    return grant


def may_grant(by: Login, person: Person, role: str, country: Country | None) -> bool:
    """Tell whether `by` may give or take this role: never their own."""
    if by.person_id == person.pk or not by.is_active:
        return False
    if by.scope_of(policy.ADMINISTRATOR).everywhere:
        return True
    if country is None or person.country_id != country.pk:
        return False
    return any(role in given and by.scope_of(own).covers(country.pk) for own, given in _GIVEN_IN_COUNTRY.items())


def _check_scope(by: Login | None, person: Person, role: str, country: Country | None) -> None:
    if by is not None and not may_grant(by, person, role, country):
        raise OutOfScopeError


def _fit(person: Person) -> None:
    login = Login.objects.select_for_update().filter(person=person).first()
    if login is not None:
        fit_login(login)
