"""What the door takes: batches, single answers in a closed loop, a whole class at once, and bytes of a day."""

import gzip
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.figures import Figure
from benchmarks.server import Client, percentile, request_of, run_at_once, served_site

# Kolibri 0.19 on a machine of this size, measured by the project.
_KOLIBRI = "Kolibri 0.19"
_KOLIBRI_PER_S, _KOLIBRI_P95_MS, _KOLIBRI_CLASS_S, _KOLIBRI_CLASS_P99_MS = 42, 2087, 12.8, 6000
_CLIENTS, _PER_S, _P95_MS, _LOOP_S = 20, 150, 250, 10
_CLASS, _QUESTIONS, _CLASS_S, _CLASS_P99_MS = 30, 20, 5, 1000
_BATCH, _BATCHES = 50, 60
_DAY_KB = 20


def batch_figures() -> Iterator[Figure]:
    """Measure over real HTTP, server and clients on the same machine."""
    with served_site() as port:
        people = [_sitter(port) for _each in range(_CLASS)]
        yield from _batches(people[0])
        yield from _single_answers(people[:_CLIENTS])
        yield from _class_at_once(people)
    yield _day()


@dataclass
class Sitter:
    """A learner with a device, a paper, and a browser that is signed in."""

    port: int
    learner: Any
    paper: dict[str, Any]
    cookie: str
    csrf: str

    def request(self, lines: list[str], *, packed: bool = False) -> bytes:
        """Return the request that sends some lines."""
        from tests.sync.client import parcel  # noqa: PLC0415  # after the settings

        body = parcel(lines)
        body = gzip.compress(body) if packed else body
        person = str(self.learner.login.person.uuid)
        return request_of(self.port, self.cookie, self.csrf, person, body, "gzip" if packed else "")


def _batches(sitter: Sitter) -> Iterator[Figure]:
    """Send reading in batches, one after the other."""
    from tests.sync.places import reading  # noqa: PLC0415  # after the settings

    warm, *batches = [sitter.request(lines, packed=True) for lines in reading(sitter.learner, _BATCHES + 1)]
    Client(sitter.port, [warm]).run()
    client = Client(sitter.port, batches)
    took = run_at_once([client])
    _check([client], len(batches))
    yield Figure("batches-of-50", len(batches) / took, "1/s")
    yield Figure("batch-of-50-p95", percentile(client.times_s, 95), "ms")


def _single_answers(sitters: list[Sitter]) -> Iterator[Figure]:
    """Save one answer after the other from each of twenty clients, each on its own paper."""
    clients = []
    for sitter in sitters:
        # Each learner goes on changing the answers of one attempt: as many as the loop may take.
        sitting = _sitting(sitter)
        Client(sitter.port, [sitter.request([sitting.begin()])]).run()
        lines = [sitting.answer(number % _QUESTIONS, _choice(sitter, number)) for number in range(_PER_TURN)]
        clients.append(Client(sitter.port, [sitter.request([line]) for line in lines]))
    took = run_at_once(clients, for_s=_LOOP_S)
    times = [each for client in clients for each in client.times_s]
    _check(clients, len(times))
    yield Figure(
        "answers-saved", len(times) / took, "1/s",
        limit=_PER_S, at_least=True, peer=_KOLIBRI_PER_S, peer_name=_KOLIBRI,
    )  # fmt: skip
    yield Figure("answer-p95", percentile(times, 95), "ms", limit=_P95_MS, peer=_KOLIBRI_P95_MS, peer_name=_KOLIBRI)


def _class_at_once(sitters: list[Sitter]) -> Iterator[Figure]:
    """Let thirty learners begin, answer twenty questions and hand in, all at once."""
    learners = [_sitter(sitter.port) for sitter in sitters]
    clients = [Client(each.port, [each.request([line]) for line in _sitting(each).sit()]) for each in learners]
    took = run_at_once(clients)
    times = [each for client in clients for each in client.times_s]
    _check(clients, len(sitters) * (_QUESTIONS + 2))
    yield Figure("class-at-once", took, "s", limit=_CLASS_S, peer=_KOLIBRI_CLASS_S, peer_name=_KOLIBRI)
    yield Figure(
        "class-at-once-p99", percentile(times, 99), "ms",
        limit=_CLASS_P99_MS, peer=_KOLIBRI_CLASS_P99_MS, peer_name=_KOLIBRI,
    )  # fmt: skip


def _day() -> Figure:
    """Count the bytes that go up after a day: three lessons read along, and the test sat."""
    from tests.sync.client import parcel  # noqa: PLC0415  # after the settings

    sitter = _sitter(0)
    lines = [line for lesson in sitter.learner.lessons[:3] for line in sitter.learner.read_along(lesson, places=6)]
    packed = gzip.compress(parcel([*lines, *_sitting(sitter).sit()]))
    return Figure("day-of-learning-up", len(packed) / 1000, "kB", limit=_DAY_KB)


_PER_TURN = 150


def _sitting(sitter: Sitter) -> Any:
    from tests.sync.doings import PaperSitting  # noqa: PLC0415  # after the settings

    return PaperSitting(sitter.learner, sitter.paper)


def _choice(sitter: Sitter, number: int) -> Any:
    item = sitter.paper["items"][number % _QUESTIONS]
    choices = item["choices"]
    if not choices:
        return number % 2 == 0
    chosen = choices[number // _QUESTIONS % len(choices)]
    return [chosen] if item["kind"] == "multiple_choice" else chosen


def _sitter(port: int) -> Sitter:
    """Return a new learner of the demo's course, signed in, with a paper of twenty questions."""
    from django.test import Client as Browser  # noqa: PLC0415  # after the settings

    from accounts.models import Country  # noqa: PLC0415
    from assessments.models import Quiz  # noqa: PLC0415
    from courses.actions import enrol  # noqa: PLC0415
    from courses.catalogue import read_catalogue  # noqa: PLC0415
    from tests.factories.accounts import make_login  # noqa: PLC0415
    from tests.sync.doings import Learner, make_device  # noqa: PLC0415

    course = read_catalogue().course_by_slug("fr", "first-aid-kit")
    assert course is not None
    quiz = Quiz.objects.get(course_uuid=course.uuid, quiz_class=Quiz.Class.GRADED)
    Quiz.objects.filter(pk=quiz.pk).exclude(draw=_QUESTIONS).update(draw=_QUESTIONS)
    login = make_login(country=Country.objects.get(code="ML"), service_number=uuid.uuid4().hex[:12])
    enrolment = enrol(by=login, course=course)
    device = make_device(login.person)
    lessons = [uuid.UUID(each) for each in enrolment.outline["lessons"]]
    learner = Learner(login, device, enrolment.pk, course.uuid, lessons)
    (paper,) = [each for each in learner.papers() if each["quiz"] == str(quiz.uuid)]
    browser = Browser()
    browser.force_login(login, backend="accounts.backends.RelaisBackend")
    csrf = browser.get("/sync/session/").json()["csrf"]
    cookie = "; ".join(f"{name}={each.value}" for name, each in browser.cookies.items())
    return Sitter(port, learner, paper, cookie, csrf)


def _check(clients: list[Client], expected: int) -> None:
    failures = [each for client in clients for each in client.failures]
    assert not failures, failures[0]
    assert sum(len(client.times_s) for client in clients) == expected
