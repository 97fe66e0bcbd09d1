"""Which records are one person: a pure function of what was said, in whatever order it came."""

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from records.aliasing import Merge, alias_unit, ends_of, merge_of, people_named

START = datetime(2026, 11, 1, tzinfo=UTC)
A, B, C, D = (UUID(int=number) for number in range(1, 5))


@dataclass(frozen=True)
class Said:
    """What is read of a statement."""

    id: UUID
    verb: str
    timestamp: str
    facts: dict[str, Any] = field(default_factory=dict)


def said(number: int, verb: str, absorbed: UUID, kept: UUID, minute: int) -> Said:
    at = (START + timedelta(minutes=minute)).isoformat()
    return Said(UUID(int=number), verb, at, {"absorbed": str(absorbed), "kept": str(kept)})


def merge(absorbed: UUID, kept: UUID, minute: int) -> Merge:
    return Merge(absorbed, kept, START + timedelta(minutes=minute), UUID(int=minute))


def test_latest_word_about_a_record_counts() -> None:
    unit = alias_unit(A)
    words = [said(1, "merged", A, B, 0), said(2, "parted", A, B, 5), said(3, "merged", A, C, 9)]
    for order in itertools.permutations(words):
        found = merge_of(unit, order)
        assert found is not None
        assert found.named == C
    assert merge_of(unit, words[:2]) is None


def test_statement_under_another_unit_or_about_one_record_says_nothing() -> None:
    assert merge_of(alias_unit(B), [said(1, "merged", A, B, 0)]) is None
    assert merge_of(alias_unit(A), [said(1, "merged", A, A, 0)]) is None
    assert merge_of(alias_unit(A), [Said(UUID(int=1), "merged", START.isoformat(), {"absorbed": 7})]) is None
    assert people_named(alias_unit(A), [said(1, "merged", A, B, 0)]) == {A, B}


def test_line_of_merges_ends_at_its_last_record() -> None:
    assert ends_of([merge(A, B, 1), merge(B, C, 2), merge(C, D, 3)]) == {A: D, B: D, C: D}


def test_latest_merge_of_a_circle_joins_nothing() -> None:
    assert ends_of([merge(A, B, 1), merge(B, C, 2), merge(C, A, 3)]) == {A: C, B: C, C: None}
    assert ends_of([merge(A, B, 3), merge(B, C, 2), merge(C, A, 1)]) == {A: None, B: A, C: A}


PEOPLE = st.sampled_from([UUID(int=number) for number in range(1, 7)])
WORD = st.tuples(st.sampled_from(["merged", "merged", "parted"]), PEOPLE, PEOPLE, st.integers(0, 9))


@settings(deadline=None)
@given(st.lists(WORD, max_size=12), st.randoms(use_true_random=False))
def test_order_and_repetition_of_what_was_said_do_not_matter(words: list[Any], rng: Any) -> None:
    spoken = [said(number, *word) for number, word in enumerate(words)]
    shuffled = [*spoken, *spoken[: len(spoken) // 2]]
    rng.shuffle(shuffled)
    assert _ends(spoken) == _ends(shuffled)


@given(st.lists(WORD, max_size=12))
def test_nobody_ends_at_a_record_that_is_anothers(words: list[Any]) -> None:
    ends = _ends([said(number, *word) for number, word in enumerate(words)])
    for absorbed, kept in ends.items():
        assert kept is None or (kept != absorbed and ends.get(kept) is None)


def _ends(spoken: list[Said]) -> dict[UUID, UUID | None]:
    people = {UUID(each.facts["absorbed"]) for each in spoken}
    merges = [merge_of(alias_unit(person), spoken) for person in people]
    return ends_of(each for each in merges if each)
