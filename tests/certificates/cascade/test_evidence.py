"""Evidence follows from a set of statements: order and repetition change nothing."""

import datetime as dt
from dataclasses import dataclass
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest

from certificates.cascade.evidence import evidence_columns, evidence_facts

UNIT, PERSON, PROGRAMME, ACTOR = UUID(int=1), UUID(int=2), UUID(int=3), UUID(int=77)
DAY = dt.date(2026, 5, 4)


@dataclass(frozen=True)
class Saying:
    id: UUID
    verb: str
    minute: int
    facts: dict[str, Any]
    actor_uuid: UUID = ACTOR

    @property
    def timestamp(self) -> str:
        return f"2026-05-04T10:{self.minute:02}:00.000Z"


def said(number: int, minute: int, marks: list[int]) -> Saying:
    facts = evidence_facts(PERSON, PROGRAMME, "micro-teaching", DAY, marks=marks)
    return Saying(UUID(int=number), "evidenced", minute, facts)


def test_any_order_and_any_repetition_give_one_row() -> None:
    said_of_it = [
        said(1, 0, [3] * 7),
        said(2, 5, [4] * 7),
        Saying(UUID(int=3), "retracted", 9, {"reason": "entry-error"}),
    ]
    rows = [evidence_columns(UNIT, [*order, order[0]]) for order in permutations(said_of_it)]
    assert all(row == rows[0] for row in rows)
    assert rows[0] is not None
    assert rows[0]["marks"] == [4] * 7
    assert rows[0]["retracted_at"] == dt.datetime(2026, 5, 4, 10, 9, tzinfo=dt.UTC)
    assert rows[0]["retraction_reason"] == "entry-error"


def test_what_is_said_again_after_a_retraction_holds_again() -> None:
    row = evidence_columns(UNIT, [Saying(UUID(int=3), "retracted", 4, {}), said(2, 5, [4] * 7)])
    assert row is not None
    assert row["retracted_at"] is None


@pytest.mark.parametrize(
    "changed",
    [
        {"marks": [5] * 7},
        {"marks": [3] * 6},
        {"marks": [True] * 7},
        {"marks": "3333333"},
        {"kind": "other"},
        {"kind": "conduct"},
        {"person": None},
        {"person": "nobody"},
        {"on": "2026-13-01"},
        {"session": 5},
    ],
)
def test_what_is_no_evidence_says_nothing(changed: dict[str, Any]) -> None:
    facts = evidence_facts(PERSON, PROGRAMME, "micro-teaching", DAY, marks=[3] * 7) | changed
    assert evidence_columns(UNIT, [Saying(UUID(int=1), "evidenced", 0, facts)]) is None
    for name in facts:
        short = {key: value for key, value in facts.items() if key != name}
        assert evidence_columns(UNIT, [Saying(UUID(int=1), "evidenced", 0, short)]) is None
