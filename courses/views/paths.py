"""Learning paths: all of them, and one with its stages."""

from itertools import groupby

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from courses.catalogue import read_catalogue
from courses.models import LearningPath
from courses.paths.showing import PathView, learnt_by, path_url, show, views_for
from courses.views.personal import page_language, personal


@require_safe
@personal("courses")
def path_list(request: HttpRequest) -> HttpResponse:
    """Show all paths, grouped; those that fit the reader first. Four queries with the session's."""
    found = views_for(request.user, read_catalogue(), page_language())
    context = {"fitting": [each for each in found if each.fits], "groups": _grouped(found)}
    return render(request, "courses/paths.html", context)


@require_safe
@personal("courses")
def path(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one path with its stages and what the reader has done of it."""
    row, language = _path_at(slug), page_language()
    if row.words("slug", language) != slug:
        return redirect(path_url(row, language))
    request.translations = {code: path_url(row, code) for code, _name in settings.LANGUAGES}  # type: ignore[attr-defined]
    view = show(row, request.user, read_catalogue(), language, learnt_by(request.user))
    return render(request, "courses/path.html", {"path": view})


def _path_at(slug: str) -> LearningPath:
    """Return the path that has this address in some language. Raise Http404."""
    for row in LearningPath.in_order():
        if row.has_slug(slug):
            return row
    raise Http404


def _grouped(views: list[PathView]) -> list[tuple[str, list[PathView]]]:
    kinds = LearningPath.Kind
    by_kind = sorted(views, key=lambda each: (kinds.values.index(each.path.kind), each.path.position))
    return [(str(kinds(kind).label), list(rows)) for kind, rows in groupby(by_kind, key=lambda each: each.path.kind)]
