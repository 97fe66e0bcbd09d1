"""Write the rows of evidence."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from certificates.cascade.evidence import EVIDENCE, evidence_columns
from certificates.models import Evidence
from records.deriving import Touched, UnitKind, register_unit_kind
from records.statements import Said


def register() -> None:
    """Add the derivation of evidence."""
    register_unit_kind(UnitKind(EVIDENCE, frozenset({"evidenced", "retracted"}), derive_evidence, (Evidence,)))


def derive_evidence(sets: Mapping[UUID, Sequence[Said]]) -> Touched:
    """Write the evidence of these units. One query."""
    derived = [columns for unit, said in sets.items() if (columns := evidence_columns(unit, said))]
    Evidence.write([Evidence(**columns) for columns in derived])
    return {}
