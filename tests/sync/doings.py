"""What a learner does on a simulated device, as lines: reading, and sitting a quiz on a carried paper."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.models import Login, Person
from assessments.carrying import carry_papers
from assessments.questions.registry import kind_named
from assessments.versions import versions_of
from courses.progress import lesson_unit
from elearning.lib.canonical import canonical_json, sha256_hex
from sync.models import Device
from tests.factories.assessments import make_course
from tests.sync.client import SimulatedDevice


def make_device(person: Person, **fields: Any) -> SimulatedDevice:
    """Return a device of a person that the site knows, as enrolling makes it."""
    device = SimulatedDevice(person.actor_accounts.get().uuid)
    enrol_row(device, person, **fields)
    return device


def enrol_row(device: SimulatedDevice, person: Person, **fields: Any) -> Device:
    """Write the device's row."""
    values = {"actor_uuid": device.actor, "public_key": device.public_key, "enrolled_at": timezone.now()} | fields
    return Device.objects.create(uuid=device.uuid, person=person, **values)


@dataclass
class Learner:
    """One learner with a device, an enrolment, and some lessons."""

    login: Login
    device: SimulatedDevice
    enrolment: uuid.UUID
    course: uuid.UUID
    lessons: list[uuid.UUID]
    ordinal: int = 0

    def read(self, lesson: uuid.UUID, verb: str = "completed", *, at: dt.datetime | None = None, **facts: Any) -> str:
        """Return a signed line about a lesson."""
        return self.device.line(self.read_text(lesson, verb, at=at, **facts))

    def read_text(
        self, lesson: uuid.UUID, verb: str = "completed", *, at: dt.datetime | None = None, **facts: Any
    ) -> str:
        """Return the text of a statement about a lesson."""
        unit = ("lesson", lesson_unit(self.enrolment, lesson))
        all_facts = {"enrolment": str(self.enrolment), "lesson": str(lesson)} | facts
        return self.device.say(verb, ("lesson", lesson), unit, all_facts, at=at, registration=self.enrolment)

    def read_along(self, lesson: uuid.UUID, places: int = 3) -> list[str]:
        """Return the lines of a lesson read to its end."""
        lines = [self.read(lesson, "initialized")]
        for _each in range(places):
            self.ordinal += 1
            lines.append(self.read(lesson, "progressed", place=str(uuid.uuid4()), ordinal=self.ordinal))
        return [*lines, self.read(lesson)]

    def papers(self) -> list[dict[str, Any]]:
        """Return the papers this device carries, drawn where one is missing."""
        return carry_papers(by=self.login, device=self.device.uuid, courses=[self.course])


def make_learner(**course: Any) -> Learner:
    """Return a learner of a course of their own, with a device, who has not begun."""
    made = make_course(**{"complete": False, "questions": 4, "draw": 3} | course)
    device = make_device(made.login.person)
    return Learner(made.login, device, made.enrolment.pk, made.uuid, made.lessons)


@dataclass
class PaperSitting:
    """A quiz sat on a carried paper."""

    learner: Learner
    paper: Mapping[str, Any]
    ordinal: int = 0

    @property
    def attempt(self) -> uuid.UUID:
        """The attempt's id."""
        return uuid.UUID(self.paper["attempt"])

    def begin(self, at: dt.datetime | None = None) -> str:
        """Return the line that begins."""
        facts = {name: self.paper[name] for name in ("enrolment", "quiz", "number")} | {"paper": self.paper["sha256"]}
        return self._line("initialized", facts, at)

    def answer(self, number: int, response: Any, at: dt.datetime | None = None, **changes: Any) -> str:
        """Return the line that answers a question, by its place from 0."""
        self.ordinal += 1
        question = self.paper["items"][number]["question"]
        nonce = self.learner.device.page
        facts = {"question": question, "response": response, "flagged": False, "nonce": nonce, "step": 0}
        return self._line(
            "answered", facts | {"ordinal": self.ordinal} | changes, at, ("question", uuid.UUID(question))
        )

    def hand_in(self, responses: Mapping[str, Any], at: dt.datetime | None = None) -> str:
        """Return the line that hands in."""
        self.ordinal += 1
        standing = sha256_hex(canonical_json(sorted([q, r] for q, r in responses.items() if r is not None)))
        return self._line("submitted", {"ordinal": self.ordinal, "standing": standing}, at)

    def sit(self, right: int | None = None) -> list[str]:
        """Return the lines of the whole sitting; the first `right` answers are right, or all."""
        lines, responses = [self.begin()], {}
        for number, item in enumerate(self.paper["items"]):
            response = response_of(item, is_right=right is None or number < right)
            responses[item["question"]] = response
            lines.append(self.answer(number, response))
        return [*lines, self.hand_in(responses)]

    def _line(
        self,
        verb: str,
        facts: Mapping[str, Any],
        at: dt.datetime | None = None,
        activity: tuple[str, uuid.UUID] | None = None,
    ) -> str:
        device, unit = self.learner.device, ("attempt", self.attempt)
        about = activity or ("quiz", uuid.UUID(self.paper["quiz"]))
        return device.line(device.say(verb, about, unit, facts, at=at, registration=self.learner.enrolment))


def response_of(item: Mapping[str, Any], *, is_right: bool) -> Any:
    """Return a right or a wrong response to a carried question, from the key that only the site has."""
    version = versions_of([item["version"]])[item["version"]]
    kind = kind_named(version.kind)
    return kind.key_of(version.structure) if is_right else kind.wrong_of(version.structure)
