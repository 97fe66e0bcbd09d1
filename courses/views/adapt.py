"""Make a country's edition of a course: one question, one button."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.models import Country, Login
from courses.access import course_for
from courses.editions.copying import copy_course_for
from courses.editions.policy import countries_to_edit_for
from courses.errors import CourseError
from courses.views.personal import page_language, personal


class AdaptForm(forms.Form):
    """For which country."""

    country = forms.ModelChoiceField(Country.objects.none(), label=gettext_lazy("Country"), empty_label=None)

    def __init__(self, *args: Any, countries: list[Country], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["country"]
        field.queryset = Country.objects.filter(pk__in=[country.pk for country in countries])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@personal("courses")
def adapt(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what an edition is, ask for its country, make it, and lead to where it is written."""
    _catalogue, course = course_for(request.user, page_language(), slug)
    countries = countries_to_edit_for(request.user)
    if not countries:
        raise PermissionDenied
    form = AdaptForm(request.POST or None, countries=countries)
    if request.method == "POST" and form.is_valid():
        try:
            pages = copy_course_for(by=request.user, course=course.uuid, country=form.cleaned_data["country"])  # type: ignore[arg-type]
        except CourseError as error:
            form.add_error(None, str(error.text))
        else:
            return _lead_on(request, pages, slug)
    status = 422 if request.method == "POST" else 200
    return render(request, "courses/adapt.html", {"course": course, "form": form}, status=status)


def _lead_on(request: HttpRequest, pages: list[Any], slug: str) -> HttpResponse:
    """Lead who writes pages to the edition; tell who only decided that there be one."""
    messages.success(request, _("The edition is made. Learners meet it once its course page is published."))
    page = next((each for each in pages if each.locale.language_code == page_language()), pages[0])
    # The groups were fitted a moment ago: this login's own permissions are read again.
    login = Login.objects.get(handle=request.user.get_username())
    if page.permissions_for_user(login).can_edit():
        return redirect(reverse("wagtailadmin_explore", args=[page.pk]))
    return redirect("courses:course", slug)
