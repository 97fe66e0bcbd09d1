"""The list of trainers, narrowed by what an address asks."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from certificates.cascade.opening import lines_for
from certificates.cascade.standing import TrainerState
from certificates.models import Programme, TrainerLine

_LONGEST = 80


@dataclass(frozen=True, slots=True)
class TrainerFilter:
    """What an address asks for; what it does not name is everything."""

    programme: str = ""
    state: str = ""
    country: str = ""
    q: str = ""

    @classmethod
    def of(cls, given: Any) -> "TrainerFilter":
        """Read the query of an address; a state that there is not asks for none."""
        state = given.get("state", "")
        return cls(
            programme=given.get("programme", ""),
            state=state if state in TrainerState._value2member_map_ else "",
            country=given.get("country", "")[:2],
            q=given.get("q", "").strip()[:_LONGEST],
        )


def list_trainers(login: Any, programme: Programme | None, asked: TrainerFilter) -> QuerySet[TrainerLine]:
    """Return the lines this login may see, the widest reach first. A country out of scope has no lines in it."""
    rows = lines_for(login).filter(programme=programme).select_related("person__country", "person__agency")
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.country:
        rows = rows.filter(person__country__code=asked.country)
    if asked.q:
        rows = rows.filter(person__full_name__icontains=asked.q)
    return rows.order_by("generation", "-officers_trained", "person__full_name", "key")
