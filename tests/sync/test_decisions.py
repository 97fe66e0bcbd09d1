"""What is held back stays, is seen by those who answer for the person, and is decided once."""

import datetime as dt
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import policy
from accounts.models import AuditEvent, Country
from courses.models import ActivityState
from records.models import QuarantinedStatement, Statement
from sync.errors import DecidedAlreadyError, NotAcceptableError, StillRefusedError
from sync.models import Device
from sync.quarantine import decide_held
from sync.reasons import ACCEPTABLE, Reason, explanation_of
from tests.factories.accounts import CohortFactory, CohortMemberFactory, CountryFactory, make_login, sign_in
from tests.sync.client import parcel
from tests.sync.doings import make_learner

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(db):
    return make_login(policy.COORDINATOR)


@pytest.fixture
def held(learner, deliver):
    """Return a learner's work that came from a revoked device, in the order it was done."""
    Device.objects.filter(pk=learner.device.uuid).update(revoked_at=timezone.now())
    deliver(*[learner.read(lesson) for lesson in learner.lessons])
    return list(QuarantinedStatement.objects.order_by("pk"))


def test_accepted_work_counts_once_and_the_act_is_written_down(held, coordinator, learner):
    decide_held(by=coordinator, row=held[0], accept=True, note="she did it")
    assert ActivityState.objects.filter(enrolment=learner.enrolment, completed_at__isnull=False).count() == 1
    row = QuarantinedStatement.objects.get(pk=held[0].pk)
    assert (row.decision, row.note, row.decided_by_uuid) == ("accepted", "she did it", coordinator.person.uuid)
    event = AuditEvent.objects.get(act="held-work.accepted")
    assert (event.target_uuid, "she did it" in str(event.detail)) == (learner.login.person.uuid, False)
    with pytest.raises(DecidedAlreadyError):
        decide_held(by=coordinator, row=held[0], accept=True)
    assert Statement.objects.filter(unit_kind="lesson").count() == 1


def test_one_decision_covers_all_that_is_alike(held, coordinator, learner):
    decided = decide_held(by=coordinator, row=held[1], accept=True, alike=True)
    assert (decided.done, decided.refused) == (3, {})
    assert ActivityState.objects.filter(enrolment=learner.enrolment, completed_at__isnull=False).count() == 3


def test_what_is_set_aside_stays_and_can_still_be_accepted(held, coordinator):
    decide_held(by=coordinator, row=held[0], accept=False)
    assert not Statement.objects.filter(unit_kind="lesson").exists()
    decide_held(by=coordinator, row=held[0], accept=True)
    assert Statement.objects.filter(unit_kind="lesson").count() == 1


def test_work_sent_again_after_a_decision_has_its_receipt(held, coordinator, learner, deliver):
    decide_held(by=coordinator, row=held[0], accept=True)
    line = f"{held[0].signature} {held[0].text}"
    assert len(deliver(line).known) == 1


def test_accepting_waives_the_circumstance_and_no_other_rule(learner, deliver, coordinator):
    """A revoked device that speaks for an enrolment that is not here: who decides cannot know whose it is."""
    Device.objects.filter(pk=learner.device.uuid).update(revoked_at=timezone.now())
    learner.enrolment = uuid.uuid4()
    deliver(learner.read(learner.lessons[0]))
    with pytest.raises(StillRefusedError) as refused:
        decide_held(by=coordinator, row=QuarantinedStatement.objects.get(), accept=True)
    assert refused.value.args == ("enrolment-unknown",)
    assert not Statement.objects.filter(unit_kind="lesson").exists()


def test_time_that_is_wrong_may_be_accepted(learner, deliver, coordinator):
    now = timezone.now()
    deliver(learner.read(learner.lessons[0], at=now + dt.timedelta(days=400)))
    decide_held(by=coordinator, row=QuarantinedStatement.objects.get(), accept=True)
    assert Statement.objects.filter(unit_kind="lesson").count() == 1


def test_what_nobody_can_vouch_for_is_never_accepted(learner, deliver, coordinator):
    signature, text = learner.read(learner.lessons[0]).split(" ", 1)
    deliver(f"{signature} {text.replace('completed', 'initialized')}", carried_by=coordinator)
    row = QuarantinedStatement.objects.get()
    assert (row.reason, row.said_by_uuid) == ("signature-invalid", None)
    with pytest.raises(NotAcceptableError):
        decide_held(by=coordinator, row=row, accept=True)
    decide_held(by=coordinator, row=row, accept=False)


def test_every_reason_is_explained_and_only_doubts_of_circumstance_can_be_accepted():
    assert all(explanation_of(reason) and Reason(reason).label for reason in Reason.values)
    assert not ACCEPTABLE & {"signature-invalid", "foreign-actor", "malformed", "exam-on-a-device", "verb-not-yours"}


def test_only_those_who_answer_for_the_person_see_and_decide(held, learner):
    country: Country = learner.login.person.country
    cohort = CohortFactory.create(country=country)
    CohortMemberFactory.create(cohort=cohort, person=learner.login.person)
    trainer = make_login(policy.TRAINER)
    CohortMemberFactory.create(cohort=cohort, person=trainer.person, role="trainer")
    other_trainer = make_login(policy.TRAINER)
    elsewhere = make_login(policy.COORDINATOR, CountryFactory.create(code="UA"))
    address = reverse("sync:held", args=[held[0].uuid])
    statuses = [
        sign_in(Client(), login).get(address).status_code
        for login in (trainer, make_login(policy.COORDINATOR), other_trainer, elsewhere, learner.login)
    ]
    assert statuses == [200, 200, 404, 404, 403]
    with pytest.raises(PermissionDenied):
        decide_held(by=elsewhere, row=held[0], accept=True)


def test_nobody_decides_on_their_own_work(held, learner):
    from accounts.groups import fit_login
    from tests.factories.accounts import grant_row

    grant_row(learner.login.person, policy.COORDINATOR, None)
    fit_login(learner.login)
    login = type(learner.login).objects.get(pk=learner.login.pk)
    with pytest.raises(PermissionDenied):
        decide_held(by=login, row=held[0], accept=True)


def test_pages_say_what_happened_and_take_the_decision(held, coordinator, learner):
    browser = sign_in(Client(), coordinator)
    listed = browser.get(reverse("sync:held-list")).content.decode()
    assert "It comes from a revoked device" in listed
    assert learner.login.person.full_name in listed
    address = reverse("sync:held", args=[held[0].uuid])
    page = browser.get(address).content.decode()
    assert "A lesson was read to its end" in page
    assert "If the person did this work, accept it" in page
    empty = browser.post(address, {})
    assert "Choose a decision" in empty.content.decode()
    done = browser.post(address, {"decision": "accepted", "alike": "on"}, follow=True)
    assert "3 pieces of work were accepted" in done.content.decode()
    assert "It was accepted on" in browser.get(address).content.decode()


def test_list_costs_the_same_for_more_people(coordinator, deliver, django_assert_max_num_queries):
    browser = sign_in(Client(), coordinator)
    for _round in range(2):
        for _each in range(3):
            other = make_learner()
            Device.objects.filter(pk=other.device.uuid).update(revoked_at=timezone.now())
            deliver(other.read(other.lessons[0]))
        with django_assert_max_num_queries(12):
            browser.get(reverse("sync:held-list"))
        with django_assert_max_num_queries(12):
            browser.get(reverse("sync:device-list"))


def test_trainer_imports_a_file_and_reads_what_became_of_it(learner, coordinator):
    from django.core.files.uploadedfile import SimpleUploadedFile

    browser = sign_in(Client(), coordinator)
    lines = learner.read_along(learner.lessons[0])

    def bring(content: bytes) -> str:
        file = SimpleUploadedFile("relais-2026-11-22-1.relais", content)
        return browser.post(reverse("sync:import"), {"file": file}).content.decode()

    assert f"{len(lines)} were new and are stored" in bring(parcel([*lines, "damaged"]))
    again = bring(parcel([*lines, "damaged"]))
    assert f"{len(lines)} were here already" in again
    assert "1 held back: A line cannot be read" in again
    assert "This is not a file of saved work" in bring(b"PK\x03\x04 something else")


def test_list_of_devices_says_what_has_not_arrived(learner, deliver, coordinator):
    lines = learner.read_along(learner.lessons[0], places=4)
    deliver(lines[0], lines[2], lines[5])
    from sync.chains import missing_of

    assert missing_of(Device.objects.filter(pk=learner.device.uuid)) == {learner.device.uuid: 3}
    page = sign_in(Client(), coordinator).get(reverse("sync:device-list"))
    assert learner.login.person.full_name in page.content.decode()


def test_revoked_device_is_heard_no_more_without_a_decision(learner, deliver, coordinator):
    address = reverse("sync:device-revoke", args=[learner.device.uuid])
    sign_in(Client(), coordinator).post(address)
    assert [each.reason for each in deliver(learner.read(learner.lessons[0])).held] == ["device-revoked"]
    assert AuditEvent.objects.filter(act="device.revoked", target_uuid=learner.login.person.uuid).count() == 1
