"""The score depends on paper, versions and the set of answers, and on nothing else."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from assessments.answering import Given, follow_attempt, id_of_new_answer
from assessments.drawing import Item, Sheet, draw_paper, read_sheet
from assessments.scoring import Answers, has_passed, score_paper
from assessments.selecting import Candidate
from assessments.standing import answers_that_stand
from records.statements import build_statement, read_statement

ATTEMPT, ACTOR = UUID(int=1), UUID(int=2)
START = datetime(2026, 11, 1, tzinfo=UTC)
BASE = "https://relais.example/activities"


@dataclass(frozen=True)
class Version:
    kind: str
    structure: dict


VERSIONS = {f"v{number}": Version("single_choice", {"choices": ["a", "b", "c"], "right": ["a"]}) for number in range(5)}
SHEET = Sheet(tuple(Item(f"q{number}", f"v{number}", ("a", "b", "c")) for number in range(5)), 70, 1)


def said(verb, *, facts, at=0, actor=ACTOR, statement_id=None):
    return read_statement(
        build_statement(
            base=BASE,
            actor_uuid=actor,
            verb=verb,
            activity=f"{BASE}/quiz/1",
            unit=("attempt", ATTEMPT),
            timestamp=START + timedelta(seconds=at),
            facts=facts,
            statement_id=statement_id or uuid4(),
        )
    )


def answered(question, response, ordinal, **more):
    return said(
        "answered", facts={"question": question, "response": response, "ordinal": ordinal, "nonce": "n"}, **more
    )


BEGUN = said(
    "initialized", facts={"enrolment": str(UUID(int=4)), "quiz": str(UUID(int=5)), "number": 1, "paper": "hash"}
)
ANSWERS = st.lists(
    st.tuples(st.sampled_from(["q0", "q1", "q2", "q3", "q4"]), st.sampled_from(["a", "b", None])), max_size=12
).map(lambda pairs: [answered(*pair, ordinal) for ordinal, pair in enumerate(pairs, 1)])


def score(log):
    return score_paper(SHEET, VERSIONS, answers_that_stand(log, SHEET))


@given(answers=ANSWERS, data=st.data())
def test_order_and_repetition_do_not_matter(answers, data):
    everything = [BEGUN, *answers, said("submitted", facts={"ordinal": len(answers) + 1})]
    mixed = data.draw(st.permutations(everything + everything[: len(everything) // 2]))
    one, other = follow_attempt(everything), follow_attempt(mixed)
    assert one.responses == other.responses
    assert score(one) == score(other)


@given(answers=ANSWERS)
def test_a_score_stays_between_nothing_and_all(answers):
    found = score(follow_attempt([BEGUN, *answers]))
    assert 0 <= found.points_milli <= found.out_of_milli == 5000
    assert found.points_milli == sum(mark or 0 for mark in found.marks_milli)
    assert None not in found.marks_milli


def test_the_last_answer_stands_whatever_its_clock_says():
    log = follow_attempt([BEGUN, answered("q0", "a", 2, at=0), answered("q0", "b", 1, at=99)])
    assert log.responses == {"q0": "a"}


def test_an_answer_after_the_hand_in_is_kept_and_not_counted():
    late = answered("q0", "b", 3, at=-50)
    log = follow_attempt([late, BEGUN, said("submitted", facts={"ordinal": 2}), answered("q0", "a", 1)])
    assert log.responses == {"q0": "a"}
    assert late.id in log.known


def test_nobody_answers_for_another():
    other = answered("q0", "a", 9, actor=UUID(int=3))
    assert follow_attempt([BEGUN, other, said("submitted", facts={"ordinal": 1}, actor=UUID(int=3))]).submitted is None
    assert follow_attempt([BEGUN, other]).responses == {}


def test_unreadable_facts_change_nothing():
    odd = [
        said("answered", facts={"question": 7}),
        said("answered", facts={"question": "q0", "response": "a", "ordinal": "9"}),
    ]
    assert follow_attempt([BEGUN, *odd, answered("q0", "b", 1)]).responses == {"q0": "b"}


def test_a_beginning_that_cannot_be_read_begins_nothing():
    earlier = [
        said("initialized", facts=BEGUN.facts | odd, at=-60)
        for odd in ({"enrolment": 7}, {"quiz": "x"}, {"number": 0}, {"number": True}, {"paper": None})
    ]
    log = follow_attempt([*earlier, BEGUN])
    assert (log.started, len(log.beginnings)) == (BEGUN, 1)
    assert follow_attempt(earlier).started is None


def test_a_pass_is_reached_and_never_rounded_up_to():
    assert has_passed(7000, 10_000, 70)
    assert not has_passed(6999, 10_000, 70)
    assert not has_passed(0, 0, 70)


def place(log, response, *, nonce="n", step=0, flagged=False):
    return id_of_new_answer(log, ATTEMPT, Given("q0", response, flagged, nonce, step))


def stands(log_of, response, ordinal, *, nonce="n", step=0):
    made = Given("q0", response, False, nonce, step)
    identity = id_of_new_answer(follow_attempt(log_of), ATTEMPT, made)
    return [*log_of, said("answered", facts=made.facts(ordinal), statement_id=identity)]


def test_a_double_click_adds_nothing_and_a_change_does():
    log = follow_attempt(stands([BEGUN], "a", 1))
    assert place(log, "a") is None
    assert place(log, "a", nonce="other") is None
    assert place(log, "b") is not None
    assert place(log, "a", flagged=True) is not None


def test_an_overtaken_request_does_not_undo_a_newer_answer():
    newer = stands(stands([BEGUN], "a", 1, step=1), "b", 2, step=2)
    assert place(follow_attempt(newer), "a", step=1) is None
    never_arrived = follow_attempt(stands([BEGUN], "b", 1, step=2))
    assert place(never_arrived, "a", step=1) is None


def test_a_retry_from_an_older_page_adds_nothing():
    log = follow_attempt(stands(stands([BEGUN], "a", 1, nonce="old"), "b", 2, nonce="new"))
    assert place(log, "a", nonce="old") is None


def test_changing_back_on_one_page_is_a_new_answer():
    statements = [BEGUN]
    for ordinal, response in enumerate("abab", 1):
        statements = stands(statements, response, ordinal)
    assert len({each.id for each in statements}) == 5
    assert follow_attempt(statements).responses == {"q0": "b"}


BANK = [Candidate(f"q{number}", f"v{number}", f"l{number % 4}", ("a", "b", "c", "d")) for number in range(20)]


@given(seed=st.integers(0, 2**52), data=st.data())
def test_a_draw_follows_from_its_seed_and_bank_alone(seed, data):
    mixed = data.draw(st.permutations(BANK))
    sheet = draw_paper(BANK, draw=10, pass_mark_percent=70, seed=seed)
    assert draw_paper(mixed, draw=10, pass_mark_percent=70, seed=seed) == sheet
    assert read_sheet(sheet.text()) == sheet
    assert len({item.question for item in sheet.items}) == 10
    assert all(sorted(item.choices) == ["a", "b", "c", "d"] for item in sheet.items)


@given(seed=st.integers(0, 2**52))
def test_every_lesson_is_drawn_before_any_twice_more_than_another(seed):
    drawn = {item.question for item in draw_paper(BANK, draw=10, pass_mark_percent=70, seed=seed).items}
    counts = [
        sum(each.question in drawn for each in BANK if each.lesson == lesson) for lesson in ("l0", "l1", "l2", "l3")
    ]
    assert max(counts) - min(counts) <= 1


@given(seed=st.integers(0, 2**52), chosen=st.sampled_from(["a", "b", "c"]))
def test_shuffling_choices_changes_no_score(seed, chosen):
    bank = [Candidate(f"q{n}", f"v{n}", "l", ("a", "b", "c")) for n in range(5)]
    sheet = draw_paper(bank, draw=5, pass_mark_percent=70, seed=seed)
    responses = {f"q{n}": chosen for n in range(5)}
    assert score_paper(sheet, VERSIONS, Answers(responses)).points_milli == (5000 if chosen == "a" else 0)
