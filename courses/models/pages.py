"""The Wagtail tree: catalogue > course > module > lesson, a tree for each language.

Pages are what editors work on. Learners meet them at addresses of their own (courses.urls), whose
views read a page in one query; `get_url_parts` tells Wagtail those addresses.
"""

import uuid
from collections.abc import Callable
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from courses.blocks import LessonBlocks
from courses.editions.previewing import PREVIEW_MODES, PREVIEW_SIZES
from courses.kinds import DEFAULT_POSITION, LAST_POSITION, Collection, LessonLength, Reserved

SHORTEST_LESSON_MINUTES = 3
LONGEST_LESSON_MINUTES = 10
# A lesson's address is its course's and its slug: these words stand for something else there.
RESERVED_LESSON_SLUGS = frozenset({"adapt", "enrol", "sheets"})


def learner_url_parts(page: Page, site_id: int, path: Callable[[], str]) -> tuple[int, str, str]:
    """Return what Wagtail wants of an address, in the page's language.

    Wagtail's own way of serving pages is not among our addresses, so it knows the site and nothing else.
    """
    with translation.override(page.locale.language_code):
        return (site_id, settings.WAGTAILADMIN_BASE_URL, path())


class ActivityPage(Page):
    """What every page of a course carries: the id that is the same in every language."""

    activity_uuid = models.UUIDField(_("activity id"), default=uuid.uuid4, editable=False, db_index=True)
    edition = models.CharField(_("edition"), max_length=40, default="international")
    source_version = models.CharField(_("source version"), max_length=40, blank=True)

    content_panels: ClassVar[list[Panel]] = Page.content_panels
    # The same in every language: a translator does not meet them.
    override_translatable_fields: ClassVar[list[Any]] = [
        SynchronizedField("edition", overridable=False),
        SynchronizedField("source_version", overridable=False),
    ]
    # Learners meet pages at courses' own addresses, where Wagtail's page privacy would not hold:
    # better not to offer it. An enrolment is what opens a lesson.
    private_page_options: ClassVar[list[str]] = []
    preview_modes: ClassVar[list[tuple[str, Any]]] = PREVIEW_MODES
    preview_sizes: ClassVar[list[dict[str, Any]]] = PREVIEW_SIZES

    class Meta:
        abstract = True

    def learner_path(self) -> str:
        """Return the path of the page for learners."""
        raise NotImplementedError

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Return the learners' address instead of the place in the tree."""
        parts = super().get_url_parts(request)
        return parts and learner_url_parts(self, parts[0], self.learner_path)


class CataloguePage(Page):
    """The root of one language: all courses."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels: ClassVar[list[Panel]] = [*Page.content_panels, FieldPanel("introduction")]
    private_page_options: ClassVar[list[str]] = []
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["courses.CoursePage"]

    class Meta:
        verbose_name = _("catalogue")

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Return the address of the catalogue."""
        parts = super().get_url_parts(request)
        return parts and learner_url_parts(self, parts[0], lambda: reverse("courses:catalogue"))

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:  # noqa: ARG002  # one mode
        """Show the catalogue."""
        from courses.views.preview import preview_catalogue  # noqa: PLC0415  # views import the models

        return preview_catalogue(request, self)


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
    collection = models.CharField(_("collection"), max_length=20, choices=Collection.choices, default=Collection.KIT)
    position = models.PositiveSmallIntegerField(
        _("position in the collection"),
        default=DEFAULT_POSITION,
        validators=[MinValueValidator(1), MaxValueValidator(LAST_POSITION)],
    )
    lesson_length = models.CharField(
        _("length of lessons"), max_length=10, choices=LessonLength.choices, default=LessonLength.FULL
    )
    reserved_for = models.CharField(
        _("only for"),
        max_length=20,
        choices=Reserved.choices,
        blank=True,
        help_text=_("Others do not see the course at all."),
    )

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("audience"),
        FieldPanel("objectives"),
        FieldPanel("sensitive_notice"),
        FieldPanel("self_enrolment"),
        FieldPanel("reserved_for"),
        MultiFieldPanel(
            [FieldPanel("collection"), FieldPanel("position"), FieldPanel("lesson_length")], heading=_("Catalogue")
        ),
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
    subpage_types: ClassVar[list[str]] = ["courses.ModulePage", "courses.SheetPage"]

    class Meta:
        verbose_name = _("course")

    def learner_path(self) -> str:
        """Return the path of the course page."""
        return reverse("courses:course", args=[self.slug])

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the course as a learner sees it."""
        from courses.views.preview import preview_course  # noqa: PLC0415  # views import the models

        return preview_course(request, self, mode_name)


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

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the course this module belongs to."""
        from courses.views.preview import preview_module  # noqa: PLC0415  # views import the models

        return preview_module(request, self, mode_name)


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

    def clean(self) -> None:
        """Refuse a lesson without a text, or with an address that another lesson of the course has."""
        super().clean()
        if not any(block.block_type == "text" for block in self.body):
            raise ValidationError({"body": _("A lesson needs at least one text block.")})
        if self.slug in RESERVED_LESSON_SLUGS or self._slug_is_taken():
            raise ValidationError({"slug": _("Another page of this course has this address. Choose another slug.")})

    def _slug_is_taken(self) -> bool:
        course_path = self.path[: -2 * self.steplen] if self.path else ""
        if not course_path:
            return False
        same = LessonPage.objects.filter(path__startswith=course_path, slug=self.slug)
        taken: bool = same.exclude(pk=self.pk).exists()
        return taken

    def learner_path(self) -> str:
        """Return the path of the lesson."""
        course = self.get_parent().get_parent()
        return reverse("courses:lesson", args=[course.slug, self.slug])

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the lesson as a learner sees it."""
        from courses.views.preview import preview_lesson  # noqa: PLC0415  # views import the models

        return preview_lesson(request, self, mode_name)
