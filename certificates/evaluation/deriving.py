"""Write the rows of follow-ups."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from certificates.evaluation.answering import FOLLOW_UP, answer_columns
from certificates.models import FollowUp
from records.deriving import Touched, UnitKind, register_unit_kind
from records.statements import Said


def register() -> None:
    """Add the derivation of follow-ups."""
    register_unit_kind(UnitKind(FOLLOW_UP, frozenset({"responded"}), derive_follow_ups, (FollowUp,)))


def derive_follow_ups(sets: Mapping[UUID, Sequence[Said]]) -> Touched:
    """Write the answers of these units. One query."""
    derived = [columns for unit, said in sets.items() if (columns := answer_columns(unit, said))]
    FollowUp.write([FollowUp(**columns) for columns in derived])
    return {}
