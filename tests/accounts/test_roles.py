from typing import Any

import pytest
from wagtail.models import GroupPagePermission

from accounts.actions import end_role, grant_role
from accounts.errors import OutOfScopeError, RoleEndedError, RoleHeldError
from accounts.models import AuditEvent, Login, RoleGrant
from tests.factories.accounts import CountryFactory, LoginFactory, PersonFactory, make_login

pytestmark = pytest.mark.django_db
EVERYWHERE = "everywhere"


def granter(kind, country):
    if kind is None:
        return make_login(None, country)
    role, place = kind
    return make_login(role, country, everywhere=place == EVERYWHERE)


ADMIN, NATIONAL = ("administrator", EVERYWHERE), ("administrator", "country")
COORDINATOR, TRAINER, EDITOR = ("coordinator", "country"), ("trainer", "country"), ("editor", EVERYWHERE)


@pytest.mark.parametrize(
    ("kind", "role", "place", "may"),
    [
        (ADMIN, "administrator", EVERYWHERE, True),
        (ADMIN, "editor", EVERYWHERE, True),
        (ADMIN, "coordinator", "own", True),
        (NATIONAL, "coordinator", "own", True),
        (NATIONAL, "trainer", "own", True),
        (NATIONAL, "trainer", "other", False),
        (NATIONAL, "trainer", EVERYWHERE, False),
        (NATIONAL, "editor", "own", False),
        (NATIONAL, "administrator", "own", False),
        (COORDINATOR, "trainer", "own", True),
        (COORDINATOR, "coordinator", "own", False),
        (COORDINATOR, "trainer", "other", False),
        (TRAINER, "trainer", "own", False),
        (EDITOR, "trainer", "own", False),
        (None, "trainer", "own", False),
    ],
)
def test_who_may_give_which_role_where(kind, role, place, may):
    mali = CountryFactory.create(code="ML")
    country = {EVERYWHERE: None, "own": mali, "other": CountryFactory.create(code="NE")}[place]
    person = PersonFactory.create(country=mali)
    by = granter(kind, mali)

    if may:
        grant = grant_role(by=by, person=person, role=role, country=country)
        assert grant.granted_by == by.person
        end_role(by=by, grant=grant)
    else:
        with pytest.raises(OutOfScopeError):
            grant_role(by=by, person=person, role=role, country=country)
        with pytest.raises(OutOfScopeError):
            end_role(by=by, grant=grant_role(by=None, person=person, role=role, country=country))


def test_nobody_gives_or_ends_a_role_of_their_own():
    administrator = make_login("administrator", everywhere=True)

    with pytest.raises(OutOfScopeError):
        grant_role(by=administrator, person=administrator.person, role="editor", country=None)
    with pytest.raises(OutOfScopeError):
        end_role(by=administrator, grant=RoleGrant.objects.get())


def test_a_suspended_login_gives_nothing():
    administrator = make_login("administrator", everywhere=True)
    administrator.is_active = False

    with pytest.raises(OutOfScopeError):
        grant_role(by=administrator, person=PersonFactory.create(), role="editor", country=None)


def test_a_person_of_another_country_is_not_ours_to_raise():
    mali = CountryFactory.create(code="ML")
    foreigner = PersonFactory.create(country=CountryFactory.create(code="NE"))

    with pytest.raises(OutOfScopeError):
        grant_role(by=make_login("coordinator", mali), person=foreigner, role="trainer", country=mali)


def test_granting_marks_the_login_and_is_audited():
    login = LoginFactory.create()
    administrator = make_login("administrator", everywhere=True)

    grant_role(by=administrator, person=login.person, role="trainer", country=login.person.country)

    login = Login.objects.get(pk=login.pk)
    assert login.has_roles
    assert login.holds("trainer")
    assert not login.scope_of("trainer").everywhere
    event = AuditEvent.objects.get()
    assert (event.act, event.actor_uuid, event.target_uuid) == (
        "role.granted",
        administrator.person.uuid,
        login.person.uuid,
    )
    assert event.detail == {"role": "trainer", "roles": ["administrator"]}


def test_ending_the_last_role_unmarks_the_login_and_keeps_the_row():
    login = make_login("trainer")
    grant = RoleGrant.objects.get()

    end_role(by=None, grant=grant)

    assert not Login.objects.get(pk=login.pk).has_roles
    assert RoleGrant.objects.get().ended_at is not None
    assert AuditEvent.objects.get().act == "role.ended"
    with pytest.raises(RoleEndedError):
        end_role(by=None, grant=grant)


def test_a_role_is_held_once_and_may_be_given_again_after_its_end():
    person = PersonFactory.create()
    given: dict[str, Any] = {"by": None, "person": person, "role": "trainer", "country": person.country}
    grant = grant_role(**given)
    with pytest.raises(RoleHeldError):
        grant_role(**given)

    end_role(by=None, grant=grant)
    grant_role(**given)

    assert RoleGrant.objects.count() == 2


def test_only_a_role_everywhere_enters_the_group_that_holds_pages():
    national = make_login("editor")
    everywhere = make_login("editor", everywhere=True)

    # The group of a country holds the pages that were opened to it: none yet.
    assert [group.name for group in national.groups.all()] == ["publishers-ml"]
    assert not GroupPagePermission.objects.filter(group__user=national).exists()
    assert [group.name for group in everywhere.groups.all()] == ["editor"]


def test_nobody_becomes_a_superuser():
    login = make_login("administrator", everywhere=True)
    login.refresh_from_db()

    assert not login.is_superuser


def test_a_grant_made_before_the_login_counts_when_the_login_comes():
    from accounts.actions import create_login

    person = PersonFactory.create()
    grant_role(by=None, person=person, role="trainer", country=person.country)

    login = create_login(by=None, person=person, password="a new long password")

    assert login.has_roles
