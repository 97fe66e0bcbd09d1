"""The tree as pages and files show it: nested branches, the same as a table, and a line for each generation."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from accounts.models import Person
from certificates.cascade.opening import Cascade, names_of
from certificates.cascade.tree import Branch, Generation, opened, walk
from certificates.cascade.words import state_words, tone_of
from elearning.lib.csvsafe import Cell

# As many lines stand on a page at once; the rest of a branch is one click away.
MOST_LINES = 60

EXPORT_HEADER = (
    "programme",
    "generation",
    "trainer",
    "name",
    "country",
    "trained_by",
    "state",
    "sessions_held",
    "last_session_on",
    "trainers_trained",
    "trainers_on_branch",
    "officers_reached",
    "officers_trained",
    "officers_trained_on_branch",
    "officers_trained_in_12_months",
    "active",
    "counted_at",
)


@dataclass(slots=True)
class ShownBranch:
    """One trainer on the page; `children` are drawn now where it is open, else asked for later."""

    branch: Branch
    person: Person
    state: Any
    tone: str
    parent_hidden: bool
    is_open: bool
    children: list["ShownBranch"] = field(default_factory=list)

    @property
    def below(self) -> int:
        """How many trainers this one trained."""
        return len(self.branch.children)


def show_branches(cascade: Cascade, branches: Sequence[Branch] | None = None) -> list[ShownBranch]:
    """Return the branches to draw: those that begin the tree, or these. One query, for the names that are drawn.

    Of a tree with more beginnings than fit, the widest are drawn; the table has them all.
    """
    top = list(cascade.branches if branches is None else branches)[:MOST_LINES]
    open_now = opened(top, MOST_LINES)
    drawn = list(_drawn(top, open_now))
    people = names_of(branch.node.person for branch in drawn)
    shown: dict[int, ShownBranch] = {}
    for branch in drawn:
        shown[id(branch)] = _shown(branch, people, cascade, is_open=branch.node.person in open_now)
    for branch in drawn:
        if branch.node.person in open_now:
            shown[id(branch)].children = [shown[id(child)] for child in branch.children]
    return [shown[id(branch)] for branch in top]


def table_rows(cascade: Cascade, top: Branch | None) -> "TableRows":
    """Return the tree, or one branch of it, as the rows of a table."""
    return TableRows(cascade, list(walk([top] if top else cascade.branches)))


class TableRows(Sequence[ShownBranch]):
    """The rows of the tree in its order; names are asked for the slice that a page shows."""

    def __init__(self, cascade: Cascade, branches: Sequence[Branch]) -> None:
        self.cascade, self.branches = cascade, branches

    def __len__(self) -> int:
        return len(self.branches)

    def __getitem__(self, place: Any) -> Any:
        chosen = self.branches[place]
        one = isinstance(chosen, Branch)
        wanted = [chosen] if isinstance(chosen, Branch) else chosen
        people = names_of(branch.node.person for branch in wanted)
        rows = [_shown(branch, people, self.cascade, is_open=False) for branch in wanted]
        return rows[0] if one else rows


@dataclass(frozen=True, slots=True)
class GenerationRow:
    """One generation in words and numbers."""

    generation: Generation
    label: str
    multiplication: str
    per_certified: str


def generation_rows(cascade: Cascade) -> list[GenerationRow]:
    """Return a row for each generation: how many, how active, how far they multiply."""
    return [
        GenerationRow(
            each,
            _("Master trainers") if each.number == 0 else _("Generation %(number)s") % {"number": each.number},
            "–" if each.multiplication is None else str(number_format(each.multiplication, 1)),
            str(number_format(each.recent / each.certified, 1)) if each.certified else "–",
        )
        for each in cascade.generations
    ]


def export_rows(cascade: Cascade) -> Iterator[Sequence[Cell]]:
    """Yield the lines of the file, each below the one it grew from. One query for each thousand names."""
    branches = list(walk(cascade.branches))
    for start in range(0, len(branches), 1000):
        some = branches[start : start + 1000]
        people = names_of(branch.node.person for branch in some)
        for branch in some:
            node, person = branch.node, people[branch.node.person]
            above = cascade.above(branch)
            yield (
                cascade.programme.code if cascade.programme else "",
                node.generation,
                node.person,
                person.full_name,
                node.country,
                above.node.person if above else None,
                node.state,
                node.sessions,
                node.last_held_on,
                len(branch.children),
                branch.trainers - 1,
                node.reached,
                node.trained,
                branch.trained,
                node.recent,
                "yes" if branch.is_active else "no",
                cascade.counted_at,
            )


def _drawn(top: Iterable[Branch], open_now: set[Any]) -> Iterator[Branch]:
    waiting = list(top)[::-1]
    while waiting:
        branch = waiting.pop()
        yield branch
        if branch.node.person in open_now:
            waiting.extend(branch.children[::-1])


def _shown(branch: Branch, people: dict[Any, Person], cascade: Cascade, *, is_open: bool) -> ShownBranch:
    node = branch.node
    hidden = node.parent is not None and node.parent not in cascade.by_person
    return ShownBranch(branch, people[node.person], state_words(node.state), tone_of(node.state), hidden, is_open)
