"""The page of a device: who uses it and what waits on it. What it shows, its scripts find on the device itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def device(request: HttpRequest) -> HttpResponse:
    """Show the page; it opens for whoever is signed in, and for nobody as well."""
    return render(request, "sync/device.html")
