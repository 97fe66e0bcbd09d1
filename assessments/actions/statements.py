"""What the actions say about an attempt: three verbs, one unit."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from assessments.deriving import ATTEMPT
from elearning.lib.ids import activity_iri
from records.actions import append_statements
from records.statements import Said, build_statement, read_statement


def say(  # noqa: PLR0913  # a statement has these parts
    verb: str,
    *,
    attempt: UUID,
    enrolment: UUID,
    actor: UUID,
    quiz: UUID,
    at: datetime,
    statement_id: UUID,
    facts: Mapping[str, Any],
    known: Sequence[Said],
) -> list[Said]:
    """Append one statement about an attempt and return all of its statements with it.

    The caller holds the log and has read `known` under it.
    """
    about = ("question", UUID(facts["question"])) if verb == "answered" else ("quiz", quiz)
    statement = build_statement(
        base=settings.ACTIVITY_BASE,
        actor_uuid=actor,
        verb=verb,
        activity=activity_iri(settings.ACTIVITY_BASE, *about),
        unit=(ATTEMPT, attempt),
        timestamp=at,
        facts=facts,
        registration=enrolment,
        statement_id=statement_id,
    )
    append_statements(by=[actor], statements=[statement], known_units=known)
    return [*known, read_statement(statement)]
