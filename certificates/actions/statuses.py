"""The only writer of status lists: a place for an award, drawn once."""

import secrets
from collections.abc import Iterable
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, Max

from certificates.keys import issuer_keys
from certificates.models import StatusEntry, StatusList
from certificates.models.credentials import LIST_SIZE

# The fuller a list, the longer the draw for a free place: the next list begins before that.
_FULL_EIGHTHS = 7


def assign_statuses(awards: Iterable[UUID]) -> dict[UUID, StatusEntry]:
    """Return the place of each award, drawn now where it has none in a list that can be signed here.

    Called again it gives the same places, and of many at once one draws: the award's first place counts.
    One query where all have theirs.
    """
    wanted = list(dict.fromkeys(awards))
    places = _places_of(wanted)
    for award in wanted:
        if award not in places:
            places[award] = _draw(award)
    return places


def _places_of(awards: list[UUID]) -> dict[UUID, StatusEntry]:
    signed_here = [each.did for each in issuer_keys().credential_keys]
    rows = StatusEntry.objects.filter(award__in=awards, status_list__issuer__in=signed_here)
    return {row.award_id: row for row in rows.select_related("status_list").order_by("-pk")}


def _draw(award: UUID) -> StatusEntry:
    """Return a place that nobody had; a place that somebody else drew meanwhile is drawn again."""
    while True:
        status_list = _open_list()
        index = secrets.randbelow(status_list.size)
        try:
            with transaction.atomic():
                return StatusEntry.objects.create(award_id=award, status_list=status_list, index=index)
        except IntegrityError:
            if row := _places_of([award]).get(award):
                return row


def _open_list() -> StatusList:
    """Return a list of the key in use with room for more, begun now where there is none."""
    did = issuer_keys().did
    lists = StatusList.objects.filter(issuer=did).annotate(taken=Count("entries")).order_by("number")
    for status_list in lists:
        if status_list.taken < status_list.size * _FULL_EIGHTHS // 8:
            return status_list
    number = (StatusList.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    # Two at once begin one list: the number is the key, and the second finds it.
    return StatusList.objects.get_or_create(number=number, defaults={"issuer": did, "size": LIST_SIZE})[0]
