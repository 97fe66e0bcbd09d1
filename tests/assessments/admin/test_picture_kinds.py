"""The forms of the two kinds with a picture or a rubric: what authors write is what learners and markers meet."""

import pytest
from django.conf import settings
from django.urls import reverse

from assessments.models import Question
from assessments.questions.extended_answer.models import ExtendedAnswerQuestion
from assessments.questions.hotspot.models import HotspotQuestion
from tests.assessments.admin.conftest import COURSE, LESSON
from tests.assessments.test_pictures import upload

HOTSPOT, WRITTEN = "/cms/questions/hotspot/add/", "/cms/questions/extended-answer/add/"


def sent(**changes):
    data = {
        "course_uuid": str(COURSE),
        "lesson_uuid": str(LESSON),
        "country": "",
        "difficulty": "2",
        "source": "",
        "status": "draft",
    }
    for code in settings.COMPLETE_LANGUAGES:
        data |= {f"stem_{code}": f"What? {code}", f"feedback_{code}": f"Because {code}"}
    return data | changes


def place(number, x, y, width, height, *, shape="rect", right=False):
    named = {"shape": shape, "x": x, "y": y, "width": width, "height": height, "right": "1" if right else ""}
    return {f"place_{number}_{part}": str(value) for part, value in named.items()}


def named(*numbers):
    return {f"area_{code}_{n}": f"place {n} {code}" for code in settings.COMPLETE_LANGUAGES for n in numbers}


def hotspot(**changes):
    alt = {f"image_alt_{code}": f"A van {code}" for code in settings.COMPLETE_LANGUAGES}
    drawn = place(1, 0, 0, 100, 200, right=True) | place(2, 500, 500, 500, 500, shape="ellipse")
    return sent(choose="1", **alt, **drawn, **named(1, 2), **upload()) | changes


def errors_of(response):
    assert response.status_code == 200, response.get("Location")
    return response.context["form"].errors


def as_sent(client, row, name):
    form = client.get(reverse(f"questions_{name}:edit", args=[row.pk])).context["form"]
    data = {}
    for field in form.fields:
        value = form[field].value()
        if field == "image":
            data["image_kept"] = (value or {}).get("sha256", "")
        elif field.startswith("place_"):
            data |= {f"{field}_{part}": typed for part, typed in (value or {"shape": "rect"}).items()}
        elif value not in (None, False, []):
            data[field] = value
    return data


def test_places_are_written_with_their_names_and_read_again_the_same(as_editor, course):
    response = as_editor.post(HOTSPOT, hotspot(status="published"))
    assert response.status_code == 302, response.context["form"].errors
    row = HotspotQuestion.objects.get()
    assert row.status == Question.Status.PUBLISHED
    first, second = row.body["areas"]
    assert {**first, "id": ""} == {
        "id": "", "shape": "rect", "x": 0, "y": 0, "width": 100, "height": 200, "is_right": True
    }  # fmt: skip
    assert (second["shape"], second["is_right"], row.body["choose"]) == ("ellipse", False, 1)
    assert row.texts.get(language="fr").choices[second["id"]] == "place 2 fr"
    before = row.body
    url = reverse("questions_hotspot:edit", args=[row.pk])
    assert as_editor.post(url, as_sent(as_editor, row, "hotspot")).status_code == 302
    row = HotspotQuestion.objects.get()
    assert (row.body, row.version_number) == (before, 1)


def test_the_form_works_by_numbers_and_loads_what_draws_them(as_editor, course):
    page = as_editor.get(HOTSPOT).content.decode()
    assert 'name="place_8_width"' in page
    assert "relais/js/admin/hotspot-areas" in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        (place(2, 900, 0, 200, 100), "place_2"),
        (place(2, 0, 0, 5, 100), "place_2"),
        (place(2, "", 0, 50, 100), "place_2"),
        (place(2, "x", 0, 50, 100), "place_2"),
        (place(3, 0, 0, 50, 100), "place_3"),
        (named(3), "place_3"),
        ({"choose": "0"}, "choose"),
        ({"image": ""}, "image"),
    ],
)
def test_what_can_not_be_a_place_is_refused(as_editor, course, changes, field):
    assert field in errors_of(as_editor.post(HOTSPOT, hotspot(**changes)))
    assert not HotspotQuestion.objects.exists()


def test_no_place_that_is_right_is_told_before_publishing(as_editor, course):
    data = hotspot(status="published", place_1_right="")
    assert "must be right" in str(errors_of(as_editor.post(HOTSPOT, data)))


def rubric(**changes):
    places = [(code, number) for code in settings.COMPLETE_LANGUAGES for number in (1, 2)]
    criteria = {f"criterion_{code}_{number}": f"criterion {number} {code}" for code, number in places}
    model = {f"model_{code}_1": f"First {code}\n\nThen" for code in settings.COMPLETE_LANGUAGES}
    return sent(points_1="3", points_2="2", least_words="20", **criteria, **model) | changes


def test_a_rubric_and_a_model_answer_are_written_and_read_again_the_same(as_editor, course):
    response = as_editor.post(WRITTEN, rubric(status="published"))
    assert response.status_code == 302, response.context["form"].errors
    row = ExtendedAnswerQuestion.objects.get()
    assert [each["points"] for each in row.body["rubric"]] == [3, 2]
    assert (row.body["model"], row.body["least_words"]) == (True, 20)
    text = row.texts.get(language="fr")
    assert text.choices["model"] == "First fr\n\nThen"
    assert text.choices[row.body["rubric"][1]["id"]] == "criterion 2 fr"
    before = row.body
    url = reverse("questions_extended_answer:edit", args=[row.pk])
    assert as_editor.post(url, as_sent(as_editor, row, "extended_answer")).status_code == 302
    row = ExtendedAnswerQuestion.objects.get()
    assert (row.body, row.version_number) == (before, 1)


def test_a_model_answer_is_optional_and_whole_where_it_is_begun(as_editor, course):
    none = {f"model_{code}_1": "" for code in settings.COMPLETE_LANGUAGES}
    assert as_editor.post(WRITTEN, rubric(**none, status="published")).status_code == 302
    assert not ExtendedAnswerQuestion.objects.get().body["model"]
    assert set(errors_of(as_editor.post(WRITTEN, rubric(model_fr_1="")))) == {"model_fr_1"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"points_2": ""}, "points_2"),
        ({"points_1": "21"}, "points_1"),
        ({"criterion_fr_2": ""}, "criterion_fr_2"),
        ({"most_words": "10"}, "least_words"),
    ],
)
def test_what_can_not_be_a_rubric_is_refused(as_editor, course, changes, field):
    assert field in errors_of(as_editor.post(WRITTEN, rubric(**changes)))


def test_without_a_criterion_nothing_is_published(as_editor, course):
    blank = {f"criterion_{code}_{n}": "" for code in settings.COMPLETE_LANGUAGES for n in (1, 2)}
    errors = errors_of(as_editor.post(WRITTEN, rubric(**blank, status="published")))
    assert "criterion" in str(errors)
