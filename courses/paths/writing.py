"""From paths.yaml to rows: all or nothing, and nothing for what is there already."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from courses.models import CoursePage, LearningPath
from courses.paths.judging import stages_as_plain
from courses.paths.reading import PlannedPath, read_paths


@dataclass(slots=True)
class Report:
    """What loading did, for people to read."""

    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0


def load_paths(path: Path) -> Report:
    """Read a file of paths and write them; raise PackErrors and change nothing when something is wrong.

    The file holds all paths of the site: one that left it is removed. Nothing hangs on a path; what people did
    is in their courses.
    """
    planned = read_paths(path, _courses_by_slug())
    report = Report()
    with transaction.atomic():
        known = {row.uuid: row for row in LearningPath.in_order()}
        for each in planned:
            _write(each, known.pop(each.uuid, None), report)
        for row in known.values():
            report.removed.append(str(row))
            row.delete()
    return report


def _courses_by_slug() -> dict[str, UUID]:
    """Return the courses of the international edition by the name their pack has."""
    rows = CoursePage.objects.filter(edition="international").order_by("pk")
    return dict(rows.values_list("slug", "activity_uuid"))


def _write(planned: PlannedPath, row: LearningPath | None, report: Report) -> None:
    fields: dict[str, Any] = {
        "kind": planned.kind,
        "position": planned.position,
        "slug": planned.slug,
        "title": planned.title,
        "summary": planned.summary,
        "language": planned.language,
        "agencies": list(planned.agencies),
        "countries": list(planned.countries),
        "stages": stages_as_plain(planned.stages),
    }
    if row is not None and all(getattr(row, name) == value for name, value in fields.items()):
        report.unchanged += 1
        return
    row = row or LearningPath(uuid=planned.uuid)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    report.written.append(str(row))
