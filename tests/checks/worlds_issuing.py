"""What the addresses of issuing name: a rule, a run, the peer's enrolment, a message of the learner's."""

from typing import Any
from uuid import UUID

from accounts.actions import send_message
from accounts.models import Cohort, Login, Message
from certificates.actions import start_issuing
from certificates.models import AwardRule, Programme, ProgrammeCountry
from courses.catalogue import read_catalogue
from courses.models import Enrolment


def issuing_arguments(logins: dict[str, Login], peer: UUID, cohort: Cohort) -> dict[str, Any]:
    """Write them, and return their names; the rule is of a programme in Mali only."""
    course = read_catalogue().course_by_slug("fr", "first-aid-kit")
    assert course is not None
    programme = Programme.objects.create(code="rules-world", name={"en": "Rules"})
    ProgrammeCountry.objects.create(programme=programme, country=cohort.country)
    rule = AwardRule.objects.create(course_uuid=course.uuid, programme=programme)
    send_message(person=logins["learner"].person, code="accounts.name-corrected", key="world")
    run = start_issuing(by=logins["coordinator"], cohort=cohort)
    return {
        "rule": rule.uuid,
        "run": run.uuid,
        "enrolment": Enrolment.objects.get(person__uuid=peer, course_uuid=course.uuid).pk,
        "message": Message.objects.get(key="world").uuid,
    }
