"""Say that two records are one person, and take it back: statements, with the login and the cohorts of this node."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import policy
from accounts.actions import record_audit
from accounts.actions.merging import absorb_record, check_mergeable, release_record
from accounts.errors import MergeRefusedError, OutOfScopeError
from accounts.models import Login, Merging, Person
from elearning.lib.ids import activity_iri
from records.actions import append_statements
from records.aliases import ALIAS
from records.aliasing import alias_unit
from records.models import Alias
from records.statements import build_statement
from records.storage import hold_log, statements_of

# Two statements of one unit at one moment would be put in order by chance.
_AFTER = dt.timedelta(milliseconds=1)


@transaction.atomic
def merge_people(*, by: Login, kept: Person, absorbed: Person) -> Merging:
    """Make one record another's: what was done under either is the kept one's from then on, nothing is deleted.

    Raises OutOfScopeError unless `by` runs the countries of both, MergeRefusedError.
    """
    _check_scope(by, kept, absorbed)
    # The log's lock comes first everywhere; two merges of the same record meet here.
    hold_log()
    check_mergeable(kept=kept, absorbed=absorbed)
    _check_line(kept, absorbed)
    merging = absorb_record(by=by, kept=kept, absorbed=absorbed)
    _say("merged", by, kept, absorbed, merging.at)
    detail = {"other": str(absorbed.uuid), "login": merging.login_was}
    record_audit(by=by, act="person.merged", target=kept, country=kept.country, detail=detail)
    return merging


@transaction.atomic
def part_people(*, by: Login, merging: Merging) -> Merging:
    """Undo a merge: both records are again what they were, with what each did since. A second time changes nothing.

    Raises OutOfScopeError.
    """
    _check_scope(by, merging.kept, merging.absorbed)
    hold_log()
    here = (
        Merging.objects.select_for_update(of=("self",)).select_related("kept__country", "absorbed").get(pk=merging.pk)
    )
    if here.undone_at is not None:
        return here
    release_record(merging=here)
    _say("parted", by, here.kept, here.absorbed, timezone.now())
    detail = {"other": str(here.absorbed.uuid)}
    record_audit(by=by, act="person.parted", target=here.kept, country=here.kept.country, detail=detail)
    return here


def _check_scope(by: Login, *people: Person) -> None:
    """Only who runs the country of a person may say who they are: a trainer sees people, and does not."""
    roles = (policy.COORDINATOR, policy.ADMINISTRATOR)
    for person in people:
        if not any(by.scope_of(role).covers(person.country_id) for role in roles):
            raise OutOfScopeError


def _check_line(kept: Person, absorbed: Person) -> None:
    """Raise MergeRefusedError for a chain or a circle: one merge at a time, each undone by itself."""
    named = {kept.uuid, absorbed.uuid}
    rows = Alias.objects.filter(absorbed_uuid__in=named) | Alias.objects.filter(named_uuid=absorbed.uuid)
    for row in rows:
        if row.absorbed_uuid == kept.uuid:
            text = _("The record that stays was itself merged into another one. Nothing was changed. Keep that one.")
            raise MergeRefusedError(code="chain", text=text)
        if row.absorbed_uuid == absorbed.uuid:
            raise MergeRefusedError(code="merged_before", text=_("This record was merged before. Nothing was changed."))
        text = _("Another record was merged into the one that goes. Nothing was changed. Keep that one, or undo first.")
        raise MergeRefusedError(code="chain", text=text)


def _say(verb: str, by: Login, kept: Person, absorbed: Person, moment: dt.datetime) -> None:
    actor = by.person.actor_accounts.order_by("pk").values_list("uuid", flat=True)[0]
    unit = alias_unit(absorbed.uuid)
    known = statements_of([unit])
    latest = max((dt.datetime.fromisoformat(said.timestamp) for said in known), default=None)
    accounts = absorbed.actor_accounts.order_by("uuid").values_list("uuid", flat=True)
    statement = build_statement(
        base=settings.ACTIVITY_BASE,
        actor_uuid=actor,
        verb=verb,
        activity=activity_iri(settings.ACTIVITY_BASE, "person", absorbed.uuid),
        unit=(ALIAS, unit),
        timestamp=max(moment, latest + _AFTER) if latest else moment,
        facts={
            "absorbed": str(absorbed.uuid),
            "kept": str(kept.uuid),
            "accounts": [str(account) for account in accounts],
        },
    )
    append_statements(by=[actor], statements=[statement], known_units=known)
