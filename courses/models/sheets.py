"""Sheets: pages beside the lessons of a course, below its page."""

from typing import ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.models import Page

from courses.blocks import LessonBlocks
from courses.kinds import SheetKind
from courses.models.pages import ActivityPage


class SheetPage(ActivityPage):
    """One page beside the lessons in one language: a job aid, or what a trainer works with."""

    kind = models.CharField(_("kind"), max_length=20, choices=SheetKind.choices, default=SheetKind.JOB_AID)
    summary = models.TextField(_("summary"), blank=True)
    lede = models.TextField(_("opening sentence"), blank=True)
    body = StreamField(LessonBlocks(), verbose_name=_("content"))

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("kind"),
        FieldPanel("summary"),
        FieldPanel("lede"),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar[list[str]] = ["courses.CoursePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("sheet")

    def learner_path(self) -> str:
        """Return the path of the sheet."""
        return reverse("courses:sheet", args=[self.get_parent().slug, self.slug])

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the sheet as its readers see it."""
        from courses.views.preview import preview_sheet  # noqa: PLC0415  # views import the models

        return preview_sheet(request, self, mode_name)
