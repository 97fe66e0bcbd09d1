"""What changed upstream, and a module taken over into another course: two pages of the admin."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from courses.editions.admin.shown import shown
from courses.editions.adopting import Adopted, adopt_upstream
from courses.editions.copying import copy_module_into
from courses.editions.policy import may_adopt
from courses.editions.reviewing import Choice, Review, languages_of, review_upstream
from courses.errors import CourseError
from courses.models import CoursePage, ModulePage

UPSTREAM = "courses_editions:upstream"


def course_of(page: Page) -> CoursePage | None:
    """Return the course that a page is, or stands in."""
    course: CoursePage | None = CoursePage.objects.ancestor_of(page, inclusive=True).first()
    return course


def edition_at_door(login: Any, number: int) -> CoursePage:
    """Return the course of a page whose edition a login may keep up to date. Raise Http404."""
    page = Page.objects.filter(pk=number).first()
    course = course_of(page) if page else None
    if course is None or not may_adopt(login, course):
        raise Http404
    return course


class UpstreamView(WagtailAdminTemplateMixin, TemplateView):
    """Page by page what the source says now, what it said, what the edition says; one button."""

    template_name = "courses/editions/upstream.html"
    page_title = gettext_lazy("What changed upstream")
    header_icon = "history"

    @cached_property
    def course(self) -> CoursePage:
        """Return the course page of the edition."""
        return edition_at_door(self.request.user, int(self.kwargs["page_id"]))

    def get_page_subtitle(self) -> str:
        """Name the course."""
        return str(self.course.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way back to the course."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("wagtailadmin_explore", args=[self.course.pk]), "label": self.course.title},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what changed."""
        review: Review = review_upstream(self.course)
        return {
            **super().get_context_data(**kwargs),
            "course": self.course,
            "pages": [shown(each) for each in review.pages],
            "may_publish": self.course.permissions_for_user(self.request.user).can_publish(),
            "explore_url": reverse("wagtailadmin_explore", args=[self.course.pk]),
        }

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Adopt what was chosen, and say what became of it."""
        choices = {key: _choice(request, key) for key in request.POST.getlist("key")}
        done = adopt_upstream(by=request.user, course=self.course, choices=choices)  # type: ignore[arg-type]  # the door
        for level, text in _say(done):
            messages.add_message(request, level, text)
        return redirect(reverse(UPSTREAM, args=[self.course.pk]))


def _choice(request: HttpRequest, key: str) -> tuple[Choice, str]:
    """Return what was chosen about a page, and the digest of what was shown; nonsense is 'later'."""
    given = request.POST.get(f"choice-{key}", "")
    choice = Choice(given) if given in set(Choice) else Choice.LATER
    return choice, request.POST.get(f"digest-{key}", "")


def _say(done: Adopted) -> list[tuple[int, str]]:
    """Return what became of the pages, a sentence for each outcome."""
    told = [
        (
            messages.SUCCESS,
            done.published,
            ngettext(
                "%(count)d page is adopted and published.",
                "%(count)d pages are adopted and published.",
                _n(done.published),
            ),
        ),
        (
            messages.SUCCESS,
            done.sent_to_review,
            ngettext(
                "%(count)d page is adopted and waits for review by somebody else.",
                "%(count)d pages are adopted and wait for review by somebody else.",
                _n(done.sent_to_review),
            ),
        ),
        (
            messages.WARNING,
            done.kept_as_draft,
            ngettext(
                "%(count)d page had a draft that was not published: the change is in that draft now.",
                "%(count)d pages had drafts that were not published: the changes are in those drafts now.",
                _n(done.kept_as_draft),
            ),
        ),
        (
            messages.SUCCESS,
            done.removed,
            ngettext("%(count)d page is out of sight now.", "%(count)d pages are out of sight now.", _n(done.removed)),
        ),
        (
            messages.SUCCESS,
            done.settled,
            ngettext("%(count)d page stays as it is.", "%(count)d pages stay as they are.", _n(done.settled)),
        ),
        (
            messages.WARNING,
            done.passed_over,
            ngettext(
                "%(count)d page was left alone: its source changed again, or you may not do that. Look at it again.",
                "%(count)d pages were left alone: the source changed again, or you may not do it. Look at them again.",
                _n(done.passed_over),
            ),
        ),
    ]
    found = [(level, text % {"count": len(keys)}) for level, keys, text in told if keys]
    return found or [(messages.INFO, _("Nothing was chosen, so nothing was changed."))]


def _n(keys: list[str]) -> int:
    return len(keys)


class ModuleTargetForm(forms.Form):
    """Where a module is copied to."""

    course = forms.ModelChoiceField(
        CoursePage.objects.none(),
        label=gettext_lazy("Course"),
        help_text=gettext_lazy("The module comes in every language that both courses have, as a draft."),
    )


class CopyModuleView(WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """Copy a published module into a course or an edition that one may work on."""

    template_name = "courses/editions/copy_module.html"
    page_title = gettext_lazy("Copy a module")
    header_icon = "copy"
    form_class = ModuleTargetForm

    @cached_property
    def module(self) -> ModulePage:
        """Return the module, a published one. Raise Http404."""
        module: ModulePage | None = ModulePage.objects.filter(pk=self.kwargs["page_id"], live=True).first()
        if module is None or not page_permission_policy.user_has_permission(self.request.user, "add"):
            raise Http404
        return module

    def get_form(self, form_class: Any = None) -> Any:
        """Offer the courses that may be worked on, one page of each edition."""
        form = super().get_form(form_class)
        mine = page_permission_policy.instances_user_has_permission_for(self.request.user, "add")
        language = self.module.locale_id
        field: Any = form.fields["course"]
        field.queryset = CoursePage.objects.filter(pk__in=mine.values("pk"), locale=language).order_by("title")
        field.label_from_instance = lambda page: f"{page.title} ({page.slug})"
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the module."""
        return {**super().get_context_data(**kwargs), "module": self.module, "course": course_of(self.module)}

    def form_valid(self, form: Any) -> HttpResponse:
        """Copy, and lead to the copy."""
        try:
            made = copy_module_into(by=self.request.user, module=self.module, course=form.cleaned_data["course"])  # type: ignore[arg-type]  # the door
        except CourseError as error:
            form.add_error("course", str(error.text))
            return self.form_invalid(form)
        messages.success(self.request, _("The module is copied. Adapt it; learners meet it once it is published."))
        return redirect(reverse("wagtailadmin_explore", args=[made[0].pk]))


def is_edition(page: Page) -> bool:
    """Tell whether a page stands in a course that was made from another."""
    course = course_of(page)
    return course is not None and any(hasattr(each, "made_from") for each in languages_of(course))
