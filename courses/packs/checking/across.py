"""What several packs must not share."""

from collections.abc import Iterator, Sequence

from courses.packs.checking.subject import Subject
from courses.packs.errors import Problem


def no_id_twice(subjects: Sequence[Subject]) -> Iterator[tuple[str, Problem]]:
    """Find ids that two packs of one edition have: loading the second would take the page from the first."""
    seen: dict[tuple[str, object], str] = {}
    for subject in subjects:
        course = subject.pack.course
        for uuid in (course.uuid, *(each.uuid for each in (*course.modules, *course.pages()))):
            other = seen.setdefault((course.edition, uuid), course.slug)
            if other != course.slug:
                yield course.slug, Problem("course.yaml", 1, f"the id {uuid} stands in {other} too")
