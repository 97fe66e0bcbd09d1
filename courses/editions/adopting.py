"""Take what changed upstream into an edition, as somebody chose: one revision for a page, all or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.actions.audit import record_audit
from accounts.models import Login
from courses.editions.copying import copy_page, country_of
from courses.editions.errors import EditionNotYoursError
from courses.editions.policy import may_adopt
from courses.editions.reviewing import Choice, PageReview, Review, What, languages_of, latest_of, review_upstream
from courses.editions.states import set_state, state_of
from courses.models import CoursePage, EditionPage

# What was chosen about a page, by its key: the choice, and the digest of what was shown.
Choices = Mapping[str, tuple[Choice, str]]


@dataclass(slots=True)
class Adopted:
    """What adopting did: keys of pages, by what became of them."""

    published: list[str] = field(default_factory=list)
    sent_to_review: list[str] = field(default_factory=list)
    kept_as_draft: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    settled: list[str] = field(default_factory=list)
    # The source changed while somebody was deciding, or the choice is none of those offered.
    passed_over: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many pages were decided about."""
        return sum(map(len, (self.published, self.sent_to_review, self.kept_as_draft, self.removed, self.settled)))


@transaction.atomic
def adopt_upstream(*, by: Login, course: CoursePage, choices: Choices) -> Adopted:
    """Do what was chosen about the pages of an edition; raise EditionNotYoursError.

    What somebody publishes who may, is published. What a writer adopts goes to review, and a page whose draft was not
    published yet keeps that draft, with the change in it: nobody's unfinished words go out with an adoption.
    """
    pages = languages_of(course)
    list(CoursePage.objects.filter(pk__in=[page.pk for page in pages]).select_for_update(of=("self",)))
    if not all(may_adopt(by, page) for page in pages):
        raise EditionNotYoursError
    review = review_upstream(course)
    work = _Adoption(by, review)
    for each in review.pages:
        choice, digest = choices.get(each.key, (Choice.LATER, ""))
        if choice is Choice.LATER:
            continue
        if choice not in each.choices or digest != each.digest:
            work.done.passed_over.append(each.key)
            continue
        work.do(each, choice)
    work.note_version()
    if work.done.count:
        detail = {"course": str(course.activity_uuid), "edition": course.edition, "pages": work.done.count}
        record_audit(by=by, act="edition.adopted", country=country_of(course), detail=detail)
    return work.done


def _slug_is_taken(page: Any) -> bool:
    """Tell whether another page of the course has the slug: then the edition's page keeps the one it had."""
    if isinstance(page, CoursePage):
        return False
    course = CoursePage.objects.ancestor_of(page).get()
    taken: bool = course.get_descendants().filter(slug=page.slug).exclude(pk=page.pk).exists()
    return taken


class _Adoption:
    """One press of the button."""

    def __init__(self, by: Login, review: Review) -> None:
        self.by, self.review, self.done = by, review, Adopted()
        self.now = timezone.now()

    def do(self, each: PageReview, choice: Choice) -> None:
        """Do what was chosen about one page."""
        if each.what is What.CHANGED:
            self._change(each, choice)
        elif each.what is What.ADDED:
            self._add(each, choice)
        else:
            self._remove(each, choice)

    def note_version(self) -> None:
        """Let the edition say which version of its source it has, once nothing of it is left to decide."""
        version = self.review.source_version
        if not version or any(each.key not in self._decided() for each in self.review.pages):
            return
        for page in languages_of(self.review.course):
            if page.source_version != version:
                # Not a text that anybody wrote: no revision, and learners' pages show it at once.
                type(page).objects.filter(pk=page.pk).update(source_version=version)

    def _decided(self) -> set[str]:
        done = self.done
        return {*done.published, *done.sent_to_review, *done.kept_as_draft, *done.removed, *done.settled}

    def _change(self, each: PageReview, choice: Choice) -> None:
        assert each.link is not None  # noqa: S101  # what follows has a tie
        assert each.comparison is not None  # noqa: S101  # what changed was compared
        theirs = state_of(each.source)
        if choice is Choice.MINE:
            self.done.settled.append(each.key)
        else:
            had_draft = each.page.has_unpublished_changes
            page, slug = latest_of(each.page), each.page.slug
            set_state(page, theirs if choice is Choice.THEIRS else each.comparison.merged())
            if _slug_is_taken(page):
                page.slug = slug
            page.source_version = each.source.source_version
            self._save(each.key, page, had_draft=had_draft)
        self._looked_at(each.link, each.source, theirs)

    def _add(self, each: PageReview, choice: Choice) -> None:
        if choice is Choice.DECLINE:
            self._decline(each)
            return
        parent = self._parent_of(each)
        if parent is None or not parent.permissions_for_user(self.by).can_add_subpage():
            self.done.passed_over.append(each.key)
            return
        page = copy_page(self.by, each.source, parent, self.review.course.edition, is_live=False)
        self._put_in_place(page, each.source, parent)
        self._save(each.key, page, had_draft=False, is_saved=True)

    def _remove(self, each: PageReview, choice: Choice) -> None:
        assert each.link is not None  # noqa: S101  # what follows has a tie
        if choice is Choice.REMOVE:
            if not each.page.permissions_for_user(self.by).can_unpublish():
                self.done.passed_over.append(each.key)
                return
            each.page.unpublish(user=self.by, log_action=True)
            self.done.removed.append(each.key)
        else:
            self.done.settled.append(each.key)
        each.link.follows = False
        each.link.looked_at = self.now
        each.link.save(update_fields=["follows", "looked_at"])

    def _decline(self, each: PageReview) -> None:
        row = EditionPage.objects.filter(page__in=languages_of(self.review.course)).filter(
            page__locale__language_code=each.language
        )
        for link in row:
            link.declined = [*link.declined, str(each.source.activity_uuid)]
            link.save(update_fields=["declined"])
        self.done.settled.append(each.key)

    def _save(self, key: str, page: Any, *, had_draft: bool, is_saved: bool = False) -> None:
        """Keep one revision; publish it, send it to review, or leave it with the draft that was there."""
        revision = page.latest_revision if is_saved else page.save_revision(user=self.by, log_action=True, clean=False)
        if had_draft:
            self.done.kept_as_draft.append(key)
        elif page.permissions_for_user(self.by).can_publish():
            revision.publish(user=self.by)
            self.done.published.append(key)
        else:
            workflow = page.get_workflow()
            if workflow is not None and not page.workflow_in_progress:
                workflow.start(page, self.by)
            self.done.sent_to_review.append(key)

    def _looked_at(self, link: EditionPage, source: Any, theirs: dict[str, Any]) -> None:
        link.base, link.source_version, link.looked_at = theirs, source.source_version, self.now
        link.save(update_fields=["base", "source_version", "looked_at"])

    def _parent_of(self, each: PageReview) -> Any:
        """Return the edition's page that stands for the parent of a new page; None where it did without that."""
        for course in languages_of(self.review.course):
            if course.locale.language_code == each.language:
                if course.activity_uuid == each.parent:
                    return course
                for page in course.get_descendants().specific():
                    if page.activity_uuid == each.parent:
                        return page
        return None

    def _put_in_place(self, page: Any, source: Any, parent: Any) -> None:
        """Put a new page behind the one that its source stands behind, as far as the edition has that."""
        before = [sibling.pk for sibling in source.get_siblings().filter(path__lt=source.path).order_by("-path")]
        ties = dict(
            EditionPage.objects.filter(source__in=before, page__path__startswith=parent.path).values_list(
                "source_id", "page_id"
            )
        )
        neighbour = next((ties[pk] for pk in before if pk in ties), None)
        there = parent.get_children().exclude(pk=page.pk)
        target = there.filter(pk=neighbour).first() if neighbour else there.order_by("path").first()
        if target is not None:
            page.move(target, pos="right" if neighbour else "left")
            page.refresh_from_db()
