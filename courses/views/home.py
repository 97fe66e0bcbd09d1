"""The first page, and all courses."""

from itertools import groupby
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Message
from courses.access import enrolments_of, may_see, states_of
from courses.catalogue import Catalogue, read_catalogue
from courses.editions.choosing import country_edition
from courses.forms import CodeForm
from courses.kinds import Collection
from courses.models import Enrolment
from courses.overview import Overview, overview_of
from courses.views.personal import content_language, page_language, personal, urls_of


@require_safe
@personal("home")
def home(request: HttpRequest) -> HttpResponse:
    """Show what to go on with, what to do, and all own courses. Five queries with the session's."""
    if not request.user.is_authenticated:
        return _welcome(request)
    catalogue = read_catalogue()
    mine = _own_courses(catalogue, enrolments_of(request.user), country_edition(request.user))
    under_way = sorted((each for each in mine if each.here), key=lambda each: each.last_seen_at, reverse=True)
    context = {
        "go_on": under_way[0] if under_way else None,
        "to_do": [each for each in mine if each.open_quizzes],
        "courses": mine,
        "unread": Message.objects.filter(person=request.user.person_id).unread().count(),
        "code_form": CodeForm(),
    }
    return render(request, "courses/home.html", context)


@require_safe
@personal("courses")
def catalogue(request: HttpRequest) -> HttpResponse:
    """Show all published courses."""
    country = country_edition(request.user)
    context = catalogue_context(read_catalogue(), country=country, login=request.user)
    return render(request, "courses/catalogue.html", context)


def catalogue_context(
    found: Catalogue, introduction: str | None = None, country: str = "", login: Any = None
) -> dict[str, object]:
    """Return the context of the catalogue page, with the editions of a country where there are some.

    Without a `login` it is for anybody: what is reserved is left out.
    """
    language, viewer = page_language(), login or AnonymousUser()
    rows = [
        {"course": each, "url": found.addresses(each.uuid, edition=each.edition)[language], **content_language(each)}
        for each in found.for_reader(language, country)
        if may_see(viewer, each)
    ]
    text = found.introductions.get(language, "") if introduction is None else introduction
    return {"courses": rows, "groups": _grouped(rows), "introduction": text}


def _grouped(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows by collection; they stand in that order already."""
    return [
        {"name": name, "title": Collection(name).label, "courses": list(each)}
        for name, each in groupby(rows, key=lambda row: row["course"].collection)
    ]


def _welcome(request: HttpRequest) -> HttpResponse:
    """Show the site to somebody who is not signed in."""
    context = catalogue_context(read_catalogue())
    # A newcomer begins with the kit; the other courses are one step away.
    first: list[dict[str, Any]] = context["groups"][:1]  # type: ignore[index]
    begin = first[0]["courses"] if first else []
    return render(request, "courses/welcome.html", context | {"courses": begin, "code_form": CodeForm()})


def _own_courses(catalogue: Catalogue, enrolments: list[Enrolment], country: str) -> list[Overview]:
    """Put the enrolments with their courses; one whose course is not published any more is left out."""
    states = states_of(enrolments)
    found = []
    for enrolment in enrolments:
        edition = catalogue.edition_for(enrolment.course_uuid, enrolment.edition, country)
        course = catalogue.course(enrolment.course_uuid, page_language(), edition)
        if course is not None:
            found.append(overview_of(course, enrolment, states[enrolment.pk], urls_of(catalogue, course)))
    return found
