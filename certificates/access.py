"""The few doors through which a view gets awards, attempts, totals and cohorts."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from accounts.models import Cohort, InvitationCode, Login
from assessments.models import Attempt, Quiz
from certificates import policy
from certificates.models import Award, Total
from certificates.serials import read_serial
from records.aliases import own


def award_for(login: Login, serial: str) -> Award:
    """Return an award that this login may open, with its person, country and cohort; raise Http404."""
    rows = Award.objects.visible_to(login).select_related("country", "cohort")
    # The newest version of the number: an older one was replaced.
    award = rows.filter(serial=read_serial(serial) or "").order_by("-version").first()
    if award is None:
        raise Http404
    return award


def award_to_run(login: Login, serial: str) -> Award:
    """Return an award that this login may withdraw: 404 if it can't see it, else PermissionDenied."""
    award = award_for(login, serial)
    if not policy.AWARDS_RUN.allows(login, award):
        raise PermissionDenied
    return award


def public_award(serial: str) -> Award | None:
    """Return the award with exactly this number, for anybody who asks. The number is what opens it."""
    return Award.objects.filter(serial=serial).order_by("-version").first()


def own_awards(login: Login) -> QuerySet[Award]:
    """Return the awards of the person who is signed in, the newest first."""
    return Award.objects.filter(own("person", login.person.uuid)).current()


def own_attempts(login: Login) -> QuerySet[Attempt]:
    """Return the attempts of the person who is signed in, the newest first; practice is no record."""
    practice = Quiz.objects.filter(quiz_class=Quiz.Class.PRACTICE).values("uuid")
    mine = Attempt.objects.filter(own("enrolment__person", login.person.uuid)).exclude(quiz_uuid__in=practice)
    rows = mine.select_related("enrolment")
    return rows.order_by("-started_at", "uuid")


def desk_or_refuse(login: Any) -> None:
    """Raise PermissionDenied for somebody without a desk."""
    if not login.holds(*policy.DESK_ROLES):
        raise PermissionDenied


def totals_for(login: Any) -> QuerySet[Total]:
    """Return the totals this login may see; PermissionDenied for somebody without a desk."""
    if not login.holds(*policy.DESK_ROLES):
        raise PermissionDenied
    return Total.objects.visible_to(login)


def cohort_for(login: Any, cohort: UUID) -> Cohort:
    """Return a cohort this login trains, coordinates or administers; raise Http404, or PermissionDenied."""
    if not login.holds(*policy.DESK_ROLES):
        raise PermissionDenied
    row = Cohort.objects.visible_to(login).select_related("country").filter(uuid=cohort).first()
    if row is None:
        raise Http404
    return row


def open_codes_of(cohort: Cohort) -> QuerySet[InvitationCode]:
    """Return the invitation codes of a cohort that still open, the newest first."""
    here = InvitationCode.objects.filter(cohort=cohort, uses_left__gt=0, expires_at__gt=timezone.now())
    return here.order_by("-created_at")
