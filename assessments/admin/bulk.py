"""Bulk actions: closed. Wagtail's reads any ids, and names those that it refuses to delete."""

from typing import Any, NoReturn

from django.http import Http404, HttpRequest
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction

from assessments.admin.kinds import AUTHORED_KINDS


class NoBulkDelete(DeleteBulkAction):
    """Takes the place of Wagtail's bulk delete for questions: the later registration stands."""

    models = [kind.model for kind in AUTHORED_KINDS]

    def dispatch(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> NoReturn:
        """There is no such page."""
        raise Http404
