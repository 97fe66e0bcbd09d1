"""The only writers of awards: issuing one, once, and withdrawing it."""

import datetime as dt
import logging
import secrets
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.actions import record_audit
from accounts.models import Login, Person
from certificates import policy
from certificates.attested import Due, awards_near, facts_to_say
from certificates.awarded import name_sha256
from certificates.course_terms import terms_of
from certificates.deriving import AWARD
from certificates.errors import AwardNotDueError, AwardRefusedError, CertificateError, UnknownReasonError
from certificates.models import Award, HolderName
from certificates.reasons import RevocationReason
from courses.models import Enrolment
from elearning.lib.ids import activity_iri, derived_uuid
from records.actions import append_statements
from records.statements import build_statement
from records.storage import hold_log, statements_of, this_node

logger = logging.getLogger(__name__)


def issue_award_if_due(enrolment: Enrolment) -> UUID | None:
    """Issue the award of a completed enrolment and return its id, or None where none is due.

    Called within the act that completes a course: what is wrong with the award must not undo the
    learner's work, so it is logged, and the award follows with the next act or with issue_award.
    """
    try:
        return _issue(enrolment, timezone.now())
    except AwardNotDueError:
        return None
    except CertificateError:
        logger.exception("no award was issued for enrolment %s", enrolment.uuid)
        return None


def issue_award(*, enrolment_uuid: UUID, at: dt.datetime | None = None) -> Award:
    """Return the award of an enrolment, issued now unless it was before; raise AwardNotDueError."""
    enrolment = Enrolment.objects.select_related("person", "progress").get(pk=enrolment_uuid)
    return Award.objects.get(pk=_issue(enrolment, at or timezone.now()))


@transaction.atomic
def _issue(enrolment: Enrolment, moment: dt.datetime) -> UUID:
    """Say once that the award was earned, and return the award's id.

    The log is held before the awards are read, so that of many who ask at once one issues and the
    others find it issued: one row, one statement for each (person, award, period, version).
    """
    hold_log()
    due = Due(enrolment, terms_of(enrolment.course_uuid, enrolment.language), moment)
    near = awards_near(due)
    existing = next((each for each in near if each.pk == due.uuid), None)
    if existing is not None:
        return existing.pk
    facts = facts_to_say(due, near)
    name = _keep_name(due.uuid, enrolment.person)
    facts["name_sha256"] = name_sha256(name.salt, name.full_name, name.full_name_other)
    _say("earned", enrolment.actor_uuid, due.uuid, facts, moment, registration=enrolment.uuid)
    return due.uuid


@transaction.atomic
def revoke_award(*, by: Login, award: Award, reason: str, at: dt.datetime | None = None) -> Award:
    """Withdraw an award, audited; an award that is withdrawn already stays as it is.

    Raise PermissionDenied outside the scope of a coordinator or administrator, UnknownReasonError.
    """
    if not policy.AWARDS_RUN.allows(by, award):
        raise PermissionDenied
    if reason not in RevocationReason.values:
        raise UnknownReasonError(reason)
    hold_log()
    here = Award.objects.select_related("country").get(pk=award.pk)
    if here.revoked_at is not None:
        return here
    actor = by.person.actor_accounts.order_by("pk").values_list("uuid", flat=True)[0]
    _say("revoked", actor, here.uuid, {"reason": reason}, at or timezone.now())
    record_audit(by=by, act="award.revoked", target=here, country=here.country, detail={"reason": reason})
    return Award.objects.get(pk=here.pk)


def _say(
    verb: str,
    actor: UUID,
    award: UUID,
    facts: dict[str, Any],
    moment: dt.datetime,
    registration: UUID | None = None,
) -> None:
    """Append one statement about an award.

    Its id follows from the award, the verb and this node: here there is never a second, and two nodes
    that issue the same award while apart keep both statements when they meet; the earlier one counts.
    """
    said_here = derived_uuid(award, verb, this_node())
    statement = build_statement(
        base=settings.ACTIVITY_BASE,
        actor_uuid=actor,
        verb=verb,
        activity=activity_iri(settings.ACTIVITY_BASE, "award", award),
        unit=(AWARD, award),
        timestamp=moment,
        facts=facts,
        registration=registration,
        statement_id=said_here,
    )
    known = statements_of([award], [said_here])
    outcome = append_statements(by=[actor], statements=[statement], known_units=known)
    if outcome.quarantined:
        raise AwardRefusedError(outcome.quarantined[0].reason)


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
