"""Paths as a person's own devices take them along: those offered to them, and those they have begun."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from courses.catalogue import Catalogue, read_catalogue
from courses.models import LearningPath
from courses.paths.showing import PathView, learnt_in, show


def carried_paths(login: Any, language: str, enrolments: Iterable[Any]) -> list[dict[str, Any]]:
    """Return the paths for a device, in a language, for who has these enrolments. Two queries, one where there is none.

    A device judges by the ids alone; titles and addresses are for those it can show.
    """
    learnt = learnt_in(enrolments)
    mine = [
        path
        for path in LearningPath.in_order()
        if path.fits(login.person) or not learnt.begun.isdisjoint(path.course_uuids())
    ]
    catalogue = read_catalogue() if mine else None
    return [_plain(show(path, login, catalogue, language, learnt), catalogue, language) for path in mine if catalogue]


def _plain(view: PathView, catalogue: Catalogue, language: str) -> dict[str, Any]:
    named = {row.uuid for stage in view.stages for row in stage.courses}
    return {
        "uuid": str(view.path.uuid),
        "slugs": dict(view.path.slug),
        "title": view.title,
        "fits": view.fits,
        "stages": [
            {
                "title": stage.title,
                "courses": list(map(str, stage.verdict.stage.courses)),
                "optional": list(map(str, stage.verdict.stage.optional)),
                "choose": stage.verdict.stage.choose,
            }
            for stage in view.stages
        ],
        "titles": {str(uuid): _title(uuid, catalogue, language) for uuid in sorted(named)},
    }


def _title(uuid: UUID, catalogue: Catalogue, language: str) -> str:
    outline = catalogue.course(uuid, language)
    return outline.title if outline else ""
