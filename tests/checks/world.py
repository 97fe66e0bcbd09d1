"""One small world in which every address can be asked: Mali, a class, a learner in the middle of the test, a peer."""

import json
import random
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from uuid import UUID, uuid4

from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts import policy
from accounts.models import Cohort, CohortMember, Country, Login
from assessments.actions import hand_in, save_response, start_attempt
from assessments.models import Attempt, HandMarking, Question, Quiz, Regrade
from certificates.models import Award
from courses.catalogue import CourseOutline, forget_catalogue, read_catalogue
from courses.models import Enrolment
from elearning.demo.cohorts import MALI, Officer, Stage
from elearning.demo.learning import learn
from elearning.demo.people import add_cohort, add_places, add_sign_ins, login_of
from records.models import QuarantinedStatement
from records.quarantining import Refusal, quarantine
from scripts.places import CURRICULUM
from sync.packs.building import current_pack
from tests.checks.worlds_booklets import add_booklets
from tests.checks.worlds_credentials import add_credentials
from tests.checks.worlds_evaluation import add_evaluation
from tests.checks.worlds_figures import add_figures
from tests.checks.worlds_issuing import issuing_arguments
from tests.checks.worlds_paths import add_paths
from tests.checks.worlds_people import add_people
from tests.checks.worlds_programmes import add_programmes
from tests.checks.worlds_sheets import add_sheets
from tests.factories.accounts import make_login, sign_in
from tests.factories.assessments import QuizFactory, make_question, notice_by_statement
from tests.sync.doings import make_device

READER = Officer("Rokia Reader", Stage.READ, "90001A")
PEER = Officer("Paul Peer", Stage.CERTIFIED, "90002B")


@dataclass
class World:
    """Logins by role, and what addresses name."""

    logins: dict[str, Login] = field(default_factory=dict)
    arguments: dict[str, Any] = field(default_factory=dict)
    cookies: dict[str, SimpleCookie] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """Return a new browser of somebody in this role, with the session of when the world was built."""
        client = Client(raise_request_exception=False)
        for name, morsel in self.cookies.get(role, {}).items():
            client.cookies[name] = morsel.value
        return client


def build_world() -> World:
    """Write the world. The caller is in a transaction and takes it back."""
    call_command("load_pack", str(CURRICULUM / "first-aid-kit"), verbosity=0)
    forget_catalogue()
    add_places()
    add_sign_ins()
    course = read_catalogue().course_by_slug("fr", "first-aid-kit")
    assert course is not None
    cohort = add_cohort(MALI, course.uuid)
    world = World()
    _add_learners(world, course)
    _add_staff(world, cohort)
    add_programmes(world.arguments)
    add_figures(world.arguments)
    add_people(world.arguments, world.logins["coordinator_everywhere"])
    add_credentials(world.arguments)
    world.arguments |= issuing_arguments(world.logins, world.arguments["peer"], cohort)
    add_evaluation(world.arguments, world.logins)
    add_paths(world.arguments, course)
    add_booklets(world.arguments)
    add_sheets(world.arguments, course)
    world.cookies = {role: sign_in(Client(), login).cookies for role, login in world.logins.items()}
    return world


def _add_learners(world: World, course: CourseOutline) -> None:
    learner, peer = login_of(MALI, READER), login_of(MALI, PEER)
    enrolment = learn(learner, course, MALI, READER.stage, random.Random(1))
    learn(peer, course, MALI, PEER.stage, random.Random(2))
    quiz = Quiz.objects.get(course_uuid=course.uuid, quiz_class=Quiz.Class.GRADED)
    world.logins["learner"] = learner
    world.arguments = {
        "nothing": "no-such-file.png",
        "number": 1,
        "course": course.slug,
        "lesson": course.lessons[0].slug,
        "pack": course.uuid,
        "pack_file": _first_file(course),
        "quiz": quiz.uuid,
        "exam": QuizFactory.create(course_uuid=course.uuid, quiz_class=Quiz.Class.EXAM).uuid,
        "attempt": start_attempt(by=learner, quiz=quiz, enrolment=enrolment).pk,
        "peer": peer.person.uuid,
        "serial": Award.objects.get(person__uuid=peer.person.uuid).serial,
        "device": make_device(peer.person).uuid,
        "held": _held_line(peer).uuid,
        "flagged": Attempt.objects.get(enrolment__person=peer.person, counts=True).pk,
    }
    notice_by_statement(world.arguments["flagged"], "clock-ahead")
    world.arguments["marking"] = _written_answer(peer, course)
    world.arguments |= _regraded(course, peer)


def _regraded(course: CourseOutline, login: Login) -> dict[str, Any]:
    """Return a question that all countries share, and an act of marking it anew."""
    question = Question.objects.drawable(course.uuid).first()
    assert question is not None
    act = Regrade(
        uuid=uuid4(),
        question_uuid=question.uuid,
        from_version=question.version_sha256,
        rule="full",
        reason="-",
        by=login.person,
        at=timezone.now(),
    )
    act.save()
    return {"question": question.uuid, "regrade": act.pk}


def _written_answer(login: Login, course: CourseOutline) -> UUID:
    """Return an answer of somebody that waits to be marked, in a test of its own that asks all there is."""
    question = make_question("extended_answer", course_uuid=course.uuid)
    enrolment = Enrolment.objects.get(person=login.person, course_uuid=course.uuid)
    asked = Question.objects.drawable(course.uuid, enrolment.country_id).count()
    quiz = QuizFactory.create(course_uuid=course.uuid, draw=asked, opens_after="enrolment")
    attempt = start_attempt(by=login, quiz=quiz, enrolment=enrolment).pk
    given = {"response": ["First I take her aside."]}
    save_response(by=login, attempt=attempt, question=str(question.uuid), given=given, nonce="n")
    hand_in(by=login, attempt=attempt)
    return HandMarking.objects.get(attempt=attempt).pk


def _held_line(login: Login) -> QuarantinedStatement:
    """Return a line of somebody's own device that waits for a decision."""
    actor = login.person.actor_accounts.get().uuid
    (row,) = quarantine([Refusal("{}", "device-revoked", said_by=actor, signature="-")], timezone.now())
    return row


def _add_staff(world: World, cohort: Cohort) -> None:
    mali, ukraine = Country.objects.get(code="ML"), Country.objects.get(code="UA")
    logins = {
        "trainer": make_login(policy.TRAINER, mali),
        "coordinator": make_login(policy.COORDINATOR, mali),
        "coordinator_elsewhere": make_login(policy.COORDINATOR, ukraine),
        "coordinator_everywhere": make_login(policy.COORDINATOR, mali, everywhere=True),
        "editor": make_login(policy.EDITOR, mali, everywhere=True),
        "administrator": make_login(policy.ADMINISTRATOR, mali, everywhere=True),
    }
    world.logins |= logins
    world.arguments["cohort"] = cohort.uuid
    person, moment = logins["trainer"].person, logins["trainer"].created_at
    CohortMember.objects.create(cohort=cohort, person=person, role=CohortMember.Role.TRAINER, joined_at=moment)


def _first_file(course: CourseOutline) -> str:
    """Return the hash of a file of the course's pack."""
    pack = current_pack(course.uuid)
    assert pack is not None
    return str(json.loads(pack.text)["files"][0]["sha256"])
