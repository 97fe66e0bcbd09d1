"""Pages of the site as a whole: errors, health, and files that editors uploaded."""

from pathlib import PurePosixPath

from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template import loader
from django.urls import reverse
from django.views.decorators.http import require_safe

from elearning.partial import file_response


@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """Answer when the database answers; for a load balancer, says nothing more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@login_required
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send an uploaded file, or the part of it that is asked for, to somebody who is signed in."""
    if ".." in PurePosixPath(name).parts or not default_storage.exists(name):
        raise Http404
    response = file_response(request, name)
    response["Cache-Control"] = "private, max-age=86400"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Answer what people ask first."""
    addresses = {
        "code_url": reverse("accounts:code-redeem"),
        "join_url": reverse("courses:join"),
        "verify_url": reverse("certificates:verify"),
    }
    return render(request, "elearning/help.html", addresses)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what works with which aid, and what does not yet."""
    return render(request, "elearning/accessibility.html")


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Show every component of the design system; only where the site is looked at, not used."""
    return render(request, "elearning/components.html")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Say that the request could not be read."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Say that the page is not for this person."""
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Say that the form is too old or came from elsewhere."""
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Say that there is no such page."""
    return render(request, "404.html", status=404)


def server_error(_request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours, without the database or a context processor."""
    return HttpResponse(loader.render_to_string("500.html"), status=500)
