"""How the rows of follow-ups follow from statements `responded`: the latest by time, then by id, counts. Pure."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from certificates.cascade.standing import months_after
from elearning.lib.ids import derived_uuid

FOLLOW_UP = "follow-up"
LEARNER, SUPERVISOR = WHO = ("learner", "supervisor")
# Months after the end of a cohort at which both are asked, and how long a question stays open.
WAVES = (3, 6)
OPEN_FOR_MONTHS = 3
# Item -> the numbers that answer it. The words are in certificates.evaluation.questionnaires.
ITEMS: dict[str, dict[str, range]] = {
    LEARNER: {
        "used": range(4),
        "noticed": range(3),
        "referred": range(3),
        "confident": range(1, 6),
        "hindered": range(5),
    },
    SUPERVISOR: {"used": range(4), "noticed": range(3), "supported": range(3)},
}


class Words(Protocol):
    """What is read of a statement."""

    @property
    def id(self) -> UUID: ...  # noqa: D102
    @property
    def timestamp(self) -> str: ...  # noqa: D102
    @property
    def facts(self) -> Mapping[str, Any]: ...  # noqa: D102


def follow_up_uuid(cohort: UUID, person: UUID, months: int, by: str) -> UUID:
    """Return the id of one answer, the same on every node and device."""
    return derived_uuid(FOLLOW_UP, cohort, person, months, by)


def are_answers(by: str, answers: Any) -> bool:
    """Tell whether every item of a form is answered, once, by a number it offers."""
    items = ITEMS.get(by, {})
    if not isinstance(answers, dict) or answers.keys() != items.keys() or not items:
        return False
    return all(type(value) is int and value in items[item] for item, value in answers.items())


def answer_facts(cohort: UUID, person: UUID, months: int, by: str, answers: Mapping[str, int]) -> dict[str, Any]:
    """Return the facts of a statement `responded`."""
    return {"cohort": str(cohort), "person": str(person), "months": months, "by": by, "answers": dict(answers)}


def read_answer(unit: UUID, facts: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return cohort, person, months, by and answers of a sound answer of this unit, else None."""
    try:
        cohort, person = UUID(facts["cohort"]), UUID(facts["person"])
        months, by, answers = facts["months"], facts["by"], facts["answers"]
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    if type(months) is not int or months not in WAVES or by not in WHO or not are_answers(by, answers):
        return None
    if follow_up_uuid(cohort, person, months, by) != unit:
        return None
    return {"cohort_uuid": cohort, "person_id": person, "months": months, "by": by, "answers": answers}


def answer_columns(unit: UUID, said: Sequence[Words]) -> dict[str, Any] | None:
    """Return the columns of a row, or None where nothing sound was said."""
    sound = [(_moment(each), str(each.id), read) for each in said if (read := read_answer(unit, each.facts))]
    if not sound:
        return None
    at, _id, columns = max(sound, key=lambda each: each[:2])
    return {"uuid": unit, **columns, "at": at}


def opens_on(ended_on: dt.date, months: int) -> dt.date:
    """Return the first day on which an answer is asked for."""
    return months_after(ended_on, months)


def open_waves(ended_on: dt.date | None, today: dt.date) -> list[int]:
    """Return the months whose questions are open today.

    >>> open_waves(dt.date(2026, 5, 1), dt.date(2026, 8, 1)), open_waves(None, dt.date(2026, 8, 1))
    ([3], [])
    """
    if ended_on is None:
        return []
    return [
        months
        for months in WAVES
        if opens_on(ended_on, months) <= today < months_after(opens_on(ended_on, months), OPEN_FOR_MONTHS)
    ]


def _moment(said: Words) -> dt.datetime:
    return dt.datetime.fromisoformat(said.timestamp).astimezone(dt.UTC)
