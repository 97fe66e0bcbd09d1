"""Names of audited acts, and the acts a person is told about."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEvent, Person, RoleGrant

_NEWEST = 50
_labels: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Act:
    """One act as the person concerned reads it: when, what, in which role; never a name."""

    at: dt.datetime
    label: Any
    roles: list[Any]


def register_act(code: str, label: Any) -> None:
    """Name an audited act for the people it concerns; call it from an app's ready()."""
    _labels[code] = label


def label_of(code: str) -> Any:
    """Return the name of an act; its code where no app named it."""
    return _labels.get(code, code)


def acts_on(person: Person) -> list[Act]:
    """Return the newest acts of staff on a person.

    By role, not by name: enough to ask a question, and nobody has to fear an officer at a small
    post for having looked. A coordinator can name who it was.
    """
    events = AuditEvent.objects.filter(target_uuid=person.uuid).exclude(actor_uuid=person.uuid)[:_NEWEST]
    return [Act(event.at, label_of(event.act), _role_names(event.detail.get("roles", []))) for event in events]


def _role_names(roles: list[str]) -> list[Any]:
    known = {value: label for value, label in RoleGrant.Role.choices}  # noqa: C416  # labels are lazy
    return [known.get(role, _("The site")) for role in roles]


for _code, _label in (
    ("person.viewed", _("Opened your page")),
    ("person.created", _("Added you")),
    ("person.renamed", _("Corrected your name")),
    ("member.added", _("Brought you into a cohort")),
    ("member.admitted", _("Let you in from a waiting list")),
    ("member.withdrawn", _("Withdrew you from a cohort")),
    ("member.transferred", _("Moved you to another cohort")),
    ("person.merged", _("Merged another record into yours")),
    ("person.parted", _("Undid a merge of two records")),
    ("login.created", _("Opened your account")),
    ("login.suspended", _("Suspended your account")),
    ("login.reinstated", _("Reopened your account")),
    ("one-time-code.issued", _("Issued a one-time code for you")),
    ("role.granted", _("Gave you a role")),
    ("role.ended", _("Ended a role of yours")),
    ("police.confirmed", _("Confirmed that you are police")),
    ("police.ended", _("Ended the confirmation that you are police")),
    ("cohort.trainer_added", _("Made you a trainer of a cohort")),
    ("cohort.trainer_ended", _("Took you off the trainers of a cohort")),
    ("second-factor.removed", _("Removed your second factor")),
):
    register_act(_code, _label)
