"""Course packs as devices fetch them: manifests, and which file belongs to which course."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from elearning.lib.growing import GrowingModel


class PackVersion(GrowingModel):
    """One row is one manifest of an edition of a course (canonical JSON), by its hash; the newest is in force."""

    course_uuid = models.UUIDField(db_index=True)
    edition = models.CharField(max_length=40, default="international")
    sha256 = models.CharField(max_length=64)
    text = models.TextField()
    built_at = models.DateTimeField()

    class Meta:
        verbose_name = _("pack version")
        verbose_name_plural = _("pack versions")
        ordering = ("-built_at", "-pk")
        base_manager_name = "objects"

    def __str__(self) -> str:
        return self.sha256


class PackFile(GrowingModel):
    """One row is one file (or a chunk of one) that a manifest of a course named; its bytes are on disk."""

    course_uuid = models.UUIDField()
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveIntegerField()
    media_type = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("pack file")
        verbose_name_plural = _("pack files")
        base_manager_name = "objects"
        constraints = (models.UniqueConstraint(fields=("course_uuid", "sha256"), name="pack_file_once_a_course"),)

    def __str__(self) -> str:
        return self.sha256
