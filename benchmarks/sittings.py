"""What a whole sitting costs: course page, start, ten questions each saved, review, hand-in, result."""

import re
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from benchmarks.figures import Figure
from benchmarks.site import client_of, text_of

# Moodle 4.5 on a machine of this size, measured by the project: with a single save at the end.
_MOODLE_CPU_S, _MOODLE_READS = 0.82, 386
_CPU_S, _QUERIES = 0.16, 80
_NOT_COUNTED = re.compile(
    r"^\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|PRAGMA|SELECT pg_advisory_xact_lock)", re.IGNORECASE
)
_CHOICE = re.compile(r'<input[^>]*name="response"[^>]*value="([^"]+)"')
_HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*name="(\w+)"[^>]*value="([^"]*)"')
_COURSE = "/fr/courses/first-aid-kit/"
# Officers of the demo who have read all lessons and not sat the test: the first warms the process up.
_READERS = ("20077J", "700186")

Asked = Callable[..., Any]


def sitting_figures() -> Iterator[Figure]:
    """Measure a sitting without a script that fails, then one as browsers do it, up to the certificate."""
    plain = [_measured(number, _sit_without_script) for number in _READERS][-1]
    cpu_s, queries, requests = [_measured(number, _sit_with_script) for number in _READERS][-1]
    yield Figure("sitting-cpu", cpu_s, "s", limit=_CPU_S, peer=_MOODLE_CPU_S, peer_name="Moodle 4.5")
    yield Figure("sitting-queries", queries, "queries", limit=_QUERIES, peer=_MOODLE_READS, peer_name="Moodle 4.5")
    yield Figure("sitting-requests", requests, "requests")
    yield Figure("sitting-without-script-cpu", plain[0], "s", peer=_MOODLE_CPU_S, peer_name="Moodle 4.5")
    yield Figure("sitting-without-script-queries", plain[1], "queries", peer=_MOODLE_READS, peer_name="Moodle 4.5")
    yield Figure("sitting-without-script-requests", plain[2], "requests")


class _Counted:
    """A client that counts its requests, their CPU seconds and their queries, those of transactions apart."""

    def __init__(self, client: Any) -> None:
        self.client, self.queries, self.requests, self.cpu_s = client, 0, 0, 0.0

    def __call__(self, execute: Any, sql: str, *rest: Any) -> Any:
        self.queries += not _NOT_COUNTED.match(sql)
        return execute(sql, *rest)

    def ask(self, address: str, data: dict[str, Any] | None = None, **more: Any) -> Any:
        """GET, or POST where there is data, and follow what it leads to."""
        from django.db import connection  # noqa: PLC0415  # after the settings

        self.requests += 1
        with connection.execute_wrapper(self):
            started = time.process_time()
            response = self.client.get(address) if data is None else self.client.post(address, data, **more)
            self.cpu_s += time.process_time() - started
        return self.ask(response["Location"]) if response.status_code in {302, 303} else response


def _measured(service_number: str, sit: Callable[[_Counted], Any]) -> tuple[float, int, int]:
    from assessments.models import Attempt  # noqa: PLC0415  # after the settings

    counted = _Counted(client_of(service_number))
    sit(counted)
    attempt = Attempt.objects.filter(enrolment__person__service_number=service_number).latest("number")
    assert attempt.handed_in_at, "the sitting was not handed in: this would measure nothing"
    assert attempt.is_passed is (sit is _sit_with_script), "the sitting did not end as it was meant to"
    return counted.cpu_s, counted.queries, counted.requests


def _start(counted: _Counted) -> Any:
    from assessments.models import Quiz  # noqa: PLC0415  # after the settings

    counted.ask(_COURSE)
    quiz = Quiz.objects.get(quiz_class=Quiz.Class.GRADED, opens_after=Quiz.Opens.LESSONS, draw=10)
    return counted.ask(f"/fr/quizzes/{quiz.uuid}/start/", {})


def _sit_without_script(counted: _Counted) -> None:
    """Give the first choice of each question by a plain form, a page each."""
    page = _start(counted)
    while 'name="response"' in (html := text_of(page)):
        hidden = {name: value for name, value in _HIDDEN.findall(html) if name != "csrfmiddlewaretoken"}
        page = counted.ask(page.request["PATH_INFO"], hidden | {"response": _CHOICE.findall(html)[0]})
    counted.ask(page.request["PATH_INFO"].replace("review", "hand-in"), {})


def _sit_with_script(counted: _Counted) -> None:
    """Save the right answers as quiz.js does: all questions came with the first page."""
    from tests.assessments.sitting import answer_right, responses_to  # noqa: PLC0415  # after the settings

    page = _start(counted)
    base = page.request["PATH_INFO"].removesuffix("1/")
    attempt = UUID(base.rstrip("/").rsplit("/", 1)[-1])
    for number, fields in enumerate(responses_to(attempt, answer_right), start=1):
        data = fields | {"nonce": "bench", "step": 1}
        saved = counted.ask(f"{base}{number}/", data, headers={"accept": "application/json"})
        assert saved.json()["saved"], "an answer was not saved: this would measure nothing"
    counted.ask(f"{base}review/")
    counted.ask(f"{base}hand-in/", {})
