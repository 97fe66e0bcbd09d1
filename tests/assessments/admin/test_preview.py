"""The preview: as a learner meets the question, with the key below, before anything is saved."""

import pytest

from assessments.models import Question
from assessments.questions.multiple_choice.models import MultipleChoiceQuestion
from assessments.questions.true_false.models import TrueFalseQuestion
from tests.assessments.admin.conftest import filled_form, write_question

ADD = "/cms/questions/single-choice/preview/"


def see_saved(client, row, kind) -> str:
    """Open the form, and send it to the preview as its script does."""
    form = client.get(f"/cms/questions/{kind}/edit/{row.pk}/").context["form"]
    data = {name: form[name].value() for name in form.fields}
    url = f"/cms/questions/{kind}/preview/{row.pk}/"
    assert client.post(url, {name: value for name, value in data.items() if value is not None}).json()["is_valid"]
    return see(client, url)


def see(client, url, language="en") -> str:
    response = client.get(f"{url}?mode={language}&in_preview_panel=true")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_preview_shows_what_is_typed_without_saving_it(as_trainer, course, mali, language):
    answer = as_trainer.post(ADD, filled_form(country=mali.pk)).json()
    assert answer == {"is_valid": True, "is_available": True}
    page = see(as_trainer, ADD, language)
    assert f"What first? {language}" in page
    assert f"Make safe {language}" in page
    assert f"Because {language}" in page
    assert 'class="choices"' in page
    assert not Question.objects.exists()


def test_preview_forgives_what_is_not_finished(as_trainer, course):
    answer = as_trainer.post(ADD, {"stem_en": "Half a question?", "status": "published"}).json()
    assert answer["is_valid"]
    assert "Half a question?" in see(as_trainer, ADD)


def test_preview_of_a_language_without_words_says_so(as_trainer, course):
    as_trainer.post(ADD, {"stem_en": "Only English?", "status": "draft"})
    assert "no words in Français" in see(as_trainer, ADD, "fr")


def test_preview_of_a_saved_question_shows_its_rows(as_trainer, course, mali):
    row = write_question("saved", mali)
    page = see_saved(as_trainer, row, "single-choice")
    assert "saved en" in page
    assert "Feedback of saved" in page


@pytest.mark.parametrize(
    ("model", "kind"), [(TrueFalseQuestion, "true-false"), (MultipleChoiceQuestion, "multiple-choice")]
)
def test_every_kind_has_a_preview(as_trainer, course, mali, model, kind):
    row = write_question("of its kind", mali, model=model)
    assert 'class="choices"' in see_saved(as_trainer, row, kind)


def test_preview_escapes_what_is_typed(as_trainer, course, mali):
    as_trainer.post(ADD, filled_form(country=mali.pk, stem_en="1 < 2 & <b>x</b>?"))
    assert "1 &lt; 2 &amp; x?" in see(as_trainer, ADD)


def test_preview_is_shown_in_a_frame_of_the_admin_only(as_trainer, course, mali):
    as_trainer.post(ADD, filled_form(country=mali.pk))
    response = as_trainer.get(f"{ADD}?mode=en")
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]


def test_page_for_reading_shows_all_languages_and_the_key(as_trainer, course, mali):
    row = write_question("read", mali, languages=("en", "fr"))
    page = as_trainer.get(f"/cms/questions/single-choice/inspect/{row.pk}/").content.decode()
    assert "read en" in page
    assert "read fr" in page
    assert page.count("q-right") == 2
