"""The drawers of the bank as a tree: which ones somebody sees, may use, and may change."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from assessments.models import QuestionCategory
from assessments.policy import QUESTIONS_READ, QUESTIONS_WRITE

ARROW = " › "


@dataclass(frozen=True, slots=True)
class Drawer:
    """One category in its tree: how deep it is, and its name with those above it."""

    row: QuestionCategory
    depth: int
    path: str


def visible_categories(login: Any) -> QuerySet[QuestionCategory]:
    """Return the categories that a login may see: the shared ones, and those of its countries."""
    return QUESTIONS_READ.filter(QuestionCategory.objects.select_related("country"), login)


def may_change(login: Any, category: QuestionCategory) -> bool:
    """Tell whether a login may change a category; shared ones only who writes everywhere. One query."""
    return QUESTIONS_WRITE.allows(login, category)


def as_tree(rows: Iterable[QuestionCategory]) -> list[Drawer]:
    """Return categories as a tree in the order of their names; one whose parent is not there stands at the top."""
    known = {row.pk: row for row in rows}
    children: dict[int | None, list[QuestionCategory]] = {}
    for row in known.values():
        children.setdefault(row.parent_id if row.parent_id in known else None, []).append(row)
    return list(_walk(children, None, 0, ""))


def _walk(
    children: dict[int | None, list[QuestionCategory]], parent: int | None, depth: int, path: str
) -> Iterator[Drawer]:
    for row in sorted(children.get(parent, []), key=lambda row: (str(row).casefold(), row.pk)):
        here = f"{path}{ARROW}{row}" if path else str(row)
        yield Drawer(row, depth, here)
        yield from _walk(children, row.pk, depth + 1, here)


def with_inner(login: Any, category: int) -> frozenset[int]:
    """Return a category and all that lie in it, as far as a login sees them. One query."""
    inner: dict[int | None, list[int]] = {}
    for pk, parent in visible_categories(login).values_list("pk", "parent_id"):
        inner.setdefault(parent, []).append(pk)
    found, waiting = set(), [category]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += inner.get(here, [])
    return frozenset(found)


def category_choices(login: Any, kept: int | None = None) -> list[tuple[str, str]]:
    """Return the categories that a login may put a question in; the one it is in stays."""
    rows = visible_categories(login)
    if kept:
        rows = rows | QuestionCategory.objects.select_related("country").filter(pk=kept)
    return [(str(drawer.row.pk), drawer.path) for drawer in as_tree(rows)]


def fits(category: QuestionCategory, country: Any) -> bool:
    """Tell whether a question of a country may lie in a category: a shared one, or the country's own."""
    return category.country_id is None or (country is not None and category.country_id == country.pk)


def shared_or_own(country: int | None) -> Q:
    """Return the condition for categories in which one of a country may lie."""
    return Q(country=None) if country is None else Q(country=None) | Q(country=country)


def name_in(names: dict[str, str]) -> str:
    """Return a name in the editor's language, else in English, else in any."""
    own = (get_language() or "en").split("-")[0]
    return names.get(own) or names.get("en") or next((name for name in names.values() if name), "")
