"""Work that staff have to look at, said by a device over HTTP: an attempt with an odd clock, a line that is held."""

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from playwright.sync_api import APIResponse, Page

from courses.progress import lesson_unit
from elearning.lib.canonical import canonical_json, sha256_hex
from tests.browser.answers import BANK
from tests.sync.client import SimulatedDevice, id_of, parcel

Unit = tuple[str, uuid.UUID]


@dataclass
class OddLearner:
    """Whoever is signed in on a page, with one more device of theirs, whose clock can be anything."""

    page: Page
    session: dict[str, Any]
    device: SimulatedDevice
    course: dict[str, Any]

    @property
    def person(self) -> str:
        """The id of the person."""
        return str(self.session["person"])

    def read(self, lesson: str, at: dt.datetime) -> str:
        """Return the line of a lesson read to its end."""
        about = uuid.UUID(lesson)
        unit = ("lesson", lesson_unit(uuid.UUID(self.course["enrolment"]), about))
        return self._line("completed", ("lesson", about), unit, {"lesson": lesson}, at)

    def sit(self, paper: Mapping[str, Any], at: dt.datetime) -> list[str]:
        """Return the lines of a whole test, with every answer right."""
        quiz, unit = ("quiz", uuid.UUID(paper["quiz"])), ("attempt", uuid.UUID(paper["attempt"]))
        given = {each["question"]: _right_answers()[each["question"]] for each in paper["items"]}
        first = {name: paper[name] for name in ("quiz", "number")} | {"paper": paper["sha256"]}
        lines = [self._line("initialized", quiz, unit, first, at)]
        for ordinal, (question, response) in enumerate(given.items(), start=1):
            facts = {"question": question, "response": response, "flagged": False, "step": 0, "ordinal": ordinal}
            facts["nonce"] = self.device.page
            lines.append(
                self._line("answered", ("question", uuid.UUID(question)), unit, facts, at, has_enrolment=False)
            )
        standing = sha256_hex(canonical_json(sorted([question, response] for question, response in given.items())))
        last = {"ordinal": len(given) + 1, "standing": standing}
        return [*lines, self._line("submitted", quiz, unit, last, at, has_enrolment=False)]

    def send(self, lines: Iterable[str]) -> dict[str, Any]:
        """Send lines, and say that four more wait since the day before."""
        sent = list(lines)
        waits = f"{len(sent) + 4} {(dt.datetime.now(dt.UTC) - dt.timedelta(days=1)).isoformat()}"
        headers = {"Relais-Person": self.person, "Relais-Waiting": waits, "Content-Type": "text/plain"}
        return self._post("statements", parcel(sent), headers)

    def paper(self) -> dict[str, Any]:
        """Return a paper of the course's test."""
        asked = {"device": str(self.device.uuid), "courses": [self.course["course"]]}
        found: dict[str, Any] = self._post("papers", json.dumps(asked))["papers"][0]
        return found

    def enrol(self) -> None:
        """Make the device known."""
        proof = self.device.proof_for(uuid.UUID(self.person))
        asked = {"public_key": self.device.public_key, "device": str(self.device.uuid), "proof": proof}
        self._post("devices", json.dumps(asked))

    def _post(self, name: str, body: str | bytes, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
        said = {"X-CSRFToken": self.session["csrf"], "Content-Type": "application/json"} | dict(headers or {})
        return _json(self.page.request.post(f"/sync/{name}/", data=body, headers=said))

    def _line(
        self,
        verb: str,
        about: Unit,
        unit: Unit,
        facts: Mapping[str, Any],
        at: dt.datetime,
        *,
        has_enrolment: bool = True,
    ) -> str:
        enrolment = self.course["enrolment"]
        said = dict(facts) | ({"enrolment": enrolment} if has_enrolment else {})
        return self.device.line(self.device.say(verb, about, unit, said, at=at, registration=uuid.UUID(enrolment)))


def leave_odd_work(page: Page) -> dict[str, str]:
    """Pass the test on a device with a fast clock, and say one thing that is held; return the ids of both."""
    session, state = (_json(page.request.get(f"/sync/{name}/")) for name in ("session", "state"))
    device = SimulatedDevice(uuid.UUID(session["actor"]), base=session["base"])
    learner = OddLearner(page, session, device, state["courses"][0])
    learner.enrol()
    now = dt.datetime.now(dt.UTC)
    lessons = learner.course["outline"]["lessons"]
    held = learner.read(lessons[0], now + dt.timedelta(days=2))
    receipt = learner.send([*(learner.read(each, now) for each in lessons), held])
    assert [each["id"] for each in receipt["held"]] == [id_of(held)], receipt
    paper = learner.paper()
    assert not learner.send(learner.sit(paper, now + dt.timedelta(hours=1)))["held"]
    return {"odd": paper["attempt"], "device": str(device.uuid)}


def _right_answers() -> dict[str, Any]:
    """Return the right response to each question of the course, as its kind writes it."""
    return {each["uuid"]: _right_answer(each) for each in yaml.safe_load(BANK.read_text())}


def _right_answer(question: Mapping[str, Any]) -> Any:
    if "answer" in question:
        return question["answer"]
    right = [each["uuid"] for each in question["choices"] if each["right"]]
    return sorted(right) if question["kind"] == "multiple_choice" else right[0]


def _json(reply: APIResponse) -> dict[str, Any]:
    assert reply.ok, reply.text()
    found: dict[str, Any] = reply.json()
    return found
