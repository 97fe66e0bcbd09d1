"""What the statements of one attempt amount to: which answers stand, and what a new one adds. Pure.

Order comes from the `ordinal` that the action gives each answer under the lock of the log, never
from a clock: the highest one stands. An answer whose ordinal lies above that of the hand-in was
given after it: it is kept in the log and not counted.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from elearning.lib.canonical import canonical_json
from elearning.lib.ids import derived_uuid
from records.statements import Said


@dataclass(frozen=True, slots=True)
class Answer:
    """One `answered` statement: a response (None: taken back, or only flagged) to one question."""

    question: str
    response: Any
    flagged: bool
    ordinal: int
    timestamp: str
    statement: UUID
    nonce: str
    step: int

    @property
    def place(self) -> tuple[int, str, str]:
        """Where it stands among the others; never equal for two statements."""
        return (self.ordinal, self.timestamp, str(self.statement))


@dataclass(frozen=True, slots=True)
class AttemptLog:
    """How an attempt went so far: its beginning, the answers that stand, its end."""

    started: Said | None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    submitted: Said | None = None
    known: frozenset[UUID] = frozenset()
    last_ordinal: int = 0

    @property
    def responses(self) -> dict[str, Any]:
        """The responses that stand, by question."""
        return {question: answer.response for question, answer in self.answers.items() if answer.response is not None}


def follow_attempt(statements: Iterable[Said]) -> AttemptLog:
    """Return how an attempt went, from the set of its statements, in whatever order they come.

    Only what the one who began it says counts: nobody answers for another.
    """
    said = list(statements)
    begun = min((each for each in said if each.verb == "initialized"), key=_when, default=None)
    if begun is None:
        return AttemptLog(None)
    said = [each for each in said if each.actor_uuid == begun.actor_uuid]
    submitted = min((each for each in said if each.verb == "submitted"), key=_end, default=None)
    end = _whole(submitted.facts.get("ordinal")) if submitted else None
    standing: dict[str, Answer] = {}
    last = 0
    for answer in filter(None, map(_read_answer, said)):
        last = max(last, answer.ordinal)
        held = standing.get(answer.question)
        if (end is None or answer.ordinal < end) and (held is None or held.place < answer.place):
            standing[answer.question] = answer
    return AttemptLog(begun, standing, submitted, frozenset(each.id for each in said), last)


@dataclass(frozen=True, slots=True)
class Given:
    """A response as it was given on one page: which load of the page (nonce), after how many changes (step)."""

    question: str
    response: Any
    flagged: bool
    nonce: str
    step: int

    def facts(self, ordinal: int) -> dict[str, Any]:
        """Return what its statement says."""
        return {
            "question": self.question,
            "response": self.response,
            "flagged": self.flagged,
            "nonce": self.nonce,
            "step": self.step,
            "ordinal": ordinal,
        }

    def statement_id(self, attempt: UUID, again: int) -> UUID:
        """Return the id of its statement: the same for a repeat, another for another answer."""
        said = canonical_json({"flagged": self.flagged, "response": self.response})
        return derived_uuid("answer", attempt, self.question, self.nonce, self.step, said, again)


def id_of_new_answer(log: AttemptLog, attempt: UUID, given: Given) -> UUID | None:
    """Return the id of the statement to append for a response; None where there is nothing to add.

    Nothing to add: the response stands already (a double click, a retry whose reply was lost), or the
    same page has said something newer since (a request that was overtaken on its way). Where a page
    without JavaScript comes back from the browser's cache and the learner changes back to an earlier
    answer, nonce, step and response are old and yet it is a new answer: a count makes its id new.
    """
    held = log.answers.get(given.question)
    if held is None:
        is_empty = given.response is None and not given.flagged
        return None if is_empty else given.statement_id(attempt, 0)
    if (held.response, held.flagged) == (given.response, given.flagged):
        return None
    if held.nonce == given.nonce and given.step < held.step:
        return None
    again = 0
    while (statement := given.statement_id(attempt, again)) in log.known:
        if (held.nonce, held.step) != (given.nonce, given.step):
            return None
        again += 1
    return statement


def _read_answer(said: Said) -> Answer | None:
    """Return the answer of a statement; None for another verb, or facts that are not an answer's."""
    if said.verb != "answered":
        return None
    facts = said.facts
    question, nonce = facts.get("question"), facts.get("nonce", "")
    if not isinstance(question, str) or not isinstance(nonce, str):
        return None
    flagged = facts.get("flagged") is True
    ordinal, step = _whole(facts.get("ordinal")), _whole(facts.get("step"))
    return Answer(question, facts.get("response"), flagged, ordinal, said.timestamp, said.id, nonce, step)


def _whole(value: Any) -> int:
    return value if type(value) is int else 0


def _when(said: Said) -> tuple[str, str]:
    return (said.timestamp, str(said.id))


def _end(said: Said) -> tuple[int, str, str]:
    return (_whole(said.facts.get("ordinal")), said.timestamp, str(said.id))


def first_unanswered(questions: Sequence[str], log: AttemptLog) -> int | None:
    """Return the number (from 1) of the first question without an answer, None when all have one."""
    answered = log.responses
    return next((number for number, each in enumerate(questions, 1) if each not in answered), None)
