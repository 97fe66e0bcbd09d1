"""Certificates that have a past: a class of 2024 whose certificates end, were corrected, withdrawn and renewed."""

import datetime as dt
import random

from accounts.actions import rename_person
from accounts.models import Cohort, Login
from certificates.actions import (
    begin_renewal,
    create_award_rule,
    invite_to_renew,
    reissue_award,
    remind_of_ends,
    revoke_award,
    start_issuing,
    work_on_run,
)
from certificates.models import Award, AwardRule
from courses.catalogue import CourseOutline
from elearning.demo.clock import clock_at
from elearning.demo.cohorts import MALI, DemoCohort, Officer, Stage
from elearning.demo.learning import learn
from elearning.demo.people import add_cohort, demo_uuid, login_of, opening_of
from elearning.demo.signins import BY_NAME, ML_BORDER

# Two years before the other classes: its certificates of 24 months end in the weeks around the demo's last day.
CLASS_OF_2024 = DemoCohort(
    "bamako-2024", "Aéroport de Bamako, classe de 2024", "ML", ML_BORDER, "Aéroport de Bamako-Sénou, 2024 (démo)",
    "Africa/Bamako", "fr", "BAMAKA24", -665, "",
    (
        Officer("Fanta Doucoure", Stage.CERTIFIED, "18011A", "female", 1982),
        Officer("Ibrahima Sow Diakité", Stage.CERTIFIED, "18012B", "male", 1979),
        Officer("Kadidia Maïga", Stage.CERTIFIED, "18013C", "female", 1987),
        Officer("Lassana Camara", Stage.CERTIFIED, "18014D", "male", 1980),
        Officer("Ramata Coulibaly", Stage.CERTIFIED, "18015E", "female", 1990),
    ),
)  # fmt: skip
_TODAY = dt.datetime(2026, 11, 20, 8, tzinfo=dt.UTC)


def add_award_life(course: CourseOutline) -> None:
    """Write the class of 2024 and what became of its certificates, by the same actions as anybody."""
    everywhere, coordinator = _login("administrator"), _login("coordinator")
    with clock_at(opening_of(CLASS_OF_2024)):
        create_award_rule(by=everywhere, role=AwardRule.Role.LEARNER, course_uuid=course.uuid, renewal="test")
        add_cohort(CLASS_OF_2024, course.uuid)
        logins = [login_of(CLASS_OF_2024, officer) for officer in CLASS_OF_2024.officers]
    dice = random.Random("relais class of 2024")  # repeatable dice, no secrets
    for officer, login in zip(CLASS_OF_2024.officers, logins, strict=True):
        learn(login, course, CLASS_OF_2024, officer.stage, dice)
    corrected, invited, begun, withdrawn = (Award.objects.get(person=each.person) for each in logins[:4])
    with clock_at(dt.datetime(2025, 2, 3, 9, tzinfo=dt.UTC)):
        rename_person(by=coordinator, person=corrected.person, full_name="Fanta Doucouré")
        reissue_award(by=coordinator, award=corrected)
        revoke_award(by=coordinator, award=withdrawn, reason="wrong-person")
    with clock_at(_TODAY):
        remind_of_ends(_TODAY)
        invite_to_renew(by=coordinator, awards=[invited])
        begin_renewal(by=logins[2], award=begun)
        run = start_issuing(by=coordinator, cohort=Cohort.objects.get(uuid=demo_uuid("cohort", MALI.key)))
        while work_on_run(run, now=_TODAY):
            pass


def _login(who: str) -> Login:
    return Login.objects.get(person__uuid=demo_uuid("person", BY_NAME[who].who))
