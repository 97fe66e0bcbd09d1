"""A paper is drawn section by section: never a question twice, whenever there is a way, the same for the same seed."""

import itertools
import random
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Country
from assessments.actions.freezing import freeze_paper
from assessments.bank import bank_of
from assessments.drawing import Section, draw_paper, read_sheet
from assessments.errors import TooFewQuestionsError
from assessments.models import QuestionCategory, QuestionTag, QuizSection, QuizSlot
from assessments.planning import categories_below, sections_of
from assessments.selecting import Candidate, Part, Slot, questions_for
from assessments.versions import kept
from tests.factories.accounts import CountryFactory
from tests.factories.assessments import make_course, make_question

LESSONS, KINDS, TAGS = ("l1", "l2", "l3"), ("single", "matching"), ("t1", "t2")


def bank_with(count, dice=None):
    dice = dice or random.Random(3)
    return [
        Candidate(
            f"q{number:04}", f"v{number}", dice.choice(LESSONS), tuple("abcd"), dice.choice(KINDS),
            dice.randint(1, 3), dice.choice(("", "10", "11")),
            frozenset(each for each in TAGS if dice.random() < 0.5),
        )
        for number in range(count)
    ]  # fmt: skip


BANK = bank_with(60)
FILTERS = st.builds(
    Slot,
    count=st.integers(1, 3),
    weight_milli=st.sampled_from([500, 1000, 2000]),
    lesson=st.sampled_from(("", *LESSONS)),
    kind=st.sampled_from(("", *KINDS)),
    difficulty=st.integers(0, 3),
    categories=st.sampled_from([frozenset[str](), frozenset({"10"}), frozenset({"10", "11"})]),
    tags=st.sampled_from([frozenset[str](), frozenset({"t1"}), frozenset(TAGS)]),
)
FIXED = st.builds(Slot, question=st.sampled_from([each.question for each in BANK[:6]]), weight_milli=st.just(3000))
PARTS = st.lists(
    st.builds(
        Part,
        slots=st.lists(FILTERS | FIXED, min_size=1, max_size=4).map(tuple),
        title=st.sampled_from([{"en": "First"}, {"en": "Second"}]),
        is_shuffled=st.booleans(),
    ),
    min_size=1,
    max_size=3,
).map(tuple)


def draw(parts, bank=BANK, seed=1):
    return draw_paper(bank, draw=10, pass_mark_percent=70, seed=seed, parts=parts)


def drawn_or_none(parts, bank=BANK, seed=1):
    try:
        return draw(parts, bank, seed)
    except TooFewQuestionsError:
        return None


def places(parts):
    """Yield the slot of each question that a plan asks for."""
    for part in parts:
        for slot in part.slots:
            yield from [slot] * (1 if slot.question else slot.count)


def can_be_drawn(parts, bank):
    """Tell whether there is a way at all: a matching of places to questions (Kuhn 1955)."""
    holder: dict[Any, tuple[int, Any]] = {}

    def find(place, slot, seen):
        for each in questions_for(bank, slot):
            if each.question in seen:
                continue
            seen.add(each.question)
            if each.question not in holder or find(*holder[each.question], seen):
                holder[each.question] = (place, slot)
                return True
        return False

    return all(find(place, slot, set()) for place, slot in enumerate(places(parts)))


@given(parts=PARTS, seed=st.integers(0, 2**52), shuffle=st.randoms())
def test_the_same_seed_and_bank_give_the_same_paper_in_whatever_order_the_bank_comes(parts, seed, shuffle):
    mixed = list(BANK)
    shuffle.shuffle(mixed)
    assert drawn_or_none(parts, mixed, seed) == drawn_or_none(parts, BANK, seed)


@given(parts=PARTS, seed=st.integers(0, 99), size=st.integers(1, 60))
def test_a_paper_holds_what_its_sections_ask_for_and_no_question_twice(parts, seed, size):
    bank = BANK[:size]
    sheet = drawn_or_none(parts, bank, seed)
    if sheet is None:
        return
    assert len({item.question for item in sheet.items}) == len(sheet.items)
    assert read_sheet(sheet.text()) == sheet
    by_id = {each.question: each for each in bank}
    first = 1
    for part, section in zip(parts, sheet.sections, strict=True):
        wanted = list(places([part]))
        items = sheet.items[first - 1 : first - 1 + len(wanted)]
        assert section == Section(first, part.title)
        assert sorted(item.weight_milli for item in items) == sorted(slot.weight_milli for slot in wanted)
        assert {slot.question for slot in wanted if slot.question} <= {item.question for item in items}
        if not part.is_shuffled:
            for item, slot in zip(items, wanted, strict=True):
                assert item.question == slot.question or (
                    not slot.question and slot.matches(by_id[item.question]) and item.weight_milli == slot.weight_milli
                )
        first += len(wanted)
    assert first == len(sheet.items) + 1


@given(parts=PARTS, seed=st.integers(0, 99), size=st.integers(1, 24))
def test_a_paper_is_drawn_exactly_when_there_is_a_way(parts, seed, size):
    bank = BANK[:size]
    assert (drawn_or_none(parts, bank, seed) is not None) == can_be_drawn(parts, bank)


@given(slot=FILTERS)
def test_the_fast_filter_finds_what_the_plain_one_finds(slot):
    assert questions_for(BANK, slot) == [each for each in BANK if slot.matches(each)]


def test_every_question_that_passes_is_drawn_for_some_seed():
    parts = (Part((Slot(count=1, lesson="l1"),)),)
    found = {draw(parts, seed=seed).items[0].question for seed in range(400)}
    assert found == {each.question for each in BANK if each.lesson == "l1"}


@pytest.mark.parametrize("seed", range(30))
def test_a_wide_filter_does_not_take_the_only_questions_of_a_narrow_one(seed):
    bank = [Candidate(f"q{n}", f"v{n}", "l1" if n < 2 else "l2") for n in range(4)]
    sheet = draw((Part((Slot(count=2), Slot(count=2, lesson="l1")), is_shuffled=False),), bank, seed)
    assert {item.question for item in sheet.items[2:]} == {"q0", "q1"}


@pytest.mark.parametrize("seed", range(30))
def test_a_slot_gives_a_question_up_where_another_has_no_other(seed):
    # Equally narrow: whoever draws first may take q1, the only one that the other could have.
    bank = [Candidate("q0", "v0", "l1", kind="k1"), Candidate("q1", "v1", "l1", kind="k2"), Candidate("q2", "v2", "l2")]
    sheet = draw((Part((Slot(lesson="l1"), Slot(kind="k2"), Slot(lesson="l2")), is_shuffled=False),), bank, seed)
    assert [item.question for item in sheet.items] == ["q0", "q1", "q2"]


@pytest.mark.parametrize("seed", range(30))
def test_a_fixed_question_is_never_drawn_before_its_place(seed):
    fixed = BANK[0].question
    parts = (Part((Slot(count=20),)), Part((Slot(question=fixed),)))
    assert draw(parts, seed=seed).items[-1].question == fixed


def test_too_few_names_the_section_and_a_question_that_stands_twice_is_too_few():
    parts = (Part((Slot(count=1),)), Part((Slot(count=1, lesson="l9"),), {"en": "Borders"}))
    with pytest.raises(TooFewQuestionsError) as refused:
        draw(parts)
    assert (refused.value.number, refused.value.title) == (2, {"en": "Borders"})
    assert "2" in str(refused.value.text)
    twice = (Part((Slot(question=BANK[0].question), Slot(question=BANK[0].question))),)
    with pytest.raises(TooFewQuestionsError):
        draw(twice)


def test_a_slot_spreads_over_the_lessons_like_a_whole_paper():
    bank = [Candidate(f"q{n}", f"v{n}", f"l{n % 5}") for n in range(50)]
    for seed in range(50):
        sheet = draw((Part((Slot(count=5),)),), bank, seed)
        lessons = {each.question: each.lesson for each in bank}
        assert len({lessons[item.question] for item in sheet.items}) == 5


def test_only_the_choices_of_what_was_drawn_are_asked_for():
    bare = [each._replace(choices=()) for each in BANK]
    asked = []

    def orders(drawn):
        asked.extend(drawn)
        return {each.version: tuple("abcd") for each in drawn}

    parts = (Part((Slot(count=4),)),)
    sheet = draw_paper(bare, draw=10, pass_mark_percent=70, seed=5, parts=parts, orders=orders)
    assert sheet == draw(parts, seed=5)
    assert len(asked) == 4


def test_a_ring_of_categories_ends():
    first, second, third = (uuid4() for _ in range(3))
    below = categories_below([first], {first: second, second: first, third: second})
    assert below == {first: {first, second, third}}


# --- the bank ---


def plan(quiz, *sections):
    """Give a quiz its sections: (title, is_shuffled, slots) each, a slot a mapping."""
    for place, (title, is_shuffled, slots) in enumerate(sections):
        section = QuizSection.objects.create(quiz=quiz, position=place, title={"en": title}, is_shuffled=is_shuffled)
        for number, slot in enumerate(slots):
            tags = slot.pop("tags", [])
            row = QuizSlot.objects.create(section=section, position=number, **slot)
            row.tags.set(tags)


pytest_db = pytest.mark.django_db


@pytest_db
def test_a_quiz_with_sections_is_drawn_from_the_bank_by_every_part_of_a_filter():
    course = make_course(questions=12)
    category = QuestionCategory.objects.create(name={"en": "Law"})
    child = QuestionCategory.objects.create(name={"en": "Treaties"}, parent=category)
    tag, other = (QuestionTag.objects.create(slug=slug) for slug in ("border", "court"))
    in_child = make_question("true_false", course_uuid=course.uuid, category=child, number=50)
    tagged = make_question(course_uuid=course.uuid, difficulty=3, number=51)
    tagged.tags.set([tag, other])
    half = make_question(course_uuid=course.uuid, difficulty=3, number=52)
    half.tags.set([tag])
    plan(
        course.quiz,
        ("Law", False, [{"category": category, "weight_milli": 2000}, {"question_uuid": course.questions[0].uuid}]),
        ("Rest", True, [{"tags": [tag, other], "difficulty": 3}, {"count": 2, "lesson_uuid": course.lessons[1]}]),
    )
    for number in range(1, 6):
        _paper, sheet = freeze_paper(course.quiz, course.enrolment, number, timezone.now())
        asked = [item.question for item in sheet.items]
        assert asked[:2] == [str(in_child.uuid), str(course.questions[0].uuid)]
        assert str(tagged.uuid) in asked[2:]
        assert len(set(asked)) == 5
        lesson = {str(each.uuid) for each in course.questions if each.lesson_uuid == course.lessons[1]}
        assert len(lesson & set(asked)) == 2
        assert [item.weight_milli for item in sheet.items][:2] == [2000, 1000]
        assert sheet.sections == (Section(1, {"en": "Law"}), Section(3, {"en": "Rest"}))


@pytest_db
def test_a_filter_by_kind_finds_that_kind():
    course = make_course(questions=12)
    plan(course.quiz, ("One", True, [{"kind": "true_false", "count": 4}]))
    _paper, sheet = freeze_paper(course.quiz, course.enrolment, 1, timezone.now())
    kinds = {str(each.uuid): type(each).__name__ for each in course.questions}
    assert {kinds[item.question] for item in sheet.items} == {"TrueFalseQuestion"}


@pytest_db
@pytest.mark.parametrize("what", ["practice", "draft", "elsewhere", "retired"])
def test_no_section_draws_what_may_not_be_drawn(what):
    course = make_course(questions=3)
    fields: dict[str, dict[str, Any]] = {
        "practice": {"is_practice": True},
        "draft": {"published": False},
        "elsewhere": {"country": CountryFactory.create(code="UA")},
        "retired": {},
    }
    question = make_question(course_uuid=course.uuid, difficulty=1, number=70, **fields[what])
    if what == "retired":
        question.status = "retired"
        question.save()
    plan(course.quiz, ("One", True, [{"difficulty": 1}]), ("Two", True, [{"count": 1}]))
    with pytest.raises(TooFewQuestionsError) as refused:
        freeze_paper(course.quiz, course.enrolment, 1, timezone.now())
    assert refused.value.number == 1
    QuizSlot.objects.filter(difficulty=1).update(difficulty=None, question_uuid=question.uuid)
    with pytest.raises(TooFewQuestionsError):
        freeze_paper(course.quiz, course.enrolment, 1, timezone.now())


@pytest_db
def test_a_countrys_own_questions_are_drawn_for_its_learners():
    course = make_course(questions=3)
    own = Country.objects.get(code=course.enrolment.country_id)
    question = make_question(course_uuid=course.uuid, difficulty=1, number=70, country=own)
    plan(course.quiz, ("One", True, [{"difficulty": 1}]))
    _paper, sheet = freeze_paper(course.quiz, course.enrolment, 1, timezone.now())
    assert [item.question for item in sheet.items] == [str(question.uuid)]


def queries_to_freeze(course, number):
    with CaptureQueriesContext(connection) as captured:
        freeze_paper(course.quiz, course.enrolment, number, timezone.now())
    return len([each for each in captured if "SAVEPOINT" not in each["sql"]])


@pytest_db
def test_the_queries_of_a_draw_do_not_grow_with_the_bank_or_the_sections():
    course = make_course(questions=8)
    tag, category = QuestionTag.objects.create(slug="border"), QuestionCategory.objects.create(name={"en": "Law"})
    for each in course.questions[:4]:
        each.tags.set([tag])
        each.category = category
        each.save()
    plan(course.quiz, ("One", True, [{"tags": [tag]}, {"category": category}]))
    kept.clear()
    first = queries_to_freeze(course, 1)
    for number in range(8, 24):
        make_question(course_uuid=course.uuid, lesson_uuid=course.lessons[0], number=number)
    plan_more: list[dict[str, Any]] = [{"tags": [tag]}, {"count": 3}, {"category": category}]
    section = QuizSection.objects.create(quiz=course.quiz, position=1, title={})
    for place, slot in enumerate(plan_more):
        tags = slot.pop("tags", [])
        QuizSlot.objects.create(section=section, position=place, **slot).tags.set(tags)
    kept.clear()
    assert queries_to_freeze(course, 2) == first <= 10


@pytest_db
def test_only_the_versions_that_were_drawn_are_read(monkeypatch):
    course = make_course(questions=12)
    kept.clear()
    plan(course.quiz, ("One", True, [{"count": 2}]))
    read: list[str] = []

    def reading(hashes):
        read.extend(hashes)
        return versions(read)

    monkeypatch.setattr("assessments.bank.versions_of", reading)
    freeze_paper(course.quiz, course.enrolment, 1, timezone.now())
    assert len(read) == 2


def versions(hashes):
    from assessments.versions import find_versions  # the name above is replaced

    return find_versions(hashes)


@pytest_db
def test_the_bank_gives_ids_as_everybody_writes_them():
    course = make_course(questions=2)
    found = bank_of(course.uuid, "")
    assert {each.question for each in found} == {str(each.uuid) for each in course.questions}
    assert {each.lesson for each in found} <= {str(each) for each in course.lessons}
    assert sections_of(course.quiz) == ()
    assert bank_of(uuid4(), "") == []


def test_the_order_of_slots_is_kept_where_a_section_is_not_shuffled():
    asked = [each.question for each in BANK[5:0:-1]]
    parts = (Part(tuple(Slot(question=each) for each in asked), is_shuffled=False),)
    assert [item.question for item in draw(parts).items] == asked
    shuffled = (Part(parts[0].slots),)
    orders = {tuple(item.question for item in draw(shuffled, seed=seed).items) for seed in range(40)}
    assert len(orders) > 10
    assert all(set(each) == set(asked) for each in itertools.islice(orders, 5))
