"""What is wrong with a pack: every problem with its file, line and reason."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from courses.errors import CourseError


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, and where."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


class PackErrors(CourseError):  # noqa: N818  # it carries many
    """The pack is refused whole; `problems` says all that is wrong with it."""

    code = "courses.pack.refused"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(slots=True)
class Findings:
    """The problems found so far: reading goes on, so that an author sees all of them at once."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, file: str, line: int, reason: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(file, line, reason))

    def refuse_if_any(self) -> None:
        """Raise PackErrors when something was found."""
        if self.problems:
            raise PackErrors(self.problems)
