"""What marking a question anew would change, and for whom: read before the act, and again while it is done."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from assessments.answering import AttemptLog, follow_attempt
from assessments.deriving import papers_of
from assessments.drawing import Sheet
from assessments.models import Paper
from assessments.questions.marking import MARKED_BY_HAND
from assessments.questions.registry import kind_named
from assessments.regrading import NONE, REGRADED, item_of, score_with
from assessments.scoring import KEY, Regraded, Score
from assessments.standing import answers_that_stand
from assessments.versions import Version, find_versions
from records.storage import statements_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from records.statements import Said

# So many that no database meets its limit on parameters.
_AT_A_TIME = 400


@dataclass(frozen=True, slots=True)
class Ruled:
    """What is to be decided about a question: which version was asked, by which rule to mark it, by whose key."""

    question: UUID
    version: str
    rule: str
    to: str = ""

    @property
    def regraded(self) -> Regraded:
        """What scoring needs of it."""
        return Regraded(self.rule, self.to if self.rule == KEY else "")


@dataclass(frozen=True, slots=True)
class Change:
    """One attempt that is handed in, before and after."""

    attempt: UUID
    enrolment: UUID
    before: Score
    after: Score

    @property
    def is_moved(self) -> bool:
        """Tell whether its score changes."""
        was, now = self.before, self.after
        return (was.points_milli, was.out_of_milli) != (now.points_milli, now.out_of_milli)

    @property
    def moves(self) -> int:
        """Above 0 where the share of the points goes up, below where it goes down."""
        now, was = self.after, self.before
        return now.points_milli * was.out_of_milli - was.points_milli * now.out_of_milli

    @property
    def passes_now(self) -> bool:
        """Tell whether it passes by this."""
        return self.after.is_passed and not self.before.is_passed

    @property
    def fails_now(self) -> bool:
        """Tell whether it does not pass any more."""
        return self.before.is_passed and not self.after.is_passed


@dataclass(frozen=True, slots=True)
class Preview:
    """What an act would change. `open_count` are attempts that are not handed in: they are marked by the rule too."""

    changes: tuple[Change, ...]
    open_count: int

    @property
    def counts(self) -> dict[str, int]:
        """How many attempts, and how many of them go up or down, pass or fail by it."""
        return {
            "attempts": len(self.changes),
            "up": sum(each.moves > 0 for each in self.changes),
            "down": sum(each.moves < 0 for each in self.changes),
            "passed": sum(each.passes_now for each in self.changes),
            "failed": sum(each.fails_now for each in self.changes),
            "open": self.open_count,
        }

    @property
    def lost(self) -> list[UUID]:
        """The attempts that do not pass any more."""
        return [each.attempt for each in self.changes if each.fails_now]


def papers_with(version: str) -> "QuerySet[Paper]":
    """Return the papers that ask a version; a hash stands nowhere else in a text. Reads all papers once."""
    return Paper.objects.filter(text__contains=version).order_by("uuid")


def has_same_parts(one: Version, other: Version) -> bool:
    """Tell whether what was answered to one version can be marked by the key of another."""
    if one.kind != other.kind or one.kind in MARKED_BY_HAND:
        return False
    kind = kind_named(one.kind)
    parts = [(sorted(kind.parts_of(each.structure)), sorted(kind.order_of(each.structure))) for each in (one, other)]
    return parts[0] == parts[1]


def preview_regrade(ruled: Ruled, *, leave_out: UUID | None = None, but_of: Iterable[UUID] = ()) -> Preview:
    """Return what an act would change. `leave_out` is a regrade that is not to be seen in what stands.

    Attempts of the actor accounts `but_of` are passed over: nobody marks their own anew.
    """
    selves = set(but_of)
    changes: list[Change] = []
    not_handed_in = 0
    for units in in_batches(list(papers_with(ruled.version).values_list("uuid", flat=True))):
        logs = _logs(units, leave_out)
        theirs = {unit: log for unit, log in logs.items() if not (log.started and log.started.actor_uuid in selves)}
        done = {unit: log for unit, log in theirs.items() if log.submitted}
        not_handed_in += len(theirs) - len(done)
        changes += _changes(done, ruled)
    return Preview(tuple(changes), not_handed_in)


def in_batches(units: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    """Yield attempts a few at a time, in their order."""
    for start in range(0, len(units), _AT_A_TIME):
        yield units[start : start + _AT_A_TIME]


def _changes(done: Mapping[UUID, AttemptLog], ruled: Ruled) -> Iterator[Change]:
    papers = papers_of(done)
    for unit, log in done.items():
        paper, begun = papers.get(unit), log.beginning
        if paper is None or begun is None or paper.sha256 != begun.paper:
            continue
        if item_of(paper.sheet, str(ruled.question), ruled.version) and (scores := _scores(log, paper.sheet, ruled)):
            yield Change(unit, begun.enrolment, *scores)


def _scores(log: AttemptLog, sheet: Sheet, ruled: Ruled) -> tuple[Score, Score] | None:
    """Return the score as it stands and as it would be; None where a version is not here."""
    answers = answers_that_stand(log, sheet)
    wanted = {item.version for item in sheet.items} | {each.version for each in answers.regraded.values()} | {ruled.to}
    wanted.discard("")
    versions = find_versions(wanted)
    if not wanted <= versions.keys():
        return None
    question = str(ruled.question)
    stands = answers.regraded.get(question, Regraded(NONE))
    return (
        score_with(sheet, versions, answers, question, stands),
        score_with(sheet, versions, answers, question, ruled.regraded),
    )


def _logs(units: Sequence[UUID], leave_out: UUID | None) -> dict[UUID, AttemptLog]:
    sets: dict[UUID, list[Said]] = defaultdict(list)
    for said in statements_of(units):
        if not (leave_out and said.verb == REGRADED and said.facts.get("regrade") == str(leave_out)):
            sets[said.unit_uuid].append(said)
    return {unit: follow_attempt(sets[unit]) for unit in units}
