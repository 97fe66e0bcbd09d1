"""Trainers and evaluation in the demo: evidence, a branch that grew, and a class of summer that was asked since."""

import datetime as dt
import random
from collections.abc import Mapping
from functools import partial

from accounts.actions import add_learner, create_cohort
from accounts.models import Agency, Cohort, Country, Login, Person
from assessments.models import Quiz
from certificates.actions import (
    Mark,
    Part,
    add_paper_attendee,
    answer_as_supervisor,
    answer_follow_up,
    create_session,
    give_reaction,
    issue_supervisor_codes,
    plan_cohort,
    record_evidence,
    set_parts,
    set_stage,
    take_attendance,
    update_trainer_profile,
    write_context_note,
)
from certificates.cascade.counting import count_cascade
from certificates.evaluation.asking import ask_follow_ups
from certificates.evaluation.reactions import ITEMS
from certificates.models import CohortPlan, Programme, SessionPart
from courses.catalogue import CourseOutline
from elearning.demo.clock import clock_at
from elearning.demo.cohorts import FIRST_DAY, DemoCohort, Officer, Stage
from elearning.demo.learning import learn
from elearning.demo.people import add_cohort, demo_uuid, login_of
from elearning.demo.signins import ML_POLICE

SUMMER = DemoCohort(
    "segou", "Ségou, classe d’été (démo)", "ML", ML_POLICE, "Commissariat de Ségou (démo)",
    "Africa/Bamako", "fr", "SEGAVA26", -84, "trainer",
    (
        Officer("Bakary Sinayoko", Stage.READ, "31107A", "male", 1986),
        Officer("Fanta Kouyo", Stage.READ, "31118B", "female", 1993),
        Officer("Issa Tembely", Stage.READ, "31125C", "male", 1990),
        Officer("Ramata Coulou", Stage.READ, "31139D", "female", 1988),
        Officer("Souleymane Diawando", Stage.READ, "31140E", "male", 1995),
        Officer("Tenin Mallet", Stage.READ, "31152F"),
    ),
)  # fmt: skip
# Right answers of ten at the first and at the last attempt; the last officer has not come back yet.
_TESTS = ((3, 8), (4, 9), (5, 8), (2, 7), (6, 9), (5,))
_ENDED = dt.date(2026, 8, 14)
_ASKED_AT = dt.datetime(2026, 11, 16, 9, 0, tzinfo=dt.UTC)
_COUNTED_AT = dt.datetime(2026, 11, 20, 6, 0, tzinfo=dt.UTC)
# The trainees of the training of trainers, and what each showed: the weakest line of the rubric, observed, signed.
_SHOWN = (("20231B", 3, True, True), ("20418L", 4, True, True), ("20455A", 3, False, True), ("20333R", 2, False, False))
_OWN = (
    {"used": 3, "noticed": 2, "referred": 2, "confident": 4, "hindered": 0},
    {"used": 2, "noticed": 2, "referred": 0, "confident": 4, "hindered": 1},
    {"used": 1, "noticed": 1, "referred": 0, "confident": 3, "hindered": 2},
    {"used": 0, "noticed": 0, "referred": 0, "confident": 3, "hindered": 1},
)
_SEEN = ({"used": 2, "noticed": 2, "supported": 2}, {"used": 1, "noticed": 1, "supported": 0})
# Who signed the paper sheet in Sikasso: nobody of them has a login.
_ON_PAPER = (
    ("Lassana Berthélou", "41201A", "male"),
    ("Djénéba Sogorou", "41214B", "female"),
    ("Nouhoum Tagnan", "41226C", "male"),
    ("Aïcha Dembakan", "41237D", "female"),
)
_CONTEXT = {
    "text": "Données inventées pour la démonstration : 41 victimes identifiées dans la région, 12 poursuites.",
    "source": "Comité national (fictif), rapport annuel",
    "source_url": "",
    "year": 2025,
}


def load_evaluation(course: CourseOutline) -> None:
    """Add the summer class and all that was asked of it; evidence, a session held by new trainers, and the count."""
    coordinator, programme = _login("coordinator"), Programme.objects.get(code="demo-sahel")
    cohort, logins = _summer(coordinator, programme, course)
    _ask(coordinator, cohort, logins)
    _show(coordinator, programme)
    _branch(coordinator, programme)
    with clock_at(_COUNTED_AT):
        count_cascade(programme, _COUNTED_AT)


def _summer(by: Login, programme: Programme, course: CourseOutline) -> tuple[Cohort, list[Login]]:
    """Write the class: it read, and took the final test twice, which stands for before and after."""
    rng = random.Random(f"relais {SUMMER.key}")  # repeatable dice, no secrets
    opened = dt.datetime.combine(FIRST_DAY + dt.timedelta(days=SUMMER.starts_after_days), dt.time(8), dt.UTC)
    with clock_at(opened):
        cohort = add_cohort(SUMMER, course.uuid)
        Cohort.objects.filter(pk=cohort.pk).update(ends_on=_ENDED)
        cohort.refresh_from_db()
        logins = [login_of(SUMMER, officer) for officer in SUMMER.officers]
        # Who signs in on the demo's sheet is asked, too, and has not answered yet.
        add_learner(by=by, cohort=cohort, person=_login("officer").person)
    for officer, login, tests in zip(SUMMER.officers, logins, _TESTS, strict=True):
        learn(login, course, SUMMER, officer.stage, rng, tests)
    final = Quiz.objects.get(course_uuid=course.uuid, quiz_class=Quiz.Class.GRADED).uuid
    facts = {
        "programme": programme,
        "kind": CohortPlan.Kind.OFFICERS,
        "place": "Ségou",
        "languages": ["fr"],
        "planned_officers": 8,
        "course_uuid": course.uuid,
        "pre_test_quiz_uuid": final,
        "post_test_quiz_uuid": final,
    }
    with clock_at(_ASKED_AT):
        plan_cohort(by=by, cohort=cohort, facts=facts)
        set_stage(by=by, cohort=cohort, stage=CohortPlan.Stage.RUNNING)
        set_stage(by=by, cohort=cohort, stage=CohortPlan.Stage.CLOSED)
    return cohort, logins


def _ask(by: Login, cohort: Cohort, logins: list[Login]) -> None:
    """Let the class answer: all of it the form at the end, some of it and two supervisors three months later."""
    rng = random.Random("relais reactions")  # repeatable dice, no secrets
    with clock_at(_ASKED_AT):
        for login in logins:
            give_reaction(by=login, cohort=cohort, answers={item: rng.choice((3, 4, 4, 5, 5, 5)) for item in ITEMS})
        for login, own in zip(logins, _OWN, strict=False):
            answer_follow_up(by=login, cohort=cohort, months=3, answers=own)
        ask_follow_ups(_ASKED_AT)
        asked = [login.person.uuid for login in logins[: len(_SEEN)]]
        papers = issue_supervisor_codes(by=by, cohort=cohort, months=3, people=asked)
        for paper, seen in zip(papers, _SEEN, strict=True):
            answer_as_supervisor(code=paper.code, answers=seen)
        write_context_note(by=by, cohort=cohort, facts=_CONTEXT)


def _show(by: Login, programme: Programme) -> None:
    """Write down what the trainees of November showed."""
    day = dt.date(2026, 11, 13)
    with clock_at(_ASKED_AT):
        for number, weakest, is_observed, has_signed in _SHOWN:
            person = _officer(number)
            give = partial(record_evidence, by=by, person=person, programme=programme, happened_on=day)
            give(kind="micro-teaching", marks=[4, 3, 4, weakest, 4, 3, 4])
            if is_observed:
                give(kind="observed")
            if has_signed:
                give(kind="conduct")
            update_trainer_profile(by=by, person=person, facts=_profile(number))
        facts = {"disciplines": ["police", "training"], "languages": ["fr", "en"], "practice_since": 2009}
        update_trainer_profile(by=by, person=_login("trainer").person, facts=facts)


def _profile(number: str) -> Mapping[str, object]:
    since = 2010 + sum(int(digit) for digit in number if digit.isdigit()) % 9
    return {
        "disciplines": ["border"],
        "languages": ["fr", *(["ar"] if number == "20333R" else [])],
        "practice_since": since,
    }


def _branch(by: Login, programme: Programme) -> None:
    """Let two new trainers hold a morning for officers: the second generation."""
    begins = dt.datetime(2026, 11, 18, 8, 0, tzinfo=dt.UTC)
    lead, beside = _officer("20231B"), _officer("20418L")
    with clock_at(begins):
        cohort = create_cohort(
            by=by,
            name="Sikasso, matinée de novembre (démo)",
            country=Country.objects.get(code="ML"),
            starts_on=begins.date(),
            ends_on=begins.date(),
            time_zone="Africa/Bamako",
            language="fr",
        )
        plan_cohort(by=by, cohort=cohort, facts={"programme": programme, "place": "Sikasso", "languages": ["fr"]})
        set_stage(by=by, cohort=cohort, stage=CohortPlan.Stage.RUNNING)
        times = {"starts_at": begins, "ends_at": begins + dt.timedelta(hours=4), "minutes": 210}
        session = create_session(by=by, cohort=cohort, facts={"title": "Douze signes par secteur", **times})
        parts = [Part(SessionPart.Role.LEAD, lead), Part(SessionPart.Role.CO_TRAINER, beside)]
        set_parts(by=by, session=session, parts=parts)
    with clock_at(session.ends_at):
        people = [
            add_paper_attendee(by=by, session=session, full_name=name, agency=_police(), service_number=number, sex=sex)
            for name, number, sex in _ON_PAPER
        ]
        take_attendance(by=by, session=session, marks=[Mark(person.uuid, "present") for person in people])


def _police() -> Agency:
    return Agency.objects.get(uuid=demo_uuid("agency", ML_POLICE))


def _officer(number: str) -> Person:
    return Person.objects.select_related("country").get(service_number=number, country__code="ML")


def _login(who: str) -> Login:
    return Login.objects.select_related("person__country").get(person__uuid=demo_uuid("person", who))
