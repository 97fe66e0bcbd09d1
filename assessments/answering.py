"""What the statements of one attempt amount to: which answers stand, and what a new one adds. Pure.

Order comes from the `ordinal` of each answer, never from a clock: the highest one stands. The site's own
action gives it under the lock of the log; a device gives one more than the highest it knows of (Lamport
1978), so two doors may give the same, and then time and id tell them apart. An answer whose ordinal lies
above that of the hand-in was given after it: it is kept in the log and not counted.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from elearning.lib.canonical import canonical_json, sha256_hex
from elearning.lib.ids import derived_uuid
from records.statements import Said

# What a column of small whole numbers holds.
LARGEST_NUMBER = 32767
CERTAINTIES = (1, 2, 3)
MOST_CHECKS = 20


@dataclass(frozen=True, slots=True)
class Beginning:
    """What an `initialized` statement says: whose attempt at which quiz, and the hash of its paper."""

    enrolment: UUID
    quiz: UUID
    number: int
    paper: str


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
    # How certain the learner said to be, from 1 to 3; None where the quiz does not ask.
    certainty: int | None = None
    # The number of the try that this answer was checked as, from 1; 0 for one that is only saved.
    check: int = 0

    @property
    def place(self) -> tuple[int, str, str]:
        """Where it stands among the others; never equal for two statements."""
        return (self.ordinal, self.timestamp, str(self.statement))


@dataclass(frozen=True, slots=True)
class AttemptLog:
    """How an attempt went so far: its beginning, the answers that stand, its end, and what others said of it.

    `sitting` holds what the learner said from the beginning to the end, in order; `hand_ins` every
    hand-in, of which the first counts; `others` what a site noticed and what a trainer decided.
    """

    started: Said | None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    submitted: Said | None = None
    known: frozenset[UUID] = frozenset()
    last_ordinal: int = 0
    beginnings: tuple[Beginning, ...] = ()
    sitting: tuple[Said, ...] = ()
    hand_ins: tuple[Said, ...] = ()
    others: tuple[Said, ...] = ()
    # The answers that were checked, by question, in the order of the tries (for quizzes with several tries).
    tries: Mapping[str, Sequence[Answer]] = field(default_factory=dict)

    @property
    def responses(self) -> dict[str, Any]:
        """The responses that stand, by question."""
        return {question: answer.response for question, answer in self.answers.items() if answer.response is not None}

    @property
    def beginning(self) -> Beginning | None:
        """What the attempt began with."""
        return self.beginnings[0] if self.beginnings else None

    @property
    def standing(self) -> str:
        """The hash of the responses that stand: a hand-in says it, so that later changes show."""
        return sha256_hex(canonical_json(sorted([question, response] for question, response in self.responses.items())))


def follow_attempt(statements: Iterable[Said]) -> AttemptLog:
    """Return how an attempt went, from the set of its statements, in whatever order they come.

    The earliest readable beginning counts. Only what the one who said it says of the answers counts: nobody
    answers for another.
    """
    said = list(statements)
    read = [(each, found) for each in said if each.verb == "initialized" and (found := read_beginning(each))]
    begun = sorted(read, key=lambda pair: _when(pair[0]))
    if not begun:
        return AttemptLog(None)
    started = begun[0][0]
    own = [each for each in said if each.actor_uuid == started.actor_uuid]
    hand_ins = sorted((each for each in own if each.verb == "submitted"), key=_place)
    answered = [(each, answer) for each in own if (answer := _read_answer(each))]
    end = _whole(hand_ins[0].facts.get("ordinal")) if hand_ins else None
    counted = [(each, answer) for each, answer in answered if end is None or answer.ordinal < end]
    counted.sort(key=lambda pair: pair[1].place)
    return AttemptLog(
        started,
        # In the order of their places: the last of a question stands.
        {answer.question: answer for _said, answer in counted},
        hand_ins[0] if hand_ins else None,
        frozenset(each.id for each in own),
        max((answer.ordinal for _said, answer in answered), default=0),
        tuple(found for _said, found in begun),
        (started, *(each for each, _answer in counted), *hand_ins[:1]),
        tuple(hand_ins),
        tuple(each for each in said if each.actor_uuid != started.actor_uuid),
        _tries_among([answer for _said, answer in counted]),
    )


def log_within(log: AttemptLog, left_out: AbstractSet[UUID]) -> AttemptLog:
    """Return the log with the answers that stand where some statements of answers do not count."""
    kept = [answer for said in log.sitting if said.id not in left_out and (answer := _read_answer(said)) is not None]
    return replace(log, answers={answer.question: answer for answer in kept}, tries=_tries_among(kept))


def _tries_among(answers: Iterable[Answer]) -> dict[str, list[Answer]]:
    """Return the answers that were checked; of two with one number the later stands."""
    found: dict[str, dict[int, Answer]] = {}
    for answer in answers:
        if answer.check and answer.response is not None:
            found.setdefault(answer.question, {})[answer.check] = answer
    return {question: [tries[check] for check in sorted(tries)] for question, tries in found.items()}


@dataclass(frozen=True, slots=True)
class Given:
    """A response as it was given on one page: which load of the page (nonce), after how many changes (step)."""

    question: str
    response: Any
    flagged: bool
    nonce: str
    step: int
    certainty: int | None = None
    check: int = 0

    def facts(self, ordinal: int) -> dict[str, Any]:
        """Return what its statement says."""
        return {
            "question": self.question,
            "response": self.response,
            "flagged": self.flagged,
            "nonce": self.nonce,
            "step": self.step,
            "ordinal": ordinal,
            **self._extras(),
        }

    def statement_id(self, attempt: UUID, again: int) -> UUID:
        """Return the id of its statement: the same for a repeat, another for another answer."""
        said = canonical_json({"flagged": self.flagged, "response": self.response, **self._extras()})
        return derived_uuid("answer", attempt, self.question, self.nonce, self.step, said, again)

    def _extras(self) -> dict[str, Any]:
        """Return what only some quizzes ask for, where it is given."""
        return ({"certainty": self.certainty} if self.certainty else {}) | ({"check": self.check} if self.check else {})


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
    is_known = (held.response, held.flagged, held.certainty) == (given.response, given.flagged, given.certainty)
    if is_known and given.check in {0, held.check}:
        return None
    if held.nonce == given.nonce and given.step < held.step:
        return None
    again = 0
    while (statement := given.statement_id(attempt, again)) in log.known:
        if (held.nonce, held.step) != (given.nonce, given.step):
            return None
        again += 1
    return statement


def read_beginning(said: Said) -> Beginning | None:
    """Return what a beginning says; None where it can't be read: it stays in the log and changes no row."""
    facts = said.facts
    try:
        number, paper = facts["number"], facts["paper"]
        is_read = type(number) is int and 1 <= number <= LARGEST_NUMBER and isinstance(paper, str)
        return Beginning(UUID(facts["enrolment"]), UUID(facts["quiz"]), number, paper) if is_read else None
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


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
    certainty, check = _whole(facts.get("certainty")), _whole(facts.get("check"))
    return Answer(
        question,
        facts.get("response"),
        flagged,
        ordinal,
        said.timestamp,
        said.id,
        nonce,
        step,
        certainty if certainty in CERTAINTIES else None,
        check if 0 < check <= MOST_CHECKS else 0,
    )


def _whole(value: Any) -> int:
    return value if type(value) is int else 0


def _when(said: Said) -> tuple[str, str]:
    return (said.timestamp, str(said.id))


def _place(said: Said) -> tuple[int, str, str]:
    return (_whole(said.facts.get("ordinal")), said.timestamp, str(said.id))


def first_unanswered(questions: Sequence[str], log: AttemptLog) -> int | None:
    """Return the number (from 1) of the first question without an answer, None when all have one."""
    answered = log.responses
    return next((number for number, each in enumerate(questions, 1) if each not in answered), None)
