"""A unit kind of the tests' own, so that the record is tested without courses."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from records.deriving import UnitKind, registry
from records.statements import build_statement

BASE = "https://relais.example/activities"
KIND = "tested"
ACTOR = uuid.UUID(int=7)


@pytest.fixture
def derived() -> Iterator[list[Any]]:
    """Register the kind, and return what it was asked to derive."""
    calls: list[Any] = []

    def derive(sets: Any) -> dict[str, Any]:
        calls.append({unit: {said.id for said in statements} for unit, statements in sets.items()})
        return {}

    registry.units[KIND] = UnitKind(KIND, frozenset({"answered", "submitted"}), derive, ())
    yield calls
    del registry.units[KIND]


def statement(
    unit: uuid.UUID | None = None,
    *,
    statement_id: uuid.UUID | None = None,
    response: str = "a",
    actor: uuid.UUID = ACTOR,
) -> dict[str, Any]:
    """Return a well-formed statement of the tests' kind."""
    return build_statement(
        base=BASE,
        actor_uuid=actor,
        verb="answered",
        activity=f"{BASE}/question/{uuid.UUID(int=1)}",
        unit=(KIND, unit or uuid.uuid4()),
        timestamp=datetime(2026, 11, 22, 5, 20, tzinfo=UTC),
        facts={"response": response},
        statement_id=statement_id,
    )
