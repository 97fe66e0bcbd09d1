"""Paths as a person's own devices take them along: those offered to them, and those they have begun."""

from typing import Any
from uuid import UUID

from courses.catalogue import Catalogue, read_catalogue
from courses.paths.showing import PathView, views_for


def carried_paths(login: Any, language: str) -> list[dict[str, Any]]:
    """Return the paths for a device, in a language. Two queries.

    A device judges by the ids alone; titles and addresses are for those it can show.
    """
    catalogue = read_catalogue()
    views = views_for(login, catalogue, language)
    return [_plain(view, catalogue, language) for view in views if view.fits or view.is_begun]


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
