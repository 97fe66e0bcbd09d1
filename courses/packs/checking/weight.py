"""How much a pack weighs: it travels on bad lines, and all languages of it lie in one folder."""

from collections.abc import Iterator

from courses.packs.checking.subject import Subject
from courses.packs.errors import Problem

MOST_BYTES = 1_500_000


def weight_of_pack(subject: Subject) -> Iterator[Problem]:
    """Find packs that are too heavy."""
    if subject.size_bytes > MOST_BYTES:
        kilobytes, most = subject.size_bytes // 1000, MOST_BYTES // 1000
        yield Problem("course.yaml", 1, f"the pack has {kilobytes} kB; {most} kB at most")
