"""A question with its key and its feedback, as a page tells it: only where the keys are open."""

from collections.abc import Sequence
from typing import Any

from assessments.access import Sitting
from assessments.answering import AttemptLog
from assessments.calibration import calibrate, held_certainties, points_by_certainty
from assessments.drawing import CERTAINTY, TRIES
from assessments.hand_marks import HandMarked, marked_by_hand
from assessments.marking_desk import criteria_of
from assessments.questions.marking import FULL_MARK_MILLI
from assessments.questions.registry import kind_named
from assessments.regrade_words import anew_lines
from assessments.regrading import regrades_in
from assessments.scoring import Score
from assessments.standing import answers_that_stand
from assessments.versions import Version, find_versions
from elearning.lib.points import points_text


def explain_all(sitting: Sitting, log: AttemptLog, score: Score, language: str) -> dict[str, Any]:
    """Return each question with its key and feedback, a dot for each, and how well the learner judged them."""
    versions = find_versions(item.version for item in sitting.sheet.items)
    responses = log.responses
    if sitting.sheet.marking == TRIES:
        # What was marked is the last try, whatever was typed after it.
        responses |= {question: tries[-1].response for question, tries in log.tries.items() if tries}
    rows = [
        explain(number, versions[item.version], responses.get(item.question), mark, language)
        for number, (item, mark) in enumerate(zip(sitting.sheet.items, score.marks_milli, strict=True), 1)
    ]
    for item, row in zip(sitting.sheet.items, rows, strict=True):
        if row["is_by_hand"]:
            row.update(explain_marks(versions[item.version], marked_by_hand(log, sitting.sheet, item), language))
    _say_anew(sitting, log, rows, language)
    # What nobody marks, or nobody has marked yet, is neither right nor wrong.
    marked = [row for row in rows if row.get("criteria") or not (row["is_by_hand"] and row["response"])]
    dots = [{"number": row["number"], "right": row["right"]} for row in marked]
    return {"explained": rows, "dots": dots, **_judged(sitting, log, score, rows)}


def _say_anew(sitting: Sitting, log: AttemptLog, rows: Sequence[dict[str, Any]], language: str) -> None:
    """Say in each row that was marked anew what was done, and by which key. One query where a key was mended."""
    anew = anew_lines(log, sitting.sheet, keys_are_open=True)
    rules = regrades_in(log, sitting.sheet) if anew else {}
    versions = find_versions({each.version for each in rules.values()} - {""}) if rules else {}
    for each in anew:
        row, rule = rows[each.number - 1], rules[sitting.sheet.items[each.number - 1].question]
        row["anew"] = each.words
        if version := versions.get(rule.version):
            text = version.texts[version.language_for(language)]
            row["key"] = kind_named(version.kind).describe_key(version.structure, text)


def _judged(sitting: Sitting, log: AttemptLog, score: Score, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Say in each row how certain the learner was and what that brought; return how often they were right."""
    if sitting.sheet.marking != CERTAINTY:
        return {}
    certainties = held_certainties(sitting.sheet, answers_that_stand(log, sitting.sheet))
    for place, points_milli in points_by_certainty(score, certainties).items():
        rows[place]["certainty"] = certainties[place]
        rows[place]["certainty_points"] = signed_points(points_milli)
    return {"calibration": calibrate(certainties, score.marks_milli)}


def signed_points(points_milli: int) -> str:
    """Return points with their sign, as they are added up."""
    sign = "+" if points_milli > 0 else "\N{MINUS SIGN}" if points_milli < 0 else ""
    return f"{sign}{points_text(abs(points_milli))}"


def explain(number: int, version: Version, response: Any, mark_milli: int | None, language: str) -> dict[str, Any]:
    """Return one question with what was answered, what is right and why."""
    kind, found = kind_named(version.kind), version.language_for(language)
    text = version.texts[found]
    return {
        "number": number,
        "language": found,
        "stem": text["stem"],
        "feedback": text["feedback"],
        "response": kind.describe_response(version.structure, text, response),
        "key": kind.describe_key(version.structure, text),
        "told": kind.feedbacks_of(version.structure, text, response),
        "right": mark_milli == FULL_MARK_MILLI,
        "points": points_text(mark_milli or 0),
        "awaits_marking": mark_milli is None,
        # Practice has nobody who marks: what is shown is what to compare with.
        "is_by_hand": kind.is_marked_by_hand,
    }


def explain_marks(version: Version, marked: HandMarked, language: str) -> dict[str, Any]:
    """Return what those said whose marks count: the points of each criterion, and the comments; never their names."""
    text, counted = version.texts[version.language_for(language)], marked.counted
    return {
        "criteria": [
            {
                "words": each.words,
                "points": _mean_points([mark.points.get(each.part, 0) for mark in counted]),
                "out_of": each.points,
            }
            for each in (criteria_of(version, text) if counted else ())
        ],
        "comments": [mark.comment for mark in counted if mark.comment],
    }


def _mean_points(points: Sequence[int]) -> str:
    return points_text(sum(points) * FULL_MARK_MILLI // len(points))
