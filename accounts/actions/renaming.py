"""Correct how a person's name is written."""

from django.db import transaction

from accounts import policy
from accounts.actions.audit import record_audit
from accounts.actions.messages import send_message
from accounts.errors import OutOfScopeError
from accounts.models import Login, Person


@transaction.atomic
def rename_person(*, by: Login, person: Person, full_name: str, full_name_other: str = "") -> Person:
    """Write a person's name as it is right, audited without the names; the person is told.

    Raise OutOfScopeError unless `by` coordinates or administers the person's country, and for one's own name:
    nobody corrects the name on their own certificate. Raise ValidationError for a name that is none.
    """
    here = Person.objects.select_for_update().get(pk=person.pk)
    runs = any(by.scope_of(role).covers(here.country_id) for role in (policy.COORDINATOR, policy.ADMINISTRATOR))
    if not runs or by.person_id == here.pk or here.erased_at is not None:
        raise OutOfScopeError
    if (here.full_name, here.full_name_other) == (full_name, full_name_other):
        return here
    here.full_name, here.full_name_other = full_name, full_name_other
    here.clean_fields(exclude=["country", "agency", "post"])
    here.save(update_fields=["full_name", "full_name_other"])
    event = record_audit(by=by, act="person.renamed", target=here, country=here.country)
    send_message(person=here, code="accounts.name-corrected", key=f"accounts.name-corrected/{event.uuid}")
    return here
