"""Write the demo's places, people and logins."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

from allauth.mfa.totp.internal.auth import TOTP

from accounts.actions import create_login, grant_role, record_audit
from accounts.actions.people import insert_person
from accounts.models import ActorAccount, Agency, Cohort, CohortMember, Country, InvitationCode, Login, Person, Post
from accounts.profiles import announce_profile_change
from elearning.demo.cohorts import COHORTS, COUNTRIES, FAR_AWAY, FIRST_DAY, DemoCohort, Officer
from elearning.demo.signins import BY_NAME, CENTRE, ML_BORDER, ML_POLICE, PASSWORD, SIGN_INS, UA_BORDER, SignIn
from elearning.lib.ids import derived_uuid

_AGENCIES = (
    (ML_BORDER, "ML", Agency.Kind.BORDER),
    (ML_POLICE, "ML", Agency.Kind.POLICE),
    (UA_BORDER, "UA", Agency.Kind.BORDER),
    (CENTRE, "SN", Agency.Kind.TRAINING),
)


def demo_uuid(*parts: str) -> uuid.UUID:
    """Return the id of a thing of the demo, the same on every machine."""
    return derived_uuid("demo", *parts)


def add_places() -> None:
    """Write countries and agencies."""
    for code in COUNTRIES:
        Country.objects.get_or_create(code=code)
    for name, country, kind in _AGENCIES:
        agency_uuid = demo_uuid("agency", name)
        Agency.objects.get_or_create(
            uuid=agency_uuid, defaults={"name": name, "country": Country.objects.get(code=country), "kind": kind}
        )


def add_sign_ins() -> None:
    """Write the people on the sheet, with their roles and second step."""
    for each in SIGN_INS:
        login = Login.objects.get(person=_add_sign_in(each))
        if each.is_staff:
            country = None if each.everywhere else login.person.country
            grant_role(by=None, person=login.person, role=each.role, country=country)
            TOTP.activate(login, each.totp_secret)


def add_cohort(demo: DemoCohort, course_uuid: uuid.UUID) -> Cohort:
    """Write a cohort with its post, invitation code and trainer."""
    country, agency = Country.objects.get(code=demo.country), Agency.objects.get(uuid=demo_uuid("agency", demo.agency))
    Post.objects.create(uuid=demo_uuid("post", demo.key), agency=agency, name=demo.post, time_zone=demo.time_zone)
    cohort = Cohort.objects.create(
        uuid=demo_uuid("cohort", demo.key),
        name=demo.name,
        country=country,
        agency=agency,
        language=demo.language,
        starts_on=FIRST_DAY + dt.timedelta(days=demo.starts_after_days),
        time_zone=demo.time_zone,
    )
    trainer = Person.objects.get(uuid=demo_uuid("person", demo.trainer)) if demo.trainer else None
    InvitationCode.objects.create(
        code=demo.code, cohort=cohort, course_uuid=course_uuid, uses_left=60, expires_at=FAR_AWAY, created_by=trainer
    )
    if trainer:
        moment = opening_of(demo)
        CohortMember.objects.create(cohort=cohort, person=trainer, role=CohortMember.Role.TRAINER, joined_at=moment)
    return cohort


def login_of(demo: DemoCohort, officer: Officer) -> Login:
    """Return an officer's login; only those on the sheet have a password."""
    person_uuid = demo_uuid("person", officer.service_number)
    sheet = {each.types: each.who for each in SIGN_INS}
    if officer.service_number in sheet:
        person_uuid = demo_uuid("person", sheet[officer.service_number])
    else:
        person = insert_person(
            uuid=person_uuid,
            full_name=officer.name,
            full_name_other=officer.other_name,
            service_number=officer.service_number,
            language=demo.language,
            **_place_of(demo.agency),
        )
        _finish(person)
        create_login(by=None, person=person)
    Person.objects.filter(uuid=person_uuid).update(
        sex=officer.sex,
        birth_year=officer.birth_year,
        post=Post.objects.get(uuid=demo_uuid("post", demo.key)),
        **_said_of(officer),
    )
    # Demo people have the same ids everywhere: what was done on another site may be here already.
    announce_profile_change([person_uuid])
    return Login.objects.select_related("person__country", "person__agency").get(person__uuid=person_uuid)


def opening_of(demo: DemoCohort) -> dt.datetime:
    """Return when a class opened: eight in the morning of its place."""
    day = FIRST_DAY + dt.timedelta(days=demo.starts_after_days)
    return dt.datetime.combine(day, dt.time(8), ZoneInfo(demo.time_zone)).astimezone(dt.UTC)


def is_there() -> bool:
    """Tell whether the demo was loaded: it is written whole or not at all."""
    return Person.objects.filter(uuid=demo_uuid("person", next(iter(BY_NAME)))).exists()


def _add_sign_in(each: SignIn) -> Person:
    is_email = "@" in each.types
    person = insert_person(
        uuid=demo_uuid("person", each.who),
        full_name=each.name,
        full_name_other=each.full_name_other,
        service_number="" if is_email else each.types,
        language=each.language,
        **_place_of(each.agency),
    )
    _finish(person)
    create_login(by=None, person=person, password=PASSWORD, email=each.types if is_email else None)
    return person


def _said_of(officer: Officer) -> dict[str, str]:
    """Return a made-up rank band and place of duty, by the digits of the number; who kept the sex back, keeps both."""
    if not officer.sex:
        return {}
    digits = sum(int(each) for each in officer.service_number if each.isdecimal())
    band = ("junior", "middle", "junior", "senior", "middle")[digits % 5]
    return {"rank_band": band, "duty": "inland" if digits % 4 == 0 else "border"}


def _place_of(agency: str) -> dict[str, object]:
    found = Agency.objects.select_related("country").get(uuid=demo_uuid("agency", agency))
    return {"agency": found, "country": found.country}


def _finish(person: Person) -> None:
    """Give the actor account its fixed id before any statement names it, and keep the audit whole."""
    ActorAccount.objects.filter(person=person).update(uuid=demo_uuid("actor", str(person.uuid)))
    record_audit(by=None, act="person.created", target=person, country=person.country)


def all_officers() -> int:
    """Return how many officers learn in the demo."""
    return sum(len(cohort.officers) for cohort in COHORTS)
