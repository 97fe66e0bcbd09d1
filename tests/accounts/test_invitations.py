import datetime as dt
import threading
import time
import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from accounts.actions import issue_invitation, join_cohort, register_by_invitation
from accounts.errors import (
    InvitationClosedError,
    InvitationUnknownError,
    OutOfScopeError,
    ServiceNumberTakenError,
)
from accounts.models import AuditEvent, CohortMember, InvitationCode, Login, Person
from tests.factories.accounts import (
    AgencyFactory,
    CohortFactory,
    CohortMemberFactory,
    CountryFactory,
    InvitationCodeFactory,
    PersonFactory,
    make_login,
)

NEW = "a new long password"


def register(invitation, **changes):
    given = {
        "code": invitation.code,
        "full_name": "Aminata Traoré",
        "service_number": "04 218-k",
        "password": NEW,
        "language": "fr",
    }
    return register_by_invitation(**(given | changes))


@pytest.mark.django_db
def test_a_newcomer_gets_person_login_membership_and_no_role():
    invitation = InvitationCodeFactory.create(uses_left=3)

    joined = register(invitation, sex="female", birth_year=1990)

    person = joined.person
    assert (person.agency, person.country) == (invitation.cohort.agency, invitation.cohort.country)
    assert person.service_number == "04218K"
    assert person.actor_accounts.count() == 1
    assert person.login.check_password(NEW)
    assert not person.login.has_roles
    assert not person.role_grants.exists()
    assert person.memberships.get().role == CohortMember.Role.LEARNER
    assert joined.course_uuid == invitation.course_uuid
    invitation.refresh_from_db()
    assert invitation.uses_left == 2


@pytest.mark.django_db
def test_sex_and_year_of_birth_are_free():
    person = register(InvitationCodeFactory.create()).person

    assert (person.sex, person.birth_year) == ("", None)


@pytest.mark.django_db
def test_the_code_may_be_typed_in_any_way():
    invitation = InvitationCodeFactory.create(code="JNABCD23")

    register(invitation, code=" jnab cd-23 ")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"code": "NOSUCH22"}, InvitationUnknownError),
        ({"password": "short"}, ValidationError),
        ({"birth_year": 1800}, ValidationError),
        ({"full_name": ""}, ValidationError),
        ({"sex": "unheard"}, ValidationError),
    ],
)
def test_a_refusal_writes_nothing_and_spends_no_use(change, refusal):
    invitation = InvitationCodeFactory.create(uses_left=1)

    with pytest.raises(refusal):
        register(invitation, **change)

    invitation.refresh_from_db()
    assert invitation.uses_left == 1
    assert not Person.objects.exists()
    assert not Login.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("closed", [{"uses_left": 0}, {"expires_at": timezone.now() - dt.timedelta(seconds=1)}])
def test_a_used_up_or_old_code_is_closed(closed):
    invitation = InvitationCodeFactory.create(**closed)

    with pytest.raises(InvitationClosedError):
        register(invitation)
    with pytest.raises(InvitationClosedError):
        join_cohort(person=PersonFactory.create(), code=invitation.code)


@pytest.mark.django_db
def test_a_service_number_that_is_taken_is_not_taken_over():
    invitation = InvitationCodeFactory.create(uses_left=1)
    known = PersonFactory.create(agency=invitation.cohort.agency, service_number="04218K")

    with pytest.raises(ServiceNumberTakenError):
        register(invitation)

    known.refresh_from_db()
    assert not hasattr(known, "login")
    invitation.refresh_from_db()
    assert invitation.uses_left == 1


@pytest.mark.django_db
def test_a_cohort_of_several_agencies_takes_one_of_its_country():
    invitation = InvitationCodeFactory.create(cohort=CohortFactory.create(agency=None))
    foreign = AgencyFactory.create(country=CountryFactory.create(code="NE"))
    own = AgencyFactory.create(country=invitation.cohort.country)

    with pytest.raises(OutOfScopeError):
        register(invitation, agency=foreign)
    assert register(invitation, agency=own).person.agency == own


@pytest.mark.django_db
def test_without_any_agency_a_short_code_is_issued():
    invitation = InvitationCodeFactory.create(cohort=CohortFactory.create(agency=None))

    joined = register(invitation, service_number="")

    assert len(joined.login.short_code) == 8


@pytest.mark.django_db
def test_an_existing_person_joins_once_and_spends_one_use():
    invitation = InvitationCodeFactory.create(uses_left=2)
    person = PersonFactory.create()

    first = join_cohort(person=person, code=invitation.code)
    second = join_cohort(person=person, code=invitation.code)

    assert first == second
    invitation.refresh_from_db()
    assert invitation.uses_left == 1
    assert person.memberships.count() == 1


@pytest.mark.django_db
def test_a_member_still_finds_the_course_when_the_code_is_used_up():
    invitation = InvitationCodeFactory.create(uses_left=1)
    person = PersonFactory.create()
    join_cohort(person=person, code=invitation.code)

    assert join_cohort(person=person, code=invitation.code).course_uuid == invitation.course_uuid


@pytest.mark.django_db
def test_a_trainer_issues_codes_for_own_cohorts_only():
    trainer = make_login("trainer")
    own, other = CohortFactory.create(), CohortFactory.create()
    CohortMemberFactory.create(cohort=own, person=trainer.person, role=CohortMember.Role.TRAINER)
    given: dict[str, Any] = {
        "course_uuid": uuid.uuid4(),
        "uses": 20,
        "expires_at": timezone.now() + dt.timedelta(days=7),
    }

    invitation = issue_invitation(by=trainer, cohort=own, **given)

    assert invitation.uses_left == 20
    assert AuditEvent.objects.get().act == "invitation.issued"
    with pytest.raises(OutOfScopeError):
        issue_invitation(by=trainer, cohort=other, **given)
    with pytest.raises(OutOfScopeError):
        issue_invitation(by=make_login(), cohort=own, **given)


def run_together(*calls):
    """Run the calls in threads that start together; return what each returned or raised."""
    barrier = threading.Barrier(len(calls))
    outcomes = []

    def run(call):
        try:
            barrier.wait(timeout=10)
            outcomes.append(call())
        except Exception as error:  # noqa: BLE001  # the outcome of a race is what is looked at
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_the_race_for_the_last_use_is_real_without_the_guard():
    """A control: reading first and writing later lets both in."""
    invitation = InvitationCodeFactory.create(uses_left=1)
    read = threading.Barrier(2)

    def naive():
        seen = InvitationCode.objects.get(pk=invitation.pk)
        read.wait(timeout=10)
        if seen.uses_left < 1:
            raise InvitationClosedError
        InvitationCode.objects.filter(pk=seen.pk).update(uses_left=seen.uses_left - 1)
        return True

    assert run_together(naive, naive) == [True, True]


@pytest.mark.django_db(transaction=True)
def test_two_people_and_one_use_left_one_joins():
    invitation = InvitationCodeFactory.create(uses_left=1)
    people = PersonFactory.create_batch(2)

    outcomes = run_together(
        *(lambda person=person: join_cohort(person=person, code=invitation.code) for person in people)
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["InvitationClosedError", "Joined"]
    invitation.refresh_from_db()
    assert invitation.uses_left == 0
    assert CohortMember.objects.filter(cohort=invitation.cohort).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_newcomers_and_one_use_left_one_registers_and_nothing_is_left_of_the_other():
    invitation = InvitationCodeFactory.create(uses_left=1)

    outcomes = run_together(
        *(lambda number=number: register(invitation, service_number=number) for number in ("11111A", "22222B"))
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["InvitationClosedError", "Joined"]
    assert Person.objects.count() == Login.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_person_twice_at_once_spends_one_use():
    invitation = InvitationCodeFactory.create(uses_left=5)
    person = PersonFactory.create()

    run_together(*[lambda: join_cohort(person=person, code=invitation.code)] * 3)

    invitation.refresh_from_db()
    assert invitation.uses_left == 4


@pytest.mark.django_db(transaction=True)
def test_a_stale_look_at_the_code_does_not_let_anybody_in():
    invitation = InvitationCodeFactory.create(uses_left=1)
    person = PersonFactory.create()
    with transaction.atomic():
        InvitationCode.objects.update(uses_left=0)
    time.sleep(0)

    with pytest.raises(InvitationClosedError):
        join_cohort(person=person, code=invitation.code)
