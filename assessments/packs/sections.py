"""The sections of a quiz in quiz.yaml: what each asks, fixed or drawn."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from assessments.planning import PlannedSection, PlannedSlot
from assessments.questions.registry import KINDS
from assessments.selecting import USUAL_WEIGHT_MILLI
from courses.packs.forms import Form

MOST_SECTIONS = 20
MOST_SLOTS = 50
MOST_OF_A_SLOT = 100
HARDEST = 3
MOST_TAGS = 20
MOST_WEIGHT_MILLI = 100_000
_TAG = re.compile(r"(module|objective|article|topic):[a-z0-9]+(-[a-z0-9]+)*")


def read_sections(form: Form, languages: Sequence[str], lessons: Mapping[str, UUID]) -> tuple[PlannedSection, ...]:
    """Return the sections of a quiz; `lessons` are by file."""
    return tuple(_read_section(each, languages, lessons) for each in form.forms("sections", 1, MOST_SECTIONS))


def section_as_plain(section: PlannedSection, files: Mapping[UUID, str]) -> dict[str, Any]:
    """Return a section as quiz.yaml writes it."""
    plain: dict[str, Any] = {"title": dict(section.title)} if section.title else {}
    if not section.is_shuffled:
        plain["shuffled"] = False
    return plain | {"questions": [_slot_as_plain(slot, files) for slot in section.slots]}


def _read_section(form: Form, languages: Sequence[str], lessons: Mapping[str, UUID]) -> PlannedSection:
    section = PlannedSection(
        form.words("title", languages, 200) if form.has("title") else {},
        form.flag("shuffled", default=True),
        tuple(_read_slot(each, lessons) for each in form.forms("questions", 1, MOST_SLOTS)),
    )
    form.close()
    return section


def _read_slot(form: Form, lessons: Mapping[str, UUID]) -> PlannedSlot:
    weight = form.number("weight_milli", 1, MOST_WEIGHT_MILLI) if form.has("weight_milli") else USUAL_WEIGHT_MILLI
    if form.has("question"):
        slot = PlannedSlot(question=form.uuid("question"), weight_milli=weight)
    else:
        slot = PlannedSlot(
            count=form.number("draw", 1, MOST_OF_A_SLOT),
            lesson=_lesson(form, lessons) if form.has("objective") else None,
            kind=_kind(form) if form.has("kind") else "",
            difficulty=form.number("difficulty", 1, HARDEST) if form.has("difficulty") else None,
            category=form.uuid("category") if form.has("category") else None,
            tags=_tags(form) if form.has("tags") else (),
            weight_milli=weight,
        )
    form.close()
    return slot


def _lesson(form: Form, lessons: Mapping[str, UUID]) -> UUID | None:
    file = form.text("objective")
    if file and file not in lessons:
        form.problem("objective", f"{file!r} is no lesson file of this pack")
    return lessons.get(file)


def _kind(form: Form) -> str:
    kind = form.text("kind")
    if kind and kind not in KINDS:
        form.problem("kind", f"{kind!r} is no kind of question. Accepted: {', '.join(sorted(KINDS))}")
    return kind


def _tags(form: Form) -> tuple[str, ...]:
    tags = form.texts("tags", 1, MOST_TAGS)
    for each in tags:
        if each and not _TAG.fullmatch(each):
            form.problem("tags", f"{each!r} is no tag: module, objective, article or topic, a colon, a short name")
    return tuple(sorted(set(tags)))


def _slot_as_plain(slot: PlannedSlot, files: Mapping[UUID, str]) -> dict[str, Any]:
    weight = {"weight_milli": slot.weight_milli} if slot.weight_milli != USUAL_WEIGHT_MILLI else {}
    if slot.question:
        return {"question": str(slot.question)} | weight
    parts: dict[str, Any] = {
        "draw": slot.count,
        "objective": files[slot.lesson] if slot.lesson else None,
        "kind": slot.kind,
        "difficulty": slot.difficulty,
        "category": str(slot.category) if slot.category else None,
        "tags": list(slot.tags),
    }
    return {name: value for name, value in parts.items() if value} | weight
