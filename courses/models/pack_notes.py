"""What a pack says and its pages do not show, kept so that an export gives the pack again."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class PackNotes(models.Model):
    """One row is what the pack of one course and edition said beside its pages.

    A page shows sources in full and has no file: `sources` are the codes with their titles, {code: {language: title}},
    `files` the names of lessons and sheets, {id: name}, `media` those of pictures and recordings, {SHA-256: name},
    `languages` the order of the languages. The row stands beside the pages: copying or translating one needs none.
    """

    course_uuid = models.UUIDField(_("course"))
    edition = models.CharField(_("edition"), max_length=40)
    sources = models.JSONField(_("sources"), default=dict)
    files = models.JSONField(_("files"), default=dict)
    media = models.JSONField(_("pictures and recordings"), default=dict)
    languages = models.JSONField(_("languages"), default=list)

    objects: Any = models.Manager()

    class Meta:
        verbose_name = _("notes of a pack")
        verbose_name_plural = _("notes of packs")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["course_uuid", "edition"], name="pack_notes_once_an_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.course_uuid} {self.edition}"
