"""Let people sign in, and stop them."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from accounts import policy
from accounts.access import may_help_sign_in, may_suspend
from accounts.actions.audit import record_audit
from accounts.backends import normal_identifier
from accounts.errors import LoginExistsError, OutOfScopeError, WrongPasswordError
from accounts.groups import fit_login
from accounts.models import Login, LoginSession, Person
from accounts.shortcodes import new_code


@transaction.atomic
def create_login(
    *,
    by: Login | None,
    person: Person,
    password: str | None = None,
    email: str | None = None,
    must_change_password: bool = False,
) -> Login:
    """Let a person sign in; without a password, only a one-time code opens the login.

    Somebody without service number and e-mail address gets a short code to type as a name.
    Raises OutOfScopeError unless `by` may help this person (None: the site itself), LoginExistsError.
    """
    if by is not None and not may_help_sign_in(by, person):
        raise OutOfScopeError
    login = insert_login(person=person, password=password, email=email, must_change_password=must_change_password)
    record_audit(by=by, act="login.created", target=person, country=person.country)
    return login


def insert_login(
    *, person: Person, password: str | None = None, email: str | None = None, must_change_password: bool = False
) -> Login:
    """Write the row of a new login. The caller has checked who may, and holds a transaction."""
    if Login.objects.filter(person=person).exists():
        raise LoginExistsError
    login = Login(person=person, must_change_password=must_change_password)
    login.email = normal_identifier(email) if email else None
    if not person.service_number and not login.email:
        login.short_code = new_code()
    if password is not None:
        validate_password(password, login)
    login.set_password(password)
    login.save(force_insert=True)
    fit_login(login)
    return login


@transaction.atomic
def change_password(*, by: Login, present: str, new: str, keep_session: str | None = None) -> None:
    """Change one's own password and end every other session.

    Raises WrongPasswordError; ValidationError for a password that is too easy.
    """
    if not by.check_password(present):
        raise WrongPasswordError
    set_password(login=by, new=new, keep_session=keep_session)


def set_password(*, login: Login, new: str, keep_session: str | None = None) -> None:
    """Write a new password and end the sessions. The caller has checked who may."""
    validate_password(new, login)
    login.set_password(new)
    login.must_change_password = False
    login.save(update_fields=["password", "must_change_password"])
    end_sessions(login=login, keep_session=keep_session)


def end_sessions(*, login: Login, keep_session: str | None = None) -> int:
    """End the sessions of a login, except one; return how many. They are dead at their next request."""
    rows = LoginSession.objects.filter(login=login).exclude(session_key=keep_session or "")
    return rows.delete()[0]


@transaction.atomic
def suspend_login(*, by: Login | None, person: Person) -> Login:
    """Suspend a login and end its sessions at once. Raises OutOfScopeError."""
    login = _switch(by, person, is_active=False)
    end_sessions(login=login)
    record_audit(by=by, act="login.suspended", target=person, country=person.country)
    return login


@transaction.atomic
def reinstate_login(*, by: Login | None, person: Person) -> Login:
    """Let a suspended person sign in again. Raises OutOfScopeError."""
    login = _switch(by, person, is_active=True)
    record_audit(by=by, act="login.reinstated", target=person, country=person.country)
    return login


@transaction.atomic
def remove_second_factor(*, by: Login | None, person: Person) -> None:
    """Take away a lost second factor; the person sets up another at the next sign-in.

    Only an administrator everywhere, or a command on the machine, may. Raises OutOfScopeError.
    """
    is_allowed = by is None or (by.scope_of(policy.ADMINISTRATOR).everywhere and by.person_id != person.pk)
    if not is_allowed:
        raise OutOfScopeError
    login = Login.objects.get(person=person)
    Authenticator.objects.filter(user=login).delete()
    end_sessions(login=login)
    record_audit(by=by, act="second-factor.removed", target=person, country=person.country)


def _switch(by: Login | None, person: Person, *, is_active: bool) -> Login:
    if by is not None and not may_suspend(by, person):
        raise OutOfScopeError
    login = Login.objects.select_for_update().get(person=person)
    login.is_active = is_active
    login.save(update_fields=["is_active"])
    return login
