"""Who has something in the log."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from accounts.models import ActorAccount, Person
from records.models import Statement

# Said of somebody when staff bring them in, and taken back with them: nothing that they did.
_OF_STAFF = Q(unit_kind="enrolment", verb__in=("registered", "revoked"))


def people_with_statements(people: Sequence[Person], since: datetime) -> set[UUID]:
    """Return those who said anything since beyond being enrolled, as it arrived here. Two queries."""
    accounts = dict(ActorAccount.objects.filter(person__in=people).values_list("uuid", "person__uuid"))
    said = Statement.objects.filter(actor_uuid__in=accounts, received_at__gte=since).exclude(_OF_STAFF)
    return {accounts[actor] for actor in said.values_list("actor_uuid", flat=True).distinct()}
