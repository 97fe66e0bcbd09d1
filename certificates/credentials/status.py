"""Which certificates do not stand, in two forms: lists that verifiers of Open Badges read, and one text for browsers.

The text for browsers is canonical JSON, signed with the issuer's P-256 key over "relais-status-v1" NUL and
the text's UTF-8 bytes:

    {"issued_at": "2026-11-22T10:00:00Z", "lists": [{"bits": …, "id": 1, "superseded": …}], "next_update": …}

`bits` has a 1 for each award that does not stand, withdrawn or replaced; `superseded` for each that a
later version replaced. Both are base64url, without padding, of gzip of the bits; place 0 is the highest
bit of the first byte. Which award has which place is said by the award's own credential and code only.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from certificates.actions.statuses import assign_statuses
from certificates.credentials.bits import pack_bits
from certificates.credentials.building import stamp
from certificates.keys import issuer_keys
from certificates.models import Award, StatusEntry, StatusList
from certificates.reasons import SUPERSEDED
from elearning.lib.canonical import canonical_json
from elearning.lib.signing import to_base64

STATUS_CONTEXT = b"relais-status-v1\0"
# A list that is older than this is named as too old: whoever is offline for longer can't know.
KEEPS = dt.timedelta(days=30)


@dataclass(slots=True)
class ListState:
    """The bits of one list: the places of awards that do not stand, and of those that were replaced."""

    number: int
    issuer: str
    size: int
    withdrawn: set[int] = field(default_factory=set)
    superseded: set[int] = field(default_factory=set)


def status_place(award: Award) -> StatusEntry:
    """Return the place of an award, drawn now where it has none."""
    return assign_statuses([award.pk])[award.pk]


def status_index(award: Award) -> tuple[int, int]:
    """Return the number of an award's list and its place there, the same each time."""
    place = status_place(award)
    return place.status_list_id, place.index


def status_indexes(awards: list[UUID]) -> dict[UUID, tuple[int, int]]:
    """Return the same for many awards. One query where all have their places."""
    return {uuid: (place.status_list_id, place.index) for uuid, place in assign_statuses(awards).items()}


def list_states(number: int | None = None) -> list[ListState]:
    """Return the lists as they stand now, or one of them. Two queries; rows in proportion to what was withdrawn."""
    lists, entries = StatusList.objects.order_by("number"), StatusEntry.objects.filter(award__revoked_at__isnull=False)
    if number is not None:
        lists, entries = lists.filter(number=number), entries.filter(status_list=number)
    places: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for of, index, reason in entries.values_list("status_list", "index", "award__revocation_reason"):
        places[of].append((index, reason))
    return [
        ListState(
            row.number,
            row.issuer,
            row.size,
            {index for index, _reason in places[row.number]},
            {index for index, reason in places[row.number] if reason == SUPERSEDED},
        )
        for row in lists
    ]


def signed_status(now: dt.datetime | None = None) -> dict[str, str]:
    """Return the status of all certificates for browsers: `text`, `signature` and `delegation`, the two in base64."""
    keys, moment = issuer_keys(), now or timezone.now()
    lists = [
        {
            "id": each.number,
            "bits": pack_bits(each.withdrawn, each.size),
            "superseded": pack_bits(each.superseded, each.size),
        }
        for each in list_states()
    ]
    text = canonical_json({"issued_at": stamp(moment), "lists": lists, "next_update": stamp(moment + KEEPS)})
    return {
        "text": text,
        "signature": to_base64(keys.sign_raw(STATUS_CONTEXT + text.encode())),
        "delegation": to_base64(keys.delegation),
    }


def status_entry_of(place: StatusEntry) -> dict[str, Any]:
    """Return what a credential says of where its status stands."""
    address = status_list_url(place.status_list_id)
    return {
        "id": f"{address}#{place.index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(place.index),
        "statusListCredential": address,
    }


def status_list_url(number: int) -> str:
    """Return the address of a list: the site's own, never the host of a request."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse('credentials:status-list', args=[number])}"
