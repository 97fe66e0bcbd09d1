"""What a whole sitting costs: course page, start, ten questions each saved, review, hand-in, result."""

import re
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.figures import Figure
from benchmarks.site import client_of, text_of

# Moodle 4.5 on a machine of this size, measured by the project (issue 2): with a single save at the end.
_MOODLE_CPU_S, _MOODLE_READS = 0.82, 386
_CPU_S, _QUERIES = 0.16, 80
_NOT_COUNTED = re.compile(r"^\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|PRAGMA|SELECT pg_advisory_xact_lock)", re.IGNORECASE)
_CHOICE = re.compile(r'<input[^>]*name="response"[^>]*value="([^"]+)"')
_HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*name="(\w+)"[^>]*value="([^"]*)"')
# Officers of the demo who have read all lessons and not sat the test.
_READERS = ("20077J", "700186")


def sitting_figures() -> Iterator[Figure]:
    """Let two officers sit the test: the first warms the process up, the second is measured."""
    _sit(_READERS[0])
    cpu_s, queries, requests = _sit(_READERS[1])
    yield Figure("sitting-cpu", cpu_s, "s", limit=_CPU_S, peer=_MOODLE_CPU_S, peer_name="Moodle 4.5")
    yield Figure("sitting-queries", queries, "queries", limit=_QUERIES, peer=_MOODLE_READS, peer_name="Moodle 4.5")
    yield Figure("sitting-requests", requests, "requests")


class _Counted:
    """A client that counts its requests and their queries, those that begin and end transactions apart."""

    def __init__(self, client: Any) -> None:
        self.client, self.queries, self.requests = client, 0, 0

    def __call__(self, execute: Any, sql: str, *rest: Any) -> Any:
        self.queries += not _NOT_COUNTED.match(sql)
        return execute(sql, *rest)

    def ask(self, address: str, data: dict[str, str] | None = None) -> Any:
        """GET, or POST where there is data, and follow what it leads to."""
        self.requests += 1
        response = self.client.get(address) if data is None else self.client.post(address, data)
        return self.ask(response["Location"]) if response.status_code in {302, 303} else response


def _sit(service_number: str) -> tuple[float, int, int]:
    from django.db import connection  # noqa: PLC0415  # after the settings

    from assessments.models import Attempt, Quiz  # noqa: PLC0415

    quiz = Quiz.objects.get()
    counted = _Counted(client_of(service_number))
    with connection.execute_wrapper(counted):
        started = time.process_time()
        counted.ask("/fr/courses/first-aid-kit/")
        page = counted.ask(f"/fr/quizzes/{quiz.uuid}/start/", {})
        while 'name="response"' in (html := text_of(page)):
            hidden = {name: value for name, value in _HIDDEN.findall(html) if name != "csrfmiddlewaretoken"}
            page = counted.ask(page.request["PATH_INFO"], hidden | {"response": _CHOICE.findall(html)[0]})
        counted.ask(page.request["PATH_INFO"].replace("review", "hand-in"), {})
        cpu_s = time.process_time() - started
    attempt = Attempt.objects.filter(enrolment__person__service_number=service_number).latest("number")
    assert attempt.handed_in_at, "the sitting was not handed in: this would measure nothing"
    return cpu_s, counted.queries, counted.requests
