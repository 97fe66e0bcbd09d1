"""The first page, and all courses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Message
from courses.access import enrolments_of, states_of
from courses.catalogue import Catalogue, read_catalogue
from courses.forms import CodeForm
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
    mine = _own_courses(catalogue, enrolments_of(request.user))
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
    return render(request, "courses/catalogue.html", catalogue_context(read_catalogue()))


def catalogue_context(found: Catalogue, introduction: str | None = None) -> dict[str, object]:
    """Return the context of the catalogue page."""
    language = page_language()
    rows = [
        {"course": each, "url": found.addresses(each.uuid)[language], **content_language(each)}
        for each in found.in_language(language)
    ]
    text = found.introductions.get(language, "") if introduction is None else introduction
    return {"courses": rows, "introduction": text}


def _welcome(request: HttpRequest) -> HttpResponse:
    """Show the site to somebody who is not signed in."""
    return render(request, "courses/welcome.html", {**catalogue_context(read_catalogue()), "code_form": CodeForm()})


def _own_courses(catalogue: Catalogue, enrolments: list[Enrolment]) -> list[Overview]:
    """Put the enrolments with their courses; one whose course is not published any more is left out."""
    states = states_of(enrolments)
    found = []
    for enrolment in enrolments:
        course = catalogue.course(enrolment.course_uuid, page_language())
        if course is not None:
            found.append(overview_of(course, enrolment, states[enrolment.pk], urls_of(catalogue, course)))
    return found
