"""Records that are one person: deriving who is whose, and the questions that everything above asks.

Rows about what a person did keep the record they were said of; only reading follows the line. So undoing a merge is
one row less, and nothing else has to be put back.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from records.aliasing import Merge, alias_unit, ends_of, merge_of, people_named
from records.deriving import Rollup, UnitKind, register_rollup, register_unit_kind
from records.models import Alias
from records.statements import Said

ALIAS = "alias"
ALIAS_LINES = "alias-lines"
_ORDER = 100


def register() -> None:
    """Add the derivation of aliases; `alias-lines` is what upper apps follow: its keys are people."""
    register_unit_kind(UnitKind(ALIAS, frozenset({"merged", "parted"}), derive_aliases, (Alias,)))
    register_rollup(Rollup(ALIAS_LINES, _ORDER, derive_lines, (Alias,)))


def derive_aliases(sets: Mapping[UUID, Sequence[Said]]) -> dict[str, set[UUID]]:
    """Write who was made whose, delete who was parted. Three queries, whatever the number."""
    merges = {unit: merge_of(unit, said) for unit, said in sets.items()}
    named = {uuid for unit, said in sets.items() for uuid in people_named(unit, said)}
    # Whoever stands at the far end of a line as it is now is touched, too.
    lines = Q(absorbed_uuid__in=named) | Q(named_uuid__in=named) | Q(kept_uuid__in=named)
    touched = {uuid for row in Alias.objects.filter(lines).values_list("absorbed_uuid", "kept_uuid") for uuid in row}
    parted = {unit for unit, merge in merges.items() if merge is None}
    Alias.objects.filter(absorbed_uuid__in=[uuid for uuid in named if alias_unit(uuid) in parted]).delete()
    Alias.write([_row(merge) for merge in merges.values() if merge is not None])
    return {ALIAS_LINES: {uuid for uuid in touched | named if uuid is not None}}


def derive_lines(people: set[Any]) -> dict[str, set[UUID]]:
    """Write where each line that touches these people ends. Two queries for a line of two, more for longer ones."""
    rows: dict[UUID, Alias] = {}
    seen, frontier = set[UUID](), set(people)
    while frontier:
        seen |= frontier
        found = Alias.objects.filter(Q(absorbed_uuid__in=frontier) | Q(named_uuid__in=frontier))
        rows |= {row.absorbed_uuid: row for row in found}
        frontier = {uuid for row in rows.values() for uuid in (row.absorbed_uuid, row.named_uuid)} - seen
    ends = ends_of(Merge(row.absorbed_uuid, row.named_uuid, row.merged_at, row.statement_uuid) for row in rows.values())
    moved = [row for uuid, row in rows.items() if row.kept_uuid != ends[uuid]]
    for row in moved:
        row.kept_uuid = ends[row.absorbed_uuid]
    Alias.write(moved)
    return {}


def own(field: str, person: UUID) -> Q:
    """Return the condition that a row's person is this one, under whichever record: part of the caller's one query."""
    return Q(**{field: person}) | Q(**{f"{field}__in": Alias.objects.filter(kept_uuid=person).values("absorbed_uuid")})


def same_person(field: str, record: UUID) -> Q:
    """Return the condition that a row's person is that of a record, whichever of the person's it is.

    No query of its own: as `own` of the record at the end of the line, without asking first which that is.
    """
    kept = Alias.objects.filter(absorbed_uuid=record, kept_uuid__isnull=False).values("kept_uuid")
    theirs = Alias.objects.filter(Q(kept_uuid=record) | Q(kept_uuid__in=kept)).values("absorbed_uuid")
    return Q(**{field: record}) | Q(**{f"{field}__in": kept}) | Q(**{f"{field}__in": theirs})


def is_own(record: UUID, person: UUID) -> bool:
    """Tell whether what was said of a record is this person's. No query where they are the same: nearly always."""
    return record == person or Alias.objects.filter(absorbed_uuid=record, kept_uuid=person).exists()


def records_of(person: UUID) -> list[UUID]:
    """Return all records of a person, the person's own first. One query."""
    return [person, *Alias.objects.filter(kept_uuid=person).order_by("pk").values_list("absorbed_uuid", flat=True)]


def kept_of(records: Iterable[UUID]) -> dict[UUID, UUID]:
    """Return whose each record is, for those that were made another's. One query."""
    rows = Alias.objects.filter(absorbed_uuid__in=list(records), kept_uuid__isnull=False)
    return {absorbed: kept for absorbed, kept in rows.values_list("absorbed_uuid", "kept_uuid") if kept}


def whose_records(people: Any = None) -> dict[UUID, UUID]:
    """Return whose each merged record is, if it or its person is among these UUIDs; of all where None. One query."""
    rows = Alias.objects.filter(kept_uuid__isnull=False)
    if people is not None:
        rows = rows.filter(Q(kept_uuid__in=people) | Q(absorbed_uuid__in=people))
    return {absorbed: kept for absorbed, kept in rows.values_list("absorbed_uuid", "kept_uuid") if kept}


def people_kept(records: Any) -> Any:
    """Return who is kept of the records that a subquery names, as a subquery; records of nobody else are not in it."""
    return Alias.objects.filter(absorbed_uuid__in=records, kept_uuid__isnull=False).values("kept_uuid")


def absorbed_records() -> Any:
    """Return the records that are another's now, as a subquery: lists of people leave them out."""
    return Alias.objects.filter(kept_uuid__isnull=False).values("absorbed_uuid")


def _row(merge: Merge) -> Alias:
    return Alias(
        absorbed_uuid=merge.absorbed,
        named_uuid=merge.named,
        kept_uuid=merge.named,
        statement_uuid=merge.statement,
        merged_at=merge.at,
    )
