"""What a rule looks at: one pack, and what the curriculum around it knows."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from courses.packs.errors import Problem
from courses.packs.model import LessonText, Pack, SheetText


@dataclass(frozen=True, slots=True)
class Facts:
    """What the folder of packs says of sources, readings and words; all empty for a pack that stands alone."""

    # Code -> grade, as sources-grades.yaml has it.
    grades: Mapping[str, str] = field(default_factory=dict)
    # Code -> the published name of the case.
    cases: Mapping[str, str] = field(default_factory=dict)
    # Codes that `further_reading` may name.
    readings: frozenset[str] = frozenset()
    # Language -> a term as it may be written, folded -> its id in the glossary.
    terms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Subject:
    """One pack under check."""

    pack: Pack
    facts: Facts = field(default_factory=Facts)
    size_bytes: int = 0

    def lesson_texts(self) -> Iterator[LessonText]:
        """Yield every lesson in every language."""
        for lesson in self.pack.course.lessons():
            yield from lesson.texts.values()

    def texts(self) -> Iterator[SheetText]:
        """Yield every lesson and sheet in every language."""
        yield from self.lesson_texts()
        for sheet in self.pack.course.sheets:
            yield from sheet.texts.values()


Rule = Callable[[Subject], Iterable[Problem]]
# Over several packs: yields the slug of the pack that has the problem, with it.
AcrossRule = Callable[[Sequence[Subject]], Iterable[tuple[str, Problem]]]
