"""What somebody did with an account: signing in, a role, another cohort."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.joining.registry import register_trace
from accounts.models import CohortMember, Login, Person, RoleGrant


def register() -> None:
    """Add the traces that accounts itself knows."""
    register_trace("signed-in", _("Signed in since"), _signed_in)
    register_trace("role", _("Was given a role since"), _given_role)
    register_trace("cohort", _("Came into another cohort since"), _in_other_cohort)


def _signed_in(people: Sequence[Person], since: datetime) -> set[UUID]:
    rows = Login.objects.filter(person__in=people, last_login__gte=since)
    return set(rows.values_list("person__uuid", flat=True))


def _given_role(people: Sequence[Person], since: datetime) -> set[UUID]:
    rows = RoleGrant.objects.filter(person__in=people, granted_at__gte=since)
    return set(rows.values_list("person__uuid", flat=True))


def _in_other_cohort(people: Sequence[Person], since: datetime) -> set[UUID]:
    rows = CohortMember.objects.filter(person__in=people, joined_at__gt=since)
    return set(rows.values_list("person__uuid", flat=True))
