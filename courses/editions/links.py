"""The tie between a page of an edition and the page of its source."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from wagtail.models import Page

from courses.catalogue import INTERNATIONAL, is_national
from courses.editions.states import state_of
from courses.models import EditionPage
from elearning.lib.ids import derived_uuid


def translation_key(activity: UUID, edition: str) -> UUID:
    """Return what a page of an edition and its translations share: an edition translates only itself."""
    return activity if edition == INTERNATIONAL else derived_uuid("edition", activity, edition)


def link(page: Any, source: Any) -> EditionPage:
    """Tie a page to the page it was made from, as that stands now."""
    row: EditionPage = EditionPage.objects.create(
        page_id=page.pk,
        source_id=source.pk,
        source_version=source.source_version,
        base=state_of(source),
        looked_at=timezone.now(),
    )
    return row


def link_to_source(page: Any) -> EditionPage | None:
    """Tie a page of a national edition that came in a pack to the international page, where there is one here."""
    if not is_national(page.edition):
        return None
    source = type(page).objects.filter(
        activity_uuid=page.activity_uuid, edition=INTERNATIONAL, locale=page.locale_id, live=True
    )
    found = source.first()
    return link(page, found) if found else None


def links_below(course: Any) -> dict[int, EditionPage]:
    """Return page key -> tie, for a course page and all below it. One query."""
    rows = EditionPage.objects.filter(page__path__startswith=course.path).select_related("source")
    return {row.page_id: row for row in rows}


def pages_below(course: Page) -> list[Any]:
    """Return a course page and all below it, each of its own class, in order. A query for each kind of page."""
    return list(Page.objects.descendant_of(course, inclusive=True).order_by("path").specific())
