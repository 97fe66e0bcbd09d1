"""The one door in front of every page view of Wagtail's admin: what a country may not work on is not there.

Wagtail's own views ask about the page at hand, but not all of them, and about its number in the address, not
about the numbers of drafts, reviews and states beside it (ADR 0008 found the same for questions). So each address
that names a page is looked at here before the view runs. An address of Wagtail's pages that this table does not
know does not exist, so a view that a later Wagtail adds stays shut until somebody decides.
"""

from collections.abc import Callable, Collection
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.permissions import page_permission_policy
from wagtail_localize.models import Translation

# Any of these opens a page's own views; which of them is open is then Wagtail's question.
_ANY_WORK = frozenset({"add", "change", "publish", "lock", "unlock", "bulk_delete"})
# Where addresses name a page one works on.
_WORK = frozenset({"page_id", "page_to_move_id", "destination_id", "parent_page_id", "pk"})
_PAGES = "wagtailadmin_pages"
# Addresses of single pages: (name of the address) -> the argument is looked at.
_KNOWN = frozenset(
    {
        "add",
        "preview_on_add",
        "usage",
        "edit",
        "preview_on_edit",
        "view_draft",
        "add_subpage",
        "delete",
        "unpublish",
        "convert_alias",
        "move",
        "move_confirm",
        "set_page_position",
        "copy",
        "workflow_action",
        "collect_workflow_action_data",
        "confirm_workflow_cancellation",
        "workflow_preview",
        "set_privacy",
        "lock",
        "unlock",
        "revisions_index",
        "revisions_view",
        "revisions_revert",
        "revisions_unschedule",
        "revisions_compare",
        "workflow_history",
        "workflow_history_detail",
        "history",
        "history_results",
        "type_use",
        "type_use_results",
        "choose_parent",
        "search",
        "search_results",
    }
)
# On the way to an own page one passes those above it: they may be looked through, not worked on.
_THROUGH = frozenset({"wagtailadmin_explore", "wagtailadmin_explore_results"})
_CHOOSING = frozenset({"wagtailadmin_choose_page_child", "wagtailadmin_choose_page_chosen_multiple"})
# wagtail-localize asks whether one may edit the page of a translation; its report and lists ask nothing.
_TRANSLATING = "wagtail_localize"
_TRANSLATES_ALL = "wagtail_localize.submit_translation"
_WORDS_OF_THE_EDITOR = "javascript_catalog"


class PageDoorMiddleware:
    """Refuses with 404, before the view runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, kwargs: dict[str, Any]) -> None:
        """Look at an address of the admin that names pages; raise Http404."""
        match = request.resolver_match
        if not match or not request.path.startswith(f"/{settings.ADMIN_PATH}"):
            return
        # Nobody else comes into the admin at all: Wagtail leads them away.
        if not request.user.has_perm("wagtailadmin.access_admin"):
            return
        if match.namespace == _PAGES:
            self._look_at_pages(request.user, str(match.url_name), kwargs)
        elif match.url_name in _THROUGH:
            _require([kwargs["parent_page_id"]], lookable(request.user))
        elif match.url_name in _CHOOSING:
            numbers = [kwargs["parent_page_id"]] if "parent_page_id" in kwargs else _numbers(request, "id")
            _require(numbers, lookable(request.user))
        elif match.url_name == "wagtail_bulk_action" and kwargs["model_name"] == "page":
            self._look_at_bulk(request)
        elif match.namespace == _TRANSLATING and match.url_name != _WORDS_OF_THE_EDITOR:
            self._look_at_translation(request.user, kwargs.get("translation_id"))

    def _look_at_pages(self, login: Any, name: str, kwargs: dict[str, Any]) -> None:
        if name not in _KNOWN:
            raise Http404
        _require([kwargs[each] for each in _WORK & kwargs.keys()], workable(login))
        page = kwargs.get("page_id")
        if "task_state_id" in kwargs:
            _must_exist(TaskState.objects.filter(pk=kwargs["task_state_id"], workflow_state__object_id=str(page)))
        if "workflow_state_id" in kwargs:
            _must_exist(WorkflowState.objects.filter(pk=kwargs["workflow_state_id"], object_id=str(page)))

    def _look_at_translation(self, login: Any, number: int | None) -> None:
        """Let somebody translate the pages they may work on; submitting and reports are for who works everywhere."""
        if login.has_perm(_TRANSLATES_ALL):
            return
        asked = Translation.objects.filter(pk=number).values("source__object_id", "target_locale").first()
        if asked is None:
            raise Http404
        _must_exist(workable(login).filter(translation_key=asked["source__object_id"], locale=asked["target_locale"]))

    def _look_at_bulk(self, request: HttpRequest) -> None:
        """Let somebody act on pages together only where each is theirs; 'all' is all below one of theirs."""
        ids = request.GET.getlist("id")
        numbers = _numbers(request, "childOf") if "all" in ids else _numbers(request, "id")
        if not numbers:
            raise Http404
        _require(numbers, workable(request.user))


def workable(login: Any) -> Any:
    """Return the pages that a login may work on in any way."""
    return page_permission_policy.instances_user_has_any_permission_for(login, _ANY_WORK)


def lookable(login: Any) -> Any:
    """Return those pages and what stands above them."""
    if not page_permission_policy.user_has_any_permission(login, _ANY_WORK):
        return Page.objects.none()
    return page_permission_policy.explorable_instances(login)


def only_lookable(pages: Any, request: HttpRequest) -> Any:
    """Keep what is not one's own out of the page chooser, which shows titles of drafts. A hook of Wagtail's."""
    return pages.filter(pk__in=lookable(request.user).values("pk"))


def _require(numbers: Collection[int], allowed: Any) -> None:
    wanted = set(numbers)
    if allowed.filter(pk__in=wanted).count() != len(wanted):
        raise Http404


def _must_exist(rows: Any) -> None:
    if not rows.exists():
        raise Http404


def _numbers(request: HttpRequest, name: str) -> list[int]:
    given = request.GET.getlist(name)
    if not all(each.isdecimal() for each in given):
        raise Http404
    return [int(each) for each in given]
