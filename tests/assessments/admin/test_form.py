"""The edit form: what it asks, what it refuses, what it writes."""

import uuid

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from assessments.admin.fields import MOST_CHOICES
from assessments.admin.kinds import AUTHORED_KINDS
from assessments.models import Paper, Question, QuestionVersion
from assessments.questions.multiple_choice.models import MultipleChoiceQuestion
from assessments.questions.single_choice.models import SingleChoiceQuestion
from assessments.questions.true_false.models import TrueFalseQuestion
from tests.assessments.admin.conftest import filled_form, write_question

ADD = "/cms/questions/single-choice/add/"


def edit_url(row):
    return reverse(
        f"questions_{'single_choice' if isinstance(row, SingleChoiceQuestion) else 'true_false'}:edit", args=[row.pk]
    )


def as_sent(client, row) -> dict:
    """Return what a browser sends for the form as it is shown."""
    form = client.get(edit_url(row)).context["form"]
    data = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in data.items() if value not in (None, False)}


def errors_of(response) -> dict:
    assert response.status_code == 200, response.get("Location")
    return response.context["form"].errors


def test_question_is_written_in_all_languages_at_once(as_trainer, course, mali, trainer):
    response = as_trainer.post(ADD, filled_form(country=mali.pk))
    row = SingleChoiceQuestion.objects.get()
    assert response["Location"] == edit_url(row)
    assert row.country == mali
    assert row.lesson_uuid == course.lesson
    assert {text.language for text in row.texts.all()} == set(settings.COMPLETE_LANGUAGES)
    first, second = row.body["choices"]
    assert row.body["right"] == [first]
    text = row.texts.get(language="fr")
    assert text.choices == {first: "Make safe fr", second: "Wait fr"}
    assert AuditEvent.objects.filter(
        act="question.written", target_uuid=row.uuid, actor_uuid=trainer.person.uuid
    ).exists()


def test_national_trainer_writes_for_the_own_country_only(as_trainer, course, mali, ukraine):
    assert "country" in errors_of(as_trainer.post(ADD, filled_form(country="")))
    assert "country" in errors_of(as_trainer.post(ADD, filled_form(country=ukraine.pk)))
    assert not Question.objects.exists()


def test_editor_for_all_countries_writes_shared_questions(as_editor, course):
    as_editor.post(ADD, filled_form())
    assert SingleChoiceQuestion.objects.get().country is None


def test_question_cannot_be_moved_to_a_foreign_country(as_trainer, questions, course, ukraine):
    data = as_sent(as_trainer, questions.mali) | {"country": ukraine.pk}
    assert "country" in errors_of(as_trainer.post(edit_url(questions.mali), data))


def test_choices_keep_their_ids_across_edits(as_trainer, mali, course):
    row = write_question("kept", mali, languages=("en", "fr"))
    before = row.body["choices"]
    data = as_sent(as_trainer, row) | {"choice_en_2": "changed", "choice_en_3": "new", "choice_fr_3": "nouveau"}
    assert as_trainer.post(edit_url(row), data).status_code == 302
    row.refresh_from_db()
    after = row.body["choices"]
    assert after[:2] == before
    assert len(after) == 3


def test_choice_taken_from_the_middle_leaves_the_ids_of_the_others(as_trainer, mali, course):
    row = write_question("middle", mali)
    first, second = row.body["choices"]
    data = as_sent(as_trainer, row) | {"choice_en_1": "", "choice_en_3": "third", "right": "2"}
    assert as_trainer.post(edit_url(row), data).status_code == 302
    row.refresh_from_db()
    assert row.body["choices"][0] == second
    assert row.body["right"] == [second]
    assert first not in row.body["choices"]


def test_id_of_a_foreign_choice_is_not_taken(as_trainer, questions, course):
    foreign = questions.ukraine.body["choices"][0]
    data = as_sent(as_trainer, questions.mali) | {"choice_id_1": foreign}
    assert as_trainer.post(edit_url(questions.mali), data).status_code == 302
    for row in (questions.mali, questions.ukraine):
        row.refresh_from_db()
    assert foreign not in questions.mali.body["choices"]
    assert foreign in questions.ukraine.body["choices"]


def test_one_id_given_twice_is_kept_once(as_trainer, mali, course):
    row = write_question("twice", mali)
    data = as_sent(as_trainer, row)
    data["choice_id_2"] = data["choice_id_1"]
    assert as_trainer.post(edit_url(row), data).status_code == 302
    row.refresh_from_db()
    assert len(set(row.body["choices"])) == 2


def test_blank_places_are_no_choices(as_trainer, mali, course):
    as_trainer.post(ADD, filled_form(country=mali.pk, choice_en_6="  ", choice_fr_8="\t"))
    assert len(SingleChoiceQuestion.objects.get().body["choices"]) == 2


def test_at_most_eight_choices(as_trainer, mali, course):
    many = {f"choice_{code}_{n}": f"c{n}" for code in settings.COMPLETE_LANGUAGES for n in range(1, 12)}
    as_trainer.post(ADD, filled_form(country=mali.pk, **many))
    assert len(SingleChoiceQuestion.objects.get().body["choices"]) == MOST_CHOICES == 8


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<script>alert(1)</script>What?", "What?"),
        ("<b>Bold</b> & <i>sly</i>", "Bold & sly"),
        ("age < 18 and > 12", "age < 18 and > 12"),
        ("\u202eevil\u202c \x00\x07word", "evil word"),
        ("A&lt;img src=x onerror=alert(1)&gt;<p>B</p>", "AB"),
    ],
)
def test_words_are_kept_as_plain_text(as_trainer, mali, course, typed, kept):
    data = filled_form(country=mali.pk, source=typed, **{f"stem_{c}": typed for c in settings.COMPLETE_LANGUAGES})
    data["choice_en_1"] = data["feedback_en"] = typed
    response = as_trainer.post(ADD, data)
    if response.status_code != 302:  # Django refuses a null character before anything else
        assert "\x00" in typed
        return
    row = SingleChoiceQuestion.objects.get()
    text = row.texts.get(language="en")
    assert text.stem == text.feedback == kept
    assert kept in text.choices.values()


def test_language_begun_is_written_whole(as_trainer, mali, course):
    errors = errors_of(as_trainer.post(ADD, filled_form(country=mali.pk, stem_fr="", choice_fr_2="")))
    assert set(errors) == {"stem_fr", "choice_fr_2"}
    assert "Français" in errors["choice_fr_2"][0]


def test_question_needs_words_in_one_language(as_trainer, mali, course):
    words = {name: "" for name in filled_form() if name.startswith(("stem", "choice", "feedback"))}
    assert set(errors_of(as_trainer.post(ADD, filled_form(country=mali.pk, right="", **words)))) == {"stem_en"}


def test_key_on_an_empty_place_is_an_error(as_trainer, mali, course):
    assert set(errors_of(as_trainer.post(ADD, filled_form(country=mali.pk, right="5")))) == {"right"}


def test_lesson_of_another_course_is_an_error(as_trainer, mali, course):
    errors = errors_of(as_trainer.post(ADD, filled_form(country=mali.pk, lesson_uuid=str(uuid.uuid4()))))
    assert set(errors) == {"lesson_uuid"}


def test_draft_may_be_unfinished(as_trainer, mali, course):
    data = filled_form(country=mali.pk, right="", choice_en_2="", choice_fr_2="")
    assert as_trainer.post(ADD, data).status_code == 302


def test_publishing_needs_a_key_and_two_choices(as_trainer, mali, course):
    data = filled_form(country=mali.pk, status="published", right="", choice_en_2="", choice_fr_2="")
    assert set(errors_of(as_trainer.post(ADD, data))) == {"choice_en_2", "right"}


def test_shared_question_is_published_in_every_complete_language(as_editor, course):
    french = {name: "" for name in filled_form() if "_fr" in name}
    assert set(errors_of(as_editor.post(ADD, filled_form(status="published", **french)))) == {"stem_fr"}


def test_national_question_is_published_in_one_language(as_trainer, course, mali):
    english = {name: "" for name in filled_form() if "_en" in name}
    as_trainer.post(ADD, filled_form(status="published", country=mali.pk, **english))
    assert SingleChoiceQuestion.objects.get().status == "published"


def test_publishing_makes_a_version_only_when_something_changed(as_trainer, mali, course):
    as_trainer.post(ADD, filled_form(country=mali.pk, status="published"))
    row = SingleChoiceQuestion.objects.get()
    assert row.version_number == 1
    as_trainer.post(edit_url(row), as_sent(as_trainer, row))
    assert QuestionVersion.objects.count() == 1
    as_trainer.post(edit_url(row), as_sent(as_trainer, row) | {"stem_en": "Changed?"})
    row.refresh_from_db()
    assert row.version_number == QuestionVersion.objects.count() == 2


def test_status_goes_back_to_draft_and_to_retired(as_trainer, mali, course):
    as_trainer.post(ADD, filled_form(country=mali.pk, status="published"))
    row = SingleChoiceQuestion.objects.get()
    for status in ("draft", "retired", "published"):
        as_trainer.post(edit_url(row), as_sent(as_trainer, row) | {"status": status})
        row.refresh_from_db()
        assert row.status == status


def test_fields_that_are_not_in_the_form_are_not_taken(as_trainer, mali, course):
    forged = {
        "version_number": 7,
        "version_sha256": "f" * 64,
        "uuid": str(uuid.uuid4()),
        "polymorphic_ctype": 1,
        "id": 99,
    }
    as_trainer.post(ADD, filled_form(country=mali.pk, **forged))
    row = SingleChoiceQuestion.objects.get()
    assert (row.version_number, row.version_sha256) == (0, "")
    assert str(row.uuid) != forged["uuid"]
    assert row.pk != 99


def test_question_of_a_graded_paper_never_turns_to_practice(as_trainer, mali, course):
    row = write_question("graded", mali)
    Paper.objects.create(
        uuid=uuid.uuid4(),
        enrolment_uuid=uuid.uuid4(),
        quiz_uuid=uuid.uuid4(),
        number=1,
        node_uuid=uuid.uuid4(),
        text=f'{{"items":[{{"question":"{row.uuid}"}}]}}',
        sha256="0" * 64,
        drawn_at=timezone.now(),
    )
    errors = errors_of(as_trainer.post(edit_url(row), as_sent(as_trainer, row) | {"is_practice": "on"}))
    assert "key" in errors["is_practice"][0]
    row.refresh_from_db()
    assert not row.is_practice


def test_question_published_for_practice_never_turns_to_grading(as_trainer, mali, course):
    as_trainer.post(ADD, filled_form(country=mali.pk, status="published", is_practice="on"))
    row = SingleChoiceQuestion.objects.get()
    data = as_sent(as_trainer, row) | {"status": "draft"}
    del data["is_practice"]
    assert "is_practice" in errors_of(as_trainer.post(edit_url(row), data))


def test_practice_is_free_to_change_before_anybody_met_the_question(as_trainer, mali, course):
    row = write_question("new", mali)
    for value in ({"is_practice": "on"}, {}):
        data = {name: each for name, each in as_sent(as_trainer, row).items() if name != "is_practice"}
        assert as_trainer.post(edit_url(row), data | value).status_code == 302
        row.refresh_from_db()
        assert row.is_practice is bool(value)


def test_multiple_choice_keeps_all_right_places(as_trainer, mali, course):
    as_trainer.post(
        "/cms/questions/multiple-choice/add/", filled_form(country=mali.pk, status="published", right=["1", "2"])
    )
    row = MultipleChoiceQuestion.objects.get()
    assert row.body["right"] == sorted(row.body["choices"])
    assert len(row.body["right"]) == 2
    assert row.version_number == 1


@pytest.mark.parametrize("is_true", ["True", "False"])
def test_true_or_false_has_words_and_a_key_only(as_trainer, mali, course, is_true):
    as_trainer.post("/cms/questions/true-false/add/", filled_form(country=mali.pk, status="published", is_true=is_true))
    row = TrueFalseQuestion.objects.get()
    assert row.body == {"is_true": is_true == "True"}
    assert as_trainer.get(edit_url(row)).context["form"]["is_true"].value() is row.body["is_true"]


def test_words_in_a_language_that_is_not_complete_are_shown_and_kept(as_trainer, mali, course):
    row = write_question("three", mali, languages=("en", "fr", "ar"))
    data = as_sent(as_trainer, row)
    assert data["stem_ar"] == "three ar"
    as_trainer.post(edit_url(row), data)
    assert row.texts.filter(language="ar").exists()
    assert "stem_ar" not in as_trainer.get(ADD).context["form"].fields


def test_course_that_is_not_published_any_more_stays_chosen(as_trainer, mali):
    row = write_question("orphan", mali)
    assert as_trainer.post(edit_url(row), as_sent(as_trainer, row)).status_code == 302


def test_courses_and_lessons_are_named_in_the_language_of_the_editor(as_trainer, course):
    as_trainer.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"
    page = as_trainer.get(ADD).content.decode()
    assert "Premier contact" in page
    assert "Lesson fr" in page


def test_form_has_no_formset_over_the_children():
    for kind in AUTHORED_KINDS:
        form = kind.model.snippet_viewset.get_form_class()
        assert not form.formsets


def test_bulk_create_on_the_base_is_refused(db):
    with pytest.raises(TypeError):
        Question.objects.bulk_create([Question(course_uuid=uuid.uuid4())])
    assert not any(field.name == "revisions" for field in Question._meta.private_fields)


def test_saving_asks_no_more_for_eight_choices_than_for_two(as_trainer, mali, course):
    def ask(**changes) -> int:
        with CaptureQueriesContext(connection) as log:
            assert as_trainer.post(ADD, filled_form(country=mali.pk, **changes)).status_code == 302
        return len(log)

    ask()
    many = {f"choice_{code}_{n}": f"c{n}" for code in settings.COMPLETE_LANGUAGES for n in range(1, 9)}
    assert ask(**many) == ask()
