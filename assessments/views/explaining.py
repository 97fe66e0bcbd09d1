"""A question with its key and its feedback, as a page tells it: only where the keys are open."""

from typing import Any

from assessments.access import Sitting
from assessments.answering import AttemptLog
from assessments.questions.marking import FULL_MARK_MILLI
from assessments.questions.registry import kind_named
from assessments.scoring import Score
from assessments.versions import Version, find_versions
from elearning.lib.points import points_text


def explain_all(sitting: Sitting, log: AttemptLog, score: Score, language: str) -> dict[str, Any]:
    """Return each question with its key and feedback, and a dot for each."""
    versions = find_versions(item.version for item in sitting.sheet.items)
    rows = [
        explain(number, versions[item.version], log.responses.get(item.question), mark, language)
        for number, (item, mark) in enumerate(zip(sitting.sheet.items, score.marks_milli, strict=True), 1)
    ]
    return {"explained": rows, "dots": [{"number": row["number"], "right": row["right"]} for row in rows]}


def explain(number: int, version: Version, response: Any, mark_milli: int, language: str) -> dict[str, Any]:
    """Return one question with what was answered, what is right and why."""
    kind, found = kind_named(version.kind), version.language_for(language)
    text = version.texts[found]
    return {
        "number": number,
        "language": found,
        "stem": text["stem"],
        "feedback": text["feedback"],
        "response": kind.describe_response(version.structure, text, response),
        "key": kind.describe_response(version.structure, text, kind.key_of(version.structure)),
        "right": mark_milli == FULL_MARK_MILLI,
        "points": points_text(mark_milli),
    }
