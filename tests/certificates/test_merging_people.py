"""Merging two records of one person by the page's action: what is shown, who signs in, and the undo."""

from typing import Any

import pytest
from django.apps import apps

from accounts.errors import MergeRefusedError, OutOfScopeError
from accounts.models import AuditEvent, CohortMember, Login, Merging, Person
from accounts.policy import COORDINATOR, TRAINER
from certificates.access import own_awards
from certificates.actions import merge_people, part_people
from certificates.models import Standing
from courses.access import enrolment_for, enrolments_of
from courses.actions import complete_lesson, enrol
from records.models import Alias
from records.state import rebuild_state, state_hash
from tests.factories.accounts import (
    CohortFactory,
    CohortMemberFactory,
    CountryFactory,
    LoginFactory,
    PersonFactory,
    grant_row,
    make_login,
)
from tests.factories.courses import make_course

pytestmark = pytest.mark.django_db
State = CohortMember.State


@pytest.fixture
def by() -> Any:
    return make_login(COORDINATOR)


@pytest.fixture
def course() -> Any:
    return make_course()


def everything() -> dict[str, list[Any]]:
    """Return every row of people, logins, cohorts and derived state; what only grows is left out."""
    names = ("Person", "Login", "CohortMember", "ActorAccount", "RoleGrant")
    rows = {name: list(apps.get_model("accounts", name).objects.order_by("pk").values()) for name in names}
    return rows | {"state": [state_hash()]}


def test_what_either_did_is_the_kept_ones(by: Any, course: Any) -> None:
    kept, other = make_login(), make_login()
    enrolment = enrol(by=other, course=course)
    complete_lesson(by=other, enrolment=enrolment, lesson_uuid=course.lessons[0].uuid)
    merge_people(by=by, kept=kept.person, absorbed=other.person)
    assert [each.pk for each in enrolments_of(kept)] == [enrolment.pk]
    assert enrolment_for(kept, course.uuid) == enrolment
    # And the work goes on under the enrolment that is there.
    assert complete_lesson(by=kept, enrolment=enrolment, lesson_uuid=course.lessons[1].uuid).was_new
    assert enrol(by=kept, course=course).pk == enrolment.pk
    assert not own_awards(kept).exists()
    assert state_hash() == rebuild_state()


def test_same_course_twice_keeps_both_and_the_best_counts(by: Any, course: Any) -> None:
    kept, other = make_login(), make_login()
    first, second = enrol(by=kept, course=course), enrol(by=other, course=course)
    complete_lesson(by=other, enrolment=second, lesson_uuid=course.lessons[0].uuid)
    merge_people(by=by, kept=kept.person, absorbed=other.person)
    assert {each.pk for each in enrolments_of(kept)} == {first.pk, second.pk}
    assert enrolment_for(kept, course.uuid) == second
    assert [each.enrolment_id for each in Standing.objects.all()] == [second.pk]


def test_undo_puts_everything_back_exactly(by: Any, course: Any) -> None:
    kept, other = make_login(), make_login()
    for login in (kept, other):
        enrol(by=login, course=course)
    shared, own = CohortFactory.create(), CohortFactory.create()
    CohortMemberFactory.create(cohort=shared, person=kept.person, state=State.WITHDRAWN, left_reason="workload")
    CohortMemberFactory.create(cohort=shared, person=other.person)
    CohortMemberFactory.create(cohort=own, person=other.person, state=State.WAITING)
    before = everything()
    merging = merge_people(by=by, kept=kept.person, absorbed=other.person)
    assert everything() != before
    assert {each.cohort_id: each.state for each in CohortMember.objects.filter(person=kept.person)} == {
        shared.pk: State.ACTIVE,
        own.pk: State.WAITING,
    }
    assert not CohortMember.objects.active().filter(person=other.person).exists()
    part_people(by=by, merging=merging)
    assert everything() == before
    assert state_hash() == rebuild_state()


def test_undo_leaves_what_was_decided_since(by: Any) -> None:
    kept, other = PersonFactory.create(), PersonFactory.create()
    member = CohortMemberFactory.create(person=other)
    merging = merge_people(by=by, kept=kept, absorbed=other)
    now_there = CohortMember.objects.get(person=kept, cohort=member.cohort)
    CohortMember.objects.filter(pk=now_there.pk).update(state=State.WITHDRAWN, left_reason="conduct")
    part_people(by=by, merging=merging)
    now_there.refresh_from_db()
    assert (now_there.state, now_there.left_reason) == (State.WITHDRAWN, "conduct")


def test_other_login_is_suspended_and_reopened_by_the_undo(by: Any) -> None:
    kept, other = make_login(), make_login()
    merging = merge_people(by=by, kept=kept.person, absorbed=other.person)
    other.refresh_from_db()
    assert (merging.login_was, other.is_active) == (Merging.LoginWas.SUSPENDED, False)
    part_people(by=by, merging=merging)
    other.refresh_from_db()
    assert other.is_active


def test_only_login_goes_to_the_kept_record_and_back(by: Any) -> None:
    kept, other = PersonFactory.create(), LoginFactory.create()
    absorbed = other.person
    merging = merge_people(by=by, kept=kept, absorbed=absorbed)
    assert Login.objects.get(pk=other.pk).person == kept
    part_people(by=by, merging=merging)
    assert Login.objects.get(pk=other.pk).person == absorbed


def test_suspended_login_is_not_opened_by_an_undo(by: Any) -> None:
    kept, other = make_login(), make_login()
    Login.objects.filter(pk=other.pk).update(is_active=False)
    part_people(by=by, merging=merge_people(by=by, kept=kept.person, absorbed=other.person))
    other.refresh_from_db()
    assert not other.is_active


def test_absorbed_record_stands_in_no_list_of_people(by: Any) -> None:
    kept, other = PersonFactory.create(), PersonFactory.create()
    merging = merge_people(by=by, kept=kept, absorbed=other)
    assert other not in Person.objects.visible_to(by).standing()
    part_people(by=by, merging=merging)
    assert other in Person.objects.visible_to(by).standing()


def test_chains_and_circles_are_refused(by: Any) -> None:
    one, two, three = PersonFactory.create_batch(3)
    merge_people(by=by, kept=two, absorbed=one)
    for kept, absorbed, code in (
        (one, three, "chain"),
        (three, two, "chain"),
        (one, two, "chain"),
        (three, one, "merged_before"),
    ):
        with pytest.raises(MergeRefusedError) as refused:
            merge_people(by=by, kept=kept, absorbed=absorbed)
        assert refused.value.code == f"accounts.merge.{code}"
    merge_people(by=by, kept=two, absorbed=three)
    assert Alias.objects.filter(kept_uuid=two.uuid).count() == 2


def test_merging_again_after_an_undo_counts_though_the_clock_stands_still(by: Any, monkeypatch: Any) -> None:
    kept, other = PersonFactory.create(), PersonFactory.create()
    moment = by.created_at
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    for _ in range(3):
        merging = merge_people(by=by, kept=kept, absorbed=other)
        assert Alias.objects.filter(kept_uuid=kept.uuid).exists()
        part_people(by=by, merging=merging)
        assert not Alias.objects.exists()


def test_undo_twice_is_one_undo(by: Any) -> None:
    merging = merge_people(by=by, kept=PersonFactory.create(), absorbed=PersonFactory.create())
    part_people(by=by, merging=merging)
    part_people(by=by, merging=merging)
    assert AuditEvent.objects.filter(act="person.parted").count() == 1


def test_record_of_staff_does_not_go_and_no_login_comes_into_a_role(by: Any) -> None:
    learner, staff = make_login(), make_login(TRAINER)
    with pytest.raises(MergeRefusedError):
        merge_people(by=by, kept=learner.person, absorbed=staff.person)
    without_login = PersonFactory.create()
    grant_row(without_login, TRAINER, without_login.country)
    with pytest.raises(MergeRefusedError):
        merge_people(by=by, kept=without_login, absorbed=learner.person)
    assert not Merging.objects.exists()


def test_only_who_runs_both_countries_merges(by: Any) -> None:
    here, abroad = PersonFactory.create(), PersonFactory.create(country=CountryFactory.create(code="UA"))
    merging = merge_people(by=by, kept=here, absorbed=PersonFactory.create())
    elsewhere = make_login(COORDINATOR, CountryFactory.create(code="UA"))
    for login, kept, absorbed in ((by, here, abroad), (elsewhere, abroad, here), (make_login(TRAINER), here, abroad)):
        with pytest.raises(OutOfScopeError):
            merge_people(by=login, kept=kept, absorbed=absorbed)
    with pytest.raises(OutOfScopeError):
        part_people(by=elsewhere, merging=merging)
