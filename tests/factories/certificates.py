"""Courses that end with an award, and people on their way there, for tests."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from wagtail.models import Locale, Page

from accounts.models import Cohort, Login, Person
from assessments.deriving import derive_quiz_states
from assessments.drawing import Sheet
from assessments.models import Attempt, Paper
from certificates import actions
from certificates.awarded import award_uuid_for, name_sha256
from certificates.models import Award, HolderName
from certificates.serials import serial_for
from courses.catalogue import forget_catalogue
from courses.completion import announce_completion
from courses.models import CataloguePage, CoursePage, Enrolment, LessonPage, ModulePage
from courses.progress import enrolment_unit, lesson_unit
from elearning.lib.canonical import sha256_hex
from elearning.lib.ids import activity_iri, derived_uuid
from records.actions import append_statements
from records.deriving import derive_units
from records.models import Node
from records.statements import build_statement
from records.storage import statements_of
from tests.factories.accounts import LoginFactory, PersonFactory

COURSE = UUID(int=0xC0)
LESSONS = (UUID(int=0xA1), UUID(int=0xA2))
QUIZ = UUID(int=0xB1)
MOMENT = dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC)
SALT = "5a" * 16


def publish_course(course: UUID = COURSE, *, months: int = 24, version: int = 1, title: str = "First Aid Kit") -> None:
    """Publish a course of two lessons (5 and 7 minutes) in English and French, without Wagtail's log."""
    for code, words in (("en", title), ("fr", f"{title} (français)")):
        locale, _created = Locale.objects.get_or_create(language_code=code)
        catalogue = CataloguePage.objects.filter(locale=locale).first() or Page.get_first_root_node().add_child(
            instance=CataloguePage(title="Catalogue", slug=f"catalogue-{code}", locale=locale)
        )
        page = catalogue.add_child(
            instance=CoursePage(
                title=words,
                slug=f"{course.hex}-{code}",
                locale=locale,
                activity_uuid=course,
                summary="Summary",
                certificate_title=f"Certificate: {words}",
                certificate_valid_months=months,
                certificate_version=version,
                self_enrolment=True,
            )
        )
        module = page.add_child(instance=ModulePage(title="Module", slug="module", locale=locale))
        for lesson, minutes in zip(LESSONS, (5, 7), strict=True):
            module.add_child(
                instance=LessonPage(
                    title="Lesson",
                    slug=f"lesson-{lesson.hex}",
                    locale=locale,
                    activity_uuid=lesson,
                    minutes=minutes,
                    body=[("text", {"heading": "One", "body": "<p>Words</p>", "sources": []})],
                )
            )
    forget_catalogue()


def enrol(
    person: Person | None = None,
    *,
    cohort: Cohort | None = None,
    course: UUID = COURSE,
    quizzes: Sequence[UUID] = (QUIZ,),
    country: str = "",
    at: dt.datetime = MOMENT,
) -> Enrolment:
    """Say that a person enrolled, and return the row that follows."""
    person = person or PersonFactory.create(**({"country": cohort.country} if cohort else {}))
    unit = enrolment_unit(person.uuid, course, 1)
    facts = {
        "person": str(person.uuid),
        "course": str(course),
        "period": 1,
        "edition": "international",
        "source_version": "2026.1",
        "language": "en",
        "country": country or person.country.code,
        "agency": None,
        "cohort": str(cohort.uuid) if cohort else None,
        "outline": {"lessons": [str(each) for each in LESSONS], "quizzes": [str(each) for each in quizzes]},
    }
    _say(person, "registered", course, ("enrolment", unit), facts, at, unit)
    return Enrolment.objects.get(pk=unit)


def read_lessons(enrolment: Enrolment, at: dt.datetime = MOMENT) -> None:
    """Say that every lesson was completed."""
    for lesson in enrolment.outline["lessons"]:
        unit = lesson_unit(enrolment.pk, UUID(lesson))
        facts = {"enrolment": str(enrolment.pk), "lesson": lesson}
        _say(enrolment.person, "completed", UUID(lesson), ("lesson", unit), facts, at, enrolment.pk)


def pass_quiz(
    enrolment: Enrolment, points: int = 8000, *, number: int = 1, quiz: UUID = QUIZ, at: dt.datetime = MOMENT
) -> Attempt:
    """Write an attempt with its paper, scored as told: what assessments would derive."""
    text = Sheet((), 70, 1).text()
    node = Node.objects.get(is_here=True)
    paper = Paper.objects.create(
        uuid=uuid4(),
        enrolment_uuid=enrolment.pk,
        quiz_uuid=quiz,
        number=number,
        node_uuid=node.uuid,
        text=text,
        sha256=sha256_hex(text),
        drawn_at=at,
    )
    attempt = Attempt.objects.create(
        uuid=paper.uuid,
        enrolment=enrolment,
        quiz_uuid=quiz,
        number=number,
        started_at=at,
        handed_in_at=at,
        points_milli=points,
        out_of_milli=10000,
        is_passed=points >= 7000,
        counts=points >= 7000,
    )
    _derive_quiz(enrolment, quiz)
    return attempt


def complete(enrolment: Enrolment, points: int = 8000) -> Enrolment:
    """Read the lessons and pass the quiz, without telling anybody."""
    read_lessons(enrolment)
    pass_quiz(enrolment, points)
    return Enrolment.objects.select_related("progress").get(pk=enrolment.pk)


def award(person: Person | None = None, *, at: dt.datetime = MOMENT, **enrolment: Any) -> Award:
    """Return an issued award; its course must be published."""
    done = complete(enrol(person, **enrolment))
    return actions.issue_award(enrolment_uuid=done.pk, at=at)


def holder_login(row: Award) -> Login:
    """Return a login of the award's person."""
    login: Login = LoginFactory.create(person=row.person)
    return login


def announced(enrolment: Enrolment) -> bool:
    """Announce a completion as an act of courses or assessments does."""
    return announce_completion(enrolment.pk)


def earned_statement(
    enrolment: Enrolment,
    *,
    version: int = 1,
    at: dt.datetime = MOMENT,
    statement_id: UUID | None = None,
    **facts: Any,
) -> dict[str, Any]:
    """Return a well-formed `earned`, as another node may have said it."""
    unit = award_uuid_for(enrolment.person_id, enrolment.course_uuid, enrolment.period, version)
    body = {
        "person": str(enrolment.person_id),
        "enrolment": str(enrolment.pk),
        "award": str(derived_uuid("award-of", enrolment.course_uuid)),
        "course": str(enrolment.course_uuid),
        "cohort": str(enrolment.cohort_id) if enrolment.cohort_id else None,
        "country": enrolment.country_id,
        "period": enrolment.period,
        "version": version,
        "title": {"en": "First Aid Kit"},
        "edition": "international",
        "source_version": "2026.1",
        "language": "en",
        "lessons": 2,
        "minutes": 12,
        "points_milli": 8000,
        "out_of_milli": 10000,
        "pass_mark_percent": 70,
        "serial": serial_for(unit, enrolment.country_id, at.year),
        "valid_until": "2028-11-21",
        "name_sha256": name_sha256(SALT, "Somebody", ""),
        **facts,
    }
    return _statement(enrolment.actor_uuid, "earned", unit, ("award", unit), body, at, enrolment.pk, statement_id)


def revoked_statement(enrolment: Enrolment, *, version: int = 1, at: dt.datetime = MOMENT) -> dict[str, Any]:
    """Return a `revoked` for the same award."""
    unit = award_uuid_for(enrolment.person_id, enrolment.course_uuid, enrolment.period, version)
    facts = {"reason": "issued-in-error"}
    return _statement(enrolment.actor_uuid, "revoked", unit, ("award", unit), facts, at)


def name_row(row: Award, full_name: str = "Somebody") -> HolderName:
    """Return the name that earned_statement hashed."""
    return HolderName.objects.create(award_uuid=row.uuid, full_name=full_name, full_name_other="", salt=SALT)


def _say(
    person: Person, verb: str, activity: UUID, unit: tuple[str, UUID], facts: Any, at: Any, enrolment: UUID
) -> None:
    actor = person.actor_accounts.get().uuid
    statement = _statement(actor, verb, activity, unit, facts, at, enrolment)
    outcome = append_statements(by=[actor], statements=[statement])
    assert not outcome.quarantined, outcome.quarantined[0].detail


def _statement(
    actor: UUID,
    verb: str,
    activity: UUID,
    unit: tuple[str, UUID],
    facts: Any,
    at: dt.datetime,
    enrolment: UUID | None = None,
    statement_id: UUID | None = None,
) -> dict[str, Any]:
    return build_statement(
        base=settings.ACTIVITY_BASE,
        actor_uuid=actor,
        verb=verb,
        activity=activity_iri(settings.ACTIVITY_BASE, "tested", activity),
        unit=unit,
        timestamp=at,
        facts=facts,
        registration=enrolment,
        statement_id=statement_id,
    )


def _derive_quiz(enrolment: Enrolment, quiz: UUID) -> None:
    """Let the roll-ups see the attempt, as they do when a statement comes in."""
    derive_quiz_states([(enrolment.pk, quiz)])
    said = {enrolment.pk: statements_of([enrolment.pk])}
    derive_units({"enrolment": said})
