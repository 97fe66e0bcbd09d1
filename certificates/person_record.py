"""Everything the desk knows of one person, in order of time: what a coordinator opens before deciding."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, gettext

from accounts.messaging import words_of
from accounts.models import CohortMember, Login, Message, Person
from assessments.models import Attempt, Quiz
from certificates import policy
from certificates.course_terms import course_titles
from certificates.models import Attendance, Award, Evidence, Session
from courses.models import Enrolment
from elearning.lib.points import points_text
from records.aliases import own

_NEWEST = 100


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the timeline: a kind (for its icon), words, a detail, and the way to more where there is one."""

    at: dt.datetime
    kind: str
    title: str
    detail: str = ""
    url: str = ""
    is_odd: bool = field(default=False)


def timeline_of(person: Person, by: Login) -> list[Moment]:
    """Return what is known of a person, the newest first, at most so many lines. Eleven queries."""
    parts = (_joined, _enrolments, _attempts, _attendance, _awards, _evidence, _messages)
    moments = [moment for part in parts for moment in part(person, by)]
    return sorted(moments, key=lambda each: each.at, reverse=True)[:_NEWEST]


def _joined(person: Person, _by: Login) -> Iterator[Moment]:
    for each in CohortMember.objects.filter(person=person).select_related("cohort"):
        url = reverse("certificates:desk-cohort", args=[each.cohort.uuid])
        yield Moment(each.joined_at, "people", gettext("Joined a cohort"), f"{each.cohort.name}", url)
        if each.left_at:
            yield Moment(each.left_at, "exit", str(each.get_state_display()), each.cohort.name, url, is_odd=True)


def _enrolments(person: Person, _by: Login) -> Iterator[Moment]:
    rows = list(Enrolment.objects.filter(own("person", person.uuid)).select_related("progress"))
    titles = _titles({each.course_uuid for each in rows})
    for each in rows:
        title = titles[each.course_uuid]
        again = gettext("Enrolled again, period %(period)s") % {"period": each.period}
        yield Moment(each.enrolled_at, "course", gettext("Enrolled") if each.period == 1 else again, title)
        progress = getattr(each, "progress", None)
        if progress and progress.completed_at:
            yield Moment(progress.completed_at, "check", gettext("Completed the course"), title)


def _attempts(person: Person, _by: Login) -> Iterator[Moment]:
    practice = Quiz.objects.filter(quiz_class=Quiz.Class.PRACTICE).values("uuid")
    rows = list(Attempt.objects.filter(own("enrolment__person", person.uuid)).exclude(quiz_uuid__in=practice))
    quizzes = Quiz.objects.in_bulk({each.quiz_uuid for each in rows}, field_name="uuid")
    for each in rows:
        title = str(quizzes.get(each.quiz_uuid) or gettext("A test that is not here"))
        if each.handed_in_at is None:
            yield Moment(each.started_at, "edit", gettext("Began a test"), title)
            continue
        said = gettext("Passed a test") if each.is_passed else gettext("Handed in a test")
        yield Moment(each.handed_in_at, "edit", said, _scored(title, each), is_odd=not each.is_passed)


def _scored(title: str, attempt: Attempt) -> str:
    if attempt.points_milli is None or attempt.out_of_milli is None:
        return title
    score = gettext("%(points)s out of %(out_of)s") % {
        "points": points_text(attempt.points_milli),
        "out_of": points_text(attempt.out_of_milli),
    }
    return f"{title}: {score}"


def _attendance(person: Person, _by: Login) -> Iterator[Moment]:
    rows = list(Attendance.objects.filter(own("person", person.uuid)))
    sessions = Session.objects.in_bulk({each.session_uuid for each in rows}, field_name="uuid")
    for each in rows:
        session = sessions.get(each.session_uuid)
        title = session.title if session else gettext("A session that is not here")
        at = session.starts_at if session else each.at
        yield Moment(at, "clock", str(Attendance.Status(each.status).label), title, is_odd=each.status == "absent")


def _awards(person: Person, by: Login) -> Iterator[Moment]:
    rows = Award.objects.filter(own("person", person.uuid))
    run = set(policy.AWARDS_RUN.filter(rows, by).values_list("pk", flat=True))
    for each in rows:
        url = reverse("certificates:award", args=[each.serial]) if each.pk in run else ""
        said = gettext("Certificate issued") if each.version == 1 else gettext("Certificate issued anew")
        yield Moment(each.issued_at, "award", said, f"{each.local_title}, {each.serial}", url)
        if each.revoked_at and not each.is_superseded:
            yield Moment(each.revoked_at, "cross", gettext("Certificate withdrawn"), each.serial, url, is_odd=True)


def _evidence(person: Person, _by: Login) -> Iterator[Moment]:
    for each in Evidence.objects.filter(own("person", person.uuid)):
        label = str(each.get_kind_display())
        yield Moment(each.said_at, "flag", gettext("Evidence as a trainer"), label)
        if each.retracted_at:
            yield Moment(each.retracted_at, "cross", gettext("Evidence taken back"), label, is_odd=True)


def _messages(person: Person, _by: Login) -> Iterator[Moment]:
    for each in Message.objects.filter(person=person)[:_NEWEST]:
        read = gettext("read") if each.read_at else gettext("not read yet")
        yield Moment(each.created_at, "info", gettext("Message sent"), f"{words_of(each).title} ({read})")


def _titles(courses: set[UUID]) -> dict[UUID, str]:
    return course_titles(courses, get_language() or "en")
