"""Posters and pocket cards: anybody may see and print them."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from courses.posters.printing import poster_pdf, poster_svg, sizes_of
from courses.posters.reading import LANGUAGES, Poster, poster, posters
from elearning.lib.navigation import in_section

# They change with a release of the site, not before.
_KEEP = "public, max-age=3600"


@in_section("courses")
@require_safe
def poster_list(request: HttpRequest) -> HttpResponse:
    """Show all posters."""
    shown = posters(_language(request))
    return render(request, "courses/posters/list.html", {"posters": shown, "content": _content(shown[0])})


@in_section("courses")
@require_safe
def poster_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one poster, the same in plain text, and what there is to print."""
    found = _poster_for(request, slug)
    printed_in = [{"code": code, "name": dict(settings.LANGUAGES)[code]} for code in LANGUAGES]
    context = {"poster": found, "sizes": sizes_of(found), "printed_in": printed_in, "content": _content(found)}
    return render(request, "courses/posters/poster.html", context)


@require_safe
def poster_file(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Send one poster to print (pdf) or to look at (svg)."""
    found = _poster_for(request, slug)
    if form == "svg":
        response = HttpResponse(poster_svg(found), content_type="image/svg+xml")
    elif form == "pdf":
        response = _printed(found, request.GET.get("size", ""))
    else:
        raise Http404
    response["Cache-Control"] = _KEEP
    return response


def _printed(found: Poster, wanted: str) -> HttpResponse:
    sizes = sizes_of(found)
    size = next((each for each in sizes if each == wanted), sizes[0])
    response = HttpResponse(poster_pdf(found, size), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.slug}-{found.language}-{size}.pdf"'
    return response


def _poster_for(request: HttpRequest, slug: str) -> Poster:
    found = poster(_language(request), slug)
    if found is None:
        raise Http404
    return found


def _language(request: HttpRequest) -> str:
    """Return the language that is asked for (a French poster on an English page), else the page's."""
    wanted = request.GET.get("lang", "")
    return wanted if wanted in LANGUAGES else get_language() or LANGUAGES[0]


def _content(shown: Poster) -> dict[str, Any]:
    """Return the language of the posters where it is not the page's."""
    return {"lang": shown.language, "dir": "ltr"} if shown.language != get_language() else {}
