"""A course of this site as the files of its pack."""

from pathlib import Path
from uuid import UUID

from courses.packs.filing.folder import pack_as_files
from courses.packs.notes import INTERNATIONAL
from courses.packs.pages import pack_of_pages
from courses.packs.parts import registered_parts


def export_course(course: UUID, edition: str = INTERNATIONAL) -> dict[str, bytes]:
    """Return the files of a course's pack by name, as it is published; raise CourseNotInPagesError.

    Loading them again changes nothing. Questions belong to the international course: a national edition
    that is loaded elsewhere finds them there.
    """
    pack, media = pack_of_pages(course, edition)
    files = pack_as_files(pack) | media.contents
    for part in registered_parts() if edition == INTERNATIONAL else ():
        if part.export is not None:
            files |= part.export(pack)
    return files


def write_files(files: dict[str, bytes], folder: Path) -> None:
    """Write the files of a pack below a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
