"""Get somebody back in without e-mail: a code from a trainer, that works once."""

import datetime as dt
import uuid
from dataclasses import dataclass

from axes.models import AccessAttempt
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.access import may_help_sign_in
from accounts.actions.audit import record_audit
from accounts.actions.logins import insert_login, set_password
from accounts.backends import find_login, names_of
from accounts.errors import CodeRefusedError, LoginSuspendedError, OutOfScopeError
from accounts.models import Login, OneTimeCode, Person
from accounts.shortcodes import new_code, normal_code

LIFETIME = dt.timedelta(hours=24)
# An unusable hash: Django spends the time of one comparison on it and answers no.
_NO_HASH = UNUSABLE_PASSWORD_PREFIX


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A code in clear, to be shown once; the database keeps only its hash."""

    code: str
    row: OneTimeCode


def issue_one_time_code(*, by: Login, person: Person) -> IssuedCode:
    """Return a new code for a person; an earlier one stops working.

    A person who had no login gets one. Raises OutOfScopeError (policy LOGIN_HELP),
    LoginSuspendedError. The slow hash is made before the transaction holds the writer's lock.
    """
    if not may_help_sign_in(by, person):
        raise OutOfScopeError
    code = new_code()
    code_hash = make_password(code)
    now = timezone.now()
    with transaction.atomic():
        # The person's row is the lock: two issuers at once leave one open code, not an error.
        Person.objects.select_for_update().get(pk=person.pk)
        login = Login.objects.filter(person=person).first() or insert_login(person=person)
        if not login.is_active:
            raise LoginSuspendedError
        OneTimeCode.objects.filter(person=person, used_at__isnull=True).delete()
        row = OneTimeCode.objects.create(
            person=person, code_hash=code_hash, issued_by=by.person, issued_at=now, expires_at=now + LIFETIME
        )
        record_audit(by=by, act="one-time-code.issued", target=person, country=person.country)
    return IssuedCode(code, row)


def redeem_one_time_code(*, identifier: str, agency_uuid: uuid.UUID | None, code: str, new_password: str) -> Login:
    """Choose a new password with a code; ends every session, returns the login.

    Raises ValidationError for a password that is too easy, before a try is spent; CodeRefusedError
    for anything else, after one slow hash in every case. The try is spent before the code is
    compared, so that many guesses at once still get five.
    """
    validate_password(new_password)
    login = find_login(identifier, agency_uuid)
    row = _spend_try(login)
    is_right = check_password(normal_code(code), row.code_hash if row else _NO_HASH)
    if login is None or row is None or not is_right:
        raise CodeRefusedError
    with transaction.atomic():
        if not OneTimeCode.objects.filter(pk=row.pk, used_at__isnull=True).update(used_at=timezone.now()):
            raise CodeRefusedError
        set_password(login=login, new=new_password)
        # Whoever was locked out by somebody else's tries comes back in with the new password.
        AccessAttempt.objects.filter(username__in=names_of(login)).delete()
    return login


def _spend_try(login: Login | None) -> OneTimeCode | None:
    now = timezone.now()
    rows = OneTimeCode.objects.filter(
        person=login.person_id if login and login.is_active else None,
        used_at__isnull=True,
        expires_at__gt=now,
        tries_left__gt=0,
    )
    if not rows.update(tries_left=F("tries_left") - 1):
        return None
    return OneTimeCode.objects.filter(person=login.person_id, used_at__isnull=True).first() if login else None
