"""The cascade counted from cohorts, sessions, certificates, attendance and evidence."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import Cohort, CohortMember, Person
from certificates.actions import (
    count_trainers,
    merge_people,
    record_evidence,
    retract_evidence,
    update_trainer_rules,
)
from certificates.cascade.cohorts import read_cohorts
from certificates.cascade.counting import count_cascade
from certificates.cascade.facts import judge_person
from certificates.cascade.profile import brought_by, standings_of
from certificates.cascade.rules import TrainerRules
from certificates.errors import EvidenceUnfitError
from certificates.models import Evidence, Programme, TrainerLine
from records.models import Statement
from records.state import rebuild_state, state_hash
from tests.factories.accounts import CountryFactory, PersonFactory
from tests.factories.programmes import learner
from tests.factories.trainers import (
    AUTUMN,
    attend,
    certify,
    cohort_led_by,
    coordinator_of,
    hold_session,
    join,
    officers,
    programme_in,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC)


def line(person: Person) -> TrainerLine:
    return TrainerLine.objects.get(person=person)


def cascade() -> tuple[Programme, Person, Person, Cohort]:
    """Return a programme, its master trainer, somebody certified by the rules, and the cohort where they learnt."""
    programme, master = programme_in(), PersonFactory.create()
    training = cohort_led_by(master, programme, trainers=True)
    trainer = learner(training)
    certify(trainer, programme, training, master)
    return programme, master, trainer, training


def test_all_evidence_certifies_and_the_line_names_who_trained_whom() -> None:
    programme, master, trainer, _training = cascade()
    assert count_cascade(programme, NOW) == 2
    found = line(trainer)
    assert (found.state, found.missing, found.parent_uuid, found.generation) == ("certified", [], master.uuid, 1)
    assert line(master).generation == 0


def test_an_officer_counts_once_on_the_branch_of_who_led_the_cohort() -> None:
    programme, master, trainer, _training = cascade()
    first = cohort_led_by(trainer, programme, at=AUTUMN)
    attend(first, *officers(first, 3))
    second = cohort_led_by(master, programme, at=AUTUMN + dt.timedelta(days=30))
    again = CohortMember.objects.filter(cohort=first, role="learner")[0].person
    join(second, again)
    attend(second, again)
    count_cascade(programme, NOW)
    assert (line(trainer).officers_reached, line(trainer).officers_trained) == (3, 3)
    assert line(master).officers_reached == 0


def test_who_was_not_there_is_reached_and_not_trained() -> None:
    programme, _master, trainer, _training = cascade()
    cohort = cohort_led_by(trainer, programme, at=AUTUMN)
    attend(cohort, officers(cohort, 2)[0])
    count_cascade(programme, NOW)
    assert (line(trainer).officers_reached, line(trainer).officers_trained, line(trainer).officers_recent) == (2, 1, 1)


def test_who_has_left_a_cohort_is_neither() -> None:
    programme, _master, trainer, _training = cascade()
    cohort = cohort_led_by(trainer, programme, at=AUTUMN)
    officers(cohort, 2)
    CohortMember.objects.filter(cohort=cohort).update(state="withdrawn")
    count_cascade(programme, NOW)
    assert line(trainer).officers_reached == 0


def test_counting_twice_changes_nothing_and_forgets_who_is_gone() -> None:
    programme, _master, trainer, training = cascade()
    count_cascade(programme, NOW)
    before = list(TrainerLine.objects.order_by("key").values())
    count_cascade(programme, NOW)
    assert list(TrainerLine.objects.order_by("key").values()) == before
    CohortMember.objects.filter(cohort=training, person=trainer).update(state="moved")
    count_cascade(programme, NOW)
    assert not TrainerLine.objects.filter(person=trainer).exists()


def test_two_years_without_a_session_lapse_and_one_session_brings_back() -> None:
    programme, _master, trainer, training = cascade()
    later = NOW + dt.timedelta(days=800)
    count_cascade(programme, later)
    assert (line(trainer).state, line(trainer).missing) == ("lapsed", ["recent"])
    hold_session(training, trainer, later - dt.timedelta(days=1))
    attend(training, trainer)
    count_cascade(programme, later)
    assert line(trainer).state == "certified"


def test_stricter_rules_of_a_programme_hold_for_it_alone() -> None:
    programme, _master, trainer, _training = cascade()
    by = coordinator_of()
    update_trainer_rules(by=by, programme=programme, rules=TrainerRules(rubric_line=4))
    assert (line(trainer).state, line(trainer).missing) == ("trained", ["rubric"])
    assert Programme.objects.get(pk=programme.pk).trainer_rules == {"rubric_line": 4}


def test_rules_are_for_who_runs_every_country_of_the_programme() -> None:
    programme = programme_in("ML", "NE")
    with pytest.raises(PermissionDenied):
        update_trainer_rules(by=coordinator_of(), programme=programme, rules=TrainerRules())


def test_evidence_taken_back_stops_counting_and_stays_in_the_record() -> None:
    programme, _master, trainer, _training = cascade()
    count_cascade(programme, NOW)
    row = Evidence.objects.get(person=trainer, kind="observed")
    retract_evidence(by=coordinator_of(), evidence=row, reason="not-valid")
    assert (line(trainer).state, line(trainer).missing) == ("trained", ["observed"])
    assert Statement.objects.filter(unit_uuid=row.pk).count() == 2
    retract_evidence(by=coordinator_of(), evidence=row, reason="not-valid")
    assert Statement.objects.filter(unit_uuid=row.pk).count() == 2


def test_evidence_comes_from_others_within_sight() -> None:
    programme, _master, trainer, _training = cascade()
    elsewhere = coordinator_of(CountryFactory.create(code="UA"))
    day = NOW.date()
    with pytest.raises(PermissionDenied):
        record_evidence(by=elsewhere, person=trainer, programme=programme, kind="conduct", happened_on=day)
    oneself = coordinator_of()
    with pytest.raises(PermissionDenied):
        record_evidence(by=oneself, person=oneself.person, programme=programme, kind="conduct", happened_on=day)


def test_marks_that_are_none_and_foreign_sessions_are_refused() -> None:
    programme, _master, trainer, _training = cascade()
    other = cohort_led_by(trainer, None)
    by, day, known = coordinator_of(), NOW.date(), Evidence.objects.count()
    with pytest.raises(EvidenceUnfitError):
        record_evidence(
            by=by, person=trainer, programme=programme, kind="micro-teaching", happened_on=day, marks=[5] * 7
        )
    session = other.sessions.get()
    with pytest.raises(EvidenceUnfitError):
        record_evidence(by=by, person=trainer, programme=programme, kind="observed", happened_on=day, session=session)
    assert Evidence.objects.count() == known


def test_evidence_rebuilds_from_the_record() -> None:
    cascade()
    Evidence.objects.update(kind="conduct")
    assert state_hash() != rebuild_state()
    assert set(Evidence.objects.values_list("kind", flat=True)) == {"micro-teaching", "observed", "conduct"}
    assert state_hash() == rebuild_state()


def test_counting_costs_no_more_for_more_officers(django_assert_num_queries: object) -> None:
    from django.db import connection  # only here
    from django.test.utils import CaptureQueriesContext  # only here

    programme, _master, trainer, training = cascade()
    cohort = cohort_led_by(trainer, programme, at=AUTUMN)
    attend(cohort, *officers(cohort, 3))
    with CaptureQueriesContext(
        connection,
    ) as few:
        count_cascade(programme, NOW)
    attend(cohort, *officers(cohort, 9))
    for _ in range(4):
        learner(training)
    with CaptureQueriesContext(connection) as many:
        count_cascade(programme, NOW)
    assert len(many) == len(few)


def test_count_is_for_those_with_a_desk_and_their_programmes() -> None:
    programme = programme_in("UA", code="ukraine")
    with pytest.raises(PermissionDenied):
        count_trainers(by=coordinator_of(), programme=programme)
    assert count_trainers(by=coordinator_of(CountryFactory.create(code="UA")), programme=programme) == 0
    assert timezone.now()


def merged(kept: Person, absorbed: Person) -> None:
    merge_people(by=coordinator_of(kept.country), kept=kept, absorbed=absorbed)


def test_what_a_trainer_showed_under_either_record_certifies_who_is_kept() -> None:
    programme, _master, trainer, _training = cascade()
    kept = PersonFactory.create(country=trainer.country)
    merged(kept, trainer)
    count_cascade(programme, NOW)
    assert (line(kept).state, line(kept).missing, line(kept).sessions) == ("certified", [], 1)
    assert not TrainerLine.objects.filter(person=trainer).exists()
    assert judge_person(programme, kept, read_cohorts(programme), NOW).is_certified
    (shown,) = [each for each in standings_of(coordinator_of(), kept, NOW) if each.programme == programme]
    assert len(shown.evidence) == 3
    assert brought_by(kept).certified
    assert brought_by(kept).sessions


def test_evidence_of_a_merged_record_is_taken_back_from_who_is_kept() -> None:
    programme, _master, trainer, _training = cascade()
    kept = PersonFactory.create(country=trainer.country)
    merged(kept, trainer)
    count_cascade(programme, NOW)
    conduct = Evidence.objects.get(kind="conduct")
    retract_evidence(by=coordinator_of(), evidence=conduct, reason="not-valid")
    assert line(kept).missing == ["conduct"]


def test_officers_and_branches_of_two_records_are_counted_as_one_persons() -> None:
    programme, lead, twin = programme_in(), PersonFactory.create(), PersonFactory.create()
    first = cohort_led_by(lead, programme, at=AUTUMN)
    second = cohort_led_by(twin, programme, at=AUTUMN + dt.timedelta(days=1))
    (officer,), (same, _other) = officers(first, 1), officers(second, 2)
    attend(first, officer)
    attend(second, same)
    merged(lead, twin)
    merged(officer, same)
    count_cascade(programme, NOW)
    found = TrainerLine.objects.get()
    assert (found.person_id, found.sessions, found.officers_reached, found.officers_trained) == (lead.uuid, 2, 2, 1)
