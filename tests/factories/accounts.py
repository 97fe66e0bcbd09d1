"""People, their logins and roles, for tests."""

import datetime as dt
from typing import Any

from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone
from factory.declarations import LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory
from factory.faker import Faker
from factory.helpers import post_generation

from accounts.groups import fit_login
from accounts.middleware import SECOND_FACTOR_KEY
from accounts.models import (
    ActorAccount,
    Agency,
    Cohort,
    CohortMember,
    Country,
    InvitationCode,
    Login,
    Person,
    Post,
    RoleGrant,
)

PASSWORD = "correct horse battery"  # of test people
_PASSWORD_HASHES: dict[str, str] = {}


class CountryFactory(DjangoModelFactory[Country]):
    """Mali, unless told otherwise."""

    class Meta:
        model = Country
        django_get_or_create = ("code",)

    code = "ML"


class AgencyFactory(DjangoModelFactory[Agency]):
    """A police force."""

    class Meta:
        model = Agency

    country = SubFactory(CountryFactory)
    name = Sequence(lambda n: f"National police {n}")
    kind = Agency.Kind.POLICE


class PostFactory(DjangoModelFactory[Post]):
    """A border post."""

    class Meta:
        model = Post

    agency = SubFactory(AgencyFactory)
    name = Sequence(lambda n: f"Border post {n}")
    time_zone = "Africa/Bamako"


class PersonFactory(DjangoModelFactory[Person]):
    """An officer of an agency, with the actor account that statements name."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    full_name = Sequence(lambda n: f"Officer {n}")
    country = SubFactory(CountryFactory)
    agency = SubFactory(AgencyFactory, country=SelfAttribute("..country"))
    service_number = Sequence(lambda n: f"{n:05}K")
    language = "en"

    @post_generation
    def actor_account(self: Any, create: bool, _given: Any, **_kwargs: Any) -> None:  # noqa: FBT001
        """Give the opaque name under which statements speak of the person."""
        if create:
            ActorAccount.objects.create(person=self)


class LoginFactory(DjangoModelFactory[Login]):
    """A login with the password PASSWORD, hashed once for all."""

    class Meta:
        model = Login

    person = SubFactory(PersonFactory)

    @classmethod
    def _create(cls, model_class: type[Login], *args: Any, **kwargs: Any) -> Login:
        raw = kwargs.pop("password", PASSWORD)
        if raw not in _PASSWORD_HASHES:
            _PASSWORD_HASHES[raw] = make_password(raw)
        login: Login = super()._create(model_class, *args, password=_PASSWORD_HASHES[raw], **kwargs)
        return login


class CohortFactory(DjangoModelFactory[Cohort]):
    """A cohort of one agency."""

    class Meta:
        model = Cohort

    name = Sequence(lambda n: f"Cohort {n}")
    country = SubFactory(CountryFactory)
    agency = SubFactory(AgencyFactory, country=SelfAttribute("..country"))
    language = "en"
    starts_on = dt.date(2026, 1, 5)
    time_zone = "Africa/Bamako"


class CohortMemberFactory(DjangoModelFactory[CohortMember]):
    """A learner of a cohort."""

    class Meta:
        model = CohortMember

    cohort = SubFactory(CohortFactory)
    person = SubFactory(PersonFactory)
    role = CohortMember.Role.LEARNER
    joined_at = LazyFunction(timezone.now)


class InvitationCodeFactory(DjangoModelFactory[InvitationCode]):
    """A code with ten uses left, for a week."""

    class Meta:
        model = InvitationCode

    code = Sequence(lambda n: f"JN{n:04}".translate(str.maketrans("01", "YZ")))
    cohort = SubFactory(CohortFactory)
    course_uuid = Faker("uuid4", cast_to=None)
    uses_left = 10
    expires_at = LazyFunction(lambda: timezone.now() + dt.timedelta(days=7))


def make_login(
    role: str | None = None, country: Country | None = None, *, everywhere: bool = False, **person: Any
) -> Login:
    """Return a login of a person of `country`, with a role there, or everywhere."""
    country = country or CountryFactory.create()
    login = LoginFactory.create(person=PersonFactory.create(country=country, **person))
    if role:
        grant_row(login.person, role, None if everywhere else country)
        fit_login(login)
    return login


def grant_row(person: Person, role: str, country: Country | None) -> RoleGrant:
    """Write a grant without the checks of accounts.actions.grant_role."""
    return RoleGrant.objects.create(person=person, role=role, country=country, granted_at=timezone.now())


def sign_in(client: Client, login: Login) -> Client:
    """Sign in without a password, as somebody who has given the second factor."""
    client.force_login(login, backend="accounts.backends.RelaisBackend")
    session = client.session
    session[SECOND_FACTOR_KEY] = True
    session.save()
    return client
