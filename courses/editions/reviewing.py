"""What changed upstream since an edition was made or last looked: page by page, with what can be done about each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from courses.editions.comparing import Comparison, compare
from courses.editions.links import links_below, pages_below
from courses.editions.states import digest_of, state_of, stream_names
from courses.models import CoursePage, EditionPage


class Choice(StrEnum):
    """What somebody decides about one page."""

    THEIRS = "theirs"
    MERGE = "merge"
    MINE = "mine"
    LATER = "later"
    ADD = "add"
    DECLINE = "decline"
    REMOVE = "remove"
    KEEP = "keep"


class What(StrEnum):
    """What happened to a page upstream."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


_CHOICES = {What.ADDED: (Choice.ADD, Choice.DECLINE), What.REMOVED: (Choice.REMOVE, Choice.KEEP)}


@dataclass(frozen=True, slots=True)
class PageReview:
    """One page that differs: `page` is the edition's (None: new upstream), `source` the source's (None: gone).

    `digest` marks what the source says, so that nothing is adopted which changed after it was shown.
    """

    key: str
    what: What
    language: str
    title: str
    page: Any
    source: Any
    link: EditionPage | None
    digest: str = ""
    comparison: Comparison | None = None
    choices: tuple[Choice, ...] = ()
    default: Choice = Choice.LATER
    parent: UUID | None = None


@dataclass(slots=True)
class Review:
    """All that differs in an edition, in the order of its pages, language by language."""

    course: CoursePage
    source_version: str = ""
    pages: list[PageReview] = field(default_factory=list)


def review_upstream(course: CoursePage) -> Review:
    """Compare an edition, in all its languages, with what its source says now. Some ten queries a language."""
    review = Review(course)
    for page in languages_of(course):
        links = links_below(page)
        source = links[page.pk].source if page.pk in links else None
        found = _Tree(page, source and source.specific, links)
        review.source_version = review.source_version or (found.source.source_version if found.source else "")
        review.pages += found.changed_and_removed()
        review.pages += found.added()
    return review


def languages_of(course: CoursePage) -> list[CoursePage]:
    """Return the course pages of an edition, one for each language."""
    pages = CoursePage.objects.filter(activity_uuid=course.activity_uuid, edition=course.edition)
    return list(pages.select_related("locale").order_by("path"))


class _Tree:
    """One language of an edition beside its source."""

    def __init__(self, course: CoursePage, source: Any, links: dict[int, EditionPage]) -> None:
        self.course, self.source, self.links = course, source, links
        self.language: str = course.locale.language_code
        self.pages = pages_below(course)
        self.sources = {each.pk: each for each in pages_below(source) if each.live} if source else {}

    def changed_and_removed(self) -> Iterator[PageReview]:
        """Yield the pages of the edition whose source says something new, or is gone."""
        for page in self.pages:
            link = self.links.get(page.pk)
            if link is None or not link.follows:
                continue
            source = self._source_of(link)
            if source is None:
                if page.live:
                    yield self._review(What.REMOVED, page, None, link)
            elif (comparison := self._compare(page, source, link)).is_behind:
                yield self._review(What.CHANGED, page, source, link, comparison)

    def added(self) -> Iterator[PageReview]:
        """Yield the pages of the source that the edition has not, and did not decide to do without."""
        course_link = self.links.get(self.course.pk)
        declined = set(course_link.declined) if course_link else set()
        have = {link.source_id for link in self.links.values()}
        parents = {page.path: page.activity_uuid for page in self.sources.values()}
        for source in self.sources.values():
            if source.pk in have or str(source.activity_uuid) in declined:
                continue
            parent = parents.get(source.path[: -source.steplen])
            if parent is not None and str(parent) not in declined:
                yield self._review(What.ADDED, None, source, course_link, parent=parent)

    def _source_of(self, link: EditionPage) -> Any:
        """Return the source of a page as it is published, which may stand in another course: a module copied over."""
        if link.source_id in self.sources:
            return self.sources[link.source_id]
        source: Any = link.source.specific if link.source_id and link.source else None
        return source if source and source.live and not source.path.startswith(self._source_path()) else None

    def _source_path(self) -> str:
        """Return where the source course stands; what is below it and not published is gone."""
        return self.source.path if self.source else " "

    def _compare(self, page: Any, source: Any, link: EditionPage) -> Comparison:
        mine = state_of(latest_of(page))
        return compare(link.base, state_of(source), mine, stream_names(type(page)))

    def _review(
        self,
        what: What,
        page: Any,
        source: Any,
        link: EditionPage | None,
        comparison: Comparison | None = None,
        parent: UUID | None = None,
    ) -> PageReview:
        choices = _CHOICES.get(what) or _choices_about(comparison)
        shown = page or source
        return PageReview(
            key=f"{self.language}-{shown.activity_uuid}",
            what=what,
            language=self.language,
            title=shown.title,
            page=page,
            source=source,
            link=link,
            digest=digest_of(state_of(source)) if source else "",
            comparison=comparison,
            choices=(*choices, Choice.LATER),
            default=choices[0]
            if what is not What.CHANGED or not comparison or not comparison.has_conflict
            else Choice.LATER,
            parent=parent,
        )


def latest_of(page: Any) -> Any:
    """Return a page as its newest draft has it: what is adopted goes on from there."""
    return page.get_latest_revision_as_object() if page.has_unpublished_changes else page


def _choices_about(comparison: Comparison | None) -> tuple[Choice, ...]:
    """Return what can be done about a changed page, the best first."""
    if comparison is None or not comparison.is_adapted:
        return (Choice.THEIRS, Choice.MINE)
    if comparison.has_conflict:
        return (Choice.MINE, Choice.THEIRS)
    return (Choice.MERGE, Choice.THEIRS, Choice.MINE)
