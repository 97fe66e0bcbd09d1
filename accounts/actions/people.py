"""Make and change people."""

from django.db import IntegrityError, transaction

from accounts import policy
from accounts.actions.audit import record_audit
from accounts.backends import normal_identifier
from accounts.errors import OutOfScopeError, ServiceNumberTakenError
from accounts.models import ActorAccount, Agency, Country, Login, Person, Post
from accounts.profiles import announce_profile_change


@transaction.atomic
def create_person(  # noqa: PLR0913  # a person has that many facts
    *,
    by: Login | None,
    full_name: str,
    country: Country,
    agency: Agency | None = None,
    post: Post | None = None,
    service_number: str = "",
    language: str = "en",
    sex: str = "",
    birth_year: int | None = None,
    full_name_other: str = "",
    rank_band: str = "",
    duty: str = "",
) -> Person:
    """Make a person with the opaque actor account that statements will name.

    Raises OutOfScopeError unless `by` coordinates or administers the country (None: the site
    itself, for import commands and the demo), ServiceNumberTakenError.
    """
    if by is not None and not _may_add_people(by, country):
        raise OutOfScopeError
    person = insert_person(
        full_name=full_name,
        full_name_other=full_name_other,
        country=country,
        agency=agency,
        post=post,
        service_number=service_number,
        language=language,
        sex=sex,
        birth_year=birth_year,
        rank_band=rank_band,
        duty=duty,
    )
    record_audit(by=by, act="person.created", target=person, country=country)
    return person


def insert_person(*, service_number: str, **facts: object) -> Person:
    """Write the rows of a new person. The caller has checked who may, and holds a transaction."""
    person = Person(service_number=normal_identifier(service_number), **facts)
    person.full_clean(exclude=["agency", "post", "country"], validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as error:
        if person.service_number and _is_taken(person):
            raise ServiceNumberTakenError from error
        raise
    ActorAccount.objects.create(person=person)
    return person


@transaction.atomic
def update_profile(  # as many answers as the form has
    *,
    by: Login,
    language: str,
    sex: str = "",
    birth_year: int | None = None,
    rank_band: str = "",
    duty: str = "",
) -> Person:
    """Change what people say about themselves; an empty answer takes an earlier one back."""
    person = by.person
    person.language, person.sex, person.birth_year = language, sex, birth_year
    person.rank_band, person.duty = rank_band, duty
    person.clean_fields(exclude=["full_name", "country", "agency", "post"])
    person.save(update_fields=["language", "sex", "birth_year", "rank_band", "duty"])
    announce_profile_change([person.uuid])
    return person


def _is_taken(person: Person) -> bool:
    return Person.objects.filter(agency=person.agency, service_number=person.service_number).exists()


def _may_add_people(by: Login, country: Country) -> bool:
    return any(by.scope_of(role).covers(country.pk) for role in (policy.COORDINATOR, policy.ADMINISTRATOR))
