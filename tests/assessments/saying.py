"""Statements about one attempt, said by the site, a device, or a trainer: for tests of what follows from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from assessments.actions.freezing import freeze_paper
from assessments.answering import follow_attempt
from assessments.drawing import read_sheet
from assessments.models import Paper
from assessments.questions.kind import fields_in
from assessments.questions.registry import kind_named
from assessments.versions import versions_of
from courses.models import Enrolment
from records.actions import append_statements
from records.statements import Said, build_statement, read_statement
from tests.assessments.sitting import Answering, answer_right
from tests.factories.assessments import Course

BASE = "https://relais.example/activities"
START = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
DEVICE, PAGE = str(UUID(int=71)), "0000000a"
LEARNER, ENROLMENT, QUIZ = UUID(int=2), UUID(int=4), UUID(int=5)


@dataclass
class Saying:
    """One attempt, and what is said of it; seconds count from its beginning."""

    attempt: UUID = field(default_factory=uuid4)
    actor: UUID = LEARNER
    enrolment: UUID = ENROLMENT
    quiz: UUID = QUIZ
    number: int = 1
    paper: str = "hash"
    said: list[Said] = field(default_factory=list)

    def say(
        self,
        verb: str,
        at: float,
        facts: Mapping[str, Any],
        *,
        actor: UUID | None = None,
        device: Mapping[str, Any] | None = None,
    ) -> Said:
        """Say something, and return it."""
        body = build_statement(
            base=BASE,
            actor_uuid=actor or self.actor,
            verb=verb,
            activity=f"{BASE}/quiz/{self.quiz}",
            unit=("attempt", self.attempt),
            timestamp=START + timedelta(seconds=at),
            facts=facts,
            device=device,
        )
        self.said.append(read_statement(body))
        return self.said[-1]

    def begin(self, at: float = 0, **more: Any) -> Said:
        """Say that it is begun."""
        facts = {"enrolment": str(self.enrolment), "quiz": str(self.quiz), "number": self.number, "paper": self.paper}
        return self.say("initialized", at, facts, **more)

    def answer(self, at: float, question: str, response: Any, *, ordinal: int | None = None, **more: Any) -> Said:
        """Say an answer: with the next ordinal, unless told otherwise."""
        number = ordinal or follow_attempt(self.said).last_ordinal + 1
        facts = {"question": question, "response": response, "flagged": False, "nonce": PAGE, "step": 0}
        return self.say("answered", at, facts | {"ordinal": number}, **more)

    def hand_in(self, at: float, *, ordinal: int | None = None, standing: str | None = None, **more: Any) -> Said:
        """Say that it is handed in, with the answers that stand, unless told otherwise."""
        log = follow_attempt(self.said)
        facts = {"ordinal": ordinal or log.last_ordinal + 1, "standing": standing or log.standing}
        return self.say("submitted", at, facts, **more)

    def send(self) -> None:
        """Append all that was said, as a batch of the learner's."""
        append_statements(by={each.actor_uuid for each in self.said}, statements=[each.body for each in self.said])


def saying_of(paper: Paper) -> Saying:
    """Return the attempt that a paper was drawn for, of which nothing is said yet."""
    actor = Enrolment.objects.get(pk=paper.enrolment_uuid).actor_uuid
    return Saying(paper.uuid, actor, paper.enrolment_uuid, paper.quiz_uuid, paper.number, paper.sha256)


def sit_on_a_device(course: Course, answering: Answering = answer_right, *, took_s: int = 300) -> Saying:
    """Sit an attempt on a paper that a device carries: begun at START, a second a question."""
    number = Paper.objects.filter(enrolment_uuid=course.enrolment.pk).count() + 1
    paper, _sheet = freeze_paper(course.quiz, course.enrolment, number, START, device=UUID(DEVICE))
    saying = saying_of(paper)
    saying.begin(device=device(1, 0))
    for number, (question, response) in enumerate(responses_by_question(paper.uuid, answering).items(), 2):
        saying.answer(number, question, response, device=device(number, number * 1000))
    saying.hand_in(took_s, device=device(99, took_s * 1000))
    saying.send()
    return saying


def responses_by_question(attempt: UUID, answering: Answering) -> dict[str, Any]:
    """Return the responses to a paper as statements hold them."""
    sheet = read_sheet(Paper.objects.get(pk=attempt).text)
    versions = versions_of(item.version for item in sheet.items)
    read = {item.question: versions[item.version] for item in sheet.items}
    return {
        question: kind_named(version.kind).read_response(
            fields_in(answering(version.kind, version.structure)), version.structure
        )
        for question, version in read.items()
    }


def device(seq: int, ms: int, *, page: str = PAGE, name: str = DEVICE) -> dict[str, Any]:
    """Return the extension of a device's statement: its number there, and how long the page was open."""
    return {"id": name, "seq": seq, "prev": "" if seq == 1 else "0" * 32, "page": page, "ms": ms}
