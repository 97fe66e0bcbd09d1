"""Guesses at invitation codes: few for one browser, a trickle for one place, and never a locked post.

A code has 39 bits, so that a guess hardly ever hits; this keeps a machine from trying all night. Whoever is signed in
is counted by login, everybody else by a cookie and by address. A post shares one address: when it has used up its
tries, one wrong code every few seconds still passes, and a printed code at once, because its link carries a proof.
"""

import datetime as dt
import ipaddress
import secrets

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.backends import client_address
from accounts.models import GuessCount
from accounts.shortcodes import normal_code

WINDOW = dt.timedelta(minutes=15)
MOST_OF_ONE = 10
MOST_OF_A_PLACE = 100
PACE_OF_A_PLACE = dt.timedelta(seconds=3)
COOKIE = "relais_join"
_KEPT = dt.timedelta(days=1)
_PROOF_LETTERS = 16


def proof_of(code: str) -> str:
    """Return what the link of a printed code carries: nobody makes it who has not seen the code here."""
    return salted_hmac("relais.joining", normal_code(code)).hexdigest()[:_PROOF_LETTERS]


def may_guess(request: HttpRequest, code: str, proof: str) -> bool:
    """Tell whether this code may be looked up now. One query."""
    if constant_time_compare(proof, proof_of(code)):
        return True
    own, place = _keys(request)
    now = timezone.now()
    counts = GuessCount.objects.filter(began_at__gt=now - WINDOW).in_bulk([key for key in (own, place) if key])
    if own in counts and counts[own].wrong >= MOST_OF_ONE:
        return False
    of_place = counts.get(place)
    return of_place is None or of_place.wrong < MOST_OF_A_PLACE or of_place.last_at <= now - PACE_OF_A_PLACE


@transaction.atomic
def note_wrong(request: HttpRequest, response: HttpResponse) -> None:
    """Count a wrong code, and give the browser the cookie by which its next ones are counted."""
    if not request.user.is_authenticated and not _browser(request):
        name = secrets.token_urlsafe(12)
        response.set_signed_cookie(
            COOKIE, name, max_age=int(WINDOW.total_seconds()), httponly=True, samesite="Lax", secure=request.is_secure()
        )
    now = timezone.now()
    GuessCount.objects.filter(began_at__lt=now - _KEPT).delete()
    for key in filter(None, _keys(request)):
        running = GuessCount.objects.filter(key=key, began_at__gt=now - WINDOW)
        if not running.update(wrong=F("wrong") + 1, last_at=now):
            fresh = {"began_at": now, "wrong": 1, "last_at": now}
            GuessCount.objects.update_or_create(key=key, defaults=fresh)


def _keys(request: HttpRequest) -> tuple[str, str]:
    """Return the keys of one person or browser, and of a place; none of a place for who is signed in."""
    if request.user.is_authenticated:
        return _hashed(f"login/{request.user.pk}"), ""
    browser = _browser(request)
    return _hashed(f"browser/{browser}") if browser else "", _hashed(f"address/{_network(client_address(request))}")


def _browser(request: HttpRequest) -> str:
    return request.get_signed_cookie(COOKIE, default="", max_age=WINDOW) or ""


def _network(address: str) -> str:
    """Return what one place has: an address, of version 6 the network, whose machines change theirs daily."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{address}/64", strict=False)) if parsed.version == 6 else address  # noqa: PLR2004


def _hashed(name: str) -> str:
    return salted_hmac("relais.guesses", name, algorithm="sha256").hexdigest()
