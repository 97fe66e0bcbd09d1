"""The code on the trainer's screen or at the door: signed, for one session, for a short time.

A code on the screen changes while it is shown and holds for ten minutes, so that a photograph sent to
somebody who is not there is soon worth nothing. A printed one cannot change: it holds as long as the
session, and is worth as much as the trust that nobody sends a picture of it; the page says so. Neither
is a key to anything: it counts only for a learner of the cohort, signed in, around the session's time,
and never against what a trainer has already written down.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.core import signing

SCREEN, PRINTED = "s", "p"
SCREEN_HOLDS = dt.timedelta(minutes=10)
# People come in before the first minute, and scan after the last.
MARGIN = dt.timedelta(minutes=30)
_SALT = "relais.session-attendance"


@dataclass(frozen=True, slots=True)
class DoorCode:
    """What a code says: which session, whether it was printed, and when it was made."""

    session: UUID
    way: str
    made_at: dt.datetime


def make_code(session: UUID, way: str, now: dt.datetime) -> str:
    """Return a code for a session."""
    text = f"{way}.{session.hex}.{int(now.timestamp()):x}"
    return signing.Signer(salt=_SALT, sep="~").sign(text)


def read_code(text: str) -> DoorCode | None:
    """Return what a genuine code says, or None."""
    try:
        way, session, made = signing.Signer(salt=_SALT, sep="~").unsign(text).split(".")
        return DoorCode(UUID(hex=session), way, dt.datetime.fromtimestamp(int(made, 16), dt.UTC))
    except (signing.BadSignature, ValueError, OverflowError):
        return None


def refusal(code: DoorCode, starts_at: dt.datetime, ends_at: dt.datetime, now: dt.datetime) -> str:
    """Return "" or why a genuine code does not count now: expired, early, late. Pure."""
    if now < starts_at - MARGIN:
        return "early"
    if now > ends_at + MARGIN:
        return "late"
    if code.way == SCREEN and not code.made_at <= now <= code.made_at + SCREEN_HOLDS:
        return "expired"
    return ""
