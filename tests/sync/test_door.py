"""The door: what a device says is stored once, or kept aside with its reason, whoever carries it."""

import datetime as dt
import json
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from assessments.models import Attempt
from courses.models import ActivityState, CourseProgress
from courses.progress import lesson_unit
from elearning.lib.canonical import canonical_json
from records.models import QuarantinedStatement, Statement
from records.state import state_hash
from sync.keys import site_keys
from sync.models import Device
from tests.factories.accounts import make_login
from tests.factories.assessments import make_course
from tests.sync.client import SimulatedDevice, id_of, sealed
from tests.sync.doings import Learner, PaperSitting, make_device, make_learner

pytestmark = pytest.mark.django_db


def reasons(receipt) -> list[str]:
    return [each.reason for each in receipt.held]


def test_a_day_of_reading_is_stored_and_counts(learner, deliver):
    lines = [line for lesson in learner.lessons for line in learner.read_along(lesson)]
    receipt = deliver(*lines)
    assert [str(each) for each in receipt.stored] == [id_of(line) for line in lines]
    assert not receipt.held
    assert ActivityState.objects.filter(enrolment=learner.enrolment, completed_at__isnull=False).count() == 3
    assert CourseProgress.objects.get(pk=learner.enrolment).activities_completed == 3
    device = Device.objects.get(pk=learner.device.uuid)
    assert (device.last_sequence, device.head_sha256) == (len(lines), learner.device.previous)


def test_repeat_adds_nothing_and_its_receipt_is_the_same(learner, deliver):
    """R4: one delivery or fifty, in any company: one set of rows, one hash, one receipt."""
    lines = learner.read_along(learner.lessons[0])
    first = deliver(*lines)
    before = (Statement.objects.count(), state_hash())
    for _each in range(50):
        again = deliver(*lines, *lines)
        assert (again.stored, again.held) == (first.stored, [])
    assert (Statement.objects.count(), state_hash()) == before


def test_whole_quiz_on_a_carried_paper_is_scored_and_completes_the_course(learner, deliver):
    deliver(*[line for lesson in learner.lessons for line in learner.read_along(lesson)])
    (paper,) = learner.papers()
    receipt = deliver(*PaperSitting(learner, paper).sit())
    assert not receipt.held
    attempt = Attempt.objects.get(pk=paper["attempt"])
    assert (attempt.is_passed, attempt.flags, attempt.counts) == (True, "", True)
    assert CourseProgress.objects.get(pk=learner.enrolment).completed_at


def test_line_proves_its_author_whoever_carries_it(learner, deliver):
    receipt = deliver(learner.read(learner.lessons[0]), carried_by=make_login())
    assert len(receipt.accepted) == 1


def test_sealed_line_is_opened_and_judged_as_the_line_inside(learner, deliver):
    line = learner.read(learner.lessons[0])
    receipt = deliver(sealed(line, site_keys().public()), line)
    assert (len(receipt.accepted), len(receipt.known)) == (1, 1)


def test_seal_of_another_site_a_broken_seal_and_a_seal_in_a_seal_are_kept_aside(learner, deliver, tmp_path):
    from sync import keys

    keys.make_keys(tmp_path)
    line = learner.read(learner.lessons[0])
    ours = sealed(line, site_keys().public())
    foreign = sealed(line, keys._read_once(tmp_path).public())
    broken = ours[:-8] + "AAAAAAA="
    receipt = deliver(foreign, broken, sealed(ours, site_keys().public()))
    assert reasons(receipt) == ["sealed-unreadable", "sealed-unreadable", "line-unreadable"]


def test_own_key_in_anothers_name_is_refused_and_no_state_moves(deliver):
    """S7: neither the name, nor the enrolment, nor the unit of somebody else."""
    victim, thief = make_learner(), make_learner()
    as_victim = SimulatedDevice(victim.device.actor, thief.device.uuid, thief.device.key)
    in_name = as_victim.line(
        as_victim.say(
            "completed",
            ("lesson", victim.lessons[0]),
            ("lesson", lesson_unit(victim.enrolment, victim.lessons[0])),
            {"enrolment": str(victim.enrolment), "lesson": str(victim.lessons[0])},
        )
    )
    thief.enrolment, own = victim.enrolment, thief.enrolment
    of_enrolment = thief.read(victim.lessons[0])
    thief.enrolment = own
    unit = ("lesson", lesson_unit(victim.enrolment, victim.lessons[0]))
    facts = {"enrolment": str(own), "lesson": str(thief.lessons[0])}
    of_unit = thief.device.line(thief.device.say("completed", ("lesson", victim.lessons[0]), unit, facts))
    before = state_hash()
    receipt = deliver(in_name, of_enrolment, of_unit)
    assert reasons(receipt) == ["foreign-actor", "enrolment-not-yours", "enrolment-not-yours"]
    assert (state_hash(), receipt.stored) == (before, [])


def test_anothers_paper_is_refused(deliver):
    victim, thief = make_learner(), make_learner()
    (paper,) = victim.papers()
    sitting = PaperSitting(thief, paper)
    assert set(reasons(deliver(sitting.answer(0, None)))) == {"paper-not-yours"}


def test_edited_text_unknown_device_and_wrong_key_are_refused(learner, deliver):
    signature, text = learner.read(learner.lessons[0]).split(" ", 1)
    edited = f"{signature} {text.replace(str(learner.lessons[0]), str(learner.lessons[1]))}"
    stranger = SimulatedDevice(learner.device.actor)
    known, learner.device = learner.device, stranger
    unknown = learner.read(learner.lessons[0])
    stranger.uuid, stranger.sequence, stranger.previous = known.uuid, 0, ""
    wrong_key = learner.read(learner.lessons[0])
    assert reasons(deliver(edited, unknown, wrong_key)) == ["signature-invalid", "device-unknown", "signature-invalid"]


def test_revoked_device_and_suspended_login_are_held_for_a_decision(learner, deliver):
    early = learner.read(learner.lessons[0])
    deliver(early)
    Device.objects.filter(pk=learner.device.uuid).update(revoked_at=timezone.now())
    # What was stored before stays named: the receipt of a repeat is the same.
    assert reasons(deliver(early, learner.read(learner.lessons[1]))) == ["device-revoked"]
    Device.objects.filter(pk=learner.device.uuid).update(revoked_at=None)
    learner.login.is_active = False
    learner.login.save()
    assert reasons(deliver(learner.read(learner.lessons[2]))) == ["login-suspended"]


@pytest.mark.parametrize("verb", ["registered", "earned", "revoked", "noticed", "approved", "denied"])
def test_device_never_says_what_only_the_site_may(learner, deliver, verb):
    kinds = {"registered": "enrolment", "earned": "award", "revoked": "award"}
    kind = kinds.get(verb, "attempt")
    text = learner.device.say(verb, (kind, uuid.uuid4()), (kind, uuid.uuid4()), {"score": 1})
    assert reasons(deliver(learner.device.line(text))) == ["verb-not-yours"]


def test_score_in_a_statement_makes_it_no_statement_of_a_device(learner, deliver):
    (paper,) = learner.papers()
    text = learner.device.say(
        "submitted",
        ("quiz", uuid.UUID(paper["quiz"])),
        ("attempt", uuid.UUID(paper["attempt"])),
        {"ordinal": 1},
        result={"score": {"raw": 1}, "success": True},
    )
    assert reasons(deliver(learner.device.line(text))) == ["malformed"]


def test_time_is_bounded_by_what_the_site_knows(learner, deliver):
    """R10: a little ahead is stored; a day ahead, or before the enrolment, is for a person to decide."""
    now = timezone.now()
    # Enrolled on 1 November 2026; the factory says so.
    lines = [
        learner.read(learner.lessons[0], at=now + dt.timedelta(hours=23)),
        learner.read(learner.lessons[1], at=now + dt.timedelta(hours=25)),
        learner.read(learner.lessons[2], at=dt.datetime(2016, 2, 29, tzinfo=dt.UTC)),
    ]
    receipt = deliver(*lines, now=now)
    assert (len(receipt.accepted), reasons(receipt)) == (1, ["from-the-future", "before-enrolment"])


@pytest.mark.parametrize("facts", [{"ordinal": 1_000_001}, {"ordinal": -1}, {"ordinal": True}, {"step": 2**53 - 1}])
def test_number_no_device_of_ours_writes_is_refused(learner, deliver, facts):
    line = learner.read(learner.lessons[0], "progressed", place="a", **facts)
    assert reasons(deliver(line)) == ["number-out-of-range"]


def test_enrolment_that_is_not_here_waits(learner, deliver):
    learner.enrolment = uuid.uuid4()
    assert reasons(deliver(learner.read(learner.lessons[0]))) == ["enrolment-unknown"]


def test_paper_that_is_not_here_waits_and_an_exam_never_passes(deliver):
    learner = make_learner()
    (paper,) = learner.papers()
    unknown = PaperSitting(learner, paper | {"attempt": str(uuid.uuid4())})
    assert reasons(deliver(unknown.answer(0, None))) == ["paper-unknown"]


def test_one_id_with_two_texts_keeps_the_first(learner, deliver):
    """R15, 200 cases: the first stays in force, the second is kept beside it with its signature."""
    for number in range(200):
        lesson = learner.lessons[number % 3]
        first = learner.read(lesson, "progressed", place="a", ordinal=number)
        deliver(first)
        body = json.loads(first.split(" ", 1)[1])
        body["context"]["extensions"]["facts"]["place"] = "b"
        second = learner.device.line(canonical_json(body))
        assert reasons(deliver(second)) == ["id-reused"]
        assert deliver(first).stored == [uuid.UUID(body["id"])]
    rows = QuarantinedStatement.objects.filter(reason="id-reused")
    assert (rows.count(), rows.exclude(signature="").count()) == (200, 200)
    assert not Statement.objects.filter(text__contains='"place":"b"').exists()


def test_clock_ahead_is_noticed_once(learner, deliver):
    (paper,) = learner.papers()
    now = timezone.now()
    sitting = PaperSitting(learner, paper)
    lines = [sitting.begin(now + dt.timedelta(minutes=6)), sitting.answer(0, None, now + dt.timedelta(minutes=7))]
    deliver(*lines, now=now)
    deliver(*lines, now=now)
    noticed = Statement.objects.filter(verb="noticed")
    assert [json.loads(each.text)["context"]["extensions"]["facts"]["notice"] for each in noticed] == ["clock-ahead"]
    deliver(sitting.hand_in({}, now + dt.timedelta(minutes=8)), now=now + dt.timedelta(hours=1))
    assert "clock-ahead" in Attempt.objects.get(pk=paper["attempt"]).flags


def test_two_texts_in_one_place_of_the_chain_are_noticed_on_both_attempts(learner, deliver):
    """A device restored from a copy says another thing under a number it has used; both are kept."""
    (paper,) = learner.papers()
    one = PaperSitting(learner, paper)
    begin = one.begin()
    deliver(begin)
    device, copy = learner.device, learner.device.clone()
    answer = one.answer(0, None)
    deliver(answer)
    learner.device = copy
    other = PaperSitting(learner, paper, ordinal=one.ordinal)
    receipt = deliver(other.answer(1, None))
    assert len(receipt.accepted) == 1
    learner.device = device
    deliver(one.hand_in({}))
    assert "fork" in Attempt.objects.get(pk=paper["attempt"]).flags


def test_chain_in_any_order_of_arrival_is_no_fork(learner, deliver):
    (paper,) = learner.papers()
    lines = PaperSitting(learner, paper).sit()
    for line in reversed(lines):
        deliver(line)
    assert not Statement.objects.filter(verb="noticed").exists()
    assert Attempt.objects.get(pk=paper["attempt"]).flags == ""


def test_link_that_does_not_know_the_one_before_is_noticed(learner, deliver):
    """A statement was taken out of the chain and another put in its place."""
    (paper,) = learner.papers()
    sitting = PaperSitting(learner, paper)
    deliver(sitting.begin())
    learner.device.previous = "0" * 64
    deliver(sitting.answer(0, None), sitting.hand_in({}))
    assert "fork" in Attempt.objects.get(pk=paper["attempt"]).flags


def test_hand_in_beyond_the_limit_is_kept_scored_and_noticed(deliver):
    """Two devices, one person, one attempt allowed: both sat it offline."""
    made = make_course(questions=4, draw=3, attempt_limit=1)
    first, second = (make_device(made.login.person) for _each in range(2))
    learners = [Learner(made.login, device, made.enrolment.pk, made.uuid, made.lessons) for device in (first, second)]
    papers = [learner.papers()[0] for learner in learners]
    for learner, paper in zip(learners, papers, strict=True):
        assert not deliver(*PaperSitting(learner, paper).sit(right=0)).held
    flags = [Attempt.objects.get(pk=paper["attempt"]).flags for paper in papers]
    assert (flags[0], "attempts-used-up" in flags[1]) == ("", True)


def test_held_line_in_a_batch_stops_nothing_else(learner, deliver):
    lines = learner.read_along(learner.lessons[0])
    receipt = deliver("nonsense", *lines, b"\xff\xfe", "")
    assert len(receipt.accepted) == len(lines)
    assert [(each.line, each.reason) for each in receipt.held] == [
        (0, "line-unreadable"),
        (len(lines) + 1, "line-unreadable"),
        (len(lines) + 2, "line-unreadable"),
    ]


def test_line_the_site_stumbles_over_is_kept_aside_and_the_rest_goes_on(learner, deliver, monkeypatch):
    """A fault of ours in one line must not stop all that a device has to say, for ever."""
    from records.deriving import registry

    poison, *rest = (learner.read(lesson) for lesson in learner.lessons)
    kind = registry.units["lesson"]
    unit = lesson_unit(learner.enrolment, learner.lessons[0])

    def derive(sets):
        if unit in sets:
            raise ZeroDivisionError
        return kind.derive(sets)

    import dataclasses

    monkeypatch.setitem(registry.units, "lesson", dataclasses.replace(kind, derive=derive))
    receipt = deliver(poison, *rest)
    assert (len(receipt.accepted), reasons(receipt)) == (2, ["unexpected"])


def test_one_answer_costs_few_queries(learner, deliver, django_assert_num_queries):
    """Device state, log, insert, device; the savepoints of the test's own transaction; on PostgreSQL the log's lock."""
    (paper,) = learner.papers()
    sitting = PaperSitting(learner, paper)
    deliver(sitting.begin())
    line = sitting.answer(0, None)
    with django_assert_num_queries(8 if connection.vendor == "sqlite" else 9):
        deliver(line)
