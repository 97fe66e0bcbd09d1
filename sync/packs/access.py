"""Who may take a course along: who is enrolled in it, and staff."""

from typing import Any
from uuid import UUID

from django.http import Http404

from courses.models import Enrolment
from sync.models import PackFile, PackVersion
from sync.packs.building import current_pack, rebuild
from sync.packs.storing import drop, stored


def pack_for(login: Any, course: UUID) -> PackVersion:
    """Return the version in force of a course that this login may read. Raise Http404."""
    pack = current_pack(course) if _may_read(login, course) else None
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
    if not login.is_authenticated:
        return False
    return bool(login.has_roles) or Enrolment.objects.of(login).filter(course_uuid=course).exists()
