"""The blocks of a lesson file: the text block and one reader for each fenced kind.

Adding a block here means adding it to courses.blocks too; a test holds the two together.
"""

from collections.abc import Callable
from typing import Any

from courses.packs.block_forms import LONGEST_LINE, MOST_ITEMS, BlockForm, prose_at, sources_at
from courses.packs.decision_blocks import read_decision_path
from courses.packs.moving_blocks import read_audio, read_video
from courses.packs.working_blocks import read_further_reading, read_session_plan, read_table

__all__ = ["READERS", "BlockForm", "prose_at", "sources_at"]


def _key_points(block: BlockForm) -> dict[str, Any]:
    return {"items": block.form.texts("items", 1, 6, LONGEST_LINE)}


def _checklist(block: BlockForm) -> dict[str, Any]:
    return {"title": block.line("title"), "items": block.items("items")}


def _do_dont(block: BlockForm) -> dict[str, Any]:
    return {"do": block.items("do"), "dont": block.items("dont")}


def _indicators(block: BlockForm) -> dict[str, Any]:
    return {**_checklist(block), "note": block.line("note", required=False)}


def _case_study(block: BlockForm) -> dict[str, Any]:
    fields = {
        "title": block.line("title"),
        "body": block.prose("body"),
        "questions": block.form.texts("questions", 0, 3, LONGEST_LINE),
        "source": block.source(),
        "invented": block.form.flag("invented", default=False),
    }
    if bool(fields["source"]) == fields["invented"]:
        block.form.problem("source", "a case has either a source or `invented: true`")
    return fields


def _legal_text(block: BlockForm) -> dict[str, Any]:
    return {
        "instrument": block.line("instrument"),
        "article": block.line("article"),
        "body": block.prose("body"),
        "source": block.source(required=True),
    }


def _image(block: BlockForm) -> dict[str, Any]:
    file = block.line("file")
    if file and (reason := block.media.problem_with(file)):
        block.form.problem("file", reason)
    return {
        "image": file,
        "alt": block.line("alt", longest=400),
        "caption": block.line("caption", required=False, longest=300),
    }


def _glossary_term(block: BlockForm) -> dict[str, Any]:
    return {"term": block.line("term"), "definition": block.line("definition", longest=2000), "source": block.source()}


def _self_check(block: BlockForm) -> dict[str, Any]:
    choices = [_choice(choice) for choice in block.inner("choices", 2, 5)]
    if choices and sum(choice["right"] for choice in choices) != 1:
        block.form.problem("choices", "exactly one choice is right")
    return {"question": block.line("question"), "choices": choices}


def _choice(choice: BlockForm) -> dict[str, Any]:
    found = {"text": choice.line("text"), "right": choice.form.flag("right"), "feedback": choice.line("feedback")}
    choice.form.close()
    return found


def _safety_notice(block: BlockForm) -> dict[str, Any]:
    return {"title": block.line("title"), "body": block.prose("body")}


def _contact_sheet(block: BlockForm) -> dict[str, Any]:
    rows = []
    for row in block.inner("fields", 1, MOST_ITEMS):
        rows.append({"label": row.line("label"), "hint": row.line("hint", required=False)})
        row.form.close()
    return {"title": block.line("title"), "fields": rows, "note": block.line("note", required=False)}


READERS: dict[str, Callable[[BlockForm], dict[str, Any]]] = {
    "key_points": _key_points,
    "checklist": _checklist,
    "do_dont": _do_dont,
    "indicators": _indicators,
    "case_study": _case_study,
    "legal_text": _legal_text,
    "image": _image,
    "glossary_term": _glossary_term,
    "self_check": _self_check,
    "safety_notice": _safety_notice,
    "contact_sheet": _contact_sheet,
    "table": read_table,
    "session_plan": read_session_plan,
    "further_reading": read_further_reading,
    "decision_path": read_decision_path,
    "video": read_video,
    "audio": read_audio,
}
