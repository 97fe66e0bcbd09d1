"""A question is marked anew: what follows from it in any order, what a preview says, and who may do it."""

from itertools import permutations
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import AuditEvent
from accounts.policy import ADMINISTRATOR, COORDINATOR, EDITOR, TRAINER
from assessments import awards_at_stake, papers
from assessments.actions import keep_award, preview_question, publish_question, regrade_question, regrading
from assessments.answering import follow_attempt
from assessments.awards_at_stake import AwardAtStake
from assessments.drawing import Item, Sheet, read_sheet
from assessments.errors import RegradeRefusedError
from assessments.models import Attempt, Paper, Question, Regrade
from assessments.previewing import Ruled
from assessments.regrading import regrades_in, rulings_in, score_with
from assessments.scoring import DROP, FULL, KEY, Answers, Regraded
from assessments.versions import Version
from courses.models import CourseProgress
from records.actions import append_statements
from records.models import Statement
from records.state import rebuild_state, state_hash
from records.statements import Said
from tests.assessments.saying import LEARNER, Saying, responses_by_question, sit_on_a_device
from tests.assessments.sitting import Sitting, answer_right, answer_wrong
from tests.factories.accounts import CountryFactory, make_login, sign_in
from tests.factories.assessments import make_course

QUESTION, OTHER, TRAINER_ACTOR = str(UUID(int=100)), str(UUID(int=101)), UUID(int=6)
CHOICES = ["a", "b"]
VERSIONS = {
    name: Version(name, question, "single_choice", {"choices": CHOICES, "right": [right]}, {}, None, "")
    for name, question, right in (("v1", QUESTION, "a"), ("v2", QUESTION, "b"), ("w1", OTHER, "a"))
}
SAID = ("id", "actor_uuid", "verb", "unit_kind", "unit_uuid", "text", "sha256")
SHEET = Sheet((Item(QUESTION, "v1", ("a", "b")), Item(OTHER, "w1", ("a", "b"))), 50, 1)


def said(saying, at, rule, *, actor=TRAINER_ACTOR, **facts):
    body = {"regrade": str(UUID(int=9)), "question": QUESTION, "version": "v1", "rule": rule, "to": ""}
    return saying.say("regraded", at, body | {"reason": "The key was wrong."} | facts, actor=actor)


@pytest.fixture
def saying():
    found = Saying()
    found.begin()
    found.answer(1, QUESTION, "b")
    found.answer(2, OTHER, "b")
    found.hand_in(3)
    return found


def stands(saying):
    return regrades_in(follow_attempt(saying.said), SHEET)


# What stands. Pure.


def test_the_latest_stands_whatever_came_when(saying):
    said(saying, 10, "full")
    said(saying, 20, "key", to="v2")
    said(saying, 15, "drop")
    for order in permutations(saying.said):
        assert regrades_in(follow_attempt(order), SHEET) == {QUESTION: Regraded("key", "v2")}


def test_none_takes_back_what_was_said_before(saying):
    said(saying, 10, "full")
    said(saying, 20, "none")
    assert stands(saying) == {}
    said(saying, 30, "drop")
    assert stands(saying) == {QUESTION: Regraded("drop")}


def test_the_learner_marks_nothing_anew(saying):
    said(saying, 10, "full", actor=LEARNER)
    assert stands(saying) == {}


@pytest.mark.parametrize(
    "facts",
    [
        {"rule": "double"},
        {"rule": None},
        {"version": "v9"},
        {"question": OTHER},
        {"question": 5},
        {"rule": "key"},
        {"rule": "key", "to": 5},
    ],
)
def test_what_cannot_be_read_or_is_about_something_else_changes_nothing(saying, facts):
    said(saying, 10, facts.pop("rule", "full"), **facts)
    assert stands(saying) == {}


def test_a_reason_of_another_form_is_none(saying):
    said(saying, 10, "full", reason=["x"], regrade="not an id")
    ruling = rulings_in(follow_attempt(saying.said), SHEET)[QUESTION]
    assert (ruling.reason, ruling.regrade) == ("", None)


@given(st.sampled_from(["a", "b", None]), st.sampled_from(["a", "b", None]))
def test_a_rule_moves_only_its_own_question(one, other):
    answers = Answers({key: value for key, value in ((QUESTION, one), (OTHER, other)) if value})
    was = score_with(SHEET, VERSIONS, answers, QUESTION, Regraded("none"))
    full = score_with(SHEET, VERSIONS, answers, QUESTION, Regraded(FULL))
    drop = score_with(SHEET, VERSIONS, answers, QUESTION, Regraded(DROP))
    key = score_with(SHEET, VERSIONS, answers, QUESTION, Regraded(KEY, "v2"))
    right = 1000 * (other == "a")
    assert was.points_milli == 1000 * (one == "a") + right
    assert (full.points_milli, full.out_of_milli) == (1000 + right, 2000)
    assert (drop.points_milli, drop.out_of_milli) == (right, 1000)
    assert (key.points_milli, key.out_of_milli) == (1000 * (one == "b") + right, 2000)


# On the database: a course whose first question had the wrong key.


def mend(question, by):
    """Turn the key of a question round, and publish it; return (old, new) version."""
    old = question.version_sha256
    body = dict(question.body)
    body["right"] = [next(each for each in body["choices"] if each not in body["right"])]
    question.body = body
    question.save()
    new = publish_question(by=by, question=Question.objects.get(pk=question.pk))
    return old, new.sha256


@pytest.fixture
def course(db):
    """Four questions, two points to pass; the first is of single choice."""
    return make_course(questions=4, draw=4, pass_mark_percent=75, lessons=1)


@pytest.fixture
def editor(db):
    return make_login(EDITOR, everywhere=True)


@pytest.fixture
def mended(course, editor):
    """The course, the question, and the rule: mark by the new key."""
    question = course.questions[0]
    old, new = mend(question, editor)
    course.ruled = Ruled(question.uuid, old, KEY, new)
    return course


def question_of(course):
    return Question.objects.get(pk=course.questions[0].pk)


def act(course, editor, ruled=None, *, regrade=None):
    return regrade_question(
        by=editor,
        regrade=regrade or uuid4(),
        question=question_of(course),
        ruled=ruled or course.ruled,
        reason="The key named the wrong choice.",
    )


def store_again(paper):
    """Store a paper that a rollback took: a device may carry it, whatever became of the rest."""
    Paper(**{field.attname: getattr(paper, field.attname) for field in Paper._meta.concrete_fields}).save()


def attempt_of(saying):
    return Attempt.objects.get(pk=saying.attempt)


def sit(course, answering=answer_right):
    return sit_on_a_device(course, answering)


@pytest.fixture
def sat(course, editor):
    """An attempt that lost a point, and with it the pass, by a wrong key; then the key is mended."""
    question = course.questions[0]

    def answering(kind, structure):
        is_mine = structure.get("choices") == question.body["choices"]
        return answer_wrong(kind, structure) if is_mine or kind == "true_false" else answer_right(kind, structure)

    course.saying = sit(course, answering)
    body = question.body
    given = responses_by_question(course.saying.attempt, answering)[str(question.uuid)]
    old = question.version_sha256
    question.body = body | {"right": [given]} if isinstance(given, str) else body
    question.save()
    new = publish_question(by=editor, question=Question.objects.get(pk=question.pk)).sha256
    course.ruled = Ruled(question.uuid, old, KEY, new)
    return course


def test_marking_by_the_mended_key_passes_who_was_right(sat, editor):
    assert attempt_of(sat.saying).is_passed is False
    found = preview_question(by=editor, question=question_of(sat), ruled=sat.ruled)
    assert found.counts == {"attempts": 1, "up": 1, "down": 0, "passed": 1, "failed": 0, "open": 0}
    assert attempt_of(sat.saying).is_passed is False, "a preview changes nothing"
    row = act(sat, editor)
    assert row.summary == found.counts | {"lost": []}
    assert attempt_of(sat.saying).counts
    assert CourseProgress.objects.get(pk=sat.enrolment.pk).completed_at is not None
    before = state_hash()
    assert rebuild_state() == before


def test_doing_it_twice_does_it_once(sat, editor):
    regrade = uuid4()
    assert act(sat, editor, regrade=regrade) == act(sat, editor, regrade=regrade)
    assert Statement.objects.filter(verb="regraded").count() == 1
    assert AuditEvent.objects.filter(act="question.regraded").count() == 1


def test_an_act_that_was_cut_off_is_finished_by_doing_it_again(sat, editor, monkeypatch):
    regrade = uuid4()

    def cut_off(*_args):
        raise ConnectionError

    with monkeypatch.context() as patched:
        patched.setattr(regrading, "_record", cut_off)
        with pytest.raises(ConnectionError):
            act(sat, editor, regrade=regrade)
    assert Statement.objects.filter(verb="regraded").count() == 1
    row = act(sat, editor, regrade=regrade)
    assert Statement.objects.filter(verb="regraded").count() == 1
    # The record says what the whole act changed, not what the second half did.
    assert (row.summary["passed"], row.summary["up"]) == (1, 1)


def test_taking_it_back_leaves_what_was(sat, editor):
    before = attempt_of(sat.saying).facts()
    act(sat, editor)
    assert attempt_of(sat.saying).facts() != before
    act(sat, editor, Ruled(sat.ruled.question, sat.ruled.version, "none"))
    assert attempt_of(sat.saying).facts() == before


def test_what_arrives_afterwards_is_marked_by_the_rule(course, editor):
    """A device carries the paper while the question is marked anew; its work comes later."""
    with transaction.atomic():
        saying = sit(course, answer_wrong)
        paper = Paper.objects.get()
        transaction.set_rollback(True)
    papers.kept.clear()
    store_again(paper)
    question = course.questions[0]
    row = act(course, editor, Ruled(question.uuid, question.version_sha256, FULL))
    assert (row.summary["attempts"], row.summary["open"]) == (0, 1)
    assert not Attempt.objects.exists()
    saying.send()
    assert attempt_of(saying).points_milli == 1000


def test_all_orders_of_arrival_give_one_state(course, editor):
    """The work of a device, and two acts about it, of which the later takes the first back in part."""
    with transaction.atomic():
        saying = sit(course, answer_wrong)
        question = course.questions[0]
        first = act(course, editor, Ruled(question.uuid, question.version_sha256, FULL))
        act(course, editor, Ruled(question.uuid, question.version_sha256, DROP))
        paper = Paper.objects.get()
        rows = Statement.objects.filter(verb="regraded").order_by("sequence")
        acts = [[Said(*row)] for row in rows.values_list(*SAID)]
        transaction.set_rollback(True)
    assert len(acts) == 2
    papers.kept.clear()
    store_again(paper)
    found = set()
    for order in permutations([*acts, saying.said[:3], saying.said[3:]]):
        with transaction.atomic():
            for said in order:
                append_statements(by={each.actor_uuid for each in said}, statements=[each.body for each in said])
            found |= {state_hash(), rebuild_state()}
            row = Attempt.objects.get(pk=saying.attempt)
            assert (row.points_milli, row.out_of_milli) == (0, 3000)
            transaction.set_rollback(True)
    assert len(found) == 1
    assert first.rule == FULL


def test_a_learner_who_fails_by_it_keeps_the_record_of_why(course, editor):
    """Everybody was right by the old key; the new one says otherwise."""
    saying = sit(course)
    other = sit_on_a_device(make_course())
    old, new = mend(course.questions[0], editor)
    course.ruled = Ruled(course.questions[0].uuid, old, KEY, new)
    found = preview_question(by=editor, question=question_of(course), ruled=course.ruled)
    assert (found.counts["down"], found.counts["failed"]) == (1, 0)
    act(course, editor)
    assert attempt_of(saying).points_milli == 3000
    assert attempt_of(other).points_milli == 10_000


def test_a_key_with_other_choices_is_refused(mended, editor):
    question, other = mended.questions[0], mended.questions[3]
    same = Ruled(question.uuid, mended.ruled.version, KEY, mended.ruled.version)
    foreign = Ruled(question.uuid, mended.ruled.version, KEY, other.version_sha256)
    unknown = Ruled(question.uuid, "0" * 64, FULL)
    not_its_own = Ruled(other.uuid, mended.ruled.version, FULL)
    for ruled in (same, foreign, unknown):
        with pytest.raises(RegradeRefusedError):
            act(mended, editor, ruled)
    with pytest.raises(RegradeRefusedError):
        regrade_question(by=editor, regrade=uuid4(), question=other, ruled=not_its_own, reason="x")
    grown = question_of(mended)
    grown.body = grown.body | {"choices": [*grown.body["choices"], (added := str(uuid4()))]}
    grown.save()
    for text in grown.texts.all():
        text.choices[added] = "One more"
        text.save()
    wider = publish_question(by=editor, question=question_of(mended)).sha256
    with pytest.raises(RegradeRefusedError):
        act(mended, editor, Ruled(question.uuid, mended.ruled.version, KEY, wider))
    assert not Regrade.objects.exists()


def test_only_those_who_write_the_question_mark_it_anew(mended):
    country = mended.login.person.country
    for by in (make_login(), make_login(COORDINATOR, everywhere=True), make_login(TRAINER, country), mended.login):
        with pytest.raises(PermissionDenied):
            act(mended, by)
    question = question_of(mended)
    question.country = country
    question.save()
    elsewhere = make_login(TRAINER, CountryFactory.create(code="UA"))
    with pytest.raises(PermissionDenied):
        act(mended, elsewhere)
    assert act(mended, make_login(TRAINER, country)).rule == KEY


def test_nobody_marks_their_own_attempt_anew(course):
    by = make_login(ADMINISTRATOR, everywhere=True)
    own = make_course(login=by, questions=4, draw=4, lessons=1)
    saying = sit(own, answer_wrong)
    question = own.questions[0]
    ruled = Ruled(question.uuid, question.version_sha256, FULL)
    found = preview_question(by=by, question=question, ruled=ruled)
    assert found.counts["attempts"] == 0
    regrade_question(by=by, regrade=uuid4(), question=question, ruled=ruled, reason="For me.")
    assert attempt_of(saying).points_milli == 0


# The pages.


def test_the_pages_lead_from_the_form_to_the_preview_to_the_act(sat, editor, client):
    sign_in(client, editor)
    url = reverse("assessments:regrade-question", args=[sat.ruled.question])
    page = client.get(url).content.decode()
    assert "Version 1" in page
    assert "on 1 paper" in page
    asked = {"version": sat.ruled.version, "rule": KEY, "to": sat.ruled.to, "reason": "Wrong key."}
    assert client.post(url, asked | {"reason": ""}).status_code == 422
    assert client.post(url, asked | {"to": ""}).status_code == 422
    preview = client.post(url, asked)
    assert preview.status_code == 200
    text = preview.content.decode()
    assert "Nothing is changed yet." in text
    # Outside the scope of an editor: no name, only how many.
    assert sat.login.person.full_name not in text
    assert "1 more attempt changes" in text
    assert not Regrade.objects.exists()
    sent = asked | {"apply": 1, "regrade": str(preview.context["regrade"])}
    done = client.post(url, sent)
    again = client.post(url, sent)
    row = Regrade.objects.get()
    assert done["Location"] == again["Location"] == reverse("assessments:regrade", args=[row.pk])
    assert "Wrong key." in client.get(done["Location"]).content.decode()
    assert "Mark the answers again" in client.get(reverse("assessments:regrades")).content.decode()


def test_an_administrator_reads_names_of_those_in_scope(sat, client):
    sign_in(client, make_login(ADMINISTRATOR, everywhere=True))
    url = reverse("assessments:regrade-question", args=[sat.ruled.question])
    asked = {"version": sat.ruled.version, "rule": KEY, "to": sat.ruled.to, "reason": "Wrong key."}
    text = client.post(url, asked).content.decode()
    assert sat.login.person.full_name in text
    assert "Passes by this" in text


def test_the_learner_reads_that_a_question_was_marked_anew_and_why(sat, editor, client):
    act(sat, editor)
    sitting = Sitting(sign_in(client, sat.login), sat.quiz.uuid, attempt=sat.saying.attempt)
    text = sitting.open("attempt-result").content.decode()
    assert "Marked anew" in text
    assert "Your answer was marked again." in text
    # Passed: nothing is left to gain by the key.
    assert "The key named the wrong choice." in text


def test_the_reason_waits_until_the_keys_are_open(course, editor, client):
    saying = sit(course, answer_wrong)
    question = course.questions[0]
    act(course, editor, Ruled(question.uuid, question.version_sha256, FULL))
    sitting = Sitting(sign_in(client, course.login), course.quiz.uuid, attempt=saying.attempt)
    text = sitting.open("attempt-result").content.decode()
    assert "Everybody has the full mark for it." in text
    assert "The key named the wrong choice." not in text


@pytest.fixture
def staked(course, editor, monkeypatch):
    """A certificate hangs on an attempt that does not pass any more."""
    course.quiz.pass_mark_percent = 100
    course.quiz.save()
    saying = sit(course)
    assert attempt_of(saying).counts
    old, new = mend(course.questions[0], editor)
    course.ruled = Ruled(course.questions[0].uuid, old, KEY, new)

    def awards(login, enrolments):
        may = login.holds(ADMINISTRATOR)
        return [AwardAtStake(each, "ML-1", "First Aid Kit", "/withdraw/" if may else "") for each in enrolments]

    monkeypatch.setattr(awards_at_stake, "_providers", [awards])
    course.saying = saying
    return course


def test_an_award_at_stake_is_listed_for_a_decision_and_not_changed(staked, editor, client):
    row = act(staked, editor)
    assert row.summary["lost"] == [str(staked.saying.attempt)]
    assert attempt_of(staked.saying).is_passed is False
    by = make_login(ADMINISTRATOR, everywhere=True)
    sign_in(client, by)
    url = reverse("assessments:regrade", args=[row.pk])
    text = client.get(url).content.decode()
    assert "ML-1" in text
    assert "/withdraw/" in text
    assert client.post(url, {"keep": str(staked.saying.attempt)}).status_code == 302
    assert client.post(url, {"keep": str(uuid4())}).status_code == 404
    assert "It was decided that it stays" in client.get(url).content.decode()
    keep_award(by=by, regrade=row, attempt=staked.saying.attempt, serial="ML-1")
    assert AuditEvent.objects.filter(act="regrade.award-kept").count() == 1


def test_who_may_not_withdraw_may_not_keep_either(staked, editor, client):
    row = act(staked, editor)
    sign_in(client, make_login(COORDINATOR, staked.login.person.country))
    url = reverse("assessments:regrade", args=[row.pk])
    assert "Your coordinator decides about it." in client.get(url).content.decode()
    assert client.post(url, {"keep": str(staked.saying.attempt)}).status_code == 404


def test_an_award_outside_the_scope_is_only_counted(staked, editor, client):
    row = act(staked, editor)
    sign_in(client, editor)
    text = client.get(reverse("assessments:regrade", args=[row.pk])).content.decode()
    assert "ML-1" not in text
    assert "1 more certificate is outside your scope." in text


def test_an_award_whose_learner_passed_in_another_attempt_is_at_no_stake(staked, editor, client):
    row = act(staked, editor)
    assert read_sheet(Paper.objects.get(pk=staked.saying.attempt).text).pass_mark_percent == 100
    sit(staked)
    sign_in(client, make_login(ADMINISTRATOR, everywhere=True))
    assert "ML-1" not in client.get(reverse("assessments:regrade", args=[row.pk])).content.decode()
