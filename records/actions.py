"""The only writers of the log."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from records.deriving import derive_units, registry
from records.errors import MalformedStatementError
from records.models import QuarantinedStatement
from records.quarantining import Refusal, quarantine, text_of
from records.statements import Said, read_statement
from records.storage import hold_log, insert_statements, statements_of


@dataclass(slots=True)
class Outcome:
    """What became of each statement of a batch."""

    accepted: list[uuid.UUID] = field(default_factory=list)
    known: list[uuid.UUID] = field(default_factory=list)
    quarantined: list[QuarantinedStatement] = field(default_factory=list)


@transaction.atomic
def append_statements(
    *,
    by: Collection[uuid.UUID],
    statements: Iterable[Any],
    known_units: Sequence[Said] | None = None,
    received_at: datetime | None = None,
) -> Outcome:
    """Store what is new, recognise what is known, keep what is refused; then derive.

    `by` holds the actor accounts whose statements the sender may bring; a statement may come as a
    mapping or, where the caller has read it, as Said. `known_units` are the statements of the units the
    batch speaks of, where the caller has read them in this transaction after hold_log(); it spares the
    query and, on PostgreSQL, taking the lock again. Same id and same hash: known. Same id, other hash:
    quarantined, the first stays in force. Two queries for a batch of new statements, and what deriving needs.
    """
    if known_units is None:
        hold_log()
    outcome = Outcome()
    refused: list[Refusal] = []
    moment = received_at or timezone.now()
    said = _read_all(statements, by, refused)
    units, ids = {each.unit_uuid for each in said}, {each.id for each in said}
    here = known_units if known_units is not None else statements_of(units, ids)
    fresh = _sort_out(said, {each.id: each.sha256 for each in here}, outcome, refused)
    outcome.quarantined = quarantine(refused, moment)
    if fresh:
        insert_statements(fresh, moment)
        outcome.accepted = [each.id for each in fresh]
        derive_units(_sets_of(fresh, here))
    return outcome


def _read_all(statements: Iterable[Any], by: Collection[uuid.UUID], refused: list[Refusal]) -> list[Said]:
    said: list[Said] = []
    for body in statements:
        try:
            each = body if isinstance(body, Said) else read_statement(body)
        except MalformedStatementError as error:
            refused.append(_refusal(body, "malformed", str(error), by))
            continue
        kind = registry.units.get(each.unit_kind)
        if each.actor_uuid not in by:
            refused.append(_refusal(body, "foreign-actor", "", by))
        elif kind is None or each.verb not in kind.verbs:
            refused.append(_refusal(body, "unknown-kind", f"{each.verb} {each.unit_kind}", by))
        else:
            said.append(each)
    return said


def _sort_out(said: list[Said], hashes: dict[uuid.UUID, str], outcome: Outcome, refused: list[Refusal]) -> list[Said]:
    """Return the new ones; note the known; refuse those whose id stands for something else."""
    fresh: list[Said] = []
    for each in said:
        held = hashes.get(each.id)
        if held is None:
            hashes[each.id] = each.sha256
            fresh.append(each)
        elif held == each.sha256:
            outcome.known.append(each.id)
        else:
            detail = f"the statement in force has sha256 {held}"
            refused.append(_refusal(each, "id-reused", detail, [each.actor_uuid]))
    return fresh


def _sets_of(fresh: Sequence[Said], here: Sequence[Said]) -> dict[str, dict[uuid.UUID, list[Said]]]:
    """Return kind -> unit -> all of its statements, old and new, for the units that moved."""
    grown: dict[tuple[str, uuid.UUID], tuple[list[Said], list[Said]]] = defaultdict(lambda: ([], []))
    for each in fresh:
        new, members = grown[each.unit_kind, each.unit_uuid]
        new.append(each)
        members.append(each)
    for each in here:
        if (each.unit_kind, each.unit_uuid) in grown:
            grown[each.unit_kind, each.unit_uuid][1].append(each)
    sets: dict[str, dict[uuid.UUID, list[Said]]] = defaultdict(dict)
    for (name, unit), (new, members) in grown.items():
        kind = registry.unit_kind(name)
        if kind.is_unmoved is None or not kind.is_unmoved(new, members):
            sets[name][unit] = members
    return sets


def _refusal(body: Any, reason: str, detail: str, by: Collection[uuid.UUID]) -> Refusal:
    whole = body.body if isinstance(body, Said) else body
    claimed = whole.get("id", "") if isinstance(whole, dict) else ""
    return Refusal(text_of(whole), reason, detail, str(claimed), said_by=min(by, default=None))
