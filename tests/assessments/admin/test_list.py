"""The list over all kinds."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.questions.multiple_choice.models import MultipleChoiceQuestion
from assessments.questions.true_false.models import TrueFalseQuestion
from tests.assessments.admin.conftest import LESSON, write_question

LIST = "/cms/questions/"


def body(client: Client, query: str = "") -> str:
    response = client.get(f"{LIST}{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_list_shows_own_country_and_shared_questions(as_trainer, questions):
    page = body(as_trainer)
    assert "malian-canary" in page
    assert "shared-question" in page
    assert "ukrainian-canary" not in page


def test_list_of_an_editor_for_all_countries_shows_all(as_editor, questions):
    page = body(as_editor)
    assert "malian-canary" in page
    assert "ukrainian-canary" in page


def test_shared_question_leads_a_national_trainer_to_the_page_for_reading(as_trainer, questions):
    page = body(as_trainer)
    assert f"/cms/questions/single-choice/edit/{questions.mali.pk}/" in page
    assert f"/cms/questions/single-choice/inspect/{questions.shared.pk}/" in page
    assert f"/cms/questions/single-choice/edit/{questions.shared.pk}/" not in page


@pytest.mark.parametrize("words", ["Вовк", "вовк", "ВОВК", "ÉTAT", "état", "ذئب", "50 %"])
def test_search_finds_words_of_any_language_whatever_their_case(as_trainer, mali, words):
    row = write_question("x", mali, languages=("en", "uk"))
    row.texts.filter(language="uk").update(stem="Де вовк? L'état. أين ذئب؟ 50 % ?")
    assert f"/edit/{row.pk}/" in body(as_trainer, f"?q={words.replace('%', '%25')}")
    assert f"/edit/{row.pk}/" not in body(as_trainer, "?q=nothing-like-it")


def test_search_does_not_reach_another_country(as_trainer, questions):
    assert f"/{questions.ukraine.pk}/" not in body(as_trainer, "?q=canary")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=true_false", {"judged"}),
        ("kind=multiple_choice", {"several"}),
        ("status=published", {"several"}),
        ("difficulty=3", {"judged"}),
        ("is_practice=1", {"judged"}),
        (f"lesson_uuid={LESSON}", {"several"}),
        ("country=shared", {"several"}),
        ("country=ML", {"judged"}),
        ("", {"several", "judged"}),
    ],
)
def test_filters_narrow_the_list(as_trainer, course, mali, query, found):
    write_question("several", model=MultipleChoiceQuestion, status="published", lesson_uuid=LESSON)
    write_question("judged", mali, model=TrueFalseQuestion, difficulty=3, is_practice=True)
    page = body(as_trainer, f"?{query}")
    assert {name for name in ("several", "judged") if f"{name} en" in page} == found


def test_filter_of_countries_names_none_but_those_one_reads(as_trainer, questions):
    page = body(as_trainer)
    assert 'value="ML"' in page
    assert 'value="UA"' not in page


def test_foreign_value_of_a_filter_finds_nothing_of_another_country(as_trainer, questions):
    assert "ukrainian-canary" not in body(as_trainer, "?country=UA")


def test_number_of_queries_does_not_grow_with_the_rows(as_trainer, mali, course):
    def ask() -> int:
        with CaptureQueriesContext(
            connection,
        ) as log:
            body(as_trainer)
        return len(log)

    for number in range(10):
        write_question(f"a{number}", mali, languages=("en", "fr"))
        write_question(f"b{number}", mali, model=TrueFalseQuestion)
    ask()
    first = ask()
    for number in range(20):
        write_question(f"c{number}", mali, model=MultipleChoiceQuestion, languages=("en", "fr"))
    assert ask() == first
    assert first <= 16


def test_list_of_a_kind_leads_to_the_one_list(as_trainer):
    response = as_trainer.get("/cms/questions/true-false/")
    assert response.status_code == 302
    assert response["Location"] == "/cms/questions/?kind=true_false"


def test_picker_explains_each_kind(as_trainer):
    page = as_trainer.get("/cms/questions/new/").content.decode()
    for kind in ("single-choice", "multiple-choice", "true-false"):
        assert f"/cms/questions/{kind}/add/" in page


def test_menu_names_questions_to_a_trainer(as_trainer):
    assert '"questions"' in as_trainer.get("/cms/").content.decode()


def test_results_only_list_is_scoped_too(as_trainer, questions):
    page = as_trainer.get("/cms/questions/results/").content.decode()
    assert "malian-canary" in page
    assert "ukrainian-canary" not in page
