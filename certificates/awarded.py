"""What the statements about one award say together: the columns of its row. Pure.

Any set of statements gives one answer: the earliest `earned` by the time it states (then by id)
counts, and so does the earliest `revoked`. A statement whose facts do not fit its unit says nothing.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from certificates.serials import read_serial
from elearning.lib.canonical import canonical_json, sha256_hex
from elearning.lib.ids import derived_uuid

_UUIDS = ("person", "enrolment", "award", "course", "cohort")
# What the columns hold at most: a database would refuse more, and with it the whole batch.
_TEXTS = {"serial": 24, "edition": 40, "source_version": 40, "language": 8, "country": 2, "name_sha256": 64}
_SMALL, _LARGE = 2**15 - 1, 2**31 - 1
_NUMBERS = {
    **dict.fromkeys(("period", "version", "lessons", "minutes", "pass_mark_percent"), _SMALL),
    **dict.fromkeys(("points_milli", "out_of_milli"), _LARGE),
}
_LONGEST_TITLE = 300
_COLUMN_OF = {
    "person": "person_id",
    "enrolment": "enrolment_uuid",
    "award": "award_uuid",
    "course": "course_uuid",
    "cohort": "cohort_id",
    "country": "country_id",
}


class Words(Protocol):
    """What is read of a statement."""

    @property
    def id(self) -> UUID: ...  # noqa: D102
    @property
    def verb(self) -> str: ...  # noqa: D102
    @property
    def timestamp(self) -> str: ...  # noqa: D102
    @property
    def facts(self) -> Mapping[str, Any]: ...  # noqa: D102


def award_uuid_for(person: UUID, course: UUID, period: int, version: int) -> UUID:
    """Return the id of an award, the same on every node."""
    return derived_uuid("award", person, course, period, version)


def name_sha256(salt: str, full_name: str, full_name_other: str) -> str:
    """Return the salted hash that ties a printed name to its statement; without the salt it tells nothing."""
    return sha256_hex(canonical_json([salt, full_name, full_name_other]))


def award_columns(unit: UUID, said: Sequence[Words]) -> dict[str, Any] | None:
    """Return the columns of an award's row, or None where nothing sound was said of its issue."""
    issued = _earliest([(each, columns) for each in said if (columns := _columns(unit, each)) is not None])
    if issued is None:
        return None
    revoked = _earliest([(each, each.facts) for each in said if each.verb == "revoked"])
    return {
        "uuid": unit,
        **issued[1],
        "issued_at": moment_of(issued[0]),
        "revoked_at": moment_of(revoked[0]) if revoked else None,
        "revocation_reason": str(revoked[1].get("reason", ""))[:32] if revoked else "",
    }


def award_enrolments(unit: UUID, said: Sequence[Words]) -> set[UUID]:
    """Return the enrolments that sound statements say the award belongs to: nearly always one."""
    return {columns["enrolment_uuid"] for each in said if (columns := _columns(unit, each)) is not None}


def moment_of(said: Words) -> dt.datetime:
    """Return when a statement says it happened, in UTC."""
    return dt.datetime.fromisoformat(said.timestamp).astimezone(dt.UTC)


def _earliest(found: list[tuple[Words, Any]]) -> tuple[Words, Any] | None:
    return min(found, key=lambda each: (moment_of(each[0]), str(each[0].id)), default=None)


def _columns(unit: UUID, said: Words) -> dict[str, Any] | None:
    if said.verb != "earned":
        return None
    try:
        columns = _read(said.facts)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    # Else one award could be said twice under two ids, and the second row would break the first's constraint.
    own = award_uuid_for(columns["person_id"], columns["course_uuid"], columns["period"], columns["version"])
    return columns if own == unit and read_serial(columns["serial"]) == columns["serial"] else None


def _read(facts: Mapping[str, Any]) -> dict[str, Any]:
    read: dict[str, Any] = {name: UUID(facts[name]) if facts[name] else None for name in _UUIDS}
    read |= {name: _text(facts[name], longest) for name, longest in _TEXTS.items()}
    read |= {name: _number(facts[name], largest) for name, largest in _NUMBERS.items()}
    read["title"] = {language: _text(title, _LONGEST_TITLE) for language, title in facts["title"].items()}
    read["valid_until"] = dt.date.fromisoformat(facts["valid_until"]) if facts["valid_until"] else None
    return {_COLUMN_OF.get(name, name): value for name, value in read.items()}


def _text(value: Any, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest:
        raise ValueError(value)
    return value


def _number(value: Any, largest: int) -> int:
    if type(value) is not int or not 0 <= value <= largest:
        raise ValueError(value)
    return value
