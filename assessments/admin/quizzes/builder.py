"""A quiz under construction: its forms, what they find in the bank, and what they say together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from assessments.admin.categories import as_tree, visible_categories
from assessments.admin.filters import search_questions
from assessments.admin.lessons import course_choices, published_courses
from assessments.admin.listing import title_of
from assessments.admin.quizzes.forms import QuizForm, SectionForm, SlotForm, course_of
from assessments.admin.quizzes.notes import QuizBank, found_words, notes_on
from assessments.admin.quizzes.tree import SectionTree, fields_of, read_tree, section_prefix, slot_prefix, tree_of
from assessments.admin.tags import tag_choices
from assessments.models import Question, Quiz
from assessments.planning import PlannedSection, sections_of

MOST_FOUND = 10


@dataclass(eq=False)
class SlotRow:
    """One row of a section on the page."""

    number: int
    form: SlotForm
    prefix: str
    # Where its buttons say that it is: "section:row", from 0.
    place: str
    title: str = ""
    found: str = ""
    is_enough: bool = True

    @property
    def is_fixed(self) -> bool:
        """Tell whether it always asks one question."""
        return bool(self.form["question"].value())


@dataclass
class SectionRow:
    """One section on the page, with the questions that a search in it found."""

    number: int
    form: SectionForm
    slots: list[SlotRow]
    prefix: str
    results: list[tuple[UUID, str]] = field(default_factory=list)
    was_searched: bool = False

    @property
    def place(self) -> str:
        """Where its buttons say that it is, from 0."""
        return str(self.number - 1)

    @property
    def anchor(self) -> str:
        """Where the page goes on after a row of it was moved."""
        return f"#section-{self.number}"


class Builder:
    """All forms of one quiz, from what is stored or what was sent."""

    def __init__(self, login: Any, quiz: Quiz, data: Any = None, tree: list[SectionTree] | None = None) -> None:
        self.login, self.quiz = login, quiz
        self.tree = tree if tree is not None else (read_tree(data) if data else tree_of(_stored(quiz)))
        courses = published_courses()
        self.outlines = {course.uuid: course for course in courses}
        self.courses = course_choices(courses, quiz.course_uuid)
        self.form = QuizForm(data, quiz=quiz, courses=self.courses)
        self.sections = self._rows()

    def begin_anew(self, data: Any) -> None:
        """Show what was typed without finding fault with it: a row was added, nothing was saved."""
        typed = {name: data.getlist(name)[-1] for name in data if name in self.form.fields}
        # A box that is not ticked is not sent.
        typed["has_second_marker"] = "has_second_marker" in data
        self.form = QuizForm(initial=typed, quiz=self.quiz, courses=self.courses)

    def is_valid(self) -> bool:
        """Tell whether every form is; all of them are asked, so that all faults show at once."""
        forms = [each for row in self.sections for each in (row.form, *(slot.form for slot in row.slots))]
        return all([self.form.is_valid(), *(each.is_valid() for each in forms)])

    def planned(self) -> list[PlannedSection]:
        """Return the sections as the forms say them; they are valid."""
        return [row.form.planned([slot.form.planned() for slot in row.slots]) for row in self.sections]

    def look_up(self) -> list[str]:
        """Count what the rows find, search where somebody asked, and return what an author should know."""
        self._search()
        self._name_fixed()
        quiz = self._as_typed()
        if course_of(quiz) is None:
            return []
        # A row with a fault in it is left out: what the others find is said all the same.
        rows = [[slot for slot in row.slots if slot.form.is_valid()] for row in self.sections]
        sections = [
            PlannedSection({}, is_shuffled=True, slots=tuple(slot.form.planned() for slot in slots)) for slots in rows
        ]
        bank = QuizBank(quiz, sections)
        for number, slots in enumerate(rows):
            for place, slot in enumerate(slots):
                self._count(bank, number, place, slot)
        return notes_on(bank) if sum(map(len, rows)) == sum(len(row.slots) for row in self.sections) else []

    def counts(self) -> dict[str, dict[str, Any]]:
        """Return what each row finds, by the names of its fields: for a page that asks while somebody types."""
        return {
            slot.prefix: {"words": slot.found, "enough": slot.is_enough} for row in self.sections for slot in row.slots
        }

    def _as_typed(self) -> Quiz:
        """Return the quiz as far as the form can be read; the stored one where it can't."""
        if self.form.is_bound and self.form.is_valid():
            return self.form.filled()
        course = str(self.form["course_uuid"].value() or "")
        if not self.quiz.pk and course in dict(self.courses):
            self.quiz.course_uuid = UUID(course)
        kind = self.form["quiz_class"].value()
        if kind in Quiz.Class.values:
            self.quiz.quiz_class = kind
        return self.quiz

    def _rows(self) -> list[SectionRow]:
        fields, languages, choices = fields_of(self.tree), self.form.languages, self._choices()
        return [
            SectionRow(
                number + 1,
                SectionForm(fields, prefix=section_prefix(number), languages=languages),
                [
                    SlotRow(
                        place + 1,
                        SlotForm(fields, prefix=slot_prefix(number, place), choices=choices),
                        slot_prefix(number, place),
                        f"{number}:{place}",
                    )
                    for place in range(len(section.slots))
                ],
                section_prefix(number),
            )
            for number, section in enumerate(self.tree)
        ]

    def _choices(self) -> dict[str, Any]:
        """Return what the filters offer. A category of one country is not offered: the quiz is everybody's."""
        outline = self.outlines.get(self._course())
        shared = visible_categories(self.login).filter(country=None)
        kept = {value for section in self.tree for slot in section.slots for value in slot.get("lesson", [])}
        lessons = [(str(lesson.uuid), lesson.title) for lesson in (outline.lessons if outline else ())]
        known = {value for value, _title in lessons}
        return {
            "lesson": lessons + [(value, value[:8]) for value in sorted(kept - known) if _is_uuid(value)],
            "category": [(str(drawer.row.uuid), drawer.path) for drawer in as_tree(shared)],
            "tags": tag_choices(),
        }

    def _course(self) -> Any:
        typed = str(self.form["course_uuid"].value() or "")
        return course_of(self.quiz) or (UUID(typed) if _is_uuid(typed) else None)

    def _count(self, bank: QuizBank, number: int, place: int, slot: SlotRow) -> None:
        if bank.is_practice:
            return
        planned, found = bank.sections[number].slots[place], bank.found(number, place)
        slot.found, slot.is_enough = found_words(planned, found), found >= planned.count

    def _search(self) -> None:
        for row in self.sections:
            words = str(row.form["find"].value() or "").strip()
            if words and self._course():
                drawable: Any = Question.objects.drawable(self._course())
                rows = drawable.non_polymorphic().prefetch_related("texts")
                found = search_questions(rows, words).order_by("pk")[:MOST_FOUND]
                row.results, row.was_searched = [(each.uuid, title_of(each)) for each in found], True

    def _name_fixed(self) -> None:
        """Show the beginning of each fixed question. Two queries at most."""
        fixed = {
            slot: str(slot.form["question"].value()) for row in self.sections for slot in row.slots if slot.is_fixed
        }
        wanted = [value for value in fixed.values() if _is_uuid(value)]
        if not wanted:
            return
        visible: Any = Question.objects.visible_to(self.login)
        rows = visible.non_polymorphic().prefetch_related("texts").filter(uuid__in=wanted)
        titles = {str(each.uuid): title_of(each) for each in rows}
        for slot, question in fixed.items():
            slot.title = titles.get(question, "")


def _stored(quiz: Quiz) -> Sequence[PlannedSection]:
    return sections_of(quiz) if quiz.pk else ()


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
