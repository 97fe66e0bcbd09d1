"""A whole sitting through the site's own addresses, as a browser does it: for tests and benchmarks."""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse

from assessments.drawing import read_sheet
from assessments.models import Paper
from assessments.questions.registry import kind_named
from assessments.versions import versions_of

# How one answers: the fields of a form for a question, from its structure with the key.
Fields = dict[str, list[str]]
Answering = Callable[[str, Mapping[str, Any]], Fields]


def answer_right(kind: str, structure: Mapping[str, Any]) -> Fields:
    """Return the form fields of the right response."""
    return form_of(kind, kind_named(kind).key_of(structure))


def answer_wrong(kind: str, structure: Mapping[str, Any]) -> Fields:
    """Return the form fields of a response that earns less."""
    return form_of(kind, kind_named(kind).wrong_of(structure))


def form_of(kind: str, response: Any) -> Fields:
    """Return what a form sends for a response."""
    fields = kind_named(kind).fields_of(response)
    return {f"response:{part}" if part else "response": values for part, values in fields.items()}


def responses_to(attempt: UUID, answering: Answering) -> list[Fields]:
    """Return the form fields for each question of a paper. Asks the database; a learner could not."""
    sheet = read_sheet(Paper.objects.get(pk=attempt).text)
    versions = versions_of(item.version for item in sheet.items)
    return [answering(versions[item.version].kind, versions[item.version].structure) for item in sheet.items]


def questions_of(attempt: UUID) -> list[str]:
    """Return the questions of a paper in order."""
    return [item.question for item in read_sheet(Paper.objects.get(pk=attempt).text).items]


@dataclass
class Sitting:
    """One learner's way through a quiz. Every response is kept in `seen`, for what it must not hold."""

    client: Client
    quiz: UUID
    seen: list[Any] = field(default_factory=list)
    attempt: UUID | None = None

    def start(self) -> UUID:
        """Begin an attempt."""
        response = self._keep(self.client.post(reverse("assessments:attempt-start", args=[self.quiz])))
        assert response.status_code == 302, response.status_code
        self.attempt = UUID(re.search(r"[0-9a-f-]{36}", response["Location"]).group())  # type: ignore[union-attr]
        return self.attempt

    def open(self, name: str, *args: int) -> Any:
        """Get a page of the attempt."""
        response = self._keep(self.client.get(reverse(f"assessments:{name}", args=[self.attempt, *args])))
        assert response.status_code == 200, (name, response.status_code)
        return response

    def save(self, number: int, fields: Fields, *, nonce: str = "n", step: int = 1, as_json: bool = True) -> Any:
        """Save the answer to one question, as the script does or as a plain form does."""
        headers = {"accept": "application/json"} if as_json else {}
        url = reverse("assessments:question", args=[self.attempt, number])
        data = {**fields, "nonce": nonce, "step": step}
        response = self._keep(self.client.post(url, data, headers=headers))
        assert response.status_code == (200 if as_json else 302), response.status_code
        return response

    def hand_in(self) -> Any:
        """Hand in."""
        response = self._keep(self.client.post(reverse("assessments:attempt-hand-in", args=[self.attempt])))
        assert response.status_code == 302, response.status_code
        return response

    def sit(self, answers: list[Fields]) -> Any:
        """Open the first question, save all, look over, hand in, and return the result page."""
        self.open("question", 1)
        for number, each in enumerate(answers, 1):
            self.save(number, each)
        self.open("attempt-review")
        self.hand_in()
        return self.open("attempt-result")

    def _keep(self, response: Any) -> Any:
        self.seen.append(response)
        return response


def cpu_of_sitting(sitting: Sitting, course_url: str) -> float:
    """Return the CPU seconds of a whole sitting, from the course page to the result; the caller has warmed up.

    What a learner could not do (looking up the right answers) is not counted.
    """
    begun = time.process_time()
    sitting.client.get(course_url)
    attempt = sitting.start()
    spent = time.process_time() - begun
    answers = responses_to(attempt, answer_right)
    begun = time.process_time()
    sitting.sit(answers)
    return spent + time.process_time() - begun
