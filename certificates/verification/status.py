"""The signed text of what does not stand, as a verifier reads it (certificates/credentials/status.py). Pure."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from certificates.credentials.bits import is_set, read_bits
from certificates.credentials.delegation import Purpose, read_delegation
from certificates.verification.judging import Standing
from elearning.lib.signing import from_base64, is_signed_bytes

STATUS_CONTEXT = b"relais-status-v1\0"
# The most that is read of a text from outside: a hundred lists with every place taken are smaller.
MOST_BYTES = 4 * 2**20


class StatusUnreadableError(ValueError):
    """The text is none that this site's root stands behind."""


@dataclass(frozen=True, slots=True)
class StatusLists:
    """What did not stand on a day: by list the places that were withdrawn, and of those the replaced ones."""

    listed_on: dt.date
    next_update: dt.date
    withdrawn: Mapping[int, bytes]
    superseded: Mapping[int, bytes]

    def standing(self, number: int, index: int, today: dt.date) -> Standing:
        """Tell what the lists say of a place; a withdrawal stays one however old the list is."""
        try:
            if is_set(self.withdrawn[number], index):
                is_replaced = is_set(self.superseded[number], index)
                return Standing.SUPERSEDED if is_replaced else Standing.REVOKED
        except LookupError:
            return Standing.UNKNOWN
        return Standing.LIST_TOO_OLD if today > self.next_update else Standing.IN_FORCE


def read_status(said: Any, root_spki: str) -> StatusLists:
    """Return the lists of a signed status; raise StatusUnreadableError where anything about it is wrong."""
    try:
        text, signature = said["text"], from_base64(said["signature"])
        delegation = read_delegation(from_base64(said["delegation"]), root_spki)
        if delegation.purpose != Purpose.CERTIFICATES:
            msg = "signed by a key that signs something else"
            raise StatusUnreadableError(msg)
        if not is_signed_bytes(delegation.p256, signature, STATUS_CONTEXT + text.encode()):
            msg = "not signed by the key it names"
            raise StatusUnreadableError(msg)
        return _lists(json.loads(text))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise StatusUnreadableError(str(error)) from None


def _lists(said: Mapping[str, Any]) -> StatusLists:
    return StatusLists(
        listed_on=_day(said["issued_at"]),
        next_update=_day(said["next_update"]),
        withdrawn={each["id"]: read_bits(each["bits"]) for each in said["lists"]},
        superseded={each["id"]: read_bits(each["superseded"]) for each in said["lists"]},
    )


def _day(moment: str) -> dt.date:
    return dt.datetime.fromisoformat(moment).astimezone(dt.UTC).date()
