"""What the quiz engine costs: marking by kind, a long sitting with every kind, and a long list of the bank."""

import json
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from benchmarks.figures import Figure

_ROUNDS = 20
_QUESTIONS, _LISTED, _BANK = 30, 300, 10_000
# As many queries as a sitting of ten questions may ask, and two for each question more: each is one save.
_SITTING_QUERIES = 120


def engine_figures() -> Iterator[Figure]:
    """Measure marking, a sitting and the list."""
    yield from _markings()
    yield from _long_sitting()
    yield from _bank_list()
    yield from _look_alikes()


def _markings() -> Iterator[Figure]:
    """Mark every vector of a kind again and again; beside it a pass over the same vectors that reads nothing."""
    from assessments.questions.marking import MARKERS  # noqa: PLC0415  # after the settings
    from scripts.places import ROOT  # noqa: PLC0415  # the same

    for kind, mark in sorted(MARKERS.items()):
        path = ROOT / "assessments" / "questions" / kind / "vectors.json"
        vectors = [(each["structure"], each["response"]) for each in json.loads(path.read_text(encoding="utf-8"))]
        rate, raw = (_rate(act, vectors) for act in (mark, lambda _structure, _response: 0))
        yield Figure(f"markings-{kind}", rate, "1/s", peer=raw, peer_name="an empty function call")


def _rate(act: Any, vectors: list[tuple[Any, Any]]) -> float:
    started, done = time.perf_counter(), 0
    while (spent := time.perf_counter() - started) < 0.2 or done < _ROUNDS * len(vectors):  # noqa: PLR2004  # seconds
        for structure, response in vectors:
            act(structure, response)
        done += len(vectors)
    return done / spent


def _long_sitting() -> Iterator[Figure]:
    """Sit a quiz of 30 questions, all kinds in turn, each saved as a browser's script does."""
    from django.db import connection  # noqa: PLC0415  # after the settings
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from assessments.questions.registry import KINDS  # noqa: PLC0415
    from tests.assessments.sitting import Sitting, answer_right, responses_to  # noqa: PLC0415
    from tests.factories.accounts import sign_in  # noqa: PLC0415
    from tests.factories.assessments import make_course, make_question  # noqa: PLC0415

    course = make_course(questions=0, draw=_QUESTIONS)
    kinds = sorted(KINDS)
    for number in range(_QUESTIONS):
        lesson = course.lessons[number % len(course.lessons)]
        make_question(kinds[number % len(kinds)], course_uuid=course.uuid, lesson_uuid=lesson, number=number)
    sitting = Sitting(sign_in(Client(), course.login), course.quiz.uuid)
    with CaptureQueriesContext(connection) as started_with:
        begun = time.process_time()
        attempt = sitting.start()
        spent = time.process_time() - begun
    given = responses_to(attempt, answer_right)
    with CaptureQueriesContext(connection) as sat_with:
        begun = time.process_time()
        sitting.sit(given)
        spent += time.process_time() - begun
    queries = sum(not _is_transaction(each["sql"]) for each in [*started_with, *sat_with])
    yield Figure("sitting-30-all-kinds-cpu", spent, "s")
    yield Figure("sitting-30-all-kinds-queries", queries, "queries", limit=_SITTING_QUERIES)


def _is_transaction(sql: str) -> bool:
    return sql.lstrip().upper().startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "PRAGMA", "ROLLBACK"))


def _bank_list() -> Iterator[Figure]:
    """List 300 questions of all kinds in the trainer's area: the queries must be those of a short list."""
    from django.db import connection  # noqa: PLC0415  # after the settings
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from assessments.questions.registry import KINDS  # noqa: PLC0415
    from tests.factories.accounts import make_login, sign_in  # noqa: PLC0415
    from tests.factories.assessments import make_question  # noqa: PLC0415

    client, kinds = sign_in(Client(), make_login("trainer", everywhere=True)), sorted(KINDS)
    found = []
    for total in (_LISTED // 10, _LISTED):
        course = uuid4()
        for number in range(total):
            make_question(kinds[number % len(kinds)], course_uuid=course, number=number)
        client.get(reverse("questions:index"))
        with CaptureQueriesContext(connection) as asked:
            started = time.process_time()
            response = client.get(reverse("questions:index"), {"course_uuid": str(course)})
            spent = time.process_time() - started
        assert response.status_code == 200, response.status_code  # noqa: PLR2004  # OK
        found.append((len(asked), spent))
    (few, _cpu), (many, cpu_s) = found
    yield Figure("bank-300-queries", many, "queries", limit=few, peer=few, peer_name="the same list of 30")
    yield Figure("bank-300-cpu", cpu_s * 1000, "ms")


def _look_alikes() -> Iterator[Figure]:
    """Look 10,000 questions of 30 words through for pairs that say nearly the same."""
    import random  # noqa: PLC0415  # only here

    from assessments.bank_duplicates import features_of, find_pairs  # noqa: PLC0415  # after the settings

    dice = random.Random(4)  # noqa: S311  # repeatable
    vocabulary = [f"word{number}" for number in range(4000)]
    bank = {number: features_of([" ".join(dice.choices(vocabulary, k=30))]) for number in range(_BANK - 10)}
    bank |= {_BANK + number: bank[number] for number in range(10)}
    started = time.process_time()
    pairs = find_pairs(bank)
    spent = time.process_time() - started
    assert len(pairs) == 10, "the pairs were not found: this would measure nothing"  # noqa: PLR2004  # ten were put in
    started = time.process_time()
    counted = Counter(feature for features in bank.values() for feature in features)
    raw = time.process_time() - started
    assert counted, "nothing was read"
    yield Figure("look-alikes-10000-cpu", spent, "s", peer=raw, peer_name="counting the words of the same questions")
