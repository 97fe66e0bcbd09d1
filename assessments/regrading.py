"""What was decided about a question after attempts were drawn with it: statements with the verb `regraded`. Pure.

One is said about each attempt whose paper holds the version. It names the version that was asked, so that it
says nothing about another version of the question. The latest by (time, id) stands; the rule `none` takes back
what was said before. Only what others than the learner say counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from assessments.answering import AttemptLog
from assessments.drawing import Item, Sheet
from assessments.scoring import DROP, FULL, KEY, Answers, Keyed, Regraded, Score, score_paper
from records.statements import Said

REGRADED = "regraded"
NONE = "none"
RULES = (KEY, FULL, DROP, NONE)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What one statement says of a question of an attempt: marked anew by which rule, and why."""

    regrade: UUID | None
    rule: str
    to: str
    reason: str

    @property
    def regraded(self) -> Regraded:
        """What scoring needs of it."""
        return Regraded(self.rule, self.to if self.rule == KEY else "")


def rulings_in(log: AttemptLog, sheet: Sheet) -> dict[str, Ruling]:
    """Return what stands, by question, with the reason; nothing for a question that is marked as it was asked."""
    asked = {(item.question, item.version) for item in sheet.items}
    said = [each for each in log.others if each.verb == REGRADED]
    latest: dict[str, Ruling] = {}
    for each in sorted(said, key=lambda each: (each.timestamp, str(each.id))):
        found = _read_ruling(each, asked)
        if found:
            latest[found[0]] = found[1]
    return {question: ruling for question, ruling in latest.items() if ruling.rule != NONE}


def regrades_in(log: AttemptLog, sheet: Sheet) -> dict[str, Regraded]:
    """Return what stands, by question."""
    return {question: ruling.regraded for question, ruling in rulings_in(log, sheet).items()}


def score_with(
    sheet: Sheet, versions: Mapping[str, Keyed], answers: Answers, question: str, regraded: Regraded
) -> Score:
    """Return the score of a paper as it would be with one question marked anew; the rule NONE: as it was asked."""
    others = {each: known for each, known in answers.regraded.items() if each != question}
    now = others if regraded.rule == NONE else others | {question: regraded}
    return score_paper(sheet, versions, replace(answers, regraded=now))


def item_of(sheet: Sheet, question: str, version: str) -> Item | None:
    """Return the place of a paper that asks a version of a question; None where it does not."""
    return next((item for item in sheet.items if (item.question, item.version) == (question, version)), None)


def _read_ruling(said: Said, asked: set[tuple[str, str]]) -> tuple[str, Ruling] | None:
    """Return (question, ruling) of a statement; None where it can't be read, or is about something else."""
    facts = said.facts
    question, version, rule = facts.get("question"), facts.get("version"), facts.get("rule")
    to, reason = facts.get("to", ""), facts.get("reason", "")
    if not (isinstance(question, str) and isinstance(version, str) and isinstance(to, str)):
        return None
    if rule not in RULES or (question, version) not in asked or (rule == KEY and not to):
        return None
    return question, Ruling(_uuid_in(facts.get("regrade")), rule, to, reason if isinstance(reason, str) else "")


def _uuid_in(value: Any) -> UUID | None:
    try:
        return UUID(value)
    except (TypeError, ValueError, AttributeError):
        return None
