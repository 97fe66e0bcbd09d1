"""The cascade as one login sees it: the programmes it may open, the tree, and the lines of a list."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Max, QuerySet
from django.http import Http404

from accounts.access import person_for
from accounts.models import Country, Login, Person
from certificates import policy
from certificates.cascade.access_rules import TRAINERS_RUN
from certificates.cascade.facts import rules_of
from certificates.cascade.rules import TrainerRules
from certificates.cascade.tree import Branch, Generation, Node, by_generation, grow_tree, walk
from certificates.cascade.words import STATES
from certificates.models import Evidence, Programme, TrainerLine
from records.aliases import kept_of

# The choice of cohorts that belong to no programme, as an address names it.
NONE = "none"


@dataclass(frozen=True, slots=True)
class Cascade:
    """One programme's tree as of the last count, of the trainers this login may see."""

    programme: Programme | None
    rules: TrainerRules
    branches: list[Branch]
    by_person: Mapping[UUID, Branch]
    generations: list[Generation]
    counted_at: dt.datetime | None

    @property
    def trainers(self) -> int:
        """How many trainers there are."""
        return len(self.by_person)

    @property
    def dormant(self) -> list[Branch]:
        """The branches on which nobody held a session of late, each named where it begins."""
        return [
            branch
            for branch in self.by_person.values()
            if branch.is_dormant and not ((above := self.above(branch)) and above.is_dormant)
        ]

    def above(self, branch: Branch) -> Branch | None:
        """Return the branch from which one grows; None for a first one, and where it is out of sight."""
        return self.by_person.get(branch.node.parent) if branch.node.parent else None


def lines_for(login: Any) -> QuerySet[TrainerLine]:
    """Return the trainers' lines this login may see; PermissionDenied for somebody without a desk."""
    if not login.holds(*policy.DESK_ROLES):
        raise PermissionDenied
    return TrainerLine.objects.visible_to(login)


def programmes_for(login: Any) -> list[Programme]:
    """Return the programmes in which this login sees a trainer, or which it may see and that have people."""
    if not login.holds(*policy.DESK_ROLES):
        raise PermissionDenied
    return list(Programme.objects.visible_to(login).filter(is_historic=False))


def chosen_programme(programmes: Sequence[Programme], asked: str) -> Programme | None:
    """Return the programme an address names: the first where it names none; raise Http404 for one not among them."""
    if asked == NONE:
        return None
    if not asked:
        return programmes[0] if programmes else None
    found = next((each for each in programmes if str(each.uuid) == asked), None)
    if found is None:
        raise Http404
    return found


def open_cascade(login: Any, programme: Programme | None, today: dt.date) -> Cascade:
    """Return the tree. Two queries, however many trainers; their names are asked for those that are shown."""
    rows = lines_for(login).filter(programme=programme)
    rules = rules_of(programme)
    columns = (
        "person_id",
        "parent_uuid",
        "person__country__code",
        "generation",
        "state",
        "sessions",
        "last_held_on",
        "officers_reached",
        "officers_trained",
        "officers_recent",
    )
    branches = grow_tree((Node(*row) for row in rows.values_list(*columns)), today, rules.active_months)
    return Cascade(
        programme,
        rules,
        branches,
        {branch.node.person: branch for branch in walk(branches)},
        by_generation(branches),
        rows.aggregate(newest=Max("counted_at"))["newest"],
    )


def names_of(people: Iterable[UUID]) -> dict[UUID, Person]:
    """Return the people by id, with their country; the caller has checked that they may be seen. One query."""
    return {each.uuid: each for each in Person.objects.filter(uuid__in=set(people)).select_related("country")}


def trainer_for(login: Login, person: UUID) -> Person:
    """Return a person whose page as a trainer this login may open; raise Http404, or PermissionDenied."""
    if not login.holds(*policy.DESK_ROLES):
        raise PermissionDenied
    return person_for(login, person)


def trainer_to_write(login: Login, person: UUID) -> Person:
    """Return a person whose profile as a trainer this login may write: 404 if out of sight, else PermissionDenied."""
    whose = trainer_for(login, person)
    if not TRAINERS_RUN.allows(login, whose):
        raise PermissionDenied
    return whose


def countries_for(login: Any) -> list[tuple[str, str]]:
    """Return code and name of the countries of the trainers this login may see."""
    codes = lines_for(login).values_list("person__country__code", flat=True).distinct()
    return sorted(((code, Country(code=code).name) for code in set(codes)), key=lambda each: each[1])


def state_choices() -> list[tuple[str, Any]]:
    """Return the states of trainers, with their words."""
    return [(str(state), words) for state, words in STATES.items()]


def evidence_for(login: Login, evidence: UUID) -> tuple[Evidence, Person]:
    """Return a piece of evidence and whose it is; raise Http404 where the person is out of sight."""
    if not login.holds(*policy.DESK_ROLES):
        raise PermissionDenied
    row = Evidence.objects.filter(pk=evidence).first()
    if row is None:
        raise Http404
    return row, person_for(login, kept_of([row.person_id]).get(row.person_id, row.person_id))


def programme_to_run(login: Login, programme: UUID) -> Programme:
    """Return a programme whose rules this login may change: 404 where it can't see it, else PermissionDenied."""
    if not login.holds(*policy.DESK_ROLES):
        raise PermissionDenied
    row = Programme.objects.visible_to(login).filter(uuid=programme).first()
    if row is None:
        raise Http404
    if not policy.PROGRAMMES_RUN.allows(login, row):
        raise PermissionDenied
    return row
