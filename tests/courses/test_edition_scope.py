"""Wagtail's own page views, asked by a trainer of another country and by one who writes for the edition.

The first test of each pair is the control: the same address opens to who may. So a refusal is the door's, and
not that of an address which nobody could open.
"""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from wagtail.models import Page, TaskState, Workflow, WorkflowState

from accounts.models import Login
from courses.catalogue import INTERNATIONAL, forget_catalogue
from courses.editions.admin.doors import _KNOWN
from courses.models import CataloguePage, CoursePage, LessonPage, ModulePage
from tests.courses.editions import lesson_of, make_edition, make_source
from tests.factories.accounts import CountryFactory, make_login, sign_in

CANARY = "malian-canary"


EXPLORING = ("wagtailadmin_explore", "wagtailadmin_explore_results", "wagtailadmin_choose_page_child")
LISTS = (
    "wagtailadmin_home",
    "wagtailadmin_explore_root",
    "wagtailadmin_pages:search",
    "wagtailadmin_pages:search_results",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:workflow_tasks",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:aging_pages",
    "wagtailadmin_reports:locked_pages",
    "wagtailadmin_choose_page",
    "wagtailadmin_choose_page_search",
)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """Build one edition of Mali, with a draft in review, for the whole file; take it back."""
    with django_db_blocker.unblock(), transaction.atomic():
        forget_catalogue()
        yield _build()
        transaction.set_rollback(True)
    forget_catalogue()


def _build() -> Any:
    mali, ukraine = CountryFactory.create(code="ML"), CountryFactory.create(code="UA")
    make_source()
    malian = make_login("trainer", mali)
    make_edition(_outline(), mali, by=malian)
    make_edition(_outline(), ukraine, by=make_login("trainer", ukraine))
    page = lesson_of("ml")
    page.title = CANARY
    page.save_revision(user=malian, log_action=True)
    workflow = page.get_workflow()
    assert isinstance(workflow, Workflow)
    workflow.start(page, malian)
    logins = {
        "malian": malian,
        "colleague": make_login("trainer", mali),
        "publisher": make_login("editor", mali),
        "ukrainian": make_login("trainer", ukraine),
        "ukrainian editor": make_login("editor", ukraine),
        "editor": make_login("editor", mali, everywhere=True),
    }
    return SimpleNamespace(page=LessonPage.objects.get(pk=page.pk), logins=logins)


def _outline() -> Any:
    return SimpleNamespace(uuid=CoursePage.objects.filter(edition=INTERNATIONAL).first().activity_uuid)


@pytest.fixture(autouse=True)
def taken_back(world: Any, django_db_blocker: Any) -> Iterator[None]:
    """Let every test begin with the same world."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def as_(world: Any, who: str) -> Client:
    login = Login.objects.get(pk=world.logins[who].pk)
    return sign_in(Client(raise_request_exception=False), login)


def text_of(response: Any) -> str:
    return b"".join(response.streaming_content if response.streaming else [response.content]).decode(errors="replace")


def addresses(world: Any, page: Page) -> dict[str, str]:
    """Return every address of Wagtail that names one page, with numbers that exist."""
    revision = page.latest_revision
    state, task = WorkflowState.objects.first(), TaskState.objects.first()
    assert revision is not None
    assert state is not None
    assert task is not None
    module = ModulePage.objects.ancestor_of(lesson_of("ml")).first()
    named: dict[str, list[Any]] = {
        name: [page.pk]
        for name in (
            *("edit", "preview_on_edit", "view_draft", "delete", "unpublish", "move", "copy", "usage"),
            *("history", "history_results", "workflow_history", "revisions_index", "lock", "unlock", "convert_alias"),
            *("set_privacy", "confirm_workflow_cancellation", "set_page_position", "add_subpage"),
        )
    }
    named |= {
        "revisions_view": [page.pk, revision.pk],
        "revisions_revert": [page.pk, revision.pk],
        "revisions_unschedule": [page.pk, revision.pk],
        "revisions_compare": [page.pk, "live", revision.pk],
        "workflow_history_detail": [page.pk, state.pk],
        "workflow_preview": [page.pk, task.task_id],
        "workflow_action": [page.pk, "approve", task.pk],
        "collect_workflow_action_data": [page.pk, "approve", task.pk],
        "move_confirm": [page.pk, module.pk if module else 0],
        "add": ["courses", "lessonpage", page.pk],
        "preview_on_add": ["courses", "lessonpage", page.pk],
    }
    return {name: reverse(f"wagtailadmin_pages:{name}", args=args) for name, args in named.items()}


def test_every_address_of_pages_is_behind_the_door(world: Any) -> None:
    found = {
        str(pattern.name)
        for resolver in get_resolver().url_patterns
        for outer in getattr(resolver, "url_patterns", [])
        if getattr(outer, "namespace", None) == "wagtailadmin_pages"
        for pattern in outer.url_patterns
    }
    assert found == set(_KNOWN)
    without_a_page = {"type_use", "type_use_results", "choose_parent", "search", "search_results"}
    assert found - without_a_page == set(addresses(world, world.page))


@pytest.mark.parametrize(
    ("who", "edition"), [("ukrainian", "ml"), ("ukrainian editor", "ml"), ("ukrainian editor", INTERNATIONAL)]
)
def test_no_view_of_another_page_opens(world: Any, who: str, edition: str) -> None:
    client = as_(world, who)
    lesson = lesson_of(edition)
    pages = [lesson, lesson.get_parent().get_parent()]
    before = list(Page.objects.order_by("pk").values_list("pk", "title", "live", "path", "latest_revision"))
    for page in pages:
        for name, address in addresses(world, page).items():
            for method in ("get", "post"):
                response = getattr(client, method)(address)
                assert response.status_code == 404, f"{method} {name} of {page}: {response.status_code}"
    assert list(Page.objects.order_by("pk").values_list("pk", "title", "live", "path", "latest_revision")) == before


def test_no_country_works_on_what_belongs_to_all(world: Any) -> None:
    client = as_(world, "publisher")
    for page in (lesson_of(INTERNATIONAL), CataloguePage.objects.first(), Page.get_first_root_node()):
        for name in ("edit", "delete", "unpublish", "move", "copy", "history", "add_subpage"):
            assert client.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk])).status_code == 404, name


# What Wagtail itself leads away from: nothing to unlock, no alias, no privacy, not scheduled, not sortable.
CLOSED = {
    "unlock",
    "lock",
    "convert_alias",
    "set_privacy",
    "revisions_unschedule",
    "revisions_index",
    "unpublish",
    "delete",
    "preview_on_add",
    "add",
    "add_subpage",
    "set_page_position",
    "workflow_action",
    "copy",
    "move_confirm",
}


def test_views_open_to_who_writes_for_the_edition(world: Any) -> None:
    client = as_(world, "publisher")
    for name, address in addresses(world, world.page).items():
        if name not in CLOSED:
            assert client.get(address).status_code == 200, name


@pytest.mark.parametrize("who", ["ukrainian", "ukrainian editor"])
def test_no_list_names_what_is_not_ones_own(world: Any, who: str) -> None:
    client = as_(world, who)
    for address in lists_about(world.page):
        response = client.get(address, follow=True)
        assert CANARY not in text_of(response), address


def lists_about(page: Page) -> list[str]:
    """Return where lists of pages, and of what was done to them, are."""
    above = [reverse(name, args=[each.pk]) for each in page.get_ancestors() for name in EXPLORING]
    found = [reverse(name) + query for name in LISTS for query in ("", "?q=malian", "?export=csv")]
    kind = ["courses", "lessonpage"]
    found += [reverse(f"wagtailadmin_pages:{name}", args=kind) for name in ("type_use", "type_use_results")]
    found.append(reverse("wagtailadmin_choose_page_chosen_multiple") + f"?id={page.pk}")
    return [*above, *found]


def test_lists_name_it_to_who_writes_for_the_edition(world: Any) -> None:
    client = as_(world, "colleague")
    module = world.page.get_parent()
    assert CANARY in text_of(client.get(reverse("wagtailadmin_explore", args=[module.pk])))
    assert CANARY in text_of(client.get(reverse("wagtailadmin_home")))  # waits for review


@pytest.mark.parametrize("action", ["delete", "move", "publish", "unpublish"])
def test_bulk_actions_take_own_pages_only(world: Any, action: str) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    client = as_(world, "ukrainian editor")
    own, module = lesson_of("ua"), world.page.get_parent()
    for query in (
        f"?id={world.page.pk}",
        f"?id={own.pk}&id={world.page.pk}",
        f"?id=all&childOf={module.pk}",
        "?id=all",
        "?id=x",
    ):
        for method in ("get", "post"):
            assert getattr(client, method)(address + query).status_code == 404, query
    assert client.get(f"{address}?id={own.pk}").status_code == 200


def test_page_is_not_moved_into_another_edition(world: Any) -> None:
    client = as_(world, "publisher")
    foreign = lesson_of("ua").get_parent()
    address = reverse("wagtailadmin_pages:move_confirm", args=[world.page.pk, foreign.pk])
    assert client.post(address).status_code == 404
    # Wagtail's form names the destination in the body: it asks the tree.
    client.post(reverse("wagtailadmin_pages:move", args=[world.page.pk]), {"new_parent_page": foreign.pk})
    assert lesson_of("ml").get_parent().pk == world.page.get_parent().pk


def test_lesson_is_not_added_to_another_edition(world: Any) -> None:
    foreign = lesson_of("ua").get_parent()
    address = reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", foreign.pk])
    assert as_(world, "malian").post(address, {}).status_code == 404
    assert (
        as_(world, "malian").get(address.replace(f"/{foreign.pk}/", f"/{world.page.get_parent().pk}/")).status_code
        == 200
    )


def test_page_of_a_course_is_not_copied_by_wagtail(world: Any) -> None:
    client = as_(world, "editor")
    count = Page.objects.count()
    for page in (world.page, world.page.get_parent(), world.page.get_parent().get_parent()):
        address = reverse("wagtailadmin_pages:copy", args=[page.pk])
        assert client.get(address).status_code == 302
        client.post(address, {"new_title": "x", "new_slug": "x", "new_parent_page": page.get_parent().pk})
    assert Page.objects.count() == count


# The control of the door: what Wagtail's own views and the groups alone let through. See docs/editions.md.


@pytest.fixture
def without_door(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("courses.editions.admin.doors.PageDoorMiddleware.process_view", lambda *_args: None)
    monkeypatch.setattr("courses.editions.admin.doors.lookable", lambda _login: Page.objects.all())


def test_stock_leaks(world: Any, without_door: None) -> None:
    client = as_(world, "ukrainian")
    opened = {name for name, address in addresses(world, world.page).items() if client.get(address).status_code == 200}
    named = {
        name
        for name, address in {
            "chooser": reverse("wagtailadmin_choose_page_child", args=[world.page.get_parent().pk]),
            "chosen": reverse("wagtailadmin_choose_page_chosen_multiple") + f"?id={world.page.pk}",
            "bulk": reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={world.page.pk}",
            "explore": reverse("wagtailadmin_explore", args=[world.page.get_parent().pk]),
        }.items()
        if CANARY in text_of(client.get(address))
    }
    assert (opened, named) == ({"confirm_workflow_cancellation", "move_confirm"}, {"chooser", "chosen", "bulk"})


# Review: somebody else of the same edition, and nobody of another


def approve(world: Any, who: str) -> int:
    task = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    address = reverse("wagtailadmin_pages:workflow_action", args=[world.page.pk, "approve", task.pk])
    status: int = as_(world, who).post(address).status_code
    return status


@pytest.mark.parametrize("who", ["colleague", "publisher", "editor"])
def test_somebody_else_approves_and_publishes(world: Any, who: str) -> None:
    approve(world, who)
    assert lesson_of("ml").title == CANARY


@pytest.mark.parametrize(("who", "status"), [("malian", 302), ("ukrainian", 404), ("ukrainian editor", 404)])
def test_neither_the_author_nor_another_country_approves(world: Any, who: str, status: int) -> None:
    assert approve(world, who) in {status, 403}
    assert lesson_of("ml").title == "Lesson 1 en"


def test_task_of_another_page_is_not_approved_under_the_number_of_an_own(world: Any) -> None:
    own = lesson_of("ua")
    task = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    address = reverse("wagtailadmin_pages:workflow_action", args=[own.pk, "approve", task.pk])
    assert as_(world, "ukrainian").post(address).status_code == 404
    assert lesson_of("ml").title == "Lesson 1 en"


def test_writer_does_not_publish_alone(world: Any) -> None:
    page = lesson_of("ml", "lesson-2")
    assert not page.permissions_for_user(Login.objects.get(pk=world.logins["malian"].pk)).can_publish()
    assert page.permissions_for_user(Login.objects.get(pk=world.logins["publisher"].pk)).can_publish()
