"""Answers to follow-ups from devices: admitted for one's own, counted once, refused for anybody else."""

import datetime as dt
import json
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Cohort
from certificates.actions import answer_follow_up
from certificates.evaluation.answering import follow_up_uuid
from certificates.models import FollowUp
from records.models import Statement
from records.state import rebuild_state, state_hash
from tests.factories.accounts import CohortFactory, CohortMemberFactory, make_login, sign_in

pytestmark = pytest.mark.django_db
ANSWERS = {"used": 2, "noticed": 2, "referred": 0, "confident": 4, "hindered": 1}


@pytest.fixture
def cohort(learner) -> Cohort:
    """Return a cohort of the learner that ended three and a half months ago."""
    ended: Cohort = CohortFactory.create(ends_on=timezone.now().date() - dt.timedelta(days=105))
    CohortMemberFactory.create(cohort=ended, person=learner.login.person)
    return ended


def line(learner, cohort, *, at: dt.datetime | None = None, unit: uuid.UUID | None = None, **changed: Any) -> str:
    person = learner.login.person.uuid
    facts: dict[str, Any] = {
        "cohort": str(cohort.uuid),
        "person": str(person),
        "months": 3,
        "by": "learner",
        "answers": ANSWERS,
    } | changed
    named = unit or follow_up_uuid(uuid.UUID(facts["cohort"]), uuid.UUID(facts["person"]), facts["months"], facts["by"])
    said = learner.device.say("responded", ("cohort", cohort.uuid), ("follow-up", named), facts, at=at)
    return learner.device.line(said)


def test_own_answer_is_admitted_and_a_repeat_counts_once(learner, cohort, deliver):
    said = line(learner, cohort)
    assert len(deliver(said).accepted) == 1
    assert len(deliver(said, said).known) == 2
    row = FollowUp.objects.get()
    assert (row.person_id, row.cohort_uuid, row.months, row.by) == (
        learner.login.person.uuid,
        cohort.uuid,
        3,
        "learner",
    )
    assert row.answers == ANSWERS


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"by": "supervisor", "answers": {"used": 3, "noticed": 2, "supported": 2}}, "verb-not-yours"),
        ({"answers": ANSWERS | {"used": 9}}, "malformed"),
        ({"answers": ANSWERS | {"note": 1}}, "malformed"),
        ({"answers": {}}, "malformed"),
        ({"months": 4}, "malformed"),
        ({"unit": uuid.UUID(int=7)}, "malformed"),
    ],
)
def test_what_a_device_may_not_answer_is_kept_aside_with_its_reason(learner, cohort, deliver, changed, reason):
    receipt = deliver(line(learner, cohort, **changed))
    assert [each.reason for each in receipt.held] == [reason]
    assert not FollowUp.objects.exists()


def test_nobody_answers_for_somebody_else(learner, cohort, deliver):
    other = make_login().person
    receipt = deliver(line(learner, cohort, person=str(other.uuid)))
    assert [each.reason for each in receipt.held] == ["foreign-actor"]
    assert not FollowUp.objects.exists()


def test_other_verbs_about_a_follow_up_are_not_for_devices(learner, cohort, deliver):
    unit = follow_up_uuid(cohort.uuid, learner.login.person.uuid, 3, "learner")
    said = learner.device.say("completed", ("cohort", cohort.uuid), ("follow-up", unit), {"answers": ANSWERS})
    assert [each.reason for each in deliver(learner.device.line(said)).held] == ["verb-not-yours"]


def test_the_later_answer_counts_whichever_door_it_came_through(learner, cohort, deliver):
    now = timezone.now()
    early = line(learner, cohort, at=now - dt.timedelta(hours=5))
    answer_follow_up(by=learner.login, cohort=cohort, months=3, answers=ANSWERS | {"used": 0})
    deliver(early)
    assert FollowUp.objects.get().answers["used"] == 0
    assert Statement.objects.filter(unit_kind="follow-up").count() == 2
    before = state_hash()
    assert rebuild_state() == before


def test_device_is_told_of_its_persons_follow_ups_and_nobody_elses(learner, cohort):
    theirs = CohortFactory.create(ends_on=cohort.ends_on)
    CohortMemberFactory.create(cohort=theirs)
    answer_follow_up(by=learner.login, cohort=cohort, months=3, answers=ANSWERS)
    client = sign_in(Client(), learner.login)
    told = json.loads(client.get(reverse("sync_api:state")).content)["follow_ups"]
    assert [(each["cohort"], each["months"]) for each in told] == [(str(cohort.uuid), 3), (str(cohort.uuid), 6)]
    assert [each["answers"] for each in told] == [ANSWERS, None]
