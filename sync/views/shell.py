"""The page a device shows when no network answers: the same bytes for everybody, words for every view.

It knows nobody. Who is here, what is on the device and what they did there is found by its scripts
(static/relais/js/player), which show the site's own addresses from it.
"""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from certificates.evaluation.answering import LEARNER
from certificates.evaluation.forms import FollowUpForm
from elearning.lib.navigation import entries_for


class Sample(int):
    """A number that chooses the form of a phrase and is written as its place: 2 lessons -> "{n} lessons"."""

    def __str__(self) -> str:
        return "{n}"


# One number at least for each plural form of every language of the site; a script picks the one that
# has the form of the number at hand.
SAMPLES = tuple(Sample(number) for number in (0, 1, 2, 3, 5, 11, 100))


class Anybody:
    """Somebody who learns: what the menu asks of a login."""

    is_authenticated = True
    is_superuser = False
    has_roles = False

    def holds(self, *_roles: object) -> bool:
        """Return False: the tools of staff need the site."""
        return False


@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """Show the page for devices."""
    # Whoever asks: nothing of a session may get into what a device keeps for all.
    request.user = AnonymousUser()
    response = render(
        request,
        "sync/shell.html",
        {"user": request.user, "nav": _menu(), "samples": SAMPLES, "follow_up": _questions()},
    )
    response["Cache-Control"] = "public, no-cache"
    return response


def _questions() -> FollowUpForm:
    """Return the questions some months after a training, which a device asks without a connection, too."""
    return FollowUpForm(who=LEARNER, auto_id="follow-up-%s")


def _menu() -> list[dict[str, Any]]:
    """Return the menu of a learner, with no entry marked: that depends on the address shown."""
    return [
        {"label": entry.label, "url": reverse(entry.url_name), "icon": entry.icon, "current": False}
        for entry in entries_for(Anybody())
    ]
