"""The sections of a quiz as a form sends them, row by row: adding, moving and removing without JavaScript.

Fields are named by their place: "s0-title_en" is of the first section, "s0-q1-count" of its second row. Each
button sends what it does and where ("slot-up:0:1"); the tree is changed, and the form is made anew from it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from assessments.admin.quizzes.forms import points_of
from assessments.planning import PlannedSection, PlannedSlot

MOST_SECTIONS, MOST_SLOTS = 20, 50
Values = dict[str, list[str]]


@dataclass
class SectionTree:
    """One section: the values of its own fields, and those of its rows."""

    values: Values = field(default_factory=dict)
    slots: list[Values] = field(default_factory=list)


def section_prefix(section: int) -> str:
    """Return what the names of a section's fields begin with."""
    return f"s{section}"


def slot_prefix(section: int, slot: int) -> str:
    """Return what the names of a row's fields begin with."""
    return f"s{section}-q{slot}"


def tree_of(sections: Iterable[PlannedSection]) -> list[SectionTree]:
    """Return what a form shows of the sections that are stored."""
    return [
        SectionTree(
            {f"title_{code}": [words] for code, words in section.title.items()}
            | ({"is_shuffled": ["on"]} if section.is_shuffled else {}),
            [_slot_values(slot) for slot in section.slots],
        )
        for section in sections
    ]


def read_tree(data: Any) -> list[SectionTree]:
    """Return what a form sent. More rows than there may be are not read."""
    return [
        SectionTree(
            _values(data, section_prefix(section), with_rows=False),
            [
                _values(data, slot_prefix(section, slot))
                for slot in range(_number(data.get(f"{section_prefix(section)}-questions"), MOST_SLOTS))
            ],
        )
        for section in range(_number(data.get("sections"), MOST_SECTIONS))
    ]


def fields_of(tree: Iterable[SectionTree]) -> QueryDict:
    """Return the fields of a tree, named by their places now."""
    fields = QueryDict(mutable=True)
    for number, section in enumerate(tree):
        for name, values in section.values.items():
            fields.setlist(f"{section_prefix(number)}-{name}", values)
        for place, slot in enumerate(section.slots):
            for name, values in slot.items():
                fields.setlist(f"{slot_prefix(number, place)}-{name}", values)
    return fields


def change_tree(tree: list[SectionTree], button: str) -> None:
    """Do what a button says; what makes no sense changes nothing."""
    what, *where = button.split(":")
    try:
        places = [int(each) for each in where[:2] if each.isdecimal()]
        _change(tree, what, places, where[-1] if where else "")
    except (IndexError, ValueError):
        return


def _change(tree: list[SectionTree], what: str, places: list[int], last: str) -> None:
    if what == "add-section" and len(tree) < MOST_SECTIONS:
        tree.append(SectionTree({"is_shuffled": ["on"]}, [new_draw()]))
        return
    section, *slot = places
    kind, _dash, way = what.partition("-")
    if kind == "section":
        _move(tree, section, way)
    elif kind == "slot":
        _move(tree[section].slots, slot[0], way)
    elif what in {"draw", "fix"} and len(tree[section].slots) < MOST_SLOTS:
        tree[section].slots.append(new_draw() if what == "draw" else new_fixed(last))


def new_draw() -> Values:
    """Return a row that draws one question."""
    return {"count": ["1"], "points": ["1"]}


def new_fixed(question: str) -> Values:
    """Return a row that always asks one question."""
    return {"question": [question], "points": ["1"]}


def _move(rows: list[Any], place: int, way: str) -> None:
    row = rows.pop(place)
    if way != "drop":
        step = {"up": -1, "down": 1}.get(way, 0)
        rows.insert(max(0, min(len(rows), place + step)), row)


def _slot_values(slot: PlannedSlot) -> Values:
    points = {"points": [points_of(slot.weight_milli)]}
    if slot.question:
        return {"question": [str(slot.question)]} | points
    given = {
        "count": slot.count,
        "lesson": slot.lesson,
        "kind": slot.kind,
        "difficulty": slot.difficulty,
        "category": slot.category,
    }
    return {name: [str(value)] for name, value in given.items() if value} | {"tags": list(slot.tags)} | points


def _values(data: Any, prefix: str, *, with_rows: bool = True) -> Values:
    found: Values = {}
    for name in data:
        rest = name.removeprefix(f"{prefix}-")
        if rest != name and (with_rows or not rest.startswith("q") or "-" not in rest):
            found[rest] = data.getlist(name)
    return found


def _number(text: str | None, most: int) -> int:
    return min(int(text), most) if text and text.isascii() and text.isdecimal() else 0
