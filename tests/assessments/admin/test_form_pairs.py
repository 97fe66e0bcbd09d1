"""The forms of matching, ordering and words into gaps: what they write, join, number anew and refuse."""

from typing import Any

import pytest
from django.urls import reverse

from assessments.models import Question
from assessments.questions.matching.models import MatchingQuestion
from assessments.questions.ordering.models import OrderingQuestion
from assessments.questions.word_gaps.models import WordGapsQuestion
from tests.assessments.admin.conftest import COURSE, LESSON

LANGUAGES = ("en", "fr")


def sent(country: Any, **words: list[str] | str) -> dict[str, Any]:
    """Return what a browser sends; a list is the rows of a column, the same words in each language."""
    data: dict[str, Any] = {
        "course_uuid": str(COURSE),
        "lesson_uuid": str(LESSON),
        "country": country.pk,
        "difficulty": "2",
        "source": "",
        "status": "draft",
    }
    for code in LANGUAGES:
        data[f"stem_{code}"] = f"What? {code}"
        for column, rows in words.items():
            for place, said in enumerate([rows] if isinstance(rows, str) else rows, 1):
                data[f"{column}_{code}_{place}"] = f"{said} {code}" if said else ""
    return data


def write(client: Any, kind: str, data: dict[str, Any]) -> Any:
    """Send the form of a new question; return the row, or the errors."""
    response = client.post(reverse(f"questions_{kind}:add"), data)
    if response.status_code != 302:
        return response.context["form"].errors
    return Question.objects.get()


def as_shown(client: Any, kind: str, row: Any) -> dict[str, Any]:
    """Return what a browser sends back of the form as it is shown."""
    form = client.get(reverse(f"questions_{kind}:edit", args=[row.pk])).context["form"]
    data = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in data.items() if value not in (None, False)}


def save(client: Any, kind: str, row: Any, data: dict[str, Any]) -> None:
    response = client.post(reverse(f"questions_{kind}:edit", args=[row.pk]), data)
    assert response.status_code == 302, response.context["form"].errors
    row.refresh_from_db()


PAIRS = {"left": ["Inside", "Illegal entry", "Exploitation", ""], "right": ["THB", "SoM", "THB", "Neither"]}


def test_pairs_are_written_a_match_of_two_lines_once_and_one_without_a_line_as_an_extra(as_trainer, course, mali):
    row = write(as_trainer, "matching", sent(mali, **PAIRS) | {"partial": "all"})
    assert isinstance(row, MatchingQuestion)
    pairs = row.body["pairs"]
    assert len(pairs) == 3
    assert pairs[0]["right"] == pairs[2]["right"] != pairs[1]["right"]
    assert len(row.body["extras"]) == 1
    assert row.body["partial"] == "all"
    words = row.texts.get(language="fr").choices
    assert words[pairs[2]["right"]] == "THB fr"
    assert words[row.body["extras"][0]] == "Neither fr"


def test_saving_again_changes_nothing_and_ids_last(as_trainer, course, mali):
    row = write(as_trainer, "matching", sent(mali, **PAIRS))
    before = row.body
    save(as_trainer, "matching", row, as_shown(as_trainer, "matching", row))
    assert row.body == before
    # Other words in one of the two rows part them.
    save(as_trainer, "matching", row, as_shown(as_trainer, "matching", row) | {"right_en_3": "Other"})
    assert len({pair["right"] for pair in row.body["pairs"]}) == 3
    assert [pair["left"] for pair in row.body["pairs"]] == [pair["left"] for pair in before["pairs"]]


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"left": ["One"], "right": ["A", "B"]}, "left_en_2"),
        ({"left": ["One", "Two"], "right": ["A", "A"]}, "right_en_1"),
        ({"left": ["One", "Two"], "right": ["A", ""]}, "right_en_2"),
    ],
)
def test_what_cannot_be_matched_is_not_published(as_trainer, course, mali, words, field):
    assert field in write(as_trainer, "matching", sent(mali, **words) | {"status": "published"})
    assert not Question.objects.exists()


def test_lines_are_written_in_their_order(as_trainer, course, mali):
    row = write(as_trainer, "ordering", sent(mali, item=["First", "Second", "Third"]) | {"status": "published"})
    assert isinstance(row, OrderingQuestion)
    words = row.texts.get(language="en").choices
    assert [words[item] for item in row.body["items"]] == ["First en", "Second en", "Third en"]
    before = row.body["items"]
    data = as_shown(as_trainer, "ordering", row) | {"item_en_2": "", "item_fr_2": "", "item_feedback_en_1": "Safety."}
    save(as_trainer, "ordering", row, data)
    assert row.body["items"] == [before[0], before[2]]
    assert row.texts.get(language="en").feedbacks == {before[0]: "Safety."}


def test_one_line_is_not_published(as_trainer, course, mali):
    assert "item_en_2" in write(as_trainer, "ordering", sent(mali, item=["First"]) | {"status": "published"})


GAPS: dict[str, Any] = {"passage": "An [[3]] and a [[1]].", "word": ["means", "border", "act"]}


def test_gaps_are_numbered_anew_and_words_stand_in_their_order(as_trainer, course, mali):
    data = sent(mali, **GAPS) | {"passage_fr_1": "Un [[1]] puis un [[3]].", "status": "published"}
    row = write(as_trainer, "word_gaps", data)
    assert isinstance(row, WordGapsQuestion)
    words = {code: row.texts.get(language=code).choices for code in LANGUAGES}
    assert words["en"][row.body["text"]] == "An [[2]] and a [[1]]. en"
    assert words["fr"][row.body["text"]] == "Un [[1]] puis un [[2]]."
    assert [words["en"][gap["right"]] for gap in row.body["gaps"]] == ["means en", "act en"]
    assert [words["en"][word] for word in row.body["words"]] == ["means en", "act en", "border en"]
    before = row.body
    save(as_trainer, "word_gaps", row, as_shown(as_trainer, "word_gaps", row))
    assert row.body == before
    assert row.version_number == 1


def test_words_that_say_the_same_are_one_word_that_may_be_used_again(as_trainer, course, mali):
    row = write(as_trainer, "word_gaps", sent(mali, passage="A [[1]] is a [[2]].", word=["rose", "Rose", "thorn"]))
    first, second = row.body["gaps"]
    assert first["right"] == second["right"]
    assert first["id"] != second["id"]
    assert row.body["is_reusable"] is True
    assert len(row.body["words"]) == 2
    before = row.body
    save(as_trainer, "word_gaps", row, as_shown(as_trainer, "word_gaps", row))
    assert row.body == before


@pytest.mark.parametrize(
    ("english", "french", "field", "words"),
    [
        ("An [[1]].", "Un [[1]] et [[2]].", "passage_en_1", "[[2]] stands in another language"),
        ("An [[1]] [[1]].", "Un [[1]].", "passage_en_1", "[[1]] stands here twice"),
        ("An [[9]].", "Un [[9]].", "passage_en_1", "[[9]] has no word 9"),
        ("An [[act]].", "Un [[1]].", "passage_en_1", "number in double brackets"),
        ("An act.", "Un acte.", "passage_fr_1", "at least one gap"),
        ("", "", "passage_en_1", "Write this in English"),
    ],
)
def test_a_text_whose_gaps_do_not_fit_is_refused(as_trainer, course, mali, english, french, field, words):
    data = sent(mali, word=["act", "means"]) | {"passage_en_1": english, "passage_fr_1": french}
    errors = write(as_trainer, "word_gaps", data)
    assert words in " ".join(errors[field])


def test_one_word_is_no_choice(as_trainer, course, mali):
    data = sent(mali, passage="An [[1]].", word=["act"]) | {"status": "published"}
    assert "word_en_2" in write(as_trainer, "word_gaps", data)
