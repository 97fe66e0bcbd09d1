"""Blocks to work with: tables, the plan of a session, further reading."""

import re
from typing import Any

from courses.packs.block_forms import LONGEST_LINE, MOST_ITEMS, BlockForm

FEWEST_COLUMNS, MOST_COLUMNS = 2, 5
MOST_ROWS = 40
LONGEST_SESSION_MINUTES = 600
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,15}")


def read_table(block: BlockForm) -> dict[str, Any]:
    """Return a table; the first cell of a row is its heading."""
    title = block.line("title")
    columns = block.form.texts("columns", FEWEST_COLUMNS, MOST_COLUMNS, 120)
    rows = block.form.tables("rows", 1, MOST_ROWS, len(columns), LONGEST_LINE)
    return {"title": title, "columns": columns, "rows": [{"cells": row} for row in rows], "source": block.source()}


def read_session_plan(block: BlockForm) -> dict[str, Any]:
    """Return the plan of a session; its steps take exactly its time."""
    minutes = block.form.number("minutes", 5, LONGEST_SESSION_MINUTES)
    plan: dict[str, Any] = {
        "minutes": minutes,
        "audience": block.line("audience"),
        "group": block.line("group"),
        "materials": block.form.texts("materials", 1, MOST_ITEMS, LONGEST_LINE),
        "steps": [_step(step) for step in block.inner("steps", 1, MOST_ITEMS)],
        "local_law": block.prose("local_law"),
        "safety": block.prose("safety"),
    }
    total = sum(step["minutes"] for step in plan["steps"])
    if plan["steps"] and total != minutes:
        block.form.problem("steps", f"they take {total} minutes together, the session {minutes}")
    return plan


def _step(step: BlockForm) -> dict[str, Any]:
    found = {
        "minutes": step.form.number("minutes", 1, LONGEST_SESSION_MINUTES),
        "title": step.line("title", longest=200),
        "text": step.prose("text"),
    }
    step.form.close()
    return found


def read_further_reading(block: BlockForm) -> dict[str, Any]:
    """Return what to read next, each with its code in the library where it has one."""
    return {"items": [_reading(item) for item in block.inner("items", 1, MOST_ITEMS)]}


def _reading(item: BlockForm) -> dict[str, Any]:
    code = item.line("code", required=False, longest=16)
    if code and not _CODE.fullmatch(code):
        item.form.problem("code", "a code is a letter, then letters and digits")
    found = {
        "title": item.line("title"),
        "detail": item.line("detail", required=False),
        "code": code,
    }
    item.form.close()
    return found
