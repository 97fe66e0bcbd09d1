"""Where the pages of an edition come from."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class EditionPage(models.Model):
    """One row is where one page of an edition, or of a copied module, comes from, and what that page said then.

    `base` is the state that was copied or looked at last (courses.editions.states): with it, what the source says now
    and what the edition says now, it can be told who changed what. It stands beside the page, not in its revisions:
    going back to a former revision does not forget what was decided about the source.
    """

    page = models.OneToOneField(Page, models.CASCADE, related_name="made_from", verbose_name=_("page"))
    source = models.ForeignKey(
        Page, models.SET_NULL, null=True, blank=True, related_name="made_of_it", verbose_name=_("source")
    )
    source_version = models.CharField(_("source version"), max_length=40, blank=True)
    base = models.JSONField(_("what the source said"), default=dict)
    looked_at = models.DateTimeField(_("looked at"))
    # False once somebody decided to keep a page that its source no longer has.
    follows = models.BooleanField(_("follows its source"), default=True)
    # Of a course: the ids of the source's new pages that the edition does without.
    declined = models.JSONField(_("done without"), default=list)

    objects: Any = models.Manager()

    class Meta:
        verbose_name = _("page of an edition")
        verbose_name_plural = _("pages of editions")

    def __str__(self) -> str:
        return str(self.page_id)
