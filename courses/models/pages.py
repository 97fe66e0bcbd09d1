"""The Wagtail tree: catalogue > course > module > lesson, a tree for each language.

Pages are what editors work on. Learners meet them at addresses of their own (courses.urls), whose
views read a page in one query; `get_url_parts` tells Wagtail those addresses.
"""

import uuid
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.models import Page

from courses.blocks import LessonBlocks

SHORTEST_LESSON_MINUTES = 3
LONGEST_LESSON_MINUTES = 10


class ActivityPage(Page):
    """What every page of a course carries: the id that is the same in every language."""

    activity_uuid = models.UUIDField(_("activity id"), default=uuid.uuid4, editable=False, db_index=True)
    edition = models.CharField(_("edition"), max_length=40, default="international")
    source_version = models.CharField(_("source version"), max_length=40, blank=True)

    content_panels: ClassVar[list[Panel]] = Page.content_panels

    class Meta:
        abstract = True

    def learner_path(self) -> str:
        """Return the path of the page for learners."""
        raise NotImplementedError

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Return the learners' address instead of the place in the tree."""
        parts = super().get_url_parts(request)
        if parts is None:
            return None
        with translation.override(self.locale.language_code):
            return (parts[0], parts[1], self.learner_path())


class CataloguePage(Page):
    """The root of one language: all courses."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels: ClassVar[list[Panel]] = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["courses.CoursePage"]

    class Meta:
        verbose_name = _("catalogue")

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Return the address of the catalogue."""
        parts = super().get_url_parts(request)
        if parts is None:
            return None
        with translation.override(self.locale.language_code):
            return (parts[0], parts[1], reverse("courses:catalogue"))

    def serve(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Show the catalogue (a preview in the admin)."""
        from courses.views import catalogue  # noqa: PLC0415  # views import the models

        return catalogue(request)


class CoursePage(ActivityPage):
    """One course in one language."""

    summary = models.TextField(_("summary"))
    audience = models.TextField(_("audience"), blank=True)
    # One objective a line.
    objectives = models.TextField(_("objectives"), blank=True, help_text=_("One objective a line."))
    sensitive_notice = models.TextField(_("notice on sensitive content"), blank=True)
    self_enrolment = models.BooleanField(_("open to self-enrolment"), default=False)
    certificate_title = models.CharField(_("title on the certificate"), max_length=150, blank=True)
    certificate_valid_months = models.PositiveSmallIntegerField(_("certificate valid for (months)"), default=24)
    certificate_version = models.PositiveSmallIntegerField(_("certificate version"), default=1)

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("audience"),
        FieldPanel("objectives"),
        FieldPanel("sensitive_notice"),
        FieldPanel("self_enrolment"),
        MultiFieldPanel(
            [
                FieldPanel("certificate_title"),
                FieldPanel("certificate_valid_months"),
                FieldPanel("certificate_version"),
            ],
            heading=_("Certificate"),
        ),
    ]
    parent_page_types: ClassVar[list[str]] = ["courses.CataloguePage"]
    subpage_types: ClassVar[list[str]] = ["courses.ModulePage"]

    class Meta:
        verbose_name = _("course")

    def learner_path(self) -> str:
        """Return the path of the course page."""
        return reverse("courses:course", args=[self.slug])

    def serve(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Show the course as a learner sees it (a preview in the admin)."""
        from courses.views import render_course  # noqa: PLC0415  # views import the models

        return render_course(request, self)


class ModulePage(ActivityPage):
    """One module of a course: some lessons that belong together."""

    summary = models.TextField(_("summary"), blank=True)

    content_panels: ClassVar[list[Panel]] = [*Page.content_panels, FieldPanel("summary")]
    parent_page_types: ClassVar[list[str]] = ["courses.CoursePage"]
    subpage_types: ClassVar[list[str]] = ["courses.LessonPage"]

    class Meta:
        verbose_name = _("module")

    def learner_path(self) -> str:
        """Return the path of the course page, at this module."""
        course = self.get_parent()
        return f"{reverse('courses:course', args=[course.slug])}#{self.slug}"

    def serve(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Show the course this module belongs to (a preview in the admin)."""
        return self.get_parent().specific.serve(request)


class LessonPage(ActivityPage):
    """One lesson in one language: three to ten minutes of reading."""

    summary = models.TextField(_("summary"), blank=True)
    lede = models.TextField(_("opening sentence"), blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        default=5,
        validators=[MinValueValidator(SHORTEST_LESSON_MINUTES), MaxValueValidator(LONGEST_LESSON_MINUTES)],
        help_text=_("How long it takes to read, from 3 to 10 minutes. Learners see it."),
    )
    is_sensitive = models.BooleanField(_("describes violence"), default=False)
    body = StreamField(LessonBlocks(), verbose_name=_("content"))

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("lede"),
        FieldPanel("minutes"),
        FieldPanel("is_sensitive"),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar[list[str]] = ["courses.ModulePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("lesson")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(minutes__range=(SHORTEST_LESSON_MINUTES, LONGEST_LESSON_MINUTES)),
                name="lesson_takes_3_to_10_minutes",
            ),
        )

    def learner_path(self) -> str:
        """Return the path of the lesson."""
        course = self.get_parent().get_parent()
        return reverse("courses:lesson", args=[course.slug, self.slug])

    def serve(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Show the lesson as a learner sees it (a preview in the admin)."""
        from courses.views import preview_lesson  # noqa: PLC0415  # views import the models

        return preview_lesson(request, self)
