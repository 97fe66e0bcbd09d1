"""Where the button that leaves a page leads: a page that says nothing of what was read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe


@require_safe
@cache_control(public=True, max_age=86400)
def measures(request: HttpRequest) -> HttpResponse:
    """Show a table of weights and measures: an ordinary page, the same for everybody, without the site's name."""
    return render(request, "courses/measures.html")
