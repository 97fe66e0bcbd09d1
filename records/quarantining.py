"""Keeping what was refused, whole and with its reason, however much comes at once."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from elearning.lib.canonical import sha256_hex
from records.models import QuarantinedStatement

_LONGEST_TEXT = 256 * 1024
_LONGEST_ID, _LONGEST_DETAIL, _LONGEST_SIGNATURE = 64, 300, 200


@dataclass(frozen=True, slots=True)
class Refusal:
    """One statement that is refused: its text as it came, why, and what is certain of where it came from."""

    text: str
    reason: str
    detail: str = ""
    claimed_id: str = ""
    # The actor who is proven to have said it; None where nothing proves it.
    said_by: uuid.UUID | None = None
    signature: str = ""
    carried_by: uuid.UUID | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same refusal again."""
        return (sha256_hex(storable(self.text)[:_LONGEST_TEXT]), self.reason)


def quarantine(refusals: Sequence[Refusal], moment: datetime) -> list[QuarantinedStatement]:
    """Keep refusals and return their rows in order; what was kept before is not kept twice. Two queries for any number.

    The caller is in a transaction and holds the log.
    """
    if not refusals:
        return []
    keys = [each.key for each in refusals]
    rows = _kept_of(keys)
    fresh = {key: _row_of(each, key[0], moment) for key, each in zip(keys, refusals, strict=True) if key not in rows}
    QuarantinedStatement.objects.bulk_create(fresh.values(), batch_size=500)
    rows |= fresh
    return [rows[key] for key in keys]


def text_of(body: Any) -> str:
    """Return whatever was brought as a text to keep."""
    return body if isinstance(body, str) else json.dumps(body, ensure_ascii=True, default=repr, sort_keys=True)


def storable(text: str) -> str:
    """Return a text that every database can hold: what it can't is written out as escapes."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\x00", "\\x00")


def _kept_of(keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], QuarantinedStatement]:
    hashes = {sha256 for sha256, _reason in keys}
    rows = QuarantinedStatement.objects.filter(text_sha256__in=hashes)
    return {(row.text_sha256, row.reason): row for row in rows}


def _row_of(refusal: Refusal, sha256: str, moment: datetime) -> QuarantinedStatement:
    return QuarantinedStatement(
        text=storable(refusal.text)[:_LONGEST_TEXT],
        text_sha256=sha256,
        reason=refusal.reason,
        detail=storable(refusal.detail)[:_LONGEST_DETAIL],
        claimed_id=storable(refusal.claimed_id)[:_LONGEST_ID],
        said_by_uuid=refusal.said_by,
        signature=storable(refusal.signature)[:_LONGEST_SIGNATURE],
        carried_by_uuid=refusal.carried_by,
        received_at=moment,
    )
