"""Reissue, withdraw, restore, renew: one number, one valid paper, never another's name (S9)."""

import datetime as dt
import json
import random
import unicodedata
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.actions import rename_person
from accounts.errors import OutOfScopeError
from accounts.models import AuditEvent, Message
from accounts.policy import COORDINATOR, TRAINER
from certificates.actions import (
    begin_renewal,
    invite_to_renew,
    issue_award,
    reissue_award,
    renew_award,
    restore_award,
    revoke_award,
)
from certificates.awarded import award_columns, name_sha256
from certificates.errors import (
    AwardSupersededError,
    AwardWithdrawnError,
    NameUnchangedError,
    RenewalNotOpenError,
)
from certificates.models import Award, AwardRule, HolderName, Standing
from courses.models import CoursePage, Enrolment
from records.models import Statement
from records.state import rebuild_state, state_hash
from records.statements import read_statement
from records.storage import statements_of
from tests.certificates.test_issue_award import in_threads
from tests.factories.accounts import CountryFactory, PersonFactory, make_login
from tests.factories.assessments import QuizFactory
from tests.factories.certificates import (
    COURSE,
    MOMENT,
    QUIZ,
    award,
    complete,
    earned_statement,
    enrol,
    holder_login,
    pass_quiz,
    publish_course,
    revoked_statement,
)

REASON = "issued-in-error"
LATE = dt.datetime(2028, 10, 1, 9, tzinfo=dt.UTC)


@pytest.fixture
def row(db):
    publish_course()
    return award(PersonFactory.create(full_name="Awa Traore"))


@pytest.fixture
def coordinator(row):
    return make_login(COORDINATOR, row.country)


@pytest.fixture
def quiz(row):
    """The course's own test, which a new enrolment asks for."""
    return QuizFactory.create(uuid=QUIZ, course_uuid=COURSE)


def renamed(row, coordinator, name: str = "Awa Traoré"):
    rename_person(by=coordinator, person=row.person, full_name=name)
    return reissue_award(by=coordinator, award=row)


def test_a_reissue_keeps_the_number_and_dates_and_raises_the_version(row, coordinator):
    fresh = renamed(row, coordinator)
    assert (fresh.serial, fresh.version, fresh.supersedes) == (row.serial, 2, row.uuid)
    assert (fresh.valid_until, fresh.period, fresh.points_milli) == (row.valid_until, 1, row.points_milli)
    assert HolderName.objects.get(pk=fresh.pk).full_name == "Awa Traoré"
    assert HolderName.objects.get(pk=row.pk).full_name == "Awa Traore"
    old = Award.objects.get(pk=row.pk)
    assert old.is_superseded
    assert list(Award.objects.in_force()) == [fresh]
    assert Standing.objects.get().is_certified
    assert Message.objects.filter(code="certificates.reissued", person=row.person).count() == 1
    assert rebuild_state() == state_hash()


def test_the_name_stays_out_of_the_statement_and_the_audit(row, coordinator):
    fresh = renamed(row, coordinator, "Mariam Unmistakable")
    texts = [each.text for each in Statement.objects.filter(unit_uuid__in=[row.pk, fresh.pk])]
    assert not any("Unmistakable" in text for text in texts)
    assert not any("Unmistakable" in json.dumps(each.detail) for each in AuditEvent.objects.all())


def test_asking_for_a_reissue_twice_gives_one_new_version(row, coordinator):
    fresh = renamed(row, coordinator)
    with pytest.raises(AwardSupersededError):
        reissue_award(by=coordinator, award=row)
    with pytest.raises(NameUnchangedError):
        reissue_award(by=coordinator, award=fresh)
    assert Award.objects.count() == 2


def test_a_third_version_follows_the_second_and_the_first_stays_replaced(row, coordinator):
    second = renamed(row, coordinator)
    third = renamed(second, coordinator, "Awa Traoré Diarra")
    assert (third.version, third.serial, third.supersedes) == (3, row.serial, second.uuid)
    assert [each.is_superseded for each in Award.objects.order_by("version")] == [True, True, False]


def test_a_replaced_version_is_never_restored(row, coordinator):
    renamed(row, coordinator)
    with pytest.raises(AwardSupersededError):
        restore_award(by=coordinator, award=row)
    assert Award.objects.in_force().count() == 1


def test_only_a_wrong_name_lets_a_withdrawn_award_be_issued_again(row, coordinator):
    revoke_award(by=coordinator, award=row, reason=REASON)
    rename_person(by=coordinator, person=row.person, full_name="Awa Traoré")
    with pytest.raises(AwardWithdrawnError):
        reissue_award(by=coordinator, award=row)
    restore_award(by=coordinator, award=row)
    revoke_award(by=coordinator, award=row, reason="wrong-name")
    assert reissue_award(by=coordinator, award=row).revoked_at is None


def test_restored_stands_again_and_can_be_withdrawn_again(row, coordinator):
    revoke_award(by=coordinator, award=row, reason=REASON)
    back = restore_award(by=coordinator, award=row)
    assert (back.revoked_at, back.revocation_reason, back.serial) == (None, "", row.serial)
    assert Standing.objects.get().is_certified
    assert restore_award(by=coordinator, award=row).revoked_at is None
    again = revoke_award(by=coordinator, award=row, reason="on-request")
    assert again.revocation_reason == "on-request"
    assert Statement.objects.filter(unit_uuid=row.pk, verb="restored").count() == 1
    assert AuditEvent.objects.filter(act="award.restored").count() == 1
    assert rebuild_state() == state_hash()


def test_a_clock_that_was_set_back_does_not_turn_the_order_round(row, coordinator):
    revoke_award(by=coordinator, award=row, reason=REASON, at=MOMENT + dt.timedelta(days=30))
    assert restore_award(by=coordinator, award=row, at=MOMENT).revoked_at is None
    assert revoke_award(by=coordinator, award=row, reason=REASON, at=MOMENT).revoked_at is not None


@pytest.mark.parametrize("act", [restore_award, reissue_award, renew_award])
def test_nobody_acts_outside_their_scope(row, act):
    for login in (
        make_login(COORDINATOR, CountryFactory.create(code="UA")),
        make_login(TRAINER, row.country),
        holder_login(row),
    ):
        with pytest.raises(PermissionDenied):
            act(by=login, award=row)
    assert Award.objects.count() == 1


def test_nobody_renames_people_of_another_country_or_themselves(row, coordinator):
    elsewhere = make_login(COORDINATOR, CountryFactory.create(code="UA"))
    for login, person in ((elsewhere, row.person), (coordinator, coordinator.person)):
        with pytest.raises(OutOfScopeError):
            rename_person(by=login, person=person, full_name="Somebody Else")
    row.person.refresh_from_db()
    assert row.person.full_name == "Awa Traore"


def test_by_default_the_holder_renews_with_a_new_period_of_the_course(row, quiz):
    login = holder_login(row)
    enrolment = begin_renewal(by=login, award=row, at=LATE)
    assert (enrolment.period, enrolment.outline) == (2, Enrolment.objects.get(period=1).outline)
    assert begin_renewal(by=login, award=row, at=LATE) == enrolment
    fresh = issue_award(enrolment_uuid=complete(enrolment).pk, at=LATE)
    assert (fresh.period, fresh.version) == (2, 1)
    assert fresh.serial != row.serial
    assert Award.objects.get(pk=row.pk).revoked_at is None
    # Renewed early: the second period begins on the day after the first one ends.
    assert fresh.valid_until == dt.date(2030, 11, 21)


def test_a_rule_may_ask_for_the_test_only(row, quiz):
    AwardRule.objects.create(course_uuid=COURSE, renewal="test")
    enrolment = begin_renewal(by=holder_login(row), award=row, at=LATE)
    assert enrolment.outline["lessons"] == []
    pass_quiz(enrolment, 9000)
    fresh = issue_award(enrolment_uuid=enrolment.pk, at=LATE)
    assert (fresh.period, fresh.lessons, fresh.minutes) == (2, row.lessons, row.minutes)


def test_a_rule_may_let_a_coordinator_attest(row, coordinator):
    with pytest.raises(RenewalNotOpenError) as refused:
        renew_award(by=coordinator, award=row, at=LATE)
    assert refused.value.why == "by-test"
    AwardRule.objects.create(course_uuid=COURSE, renewal="attest", valid_months=12)
    fresh = renew_award(by=coordinator, award=row, at=LATE)
    assert (fresh.period, fresh.valid_until) == (2, dt.date(2029, 11, 21))
    assert renew_award(by=coordinator, award=row, at=LATE) == fresh
    with pytest.raises(RenewalNotOpenError):
        begin_renewal(by=holder_login(row), award=fresh, at=LATE)
    assert rebuild_state() == state_hash()


def test_renewal_opens_before_the_end_and_not_earlier(row):
    login = holder_login(row)
    opens = dt.datetime.combine(row.valid_until - dt.timedelta(days=90), dt.time(), dt.UTC)
    with pytest.raises(RenewalNotOpenError) as refused:
        begin_renewal(by=login, award=row, at=opens - dt.timedelta(seconds=1))
    assert refused.value.why == "not-yet"
    assert begin_renewal(by=login, award=row, at=opens).period == 2


def test_a_withdrawn_award_is_not_renewed_and_another_s_never(row, coordinator):
    with pytest.raises(PermissionDenied):
        begin_renewal(by=make_login(), award=row, at=LATE)
    revoke_award(by=coordinator, award=row, reason=REASON)
    with pytest.raises(RenewalNotOpenError):
        begin_renewal(by=holder_login(row), award=row, at=LATE)


def test_inviting_twice_on_a_day_tells_once_and_only_those_in_scope(row, coordinator):
    elsewhere = make_login(COORDINATOR, CountryFactory.create(code="UA"))
    assert invite_to_renew(by=elsewhere, awards=[row]) == 0
    assert [invite_to_renew(by=coordinator, awards=[row]) for _again in range(2)] == [1, 0]
    message = Message.objects.get(code="certificates.renewal-invited")
    assert message.person == row.person
    assert message.facts["until_on"] == row.valid_until.isoformat()


def test_the_course_run_again_and_a_grade_changed_after_the_issue_change_no_paper(row):
    pass_quiz(Enrolment.objects.get(), 10000, number=2)
    CoursePage.objects.update(certificate_title="Other words")
    assert issue_award(enrolment_uuid=row.enrolment_uuid) == row
    assert Award.objects.get().points_milli == row.points_milli
    assert Award.objects.get().title == row.title


def test_an_issue_that_is_rolled_back_leaves_no_name(row, monkeypatch):
    done = complete(enrol())
    monkeypatch.setattr("certificates.awarding.saying.append_statements", _fail)
    with pytest.raises(RuntimeError):
        issue_award(enrolment_uuid=done.pk)
    assert HolderName.objects.count() == 1
    assert Award.objects.count() == 1


def _fail(**_given):
    msg = "the disk is full"
    raise RuntimeError(msg)


def test_a_name_never_fits_another_person_s_award(row):
    """100,000 pairs of names, with those that only look alike: none fits an award that was made for the other."""
    dice = random.Random(9)
    letters = "abcdeéèęАОеоرامحمد عبد-'’ ʼ\u0301\u200d"
    pairs = 0
    while pairs < 100_000:
        name, other = _pair(dice, letters)
        if name == other:
            continue
        pairs += 1
        salt = f"{dice.getrandbits(128):032x}"
        row.name_sha256 = name_sha256(salt, *name)
        assert HolderName(full_name=name[0], full_name_other=name[1], salt=salt).fits(row)
        assert not HolderName(full_name=other[0], full_name_other=other[1], salt=salt).fits(row)


def _pair(dice: random.Random, letters: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return two names as they are printed: unlike ones, and every few a pair that is made to be confused."""
    first, second = ("".join(dice.choices(letters, k=dice.randint(1, 12))) for _each in range(2))
    cut = dice.randint(0, len(first))
    alike = [
        (second, ""),
        (second, first),
        (first[:cut], first[cut:]),
        (f"{first} {second}", ""),
        (unicodedata.normalize("NFD", first), second),
        (first.upper(), second),
        (first + " ", second),
    ]
    return (first, second), dice.choice(alike)


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_make_one_new_version():
    publish_course()
    row = award(PersonFactory.create(full_name="Awa Traore"))
    coordinator = make_login(COORDINATOR, row.country)
    rename_person(by=coordinator, person=row.person, full_name="Awa Traoré")

    def again(barrier):
        barrier.wait()
        return reissue_award(by=coordinator, award=row).version

    results = in_threads(8, again)
    assert [each for each in results if each == 2] == [2]
    assert {type(each) for each in results if each != 2} == {AwardSupersededError}
    assert Award.objects.filter(serial=row.serial).count() == 2
    assert Award.objects.in_force().count() == 1


@given(data=st.data())
@settings(max_examples=60)
def test_of_withdrawn_and_restored_the_latest_decides_in_any_order(data):
    """Pure: the same set, said in any order and twice over, gives the same columns."""
    enrolment = Enrolment(
        pk=UUID(int=6), person_id=UUID(int=5), course_uuid=COURSE, country_id="ML", actor_uuid=UUID(int=7)
    )
    days = data.draw(st.lists(st.integers(1, 9), min_size=1, max_size=6, unique=True))
    said = [earned_statement(enrolment)]
    for day in days:
        each = revoked_statement(enrolment, at=MOMENT + dt.timedelta(days=day))
        if data.draw(st.booleans()):
            each["verb"]["id"] = "http://activitystrea.ms/schema/1.0/confirm"
            del each["context"]["extensions"]["facts"]
        said.append(each)
    read = [read_statement(each) for each in said]
    expected = award_columns(read[0].unit_uuid, read)
    latest = max(read[1:], key=lambda each: each.timestamp)
    assert expected is not None
    assert (expected["revoked_at"] is None) == (latest.verb == "restored")
    assert award_columns(read[0].unit_uuid, data.draw(st.permutations([*read, *read[:2]]))) == expected


def test_the_history_of_an_award_is_all_in_its_statements(row, coordinator):
    revoke_award(by=coordinator, award=row, reason=REASON)
    restore_award(by=coordinator, award=row)
    renamed(row, coordinator)
    verbs = sorted(each.verb for each in statements_of([row.uuid]))
    assert verbs == ["earned", "restored", "revoked", "revoked"]
