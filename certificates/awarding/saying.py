"""Say things about awards in the log, and keep the names beside it."""

import datetime as dt
import secrets
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists

from accounts.models import Login, Person
from certificates.awarded import moment_of, name_sha256
from certificates.errors import AwardRefusedError
from certificates.models import Award, HolderName
from elearning.lib.ids import activity_iri, derived_uuid
from records.actions import append_statements
from records.models import Node
from records.statements import build_statement
from records.storage import statements_of, this_node

AWARD = "award"


def say_earned(  # each is a thing of its own
    actor: UUID,
    award: UUID,
    person: Person,
    facts: dict[str, Any],
    moment: dt.datetime,
    serial: Callable[[int], str] | None = None,
) -> None:
    """Say that an award was earned, in the name that the person has today. The caller holds the log.

    The statement's id follows from the award and this node: here there is never a second, and two nodes
    that issue the same award while apart keep both statements when they meet; the earlier one counts.
    `serial` gives its number, and the ones after; without it the number stands in the facts.
    """
    name = _keep_name(award, person)
    node, number = (this_node(), facts["serial"]) if serial is None else _free_number(serial)
    sha256 = name_sha256(name.salt, name.full_name, name.full_name_other)
    facts = facts | {"serial": number, "name_sha256": sha256}
    said_here = derived_uuid(award, "earned", node)
    _say("earned", actor, award, facts, moment, registration=UUID(facts["enrolment"]), statement_id=said_here)


def say_change(verb: str, actor: UUID, award: UUID, facts: dict[str, Any], moment: dt.datetime) -> None:
    """Say that an award was withdrawn or restored. The caller holds the log and has read how it stands.

    It is said to be later than all that is known of the award: a clock that was set back, or two acts within
    one millisecond, must not turn the order round in which a person decided.
    """
    known = [moment_of(each) for each in statements_of([award])]
    latest = max(known, default=moment)
    _say(verb, actor, award, facts, max(moment, latest + dt.timedelta(milliseconds=1)))


def actor_of(login: Login) -> UUID:
    """Return the first account under which statements speak of a login's person. One query."""
    actor: UUID = login.person.actor_accounts.order_by("pk").values_list("uuid", flat=True)[0]
    return actor


def _say(
    verb: str,
    actor: UUID,
    award: UUID,
    facts: dict[str, Any],
    moment: dt.datetime,
    registration: UUID | None = None,
    statement_id: UUID | None = None,
) -> None:
    statement = build_statement(
        base=settings.ACTIVITY_BASE,
        actor_uuid=actor,
        verb=verb,
        activity=activity_iri(settings.ACTIVITY_BASE, "award", award),
        unit=(AWARD, award),
        timestamp=moment,
        facts=facts,
        registration=registration,
        statement_id=statement_id,
    )
    known = statements_of([award], [statement_id] if statement_id else ())
    outcome = append_statements(by=[actor], statements=[statement], known_units=known)
    if outcome.quarantined:
        raise AwardRefusedError(outcome.quarantined[0].reason)


def _free_number(serial: Callable[[int], str]) -> tuple[UUID, str]:
    """Return this node, and the award's number, or its next one where another has it. One query.

    Another has it once in a million million pairs: then one query more.
    """
    again = 0
    while True:
        taken = Exists(Award.objects.filter(serial=serial(again)))
        node, is_taken = Node.objects.filter(is_here=True).values_list("uuid", taken).get()
        if not is_taken:
            return node, serial(again)
        again += 1


def _keep_name(award: UUID, person: Person) -> HolderName:
    """Keep the name as it is today beside the log, with the salt of its hash. One query.

    A row that is there already belongs to no award: the caller has seen that there is none.
    """
    name = HolderName(
        award_uuid=award,
        full_name=person.full_name,
        full_name_other=person.full_name_other,
        salt=secrets.token_hex(16),
    )
    HolderName.objects.bulk_create(
        [name],
        update_conflicts=True,
        unique_fields=["award_uuid"],
        update_fields=["full_name", "full_name_other", "salt"],
    )
    return name
