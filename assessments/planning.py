"""The sections of a quiz as their author planned them: from rows and back, and as drawing needs them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from assessments.models import QuestionCategory, QuestionTag, Quiz, QuizSection, QuizSlot
from assessments.questions.registry import KINDS
from assessments.selecting import USUAL_WEIGHT_MILLI, Part, Slot


@dataclass(frozen=True, slots=True)
class PlannedSlot:
    """One question that is always asked, or a number drawn by a filter. `tags` are "facet:short-name", sorted."""

    question: UUID | None = None
    count: int = 1
    lesson: UUID | None = None
    kind: str = ""
    difficulty: int | None = None
    category: UUID | None = None
    tags: tuple[str, ...] = ()
    weight_milli: int = USUAL_WEIGHT_MILLI

    @classmethod
    def of(cls, row: QuizSlot) -> "PlannedSlot":
        """Return what a row says; what a fixed question does not read is left out."""
        if row.question_uuid:
            return cls(question=row.question_uuid, weight_milli=row.weight_milli)
        return cls(
            count=row.count,
            lesson=row.lesson_uuid,
            kind=row.kind,
            difficulty=row.difficulty,
            category=row.category.uuid if row.category else None,
            tags=tuple(sorted(name_of_tag(tag) for tag in row.tags.all())),
            weight_milli=row.weight_milli,
        )


@dataclass(frozen=True, slots=True)
class PlannedSection:
    """One section of a quiz, its title by language."""

    title: Mapping[str, str]
    is_shuffled: bool
    slots: tuple[PlannedSlot, ...]

    @property
    def asks(self) -> int:
        """How many questions it asks."""
        return sum(slot.count for slot in self.slots)


def sections_of(quiz: Quiz) -> tuple[PlannedSection, ...]:
    """Return the sections of a quiz, in order. Four queries; where there are none one, or none if `quiz_for` saw it."""
    if not getattr(quiz, "is_sectioned", True):
        return ()
    rows = quiz.sections.prefetch_related("slots__tags", "slots__category")
    return tuple(
        PlannedSection(row.title, row.is_shuffled, tuple(PlannedSlot.of(slot) for slot in row.slots.all()))
        for row in rows
    )


def write_sections(quiz: Quiz, sections: Sequence[PlannedSection]) -> None:
    """Write the sections anew: nothing refers to their rows, and a paper keeps what it was drawn by.

    Raise QuestionCategory.DoesNotExist for a category that is not here. A tag that is new is made.
    """
    quiz.sections.all().delete()
    for place, section in enumerate(sections):
        made = QuizSection.objects.create(
            quiz=quiz, position=place, title=dict(section.title), is_shuffled=section.is_shuffled
        )
        for number, slot in enumerate(section.slots):
            stored = QuizSlot.objects.create(
                section=made,
                position=number,
                question_uuid=slot.question,
                count=slot.count,
                lesson_uuid=slot.lesson,
                kind=slot.kind,
                difficulty=slot.difficulty,
                category=QuestionCategory.objects.get(uuid=slot.category) if slot.category else None,
                weight_milli=slot.weight_milli,
            )
            stored.tags.set([_tag_named(each) for each in slot.tags])


def parts_of(sections: Iterable[PlannedSection]) -> tuple[Part, ...]:
    """Return sections as drawing needs them. One query where one asks for a category, else none."""
    planned = tuple(sections)
    wanted = {slot.category for section in planned for slot in section.slots if slot.category}
    below = _below(wanted) if wanted else {}
    return tuple(
        Part(tuple(_slot(slot, below) for slot in section.slots), section.title, section.is_shuffled)
        for section in planned
    )


def plan_of(quiz: Quiz) -> tuple[Part, ...]:
    """Return the sections of a quiz as drawing needs them; none for one that draws from its whole course."""
    return parts_of(sections_of(quiz))


def name_of_tag(tag: QuestionTag) -> str:
    """Return a tag as "facet:short-name"."""
    return f"{tag.facet}:{tag.slug}"


def kind_key(name: str) -> str:
    """Return what stands for a kind in the bank: the name of its model. One that is not here finds nothing."""
    kind = KINDS.get(name)
    return str(kind.model._meta.model_name) if kind else name  # noqa: SLF001  # Django's public API


def categories_below(wanted: Iterable[UUID], parents: Mapping[UUID, UUID | None]) -> dict[UUID, frozenset[UUID]]:
    """Return each category with those below it, from the parent of each. A ring of parents ends."""
    children: dict[UUID, list[UUID]] = defaultdict(list)
    for category, parent in parents.items():
        if parent is not None:
            children[parent].append(category)
    found = {}
    for each in wanted:
        reached, waiting = {each}, [each]
        while waiting:
            fresh = [child for child in children[waiting.pop()] if child not in reached]
            reached.update(fresh)
            waiting += fresh
        found[each] = frozenset(reached)
    return found


def _slot(slot: PlannedSlot, below: Mapping[UUID, frozenset[str]]) -> Slot:
    if slot.question:
        return Slot(weight_milli=slot.weight_milli, question=str(slot.question))
    return Slot(
        count=slot.count,
        weight_milli=slot.weight_milli,
        lesson=str(slot.lesson or ""),
        kind=kind_key(slot.kind) if slot.kind else "",
        difficulty=slot.difficulty or 0,
        categories=below[slot.category] if slot.category else frozenset(),
        tags=frozenset(slot.tags),
    )


def _below(wanted: Iterable[UUID]) -> dict[UUID, frozenset[str]]:
    """Return each category with all those below it, by their keys in the bank. One query."""
    rows = list(QuestionCategory.objects.values_list("uuid", "pk", "parent__uuid"))
    keys = {uuid: str(pk) for uuid, pk, _parent in rows}
    found = categories_below(wanted, {uuid: parent for uuid, _pk, parent in rows})
    # A category that is gone lets nothing pass, rather than everything.
    return {uuid: frozenset(keys.get(each, "gone") for each in each_below) for uuid, each_below in found.items()}


def _tag_named(name: str) -> QuestionTag:
    facet, _colon, slug = name.partition(":")
    tag: QuestionTag = QuestionTag.objects.get_or_create(facet=facet, slug=slug)[0]
    return tag
