"""The one door in front of every admin view of a question.

Wagtail's snippet views ask a policy 'may this user do this with *some* question', not 'with this
one' (ADR 0008). So each address that names a question is wrapped here: not visible to you is 404,
visible but not yours is 403. An address that is not in DOORS does not exist, so a view that a
later Wagtail adds stays shut until somebody decides.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern

from assessments.admin.permission_policy import POLICIES
from assessments.models import Question

View = Callable[..., HttpResponseBase]

# Name of the address -> what one must be allowed to do with the question it names.
DOORS = {
    "edit": "change",
    "delete": "delete",
    "history": "change",
    "history_results": "change",
    "inspect": "view",
    "copy": "view",
    "preview_on_edit": "change",
    "versions": "view",
}
# Addresses that name no question. `list` only leads on to the list of all kinds.
OPEN = frozenset({"list", "add", "preview_on_add"})


# Nothing inline: these pages start no date picker and no page editor.
strict_policy = csp_replace({"script-src-elem": [SELF], "script-src-attr": [NONE], "style-src": [SELF]})


def question_at_door(login: Any, model: Any, pk: int, action: str) -> Question:
    """Return a question of a kind; Http404 where the login may not see it, PermissionDenied where it may only read."""
    question: Question | None = model.objects.visible_to(login).filter(pk=pk).first()
    if question is None:
        raise Http404
    if action != "view" and not POLICIES[action].allows(login, question):
        raise PermissionDenied
    return question


def guard(view: View, model: Any, action: str) -> View:
    """Return the view behind the door."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, pk: int, **kwargs: Any) -> HttpResponseBase:
        question_at_door(request.user, model, pk, action)
        return view(request, *args, pk=pk, **kwargs)

    return guarded


def guarded_patterns(patterns: Iterable[URLPattern], model: Any) -> list[URLPattern]:
    """Return the addresses that are known, those of a question behind the door."""
    kept = []
    for pattern in patterns:
        if pattern.name in DOORS:
            pattern.callback = strict_policy(guard(pattern.callback, model, DOORS[pattern.name]))
            kept.append(pattern)
        elif pattern.name in OPEN:
            pattern.callback = strict_policy(pattern.callback)
            kept.append(pattern)
    return kept
