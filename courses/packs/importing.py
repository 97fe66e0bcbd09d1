"""A pack that somebody uploads: looked at first, loaded once they say yes."""

import datetime as dt
import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.actions import record_audit
from accounts.models import Login
from courses.models import PackUpload
from courses.packs.archive import unzip_pack
from courses.packs.checking.facts import read_facts
from courses.packs.checking.running import Finding, findings_of, size_of
from courses.packs.checking.subject import Subject
from courses.packs.reading import read_pack
from courses.packs.writing import Report, load_pack

KEPT_FOR = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Look:
    """What a pack would change, and what the rules say of it; a finding is advice, it does not stop the pack."""

    upload: UUID
    slug: str
    edition: str
    report: Report
    findings: tuple[Finding, ...]


def look_at_pack(*, by: Login, content: bytes) -> Look:
    """Keep a zip until its sender answers and return what it would change; raise ArchiveRefusedError or PackErrors.

    The pack is loaded for a trial and taken back, so that what is promised is what will be done.
    """
    with _unpacked(content) as root:
        report = load_pack(root, dry_run=True)
        pack = read_pack(root)
        findings = findings_of(Subject(pack, read_facts(root.parent), size_of(root)))
    now = timezone.now()
    with transaction.atomic():
        PackUpload.objects.filter(login=by).delete()
        digest = hashlib.sha256(content).hexdigest()
        row = PackUpload.objects.create(login=by, sha256=digest, content=content, uploaded_at=now)
    return Look(row.uuid, pack.course.slug, pack.course.edition, report, findings)


@transaction.atomic
def load_upload(*, by: Login, upload: UUID) -> Report:
    """Load the pack that its sender looked at; raise PackUpload.DoesNotExist for another person's, or a lost one."""
    row: Any = PackUpload.objects.get(pk=upload, login=by, uploaded_at__gte=timezone.now() - KEPT_FOR)
    with _unpacked(bytes(row.content)) as root:
        report = load_pack(root)
        detail = {
            "slug": root.name,
            "sha256": row.sha256,
            "created": len(report.created),
            "changed": len(report.changed),
        }
    record_audit(by=by, act="pack.imported", detail=detail)
    row.delete()
    return report


def forget_old_uploads(now: dt.datetime) -> int:
    """Delete the zips that nobody confirmed; return how many."""
    count: int = PackUpload.objects.filter(uploaded_at__lt=now - KEPT_FOR).delete()[0]
    return count


@contextmanager
def _unpacked(content: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="relais-pack-") as folder:
        yield unzip_pack(content, Path(folder))
