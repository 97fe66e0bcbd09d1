"""A review of what changed upstream, as its page shows it: labels, texts side by side, choices in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from courses.blocks import LessonBlocks
from courses.editions.comparing import Change, Part
from courses.editions.reviewing import Choice, PageReview, What
from courses.editions.words import Piece, readable, word_diff

_BLOCKS = LessonBlocks().child_blocks
CHOICES: dict[Choice, str | Promise] = {
    Choice.THEIRS: _("Take theirs: this page says what the source says"),
    Choice.MERGE: _("Take theirs and keep mine: both changed, at different places"),
    Choice.MINE: _("Keep mine: leave this page as it is"),
    Choice.LATER: _("Decide later"),
    Choice.ADD: _("Add this page"),
    Choice.DECLINE: _("Do without this page"),
    Choice.REMOVE: _("Take this page out of sight; what learners did stays in their records"),
    Choice.KEEP: _("Keep this page as our own"),
}
_WHAT: dict[What, str | Promise] = {
    What.CHANGED: _("Changed in the source"),
    What.ADDED: _("New in the source"),
    What.REMOVED: _("No longer in the source"),
}
_NOTES: dict[Change, str | Promise] = {
    Change.THEIRS: _("Changed in the source only"),
    Change.MINE: _("Changed here only"),
    Change.CONFLICT: _("Changed in both: look at it"),
}


@dataclass(frozen=True, slots=True)
class ShownPart:
    """One field or block: what stood there beside what the source has now; with both changed, also what is here."""

    label: Any
    note: Any
    is_conflict: bool
    before: list[Piece]
    after: list[Piece]
    here: list[Piece]


@dataclass(frozen=True, slots=True)
class ShownPage:
    """One page of the review."""

    review: PageReview
    what: Any
    kind: Any
    parts: list[ShownPart]
    choices: list[tuple[str, Any, bool]]


def shown(review: PageReview) -> ShownPage:
    """Return one page of the review in words."""
    page = review.page or review.source
    return ShownPage(
        review=review,
        what=_WHAT[review.what],
        kind=capfirst(page._meta.verbose_name),  # noqa: SLF001  # Django's public API
        parts=list(_parts(page, review)),
        choices=[(choice.value, CHOICES[choice], choice is review.default) for choice in review.choices],
    )


def _parts(page: Any, review: PageReview) -> Iterator[ShownPart]:
    for part in review.comparison.parts if review.comparison else ():
        if part.change in _NOTES:
            yield _shown_part(page, part)


def _shown_part(page: Any, part: Part) -> ShownPart:
    base, theirs, mine = (readable(each) for each in (part.base, part.theirs, part.mine))
    is_conflict = part.change is Change.CONFLICT
    before, after = word_diff(base, mine if part.change is Change.MINE else theirs)
    return ShownPart(
        label=_label(page, part),
        note=_NOTES[part.change],
        is_conflict=is_conflict,
        before=before,
        after=after,
        here=word_diff(base, mine)[1] if is_conflict else [],
    )


def _label(page: Any, part: Part) -> Any:
    """Return the name of a field, or of a kind of block, in the words of the editor."""
    block = next((each for each in (part.theirs, part.mine, part.base) if isinstance(each, dict)), None)
    if block and block.get("type") in _BLOCKS:
        return _BLOCKS[block["type"]].label
    return capfirst(page._meta.get_field(part.name).verbose_name)  # noqa: SLF001  # Django's public API
