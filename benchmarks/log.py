"""How fast the record takes statements, beside the raw rate of the same database in the same run."""

import datetime as dt
import time
import uuid
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from benchmarks.figures import Figure

Body = dict[str, Any]
_BATCH, _BATCHES = 50, 40
_RAW = """
INSERT INTO records_statement
(id, unit_uuid, text, node_uuid, sequence, actor_uuid, verb, unit_kind, sha256, epoch, received_at)
VALUES (%s, %s, %s, %s, %s, '00000000000000000000000000000007', 'progressed', 'bench', '', 1, '2026-11-22 08:00:00')
"""
_RAW_SHARE, _DERIVED_PER_S = 1 / 3, 2000


def log_figures() -> Iterator[Figure]:
    """Append batches that derive nothing new, raw rows of the same size, and batches that are derived."""
    from django.db import connection, transaction  # noqa: PLC0415  # after the settings

    from elearning.lib.canonical import canonical_json  # noqa: PLC0415
    from records.actions import append_statements  # noqa: PLC0415
    from records.deriving import UnitKind, registry  # noqa: PLC0415

    registry.units["bench"] = UnitKind("bench", frozenset({"progressed"}), lambda _sets: {}, ())
    node, numbers = uuid.uuid4().hex, count(1)

    def raw(batch: list[Body]) -> None:
        """Insert rows of the same size into the same table, made beforehand in all but their keys."""
        rows = [(uuid.uuid4().hex, unit, text, node, next(numbers)) for _each in batch]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(_RAW, rows)

    def append(batch: list[Body]) -> None:
        outcome = append_statements(by=[_ACTOR], statements=batch)
        assert not outcome.quarantined, outcome.quarantined[:1]

    batches = [_plain_batch() for _each in range(_BATCHES)]
    text, unit = canonical_json(batches[0][0]), uuid.uuid4().hex
    raw_rate, append_rate = _rate(raw, batches), _rate(append, batches)
    yield Figure(
        "statements-appended", append_rate, "1/s",
        peer=raw_rate, peer_name="raw inserts, same database and run", ratio_limit=_RAW_SHARE,
    )  # fmt: skip
    enrolments = _enrolments()
    append([registered for _unit, _lessons, registered in enrolments])
    outboxes = [_outbox(unit, lessons) for unit, lessons, _registered in enrolments]
    yield Figure("statements-derived", _rate(append, outboxes), "1/s", limit=_DERIVED_PER_S, at_least=True)


_ACTOR = uuid.UUID(int=7)
_LEARNERS, _PLACES = 40, 6


def _rate(act: Callable[[list[Body]], None], batches: list[list[Body]]) -> float:
    started = time.perf_counter()
    for batch in batches:
        act(batch)
    return sum(map(len, batches)) / (time.perf_counter() - started)


def _plain_batch() -> list[Body]:
    facts = {"place": str(uuid.uuid4()), "ordinal": 1}
    return [_statement("bench", uuid.uuid4(), "progressed", facts) for _each in range(_BATCH)]


def _enrolments() -> list[tuple[uuid.UUID, list[str], Body]]:
    """Return new learners' enrolments in the demo's course, by their ids, not yet said."""
    from courses.models import Enrolment  # noqa: PLC0415  # after the settings
    from courses.progress import enrolment_unit  # noqa: PLC0415

    like = Enrolment.objects.first()
    assert like is not None
    made = []
    for _each in range(_LEARNERS):
        person = uuid.uuid4()
        unit = enrolment_unit(person, like.course_uuid, like.period)
        facts = {
            "person": str(person), "course": str(like.course_uuid), "period": like.period, "edition": like.edition,
            "source_version": like.source_version, "language": like.language, "country": like.country_id,
            "agency": None, "cohort": None, "outline": like.outline,
        }  # fmt: skip
        made.append((unit, like.outline["lessons"], _statement("enrolment", unit, "registered", facts)))
    return made


def _outbox(enrolment: uuid.UUID, lessons: list[str]) -> list[Body]:
    """Return what a device sends after the whole course was read: each lesson begun, read along, completed."""
    from courses.progress import lesson_unit  # noqa: PLC0415  # after the settings

    batch = []
    for lesson in lessons:
        base = {"enrolment": str(enrolment), "lesson": lesson}
        unit = lesson_unit(enrolment, uuid.UUID(lesson))
        places = [base | {"place": str(uuid.uuid4()), "ordinal": ordinal} for ordinal in range(1, _PLACES + 1)]
        batch.append(_statement("lesson", unit, "initialized", base))
        batch += [_statement("lesson", unit, "progressed", facts) for facts in places]
        batch.append(_statement("lesson", unit, "completed", base))
    return batch


def _statement(kind: str, unit: uuid.UUID, verb: str, facts: dict[str, Any]) -> Body:
    from django.conf import settings  # noqa: PLC0415  # after the settings

    from records.statements import build_statement  # noqa: PLC0415

    return build_statement(
        base=settings.ACTIVITY_BASE,
        actor_uuid=_ACTOR,
        verb=verb,
        activity=f"{settings.ACTIVITY_BASE}/{kind}/{unit}",
        unit=(kind, unit),
        timestamp=dt.datetime(2026, 11, 22, 8, tzinfo=dt.UTC),
        facts=facts,
    )
