"""Issuing for a cohort: each person once, a result for each, whoever works on it and however often it dies."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, CohortMember, Message, Person
from accounts.policy import COORDINATOR, TRAINER
from certificates.actions import issue_award, issuing, reissue_award, start_issuing, work_on_open_runs, work_on_run
from certificates.awarded import course_award, trainer_award
from certificates.awarding import driving
from certificates.errors import CourseUnpublishedError
from certificates.models import Award, AwardRule, CohortPlan, IssuingLine, IssuingRun, Programme, Standing
from records.models import Statement
from records.state import rebuild_state, state_hash
from tests.certificates.test_issue_award import in_threads
from tests.factories.accounts import (
    CohortFactory,
    CohortMemberFactory,
    CountryFactory,
    PersonFactory,
    make_login,
    sign_in,
)
from tests.factories.certificates import COURSE, award, complete, enrol, publish_course, read_lessons

Result = IssuingLine.Result


def made_cohort():
    """Return a cohort of four: certified, done, half way, and one who left."""
    publish_course()
    cohort = CohortFactory.create()
    people = {
        name: PersonFactory.create(full_name=name, country=cohort.country)
        for name in ("Certified", "Done", "Half", "Left")
    }
    award(people["Certified"], cohort=cohort)
    complete(enrol(people["Done"], cohort=cohort))
    read_lessons(enrol(people["Half"], cohort=cohort))
    complete(enrol(people["Left"], cohort=cohort))
    CohortMemberFactory.create(cohort=cohort, person=people["Left"], state=CohortMember.State.WITHDRAWN)
    return cohort


@pytest.fixture
def cohort(db):
    return made_cohort()


@pytest.fixture
def login(cohort):
    return make_login(COORDINATOR, cohort.country)


def results(run) -> dict[str, str]:
    return {line.person.full_name: line.result for line in run.lines.select_related("person")}


def test_each_person_gets_a_result_and_the_missing_is_named(cohort, login):
    run = start_issuing(by=login, cohort=cohort)
    assert set(results(run).values()) == {Result.WAITING}
    assert work_on_run(run) == 3
    assert results(run) == {"Done": Result.ISSUED, "Half": Result.NOT_DUE, "Certified": Result.ALREADY}
    assert [each[0] for each in run.lines.get(result=Result.NOT_DUE).unmet] == ["not-completed", "not-passed"]
    run.refresh_from_db()
    assert run.finished_at is not None
    assert Award.objects.count() == 2
    assert Message.objects.get(code="certificates.issued").person.full_name == "Done"


def test_a_second_click_finds_the_first_run_and_a_third_after_the_end_issues_nothing(cohort, login):
    run = start_issuing(by=login, cohort=cohort)
    assert start_issuing(by=login, cohort=cohort) == run
    while work_on_run(run):
        pass
    again = start_issuing(by=login, cohort=cohort)
    assert again != run
    work_on_run(again)
    assert Result.ISSUED not in results(again).values()
    assert Award.objects.count() == 2
    assert AuditEvent.objects.filter(act="award.run-started").count() == 2
    assert AuditEvent.objects.filter(act="award.issued").count() == 1


def test_a_run_is_for_those_who_run_the_cohort(cohort):
    trainer = make_login(TRAINER, cohort.country)
    CohortMemberFactory.create(cohort=cohort, person=trainer.person, role=CohortMember.Role.TRAINER)
    for login in (trainer, make_login(COORDINATOR, CountryFactory.create(code="UA"))):
        with pytest.raises(PermissionDenied):
            start_issuing(by=login, cohort=cohort)
    assert not IssuingRun.objects.exists()


def test_while_one_works_another_does_nothing_and_a_dead_one_is_followed(cohort, login):
    run = start_issuing(by=login, cohort=cohort)
    now = timezone.now()
    IssuingRun.objects.update(leased_until=now + dt.timedelta(seconds=30))
    assert work_on_run(run, now=now) == 0
    assert work_on_run(run, now=now + dt.timedelta(seconds=31)) == 3


def test_run_due_finishes_what_was_left(cohort, login, monkeypatch):
    monkeypatch.setattr(issuing, "_SLICE_PEOPLE", 1)
    run = start_issuing(by=login, cohort=cohort)
    assert work_on_run(run) == 1
    assert work_on_open_runs(timezone.now()) == 2
    assert work_on_open_runs(timezone.now()) == 0
    assert Result.WAITING not in results(run).values()


def test_one_that_fails_does_not_stop_the_others(cohort, login, monkeypatch, caplog):
    run = start_issuing(by=login, cohort=cohort)
    true_issue, broken = issue_award, run.lines.get(person__full_name="Half").enrolment_uuid

    def issue(*, enrolment_uuid, by):
        if enrolment_uuid == broken:
            raise CourseUnpublishedError(COURSE)
        return true_issue(enrolment_uuid=enrolment_uuid, by=by)

    monkeypatch.setattr(issuing, "issue_award", issue)
    work_on_run(run)
    assert results(run) == {"Done": Result.ISSUED, "Half": Result.FAILED, "Certified": Result.ALREADY}
    assert "certificates.award.course_unpublished" in caplog.text
    assert "Half" not in caplog.text


def test_a_line_killed_between_issue_and_note_is_found_issued(cohort, login, monkeypatch):
    """The award and its line are one transaction: a kill leaves both or neither."""
    run = start_issuing(by=login, cohort=cohort)

    def die(*_given, **_named):
        raise KeyboardInterrupt

    monkeypatch.setattr(issuing, "_write", die)
    with pytest.raises(KeyboardInterrupt):
        work_on_run(run)
    monkeypatch.undo()
    assert Award.objects.count() == 1
    IssuingRun.objects.update(leased_until=None)
    work_on_run(run)
    assert Award.objects.count() == 2
    assert results(run)["Done"] == Result.ISSUED


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_issue_each_award_once():
    cohort = made_cohort()
    run = start_issuing(by=make_login(COORDINATOR, cohort.country), cohort=cohort)

    def work(barrier: threading.Barrier) -> int:
        barrier.wait()
        # Without the lease all of them work on the same lines.
        IssuingRun.objects.filter(pk=run.pk).update(leased_until=None)
        return work_on_run(run)

    done = in_threads(4, work)
    assert all(isinstance(each, int) for each in done), done
    assert Statement.objects.filter(unit_kind="award", verb="earned").count() == Award.objects.count() == 2
    assert results(run)["Done"] in {Result.ISSUED, Result.ALREADY}


@pytest.mark.django_db(transaction=True)
def test_the_thread_finishes_a_run_by_itself():
    cohort = made_cohort()
    with override_settings(RELAIS_WORKS_IN_THREAD=True):
        run = start_issuing(by=make_login(COORDINATOR, cohort.country), cohort=cohort)
        before = set(threading.enumerate())
        driving.drive_soon(run)
        for thread in set(threading.enumerate()) - before:
            thread.join(timeout=30)
    run.refresh_from_db()
    assert run.finished_at is not None
    assert Award.objects.count() == 2


def test_the_page_begins_shows_the_bar_and_then_each_result(client, cohort, login):
    sign_in(client, login)
    address = reverse("certificates:cohort-issue", args=[cohort.uuid])
    assert "Issue what is due" in client.get(address).content.decode()
    first = client.post(address)
    assert client.post(address).url == first.url
    page = client.get(first.url).content.decode()
    assert "<progress" in page
    assert "0 of 3 people" in page
    run = IssuingRun.objects.get()
    progress = reverse("certificates:issuing-progress", args=[run.uuid])
    assert client.get(progress).json()["done"] == 0
    assert client.post(first.url, headers={"accept": "application/json"}).json()["finished"] is True
    done = client.get(progress).json()
    assert (done["done"], done["issued"], done["already"], done["not_due"], done["failed"]) == (3, 1, 1, 1, 0)
    page = client.get(first.url).content.decode()
    assert "Certificates: done" in page
    assert "Not all parts of the course are completed." in page
    only = client.get(first.url, {"result": "issued"}).content.decode()
    assert "Done" in only
    assert "Not all parts" not in only


def test_a_single_certificate_is_judged_then_issued(client, cohort, login):
    sign_in(client, login)
    run = start_issuing(by=login, cohort=cohort)
    due, half = (run.lines.get(person__full_name=name).enrolment_uuid for name in ("Done", "Half"))
    page = client.get(reverse("certificates:enrolment-issue", args=[half])).content.decode()
    assert "0 of 1 test is passed." in page
    assert client.post(reverse("certificates:enrolment-issue", args=[half])).status_code == 302
    assert Award.objects.count() == 1
    address = reverse("certificates:enrolment-issue", args=[due])
    assert "The certificate is due" in client.get(address).content.decode()
    answer = client.post(address)
    assert due is not None
    row = Award.objects.get(enrolment_uuid=due)
    assert answer.url == client.post(address).url == reverse("certificates:award", args=[row.serial])


def test_progress_costs_the_same_however_many_people(client, cohort, login):
    sign_in(client, login)
    run = start_issuing(by=login, cohort=cohort)
    address = reverse("certificates:issuing-run", args=[run.uuid])
    client.get(address)
    with CaptureQueriesContext(connection) as first:
        client.get(address)
    line = run.lines.first()
    assert line is not None
    IssuingLine.objects.bulk_create(
        [IssuingLine(run=run, position=100 + n, person=line.person, enrolment_uuid=None) for n in range(20)]
    )
    with CaptureQueriesContext(connection) as second:
        client.get(address)
    assert len(second) == len(first) <= 14


def test_at_most_a_thousand_people_are_in_a_run_and_the_uncertified_come_first(cohort, login, monkeypatch):
    monkeypatch.setattr(issuing, "MOST_PEOPLE", 2)
    run = start_issuing(by=login, cohort=cohort)
    assert list(results(run)) == ["Done", "Half"]


def test_a_cohort_of_nobody_is_done_at_once(login):
    run = start_issuing(by=login, cohort=CohortFactory.create())
    assert run.finished_at is not None


def test_trainers_are_only_awarded_where_the_programme_says_so(cohort, login):
    CohortMemberFactory.create(cohort=cohort)
    run = start_issuing(by=login, cohort=cohort, role=AwardRule.Role.TRAINER)
    work_on_run(run)
    assert list(results(run).values()) == [Result.NOT_DUE]
    assert run.lines.get().unmet[0][0] == "not-certified"


@pytest.fixture
def programme(cohort):
    """A programme that asks nothing of its trainers but the base course, and gives them an award of a year."""
    asks = {"attendance_percent": 0, "rubric_line": 0, "co_delivered": 0, "observed": 0, "needs_conduct": False}
    row = Programme.objects.create(code="p", name={"en": "Programme P"}, trainer_rules=asks)
    CohortPlan.objects.create(cohort=cohort, programme=row, kind="trainers", course_uuid=COURSE)
    AwardRule.objects.create(role="trainer", programme=row, valid_months=12, title={"en": "Certified trainer"})
    return row


def test_a_certified_trainer_receives_the_programme_s_award_once(cohort, login, programme):
    person = Person.objects.get(full_name="Certified")
    for each in Person.objects.filter(full_name__in=["Certified", "Half"]):
        CohortMemberFactory.create(cohort=cohort, person=each)
    for _again in range(2):
        run = start_issuing(by=login, cohort=cohort, role=AwardRule.Role.TRAINER)
        work_on_run(run)
    assert results(run) == {"Certified": Result.ALREADY, "Half": Result.NOT_DUE}
    row = Award.objects.get(award_uuid=trainer_award(programme.uuid))
    assert (row.person, row.title, row.programme_uuid) == (person, {"en": "Certified trainer"}, programme.uuid)
    assert (row.is_scored, row.course_uuid) == (False, COURSE)
    assert row.uuid != Award.objects.get(person=person, award_uuid=course_award(COURSE)).uuid
    # It counts nobody's enrolment as certified: the learner's own certificate did.
    assert Standing.objects.filter(is_certified=True).count() == 1
    assert rebuild_state() == state_hash()
    person.full_name = "Certified Rightly"
    person.save()
    again = reissue_award(by=login, award=row)
    assert (again.serial, again.version) == (row.serial, 2)
