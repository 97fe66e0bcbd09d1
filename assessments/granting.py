"""How rows follow from what people are granted: their accommodation, and their attempts once more."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from accounts.models import ActorAccount
from assessments.accommodating import ACCOMMODATED, ACCOMMODATION, accommodation_unit, grants_among
from assessments.deriving import ATTEMPT, derive_attempts
from assessments.models import Accommodation
from records.deriving import Touched, UnitKind, register_unit_kind
from records.models import Statement
from records.statements import Said
from records.storage import statements_of


def register() -> None:
    """Add the derivation of accommodations."""
    verbs = frozenset({ACCOMMODATED})
    register_unit_kind(UnitKind(ACCOMMODATION, verbs, derive_accommodations, (Accommodation,)))


def derive_accommodations(sets: Mapping[UUID, Sequence[Said]]) -> Touched:
    """Write what stands for the people of these units, then derive all their attempts again.

    The attempts read the statements of this unit, so they come out the same whichever arrived first: one
    that came before is derived again here, one that comes later finds the row and reads them itself. Four
    queries, and those of deriving attempts.
    """
    people = {unit: person for unit, said in sets.items() if (person := _person_of(unit, said))}
    accounts: dict[UUID, set[UUID]] = defaultdict(set)
    rows = ActorAccount.objects.filter(person__uuid__in=people.values())
    for person, account in rows.values_list("person__uuid", "uuid"):
        accounts[person].add(account)
    stand = [
        Accommodation(
            uuid=unit,
            person_uuid=person,
            time_percent=grants[-1].granted.time_percent,
            extra_attempts=grants[-1].granted.extra_attempts,
            may_pause=grants[-1].granted.may_pause,
            ends_on=grants[-1].ends_on,
        )
        for unit, person in people.items()
        if (grants := grants_among(sets[unit], person, accounts[person]))
    ]
    Accommodation.write(stand)
    return derive_attempts(_attempts_of({each for row in stand for each in accounts[row.person_uuid]}))


def _attempts_of(actors: Iterable[UUID]) -> dict[UUID, list[Said]]:
    """Return all statements of the attempts that these actors began, by attempt. Two queries."""
    begun = Statement.objects.filter(actor_uuid__in=actors, unit_kind=ATTEMPT, verb="initialized")
    sets: dict[UUID, list[Said]] = defaultdict(list)
    for said in statements_of(set(begun.values_list("unit_uuid", flat=True))):
        sets[said.unit_uuid].append(said)
    return sets


def _person_of(unit: UUID, statements: Iterable[Said]) -> UUID | None:
    """Return whom a unit is about: the one person that its id follows from."""
    for said in statements:
        named: Any = said.facts.get("person")
        try:
            person = UUID(named)
        except (TypeError, ValueError, AttributeError):
            continue
        if accommodation_unit(person) == unit:
            return person
    return None
