"""quiz.yaml holds every setting and section of a quiz, and gives them back exactly."""

import json
from dataclasses import fields
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.models import QuestionCategory, Quiz, QuizSection
from assessments.packs import quizzes
from assessments.questions.registry import KINDS
from courses.packs.errors import PackErrors
from elearning.lib.canonical import canonical_json

COURSE, LESSON, CATEGORY = uuid4(), uuid4(), UUID(int=77)
FILES = {LESSON: "01-first"}
PACK: Any = SimpleNamespace(
    course=SimpleNamespace(
        uuid=COURSE, languages=("en", "fr"), lessons=lambda: [SimpleNamespace(uuid=LESSON, file="01-first")]
    )
)
BASE = {
    "uuid": str(UUID(int=9)),
    "title": {"en": "Final test", "fr": "Test final"},
    "instructions": {"en": "Take your time.", "fr": "Prenez votre temps."},
    "pass_mark_percent": 70,
    "attempt_limit": 3,
    "opens_after": "lessons",
}
FULL = BASE | {
    "time_limit_s": 1800,
    "behaviour": "certainty",
    "layout": "all",
    "review": "objectives",
    "late_rule": "cut",
    "wait_s": 3600,
    "has_second_marker": True,
    "sections": [
        {
            "title": {"en": "Law", "fr": "Droit"},
            "shuffled": False,
            "questions": [
                {"question": str(UUID(int=5)), "weight_milli": 2500},
                {
                    "draw": 2,
                    "objective": "01-first",
                    "kind": "matching",
                    "difficulty": 3,
                    "category": str(CATEGORY),
                    "tags": ["module:m-1", "topic:border"],
                },
            ],
        },
        {"questions": [{"draw": 4}]},
    ],
}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def category(db):
    return QuestionCategory.objects.create(uuid=CATEGORY, name={"en": "Law"})


def read(tmp_path, plain):
    path = tmp_path / "quiz.yaml"
    text = yaml.safe_dump(json.loads(json.dumps(plain)), allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")
    return quizzes.read_quizzes(path, PACK)


def out():
    return quizzes.as_plain(quizzes.as_pack_quiz(Quiz.objects.get()), FILES)


def test_every_setting_and_section_goes_in_once_and_comes_out_the_same(tmp_path):
    read_in = read(tmp_path, FULL)
    assert [quizzes.write_quizzes(read_in, PACK) for _ in range(2)] == [1, 0]
    assert out() == FULL
    assert Quiz.objects.get().draw == 7


def test_a_changed_section_is_written_and_sections_that_are_gone_go(tmp_path):
    quizzes.write_quizzes(read(tmp_path, FULL), PACK)
    assert quizzes.write_quizzes(read(tmp_path, BASE | {"draw": 4}), PACK) == 1
    assert out() == BASE | {"draw": 4}
    assert not QuizSection.objects.exists()


def test_every_field_of_a_quiz_is_in_a_pack():
    left_out = {"id", "course_uuid"}
    stored = {each.name for each in Quiz._meta.concrete_fields} - left_out
    assert stored <= {each.name for each in fields(quizzes.PackQuiz)}


def test_practice_keeps_how_it_is_marked_and_shown(tmp_path):
    plain = {key: BASE[key] for key in ("uuid", "title", "instructions", "opens_after")}
    plain |= {"class": "practice", "behaviour": "tries", "penalty_percent": 10, "layout": "all"}
    quizzes.write_quizzes(read(tmp_path, plain), PACK)
    assert out() == plain


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"behaviour": "at_once"}, "behaviour"),
        ({"review": "never"}, "review"),
        ({"late_rule": "forgive"}, "late_rule"),
        ({"wait_s": -1}, "wait_s"),
        ({"penalty_percent": 101}, "penalty_percent"),
        ({"draw": 3}, "unknown here"),
        ({"sections": []}, "1 to 20 entries"),
        ({"sections": [{"questions": []}]}, "1 to 50 entries"),
        ({"sections": [{"questions": [{"draw": 0}]}]}, "whole number from 1"),
        ({"sections": [{"questions": [{"draw": 1, "kind": "essay"}]}]}, "no kind of question"),
        ({"sections": [{"questions": [{"draw": 1, "objective": "09"}]}]}, "no lesson file"),
        ({"sections": [{"questions": [{"draw": 1, "tags": ["Border"]}]}]}, "is no tag"),
        ({"sections": [{"questions": [{"question": str(UUID(int=5)), "draw": 1}]}]}, "unknown here"),
        ({"sections": [{"questions": [{"draw": 60}, {"draw": 60}]}]}, "at most 100 questions"),
        ({"sections": [{"title": {"en": "Law"}, "questions": [{"draw": 1}]}]}, "missing"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, change, reason):
    with pytest.raises(PackErrors) as refused:
        read(tmp_path, FULL | change)
    assert [each for each in refused.value.problems if reason in each.reason], refused.value.problems


def test_a_category_that_is_not_here_is_refused(tmp_path):
    QuestionCategory.objects.all().delete()
    with pytest.raises(PackErrors, match="category that is not here"):
        quizzes.write_quizzes(read(tmp_path, FULL), PACK)


SLOTS = st.fixed_dictionaries(
    {"draw": st.integers(1, 5)},
    optional={
        "objective": st.just("01-first"),
        "kind": st.sampled_from(sorted(KINDS)),
        "difficulty": st.integers(1, 3),
        "category": st.just(str(CATEGORY)),
        "tags": st.sampled_from([["topic:a"], ["article:palermo-3", "topic:a"]]),
        "weight_milli": st.integers(1, 9000).filter(lambda each: each != 1000),
    },
)
SECTIONS = st.lists(
    st.fixed_dictionaries(
        {
            "questions": st.lists(
                SLOTS | st.builds(lambda each: {"question": str(each)}, st.uuids()), min_size=1, max_size=3
            )
        },
        optional={"shuffled": st.just(value=False), "title": st.just({"en": "One", "fr": "Un"})},
    ),
    min_size=1,
    max_size=3,
)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sections=SECTIONS)
def test_sections_of_any_form_come_out_as_they_went_in(tmp_path, sections):
    Quiz.objects.all().delete()
    quizzes.write_quizzes(read(tmp_path, BASE | {"sections": sections}), PACK)
    assert canonical_json(out()) == canonical_json(BASE | {"sections": sections})
