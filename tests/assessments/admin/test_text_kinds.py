"""The forms of numbers, short answers and texts with gaps: written, changed, published, and nothing lost."""

from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from assessments.models import Question
from assessments.questions.registry import KINDS, kind_of
from tests.assessments.admin.conftest import filled_form
from tests.factories.assessments import make_question

COMPLETE = tuple(settings.COMPLETE_LANGUAGES)


def as_sent(client, address: str) -> dict[str, Any]:
    """Return what a browser sends for a form as it is shown."""
    form = client.get(address).context["form"]
    data = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in data.items() if value not in (None, False)}


def add(kind: str) -> str:
    return reverse(f"questions_{kind}:add")


def edit(question: Question) -> str:
    return reverse(f"questions_{kind_of(question).name}:edit", args=[question.pk])


def words(**fields: str) -> dict[str, str]:
    """Return fields that are the same in every complete language."""
    return {name.replace("LANG", code): said for name, said in fields.items() for code in COMPLETE}


def written(client, kind: str, **fields: Any) -> Question:
    response = client.post(add(kind), filled_form(**fields))
    assert response.status_code == 302, response.context["form"].errors
    row: Question = KINDS[kind].model.objects.get()
    return row


def errors_of(response) -> dict[str, Any]:
    assert response.status_code == 200, response.get("Location")
    found: dict[str, Any] = response.context["form"].errors
    return found


@pytest.mark.parametrize("kind", ["numeric", "short_answer", "cloze"])
def test_a_form_that_is_saved_as_it_is_shown_changes_nothing(as_editor, course, kind):
    row = make_question(kind, course_uuid=course.uuid, languages=COMPLETE, published=False)
    texts = {text.language: (text.stem, text.choices) for text in row.texts.all()}
    response = as_editor.post(edit(row), as_sent(as_editor, edit(row)))
    assert response.status_code == 302, response.context["form"].errors
    row.refresh_from_db()
    before = make_question(kind, published=False)
    assert row.body.keys() == before.body.keys()
    again = {text.language: (text.stem, text.choices) for text in row.texts.all()}
    assert again == texts
    assert sorted(KINDS[kind].parts_of(row.body)) == sorted(next(iter(texts.values()))[1])


@pytest.mark.parametrize("kind", ["numeric", "short_answer", "cloze"])
def test_the_key_of_a_saved_form_is_the_one_that_was_shown(as_editor, course, kind):
    row = make_question(kind, course_uuid=course.uuid, languages=COMPLETE, published=False)
    body = row.body
    as_editor.post(edit(row), as_sent(as_editor, edit(row)))
    row.refresh_from_db()
    assert row.body == body


def test_a_number_is_written_as_its_author_types_it(as_editor, course):
    row = written(
        as_editor,
        "numeric",
        value="48,5",
        tolerance="0,5",
        near_1="24",
        near_1_percent="33.3",
        unit_factor_1="1",
        unit_factor_2="24",
        unit_costs="50",
        **words(unit_LANG_1="hours", unit_LANG_2="days", unit_LANG_3="km"),
    )
    hours, days, far = KINDS["numeric"].parts_of(row.body)
    assert row.body == {
        "value": "48.5",
        "tolerance": "0.5",
        "partial": [{"tolerance": "24", "milli": 333}],
        "units": [{"id": hours, "factor": "1"}, {"id": days, "factor": "24"}, {"id": far}],
        "unit_costs": 500,
    }


def test_a_number_that_cannot_be_meant_is_not_published(as_editor, course):
    publish = {"status": "published"}
    assert "value" in errors_of(as_editor.post(add("numeric"), filled_form(**publish)))
    assert "value" in errors_of(as_editor.post(add("numeric"), filled_form(value="1,234")))
    both = filled_form(value="5", low="1", high="2", **publish)
    assert "value" in errors_of(as_editor.post(add("numeric"), both))
    without_words = filled_form(value="5", unit_factor_2="1")
    assert "unit_factor_2" in errors_of(as_editor.post(add("numeric"), without_words))
    assert not Question.objects.exists()
    assert written(as_editor, "numeric", low="1", high="2", **publish).status == "published"


def test_accepted_answers_are_written_line_by_line_in_each_language(as_editor, course):
    row = written(
        as_editor,
        "short_answer",
        accepted_en_1="traffick* in persons\n\n human trafficking ",
        accepted_fr_1="traite des personnes",
        partly="50% traffick*",
        accents="on",
    )
    assert row.body == {
        "accepted": {"en": ["traffick* in persons", "human trafficking"], "fr": ["traite des personnes"]},
        "partial_answers": [{"pattern": "traffick*", "milli": 500}],
        "accents": True,
    }
    assert all(text.choices == {} for text in row.texts.all())


def test_an_answer_that_accepts_everything_is_not_published(as_editor, course):
    star = filled_form(accepted_en_1="*", status="published")
    assert "accepted_en_1" in errors_of(as_editor.post(add("short_answer"), star))
    none = filled_form(status="published")
    assert "accepted_en_1" in errors_of(as_editor.post(add("short_answer"), none))
    unclear = filled_form(accepted_en_1="yes", partly="nearly yes")
    assert "partly" in errors_of(as_editor.post(add("short_answer"), unclear))


PASSAGE = "A child is under [[1]]. No [[2]] is asked: it is [[3]]."
GAPS: dict[str, Any] = {
    "gap_kind_1": "numeric",
    "gap_kind_2": "short_answer",
    "gap_kind_3": "single_choice",
    "gap_en_1": "18 ± 0",
    "gap_en_2": "consent\n50% consen*",
    "gap_fr_2": "consentement",
    "gap_en_3": "irrelevant\nneeded",
    "gap_fr_3": "sans objet\nnécessaire",
}


def test_a_text_with_gaps_is_written_and_a_choice_keeps_its_id(as_editor, course):
    row = written(as_editor, "cloze", status="published", **GAPS, **words(passage_LANG_1=PASSAGE))
    number, word, choice = (gap["structure"] for gap in row.body["gaps"])
    assert number == {"value": "18"}
    assert word == {
        "accepted": {"en": ["consent"], "fr": ["consentement"]},
        "partial_answers": [{"pattern": "consen*", "milli": 500}],
    }
    french = row.texts.get(language="fr").choices
    assert [french[each] for each in choice["right"]] == ["sans objet"]
    assert french[row.body["text"]] == PASSAGE
    data = as_sent(as_editor, edit(row)) | {"gap_en_3": "irrelevant\nneeded!", "gap_kind_2": "numeric", "gap_en_2": "3"}
    response = as_editor.post(edit(row), data | {"gap_fr_2": ""})
    assert response.status_code == 302, response.context["form"].errors
    row.refresh_from_db()
    assert row.body["gaps"][2]["structure"] == choice
    assert row.body["gaps"][1]["structure"] == {"value": "3"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"passage_fr_1": "Sans [[1]] ni [[2]]."}, "passage_fr_1"),
        ({"passage_en_1": PASSAGE + " [[4]]"}, "passage_en_1"),
        ({"gap_kind_2": ""}, "gap_kind_2"),
        ({"gap_kind_4": "numeric", "gap_en_4": "1"}, "passage_en_1"),
        ({"gap_kind_5": "numeric", "gap_en_5": "1"}, "gap_kind_5"),
        ({"gap_en_1": ""}, "gap_en_1"),
        ({"gap_fr_1": "19", "status": "published"}, "gap_en_1"),
        ({"gap_fr_3": "sans objet", "status": "published"}, "gap_fr_3"),
        ({"gap_en_3": "only one", "gap_fr_3": "un seul", "status": "published"}, "gap_en_3"),
    ],
)
def test_a_text_whose_gaps_do_not_fit_is_told_where(as_editor, course, changes, field):
    data = filled_form(**(GAPS | words(passage_LANG_1=PASSAGE) | changes))
    assert field in errors_of(as_editor.post(add("cloze"), data))
    assert not Question.objects.exists()


def test_what_a_form_cannot_say_of_a_gap_is_kept(as_editor, course):
    row = make_question("cloze", course_uuid=course.uuid, languages=COMPLETE, published=False)
    units = row.body["gaps"][3]["structure"]["units"]
    data = as_sent(as_editor, edit(row))
    data["gap_en_4"] = data["gap_en_4"].replace("48 .. 72", "50 .. 70")
    assert as_editor.post(edit(row), data).status_code == 302
    row.refresh_from_db()
    assert row.body["gaps"][3]["structure"] == {"low": "50", "high": "70", "units": units}
    assert row.body["gaps"][1]["weight"] == 2
    assert row.texts.get(language="fr").choices[units[0]["id"]]


@pytest.mark.parametrize("kind", ["numeric", "short_answer", "cloze"])
def test_a_copy_has_the_same_key_and_ids_of_its_own(as_editor, course, kind):
    row = make_question(kind, course_uuid=course.uuid, languages=COMPLETE)
    address = reverse(f"questions_{kind}:copy", args=[row.pk])
    response = as_editor.post(add(kind), as_sent(as_editor, address))
    assert response.status_code == 302, response.context["form"].errors
    copy: Question = KINDS[kind].model.objects.exclude(pk=row.pk).get()
    assert not set(KINDS[kind].parts_of(copy.body)) & set(KINDS[kind].parts_of(row.body))
    assert copy.body.keys() == row.body.keys()
    assert len(KINDS[kind].parts_of(copy.body)) == len(KINDS[kind].parts_of(row.body))


@pytest.mark.parametrize("kind", ["numeric", "short_answer", "cloze"])
def test_a_preview_shows_what_stands_in_the_form(as_editor, course, kind):
    row = make_question(kind, course_uuid=course.uuid, languages=COMPLETE)
    page = as_editor.get(reverse(f"questions_{kind}:inspect", args=[row.pk])).content.decode()
    assert 'name="response' in page
