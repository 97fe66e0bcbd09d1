"""Make an edition of a course for a country, or take one module over: the pages as they are published now.

Everything below the first page is published at once and shows nothing: it opens to learners on the day that
somebody publishes the first page, the course or the module.
"""

import itertools
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.actions.audit import record_audit
from accounts.groups import open_to_country
from accounts.models import Country, Login
from courses.catalogue import INTERNATIONAL, is_national
from courses.editions.choosing import edition_of_country
from courses.editions.errors import EditionExistsError, EditionNotYoursError, ModuleIsThereError, NothingToCopyError
from courses.editions.links import link, translation_key
from courses.editions.policy import may_start_edition
from courses.editions.reviewing_task import ensure_page_review
from courses.editions.states import set_state, state_of
from courses.models import CoursePage, ModulePage
from elearning.lib.ids import derived_uuid

NewId = Callable[[UUID], UUID]


@transaction.atomic
def copy_course_for(*, by: Login, course: UUID, country: Country) -> list[CoursePage]:
    """Make a country's edition of a course, in all its languages; return its course pages, not yet published.

    Raises EditionNotYoursError, EditionExistsError, NothingToCopyError.
    """
    if not may_start_edition(by, country):
        raise EditionNotYoursError
    edition = edition_of_country(country)
    pages = CoursePage.objects.filter(activity_uuid=course)
    # Two who click at once: the second waits here, and then finds the first's pages.
    sources = list(pages.filter(edition=INTERNATIONAL, live=True).select_for_update(of=("self",)).order_by("path"))
    if pages.filter(edition=edition).exists():
        raise EditionExistsError
    if not sources:
        raise NothingToCopyError
    made: list[CoursePage] = []
    # One slug in all languages, as the source has.
    slug = _free(f"{sources[0].slug}-{edition}", CoursePage.objects.all())
    for source in sources:
        page = copy_page(by, source, source.get_parent(), edition, slug=slug, is_live=False)
        _copy_below(by, source, page, edition)
        made.append(page)
    open_to_country(country, made)
    ensure_page_review()
    record_audit(by=by, act="edition.copied", country=country, detail={"course": str(course), "languages": len(made)})
    return made


@transaction.atomic
def copy_module_into(*, by: Login, module: ModulePage, course: CoursePage) -> list[ModulePage]:
    """Copy a published module into another course, in every language that both have; return the unpublished pages.

    The copy has activity ids of its own: in another course it is another module, and progress in one is none in the
    other. It keeps the tie to its source. Raises EditionNotYoursError, ModuleIsThereError, NothingToCopyError.
    """

    def new_id(old: UUID) -> UUID:
        return derived_uuid("copied", old, course.activity_uuid, course.edition)

    targets = _editions_pages(course)
    if not all(page.permissions_for_user(by).can_add_subpage() for page in targets.values()):
        raise EditionNotYoursError
    if ModulePage.objects.descendant_of(course).filter(
        activity_uuid__in=[new_id(module.activity_uuid), module.activity_uuid]
    ):
        raise ModuleIsThereError
    sources = ModulePage.objects.filter(activity_uuid=module.activity_uuid, edition=module.edition, live=True)
    made: list[ModulePage] = []
    for source in sources.select_related("locale"):
        target = targets.get(source.locale.language_code)
        if target is not None:
            page = copy_page(by, source, target, course.edition, new_id=new_id, is_live=False)
            _copy_below(by, source, page, course.edition, new_id)
            made.append(page)
    if not made:
        raise NothingToCopyError
    detail = {"module": str(module.activity_uuid), "course": str(course.activity_uuid), "edition": course.edition}
    record_audit(by=by, act="module.copied", country=country_of(course), detail=detail)
    return made


def copy_page(
    by: Login,
    source: Any,
    parent: Any,
    edition: str,
    *,
    slug: str = "",
    new_id: NewId | None = None,
    is_live: bool = True,
) -> Any:
    """Copy one page as it is published, with a revision and a tie to it; published itself, or a draft."""
    uuid = new_id(source.activity_uuid) if new_id else source.activity_uuid
    page = type(source)(
        activity_uuid=uuid,
        translation_key=translation_key(uuid, edition),
        edition=edition,
        source_version=source.source_version,
        locale_id=source.locale_id,
        owner=by,
        live=False,
    )
    set_state(page, state_of(source))
    parent.refresh_from_db()
    page.slug = slug or _free_slug_below(parent, source.slug)
    parent.add_child(instance=page)
    revision = page.save_revision(user=by, log_action=True, clean=False)
    if is_live:
        # What everybody may read already; it shows when the page above is published by who may.
        revision.publish(user=by, skip_permission_checks=True)
    link(page, source)
    return page


def country_of(course: Any) -> Country | None:
    """Return the country of a page's edition; None for one that is nobody's own."""
    return Country.objects.filter(code=course.edition.upper()).first() if is_national(course.edition) else None


def _copy_below(by: Login, source: Any, page: Any, edition: str, new_id: NewId | None = None) -> None:
    """Copy what is published below a page, in order."""
    for child in source.get_children().live().order_by("path").specific():
        _copy_below(by, child, copy_page(by, child, page, edition, new_id=new_id), edition, new_id)


def _editions_pages(course: CoursePage) -> Mapping[str, CoursePage]:
    """Return language -> course page of the same edition."""
    pages = CoursePage.objects.filter(activity_uuid=course.activity_uuid, edition=course.edition)
    return {page.locale.language_code: page for page in pages.select_related("locale")}


def _free_slug_below(parent: Any, wanted: str) -> str:
    """Return a slug that no page of the course has: a lesson's address is its course's and its slug."""
    course = parent if isinstance(parent, CoursePage) else parent.get_parent()
    return _free(wanted, course.get_descendants())


def _free(wanted: str, pages: Any) -> str:
    taken = set(pages.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbers = (f"{wanted}-{number}" for number in itertools.count(2))
    return next(slug for slug in itertools.chain([wanted], numbers) if slug not in taken)
