"""Who may take a course along: who is enrolled in it, and staff."""

from typing import Any
from uuid import UUID

from django.http import Http404

from courses.access import enrolment_for
from courses.catalogue import read_catalogue
from courses.editions.choosing import country_edition
from courses.models import Enrolment
from sync.models import PackFile, PackVersion
from sync.packs.building import current_pack, rebuild
from sync.packs.storing import drop, stored


def pack_for(login: Any, course: UUID) -> PackVersion:
    """Return the version in force of a course that this login may read, in its own edition. Raise Http404."""
    enrolment = enrolment_for(login, course)
    edition = read_catalogue().edition_for(course, *_wanted(login, enrolment))
    pack = current_pack(course, edition) if enrolment or _is_staff(login) else None
    if pack is None:
        raise Http404
    return pack


def pack_file_for(login: Any, course: UUID, sha256: str) -> tuple[bytes, str]:
    """Return the bytes and the type of a file of a course that this login may read. Raise Http404.

    Files of former versions stay: who began to download one may finish it.
    """
    row = PackFile.objects.filter(course_uuid=course, sha256=sha256).first()
    if row is None or not _may_read(login, course):
        raise Http404
    data = stored(sha256)
    if data is None:
        # Cleared away or damaged on the disk; what is published now can be written again.
        drop(sha256)
        rebuild(course)
        data = stored(sha256)
    if data is None:
        raise Http404
    return data, row.media_type


def _may_read(login: Any, course: UUID) -> bool:
    """Tell whether lessons open to this login, as courses.access has it: enrolled, or staff."""
    return _is_staff(login) or enrolment_for(login, course) is not None


def _is_staff(login: Any) -> bool:
    return bool(login.is_authenticated and login.has_roles)


def _wanted(login: Any, enrolment: Enrolment | None) -> list[str]:
    """Return the editions that a reader carries, the first that is published: the enrolment's, the country's."""
    return [*([enrolment.edition] if enrolment else []), country_edition(login)]
