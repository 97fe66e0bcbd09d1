"""One person on the desk: the whole timeline, for those who answer for that person."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import person_for
from accounts.actions import view_person
from certificates import policy
from certificates.course_terms import course_titles
from certificates.desk_menu import in_desk
from certificates.models import Award
from certificates.person_record import timeline_of
from certificates.register import STATES, state_of
from courses.models import Enrolment
from records.aliases import own


@in_desk("people")
@require_safe
@login_required
@never_cache
def person_record(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show all that is known of a person; the look is written down, and the person can see that it was."""
    login: Any = request.user
    person = person_for(login, uuid)
    view_person(by=login, person=person)
    today = timezone.now().date()
    awards = list(Award.objects.filter(own("person", person.uuid)).current())
    rows = Enrolment.objects.filter(own("person", person.uuid)).select_related("progress", "cohort")
    enrolments = list(rows.order_by("-enrolled_at"))
    run = set(policy.ENROLMENTS_RUN.filter(rows, login).values_list("pk", flat=True))
    awarded = {each.enrolment_uuid for each in awards if each.revoked_at is None}
    titles = course_titles({each.course_uuid for each in enrolments}, get_language() or "en")
    context = {
        "person": person,
        "awards": [(each, state, STATES[state]) for each in awards for state in [state_of(each, today)]],
        "may_open": set(
            policy.AWARDS_RUN.filter(Award.objects.all(), login)
            .filter(pk__in=[each.pk for each in awards])
            .values_list("pk", flat=True)
        ),
        "enrolments": [
            (each, titles[each.course_uuid], getattr(each, "progress", None), each.pk in run - awarded)
            for each in enrolments
        ],
        "moments": timeline_of(person, login),
    }
    return render(request, "certificates/register/person.html", context)
