"""An award is issued once, whoever asks and however often; and says what it attests."""

import datetime as dt
import logging
import threading
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connections

from certificates.actions import issue_award, issue_award_if_due
from certificates.awarded import award_uuid_for, name_sha256
from certificates.errors import AwardNotDueError, CourseUnpublishedError
from certificates.models import Award, HolderName, Standing
from certificates.serials import serial_for
from courses.catalogue import forget_catalogue
from courses.models import CoursePage, Enrolment
from elearning.lib.ids import derived_uuid
from records.actions import append_statements
from records.models import QuarantinedStatement, Statement
from records.state import rebuild_state, state_hash
from records.storage import this_node
from tests.factories.accounts import CohortFactory, PersonFactory
from tests.factories.certificates import (
    COURSE,
    MOMENT,
    announced,
    award,
    complete,
    earned_statement,
    enrol,
    pass_quiz,
    publish_course,
    read_lessons,
)

AWARD_STATEMENTS = {"unit_kind": "award"}


@pytest.mark.django_db
def test_completing_the_course_issues_the_award_with_all_it_attests():
    publish_course()
    cohort = CohortFactory.create()
    person = PersonFactory.create(full_name="Aïssata Traoré", full_name_other="عائشة تراوري", country=cohort.country)
    enrolment = enrol(person, cohort=cohort)
    read_lessons(enrolment)
    pass_quiz(enrolment, 7000)
    pass_quiz(enrolment, 9500, number=2)
    assert announced(enrolment)
    row = Award.objects.get()
    assert row.uuid == award_uuid_for(person.uuid, COURSE, 1, 1)
    assert (row.lessons, row.minutes) == (2, 12)
    assert (row.points_milli, row.out_of_milli, row.pass_mark_percent) == (9500, 10000, 70)
    assert row.title == {"en": "Certificate: First Aid Kit", "fr": "Certificate: First Aid Kit (français)"}
    assert (row.country_id, row.cohort_id, row.edition, row.language) == ("ML", cohort.uuid, "international", "en")
    assert row.serial == serial_for(row.uuid, "ML", row.issued_at.year)
    assert Standing.objects.get().is_certified
    assert HolderName.objects.get().full_name_other == "عائشة تراوري"


@pytest.mark.django_db
def test_the_statement_names_the_person_by_id_and_the_name_by_its_salted_hash_only():
    publish_course()
    row = award(PersonFactory.create(full_name="Aïssata Traoré"))
    statement = Statement.objects.get(**AWARD_STATEMENTS)
    name = HolderName.objects.get()
    assert statement.pk == derived_uuid(row.uuid, "earned", this_node())
    assert "Traor" not in statement.text
    assert name.salt not in statement.text
    assert name_sha256(name.salt, "Aïssata Traoré", "") in statement.text
    assert name.fits(row)


@pytest.mark.django_db
def test_asking_again_returns_the_same_award_and_the_name_as_it_was():
    publish_course()
    row = award()
    row.person.full_name = "Changed Since"
    row.person.save()
    assert issue_award(enrolment_uuid=row.enrolment_uuid) == row
    assert announced(Enrolment.objects.get())
    assert Statement.objects.filter(**AWARD_STATEMENTS).count() == 1
    assert HolderName.objects.get().full_name != "Changed Since"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "months", "valid_until", "year"),
    [
        (dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC), 24, dt.date(2028, 11, 21), "2026"),
        (
            dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.timezone(-dt.timedelta(hours=1))),
            12,
            dt.date(2027, 12, 31),
            "2027",
        ),
        (dt.datetime(2027, 8, 31, 10, tzinfo=dt.UTC), 6, dt.date(2028, 2, 29), "2027"),
        (dt.datetime(2027, 8, 31, 10, tzinfo=dt.UTC), 0, None, "2027"),
    ],
)
def test_validity_counts_from_the_day_in_utc(moment, months, valid_until, year):
    publish_course(months=months)
    row = award(at=moment)
    assert row.valid_until == valid_until
    assert row.serial.split("-")[2] == year


@pytest.mark.django_db
def test_nothing_is_issued_before_it_is_due():
    publish_course()
    enrolment = enrol()
    read_lessons(enrolment)
    assert not announced(enrolment)
    with pytest.raises(AwardNotDueError) as refused:
        issue_award(enrolment_uuid=enrolment.pk)
    assert refused.value.verdict == "not-completed"
    pass_quiz(enrolment, 6000)
    with pytest.raises(AwardNotDueError):
        issue_award(enrolment_uuid=enrolment.pk)
    assert not Award.objects.exists()
    assert not HolderName.objects.exists()


@pytest.mark.django_db
def test_a_course_without_a_quiz_gives_no_award():
    publish_course()
    enrolment = enrol(quizzes=())
    read_lessons(enrolment)
    assert announced(enrolment)
    assert not Award.objects.exists()


@pytest.mark.django_db
def test_a_missing_page_does_not_undo_the_learners_work(caplog):
    """The award is logged as owed, and follows once the page is there."""
    enrolment = complete(enrol())
    forget_catalogue()
    with caplog.at_level(logging.ERROR):
        assert issue_award_if_due(enrolment) is None
    assert str(enrolment.pk) in caplog.text
    with pytest.raises(CourseUnpublishedError):
        issue_award(enrolment_uuid=enrolment.pk)
    publish_course()
    assert issue_award_if_due(enrolment) is not None


@pytest.mark.django_db
def test_a_new_version_of_the_certificate_is_a_new_award():
    publish_course()
    first = award()
    CoursePage.objects.update(certificate_version=2)
    forget_catalogue()
    second = issue_award(enrolment_uuid=first.enrolment_uuid)
    assert second.version == 2
    assert second.serial != first.serial
    assert Award.objects.count() == 2


@pytest.mark.django_db
def test_a_number_that_is_taken_gives_way_to_the_next():
    publish_course()
    mine, other = enrol(), enrol()
    unit = award_uuid_for(mine.person_id, COURSE, 1, 1)
    taken = earned_statement(other, serial=serial_for(unit, "ML", 2026))
    append_statements(by=[other.actor_uuid], statements=[taken])
    row = issue_award(enrolment_uuid=complete(mine).pk, at=MOMENT)
    assert row.serial == serial_for(unit, "ML", 2026, again=1)


@pytest.mark.django_db
def test_a_rebuild_issues_nothing_and_keeps_every_award():
    publish_course()
    enrolment = enrol(quizzes=())
    read_lessons(enrolment)
    append_statements(by=[enrolment.actor_uuid], statements=[earned_statement(enrolment)])
    waiting = enrol()
    read_lessons(waiting)
    before, statements = state_hash(), Statement.objects.count()
    assert rebuild_state() == before
    assert Statement.objects.count() == statements
    assert Award.objects.count() == 1


def in_threads(count: int, act: Callable[[threading.Barrier], object]) -> list[object]:
    """Run one act at once in many threads; return what each gave, errors included."""
    barrier, results = threading.Barrier(count), []

    def run() -> None:
        try:
            results.append(act(barrier))
        except Exception as error:  # noqa: BLE001  # the test looks at it
            results.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _each in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_issue_one_award_with_one_statement_and_one_name():
    publish_course()
    enrolment = complete(enrol())

    def issue(barrier: threading.Barrier) -> object:
        barrier.wait()
        return issue_award(enrolment_uuid=enrolment.pk).pk

    results = in_threads(8, issue)
    assert set(results) == {Award.objects.get().pk}
    assert Statement.objects.filter(**AWARD_STATEMENTS).count() == 1
    assert HolderName.objects.get().fits(Award.objects.get())
    assert not QuarantinedStatement.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_control_look_then_issue_without_the_guard_issues_several():
    """Shows that the race is real: the same eight, looking before they hold the log, with ids of their own."""
    publish_course()
    enrolment = complete(enrol())

    def issue_unguarded(barrier: threading.Barrier) -> object:
        barrier.wait()
        if Award.objects.filter(enrolment_uuid=enrolment.pk).exists():
            return None
        barrier.wait()
        statement = earned_statement(enrolment, statement_id=uuid4())
        return append_statements(by=[enrolment.actor_uuid], statements=[statement])

    in_threads(8, issue_unguarded)
    assert Statement.objects.filter(**AWARD_STATEMENTS).count() > 1
