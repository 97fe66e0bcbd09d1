"""What the statements about one award say together: the columns of its row. Pure.

Any set of statements gives one answer. The earliest `earned` by the time it states (then by id) counts.
Of `revoked` and `restored` the latest decides whether the award stands; where it does not, the day is
that of the earliest `revoked` since it last stood, so that a repeat moves no date. An award that a later
version replaced stays replaced: no `restored` brings back two papers with one number. A statement whose
facts do not fit its unit says nothing.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from certificates.serials import read_serial
from elearning.lib.canonical import canonical_json, sha256_hex
from elearning.lib.ids import derived_uuid

REPLACED = "superseded"
_UUIDS = ("person", "enrolment", "award", "course", "cohort")
# Said since certificates have versions of their own: what was said before lacks them.
_LATER_UUIDS = ("supersedes", "programme")
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
    "programme": "programme_uuid",
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
    """Return the id of an award, the same on every node; for other awards than a course's, `course` is their kind."""
    return derived_uuid("award", person, course, period, version)


def course_award(course: UUID) -> UUID:
    """Return the id of what a learner is awarded for a course."""
    return derived_uuid("award-of", course)


def trainer_award(programme: UUID) -> UUID:
    """Return the id of what a certified trainer of a programme is awarded."""
    return derived_uuid("trainer-award-of", programme)


def name_sha256(salt: str, full_name: str, full_name_other: str) -> str:
    """Return the salted hash that ties a printed name to its statement; without the salt it tells nothing."""
    return sha256_hex(canonical_json([salt, full_name, full_name_other]))


def award_columns(unit: UUID, said: Sequence[Words]) -> dict[str, Any] | None:
    """Return the columns of an award's row, or None where nothing sound was said of its issue."""
    issued = _earliest([(each, columns) for each in said if (columns := _columns(unit, each)) is not None])
    if issued is None:
        return None
    revoked = _withdrawal(said)
    return {
        "uuid": unit,
        **issued[1],
        "issued_at": moment_of(issued[0]),
        "revoked_at": moment_of(revoked) if revoked else None,
        "revocation_reason": _reason(revoked) if revoked else "",
    }


def issue_of(unit: UUID, said: Sequence[Words]) -> Words | None:
    """Return the statement that counts as the issue of an award, or None where nothing sound was said."""
    issued = _earliest([(each, columns) for each in said if (columns := _columns(unit, each)) is not None])
    return issued[0] if issued else None


def award_enrolments(unit: UUID, said: Sequence[Words]) -> set[UUID]:
    """Return the enrolments that sound statements say the award belongs to: nearly always one."""
    return {columns["enrolment_uuid"] for each in said if (columns := _columns(unit, each)) is not None}


def moment_of(said: Words) -> dt.datetime:
    """Return when a statement says it happened, in UTC."""
    return dt.datetime.fromisoformat(said.timestamp).astimezone(dt.UTC)


def place_of(said: Words) -> tuple[dt.datetime, str]:
    """Return what statements about one thing are ordered by: when they say it was, then their id."""
    return (moment_of(said), str(said.id))


def _withdrawal(said: Sequence[Words]) -> Words | None:
    """Return the statement by which an award does not stand, or None where it stands."""
    acts = sorted((each for each in said if each.verb in {"revoked", "restored"}), key=place_of)
    replaced = next((each for each in acts if each.verb == "revoked" and _reason(each) == REPLACED), None)
    if replaced is not None:
        return replaced
    standing = [number for number, each in enumerate(acts) if each.verb == "restored"]
    since = acts[standing[-1] + 1 :] if standing else acts
    return since[0] if since else None


def _reason(said: Words) -> str:
    return str(said.facts.get("reason", ""))[:32]


def _earliest(found: list[tuple[Words, Any]]) -> tuple[Words, Any] | None:
    return min(found, key=lambda each: place_of(each[0]), default=None)


def _columns(unit: UUID, said: Words) -> dict[str, Any] | None:
    if said.verb != "earned":
        return None
    try:
        columns = _read(said.facts)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    # Else one award could be said twice under two ids, and the second row would break the first's constraint.
    about = columns["course_uuid"]
    about = about if columns["award_uuid"] == course_award(about) else columns["award_uuid"]
    own = award_uuid_for(columns["person_id"], about, columns["period"], columns["version"])
    return columns if own == unit and read_serial(columns["serial"]) == columns["serial"] else None


def _read(facts: Mapping[str, Any]) -> dict[str, Any]:
    read: dict[str, Any] = {name: UUID(facts[name]) if facts[name] else None for name in _UUIDS}
    if any(read[name] is None for name in _UUIDS if name != "cohort"):
        raise ValueError(read)
    read |= {name: _text(facts[name], longest) for name, longest in _TEXTS.items()}
    read |= {name: _number(facts[name], largest) for name, largest in _NUMBERS.items()}
    read |= {name: UUID(facts[name]) if facts.get(name) else None for name in _LATER_UUIDS}
    read["rule_version"] = _number(facts.get("rule_version", facts["version"]), _SMALL)
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
