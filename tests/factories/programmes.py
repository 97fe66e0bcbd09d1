"""Programmes, planned cohorts and sessions, for tests."""

import datetime as dt
from typing import Any

from django.utils import timezone
from factory.declarations import SubFactory
from factory.django import DjangoModelFactory

from accounts import policy
from accounts.models import Cohort, CohortMember, Country, Login, Person
from certificates.actions import Mark, take_attendance
from certificates.models import CohortPlan, Programme, ProgrammeCountry, Session
from tests.factories.accounts import CohortFactory, CohortMemberFactory, make_login

NOON = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)


class ProgrammeFactory(DjangoModelFactory[Programme]):
    """A programme with two objectives; `countries` are codes."""

    class Meta:
        model = Programme
        django_get_or_create = ("code",)

    code = "sahel-2026"
    name = {"en": "Sahel borders", "fr": "Frontières du Sahel"}
    objectives = [{"code": "1", "text": {"en": "Laws"}}, {"code": "2", "text": {"en": "Training"}}]
    donors = ["European Union"]

    @classmethod
    def _create(cls, model_class: type[Programme], *args: Any, **kwargs: Any) -> Programme:
        codes = kwargs.pop("countries", ("ML",))
        programme: Programme = super()._create(model_class, *args, **kwargs)
        for code in codes:
            country, _new = Country.objects.get_or_create(code=code)
            ProgrammeCountry.objects.get_or_create(programme=programme, country=country)
        return programme


class CohortPlanFactory(DjangoModelFactory[CohortPlan]):
    """A cohort of trainers with its plan."""

    class Meta:
        model = CohortPlan

    cohort = SubFactory(CohortFactory)
    kind = CohortPlan.Kind.TRAINERS
    place = "Bamako"


class SessionFactory(DjangoModelFactory[Session]):
    """Two hours from noon, of which 100 minutes are training."""

    class Meta:
        model = Session

    cohort = SubFactory(CohortFactory)
    title = "Signs by sector"
    starts_at = NOON
    ends_at = NOON + dt.timedelta(hours=2)
    minutes = 100


def learner(cohort: Cohort, **person: Any) -> Person:
    """Return somebody who learns in a cohort."""
    member = CohortMemberFactory.create(
        cohort=cohort, **{f"person__{name}": value for name, value in ({"country": cohort.country} | person).items()}
    )
    found: Person = member.person
    return found


def trainer_of(cohort: Cohort) -> Login:
    """Return the login of somebody who trains a cohort."""
    login = make_login(policy.TRAINER, cohort.country)
    CohortMember.objects.create(
        cohort=cohort, person=login.person, role=CohortMember.Role.TRAINER, joined_at=timezone.now()
    )
    return login


def attended(session: Session, person: Person, status: str = "present", **mark: Any) -> int:
    """Say that somebody was there, as a coordinator does."""
    by = make_login(policy.COORDINATOR, session.cohort.country)
    return take_attendance(by=by, session=session, marks=[Mark(person.uuid, status, **mark)])
