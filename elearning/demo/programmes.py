"""Programmes, the training of trainers and its sessions in the demo. The programmes of the demo are made up, too."""

import datetime as dt

from django.utils import timezone

from accounts.actions import add_cohort_trainer, create_cohort
from accounts.actions.membership import add_learner
from accounts.models import Cohort, Country, Login, Person
from certificates.actions import (
    CountryTarget,
    Mark,
    Part,
    create_programme,
    load_seeds,
    plan_cohort,
    plan_five_days,
    set_parts,
    set_stage,
    take_attendance,
    update_session,
)
from certificates.models import CohortPlan, Programme, Session, SessionPart
from certificates.programmes.session_plans import STEPS
from courses.catalogue import read_catalogue
from elearning.demo.clock import clock_at
from elearning.demo.cohorts import FIRST_DAY, MALI, UKRAINE
from elearning.demo.people import demo_uuid

_TRAINED = ("20231B", "20418L", "20455A", "20333R")
_FIRST = FIRST_DAY + dt.timedelta(weeks=4)
_PLANNED_AT = dt.datetime(2026, 9, 21, 8, 0, tzinfo=dt.UTC)
_SAHEL = {"en": "Safe passage, Sahel border posts (demo)", "fr": "Passage sûr, postes frontières du Sahel (démo)"}
_RAIL = {"en": "Safe stations (demo)", "fr": "Gares sûres (démo)"}
_OBJECTIVES = [
    {"code": "1", "text": {"en": "Officers who see the signs", "fr": "Des agents qui voient les signes"}},
    {"code": "2", "text": {"en": "Trainers in each region", "fr": "Des formateurs dans chaque région"}},
]
_PLAN = {
    "shares": dict(STEPS),
    "module": "Module 2",
    "audience": "Agents de première ligne, sans grade particulier",
    "objectives": ["Trier douze signes par secteur", "Dire ce qu’un signe ne prouve pas"],
    "key_points": ["Un signe n’est jamais une preuve [P16]", "Deux personnes voient plus qu’une [G1]"],
    "materials": ["Fiches hors ligne de la leçon 2"],
    "local_law": "Loi nationale : à présenter par le parquet invité",
    "safety": "Annoncer les passages durs ; on peut sortir sans s’expliquer",
    "inclusion": "Consignes dites et écrites ; groupes mixtes",
    "evaluation": "Trois questions à la fin, une par groupe",
}


def load_programmes() -> None:
    """Add the history, two made-up programmes, the plans of the classes, and a training of trainers."""
    load_seeds()
    coordinator, coordinator_ua = _login("coordinator"), _login("coordinator-ua")
    with clock_at(_PLANNED_AT):
        sahel = _programme(coordinator, "demo-sahel", _SAHEL, "ML", officers=60, trainers=6)
        rail = _programme(coordinator_ua, "demo-stations", _RAIL, "UA", officers=40, trainers=4)
        _plan_class(coordinator, MALI.key, sahel, "Bamako", 30)
        _plan_class(coordinator_ua, UKRAINE.key, rail, "Kyiv", 20)
        trainers = _cohort(coordinator, sahel, "Formation de formateurs, Bamako (démo)", _FIRST, 12, "trainers", None)
        later = FIRST_DAY + dt.timedelta(weeks=9)
        _cohort(coordinator, sahel, "Kayes, classe de décembre (démo)", later, 20, "officers", trainers)
    _hold(coordinator, trainers)


def _programme(by: Login, code: str, name: dict[str, str], country: str, *, officers: int, trainers: int) -> Programme:
    target = CountryTarget(
        country=Country.objects.get(code=country),
        is_actual=True,
        target_officers=officers,
        target_trainers=trainers,
        target_on=dt.date(2026, 12, 31),
    )
    facts = {
        "code": code,
        "name": name,
        "objectives": _OBJECTIVES,
        "partners": ["Relais"],
        "donors": ["Fonds fictif de coopération (démo)"],
        "starts_on": dt.date(2026, 9, 1),
        "ends_on": dt.date(2027, 8, 31),
        "planned_countries": 1,
    }
    return create_programme(by=by, facts=facts, countries=[target])


def _plan_class(by: Login, key: str, programme: Programme, place: str, officers: int) -> None:
    cohort = Cohort.objects.get(uuid=demo_uuid("cohort", key))
    facts = {
        "programme": programme,
        "kind": CohortPlan.Kind.OFFICERS,
        "mode": CohortPlan.Mode.CENTRE,
        "place": place,
        "languages": [cohort.language],
        "planned_officers": officers,
        "objective_codes": ["1"],
        "course_uuid": _course(cohort.language),
    }
    plan_cohort(by=by, cohort=cohort, facts=facts)
    set_stage(by=by, cohort=cohort, stage=CohortPlan.Stage.RUNNING)


def _cohort(  # a cohort has that many facts
    by: Login, programme: Programme, name: str, first: dt.date, capacity: int, kind: str, parent: Cohort | None
) -> Cohort:
    cohort = create_cohort(
        by=by,
        name=name,
        country=Country.objects.get(code="ML"),
        starts_on=first,
        ends_on=first + dt.timedelta(days=4),
        time_zone="Africa/Bamako",
        language="fr",
    )
    facts = {
        "programme": programme,
        "kind": kind,
        "parent": parent,
        "place": name.partition(",")[0] if parent else "Bamako",
        "host": "Police nationale (démo)",
        "languages": ["fr"],
        "capacity": capacity,
        "planned_officers": capacity,
        "objective_codes": ["1" if parent else "2"],
        "course_uuid": _course("fr"),
    }
    plan_cohort(by=by, cohort=cohort, facts=facts)
    set_stage(by=by, cohort=cohort, stage=CohortPlan.Stage.OPEN)
    add_cohort_trainer(by=by, cohort=cohort, person=_login("trainer").person)
    return cohort


def _hold(by: Login, cohort: Cohort) -> None:
    """Let the five days have taken place: who was there, who held what."""
    people = list(Person.objects.filter(service_number__in=_TRAINED, agency__country__code="ML").order_by("pk"))
    opened = dt.datetime.combine(_FIRST, dt.time(8), dt.UTC)
    with clock_at(opened):
        for person in people:
            add_learner(by=by, cohort=cohort, person=person)
        set_stage(by=by, cohort=cohort, stage=CohortPlan.Stage.RUNNING)
        sessions = plan_five_days(by=by, cohort=cohort)
        update_session(by=by, session=sessions[1], facts={"plan": _PLAN})
    for number, session in enumerate(sessions):
        with clock_at(session.ends_at):
            set_parts(by=by, session=session, parts=_parts(number, people))
            _take(by, session, number, people)
    with clock_at(sessions[-1].ends_at + dt.timedelta(hours=1)):
        set_stage(by=by, cohort=cohort, stage=CohortPlan.Stage.CLOSED)


def _take(by: Login, session: Session, number: int, people: list[Person]) -> None:
    """Write the list: the last of them missed a morning and came late to another."""
    marks = [Mark(person.uuid, "present") for person in people]
    if number == len("ab"):
        marks[-1] = Mark(people[-1].uuid, "absent")
    if number == len("abcd"):
        marks[-1] = Mark(people[-1].uuid, "present", 120)
    take_attendance(by=by, session=session, marks=marks, at=timezone.now())


def _parts(number: int, people: list[Person]) -> list[Part]:
    parts = [Part(SessionPart.Role.LEAD, _login("trainer").person)]
    if number % 2:
        parts.append(Part(SessionPart.Role.CO_TRAINER, people[number // 2 % len(people)]))
    if number == 1:
        parts.append(Part(SessionPart.Role.GUEST, office="Substitut du procureur, pôle spécialisé"))
    return parts


def _course(language: str) -> object:
    course = read_catalogue().course_by_slug(language, "first-aid-kit")
    return course.uuid if course else None


def _login(who: str) -> Login:
    return Login.objects.select_related("person__country").get(person__uuid=demo_uuid("person", who))
