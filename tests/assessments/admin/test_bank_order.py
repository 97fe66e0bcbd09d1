"""Categories, tags, languages, search, hints and look-alikes in the bank."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models import Question, QuestionCategory, QuestionTag, QuestionText, Quiz, QuizSection, QuizSlot
from assessments.questions.registry import KINDS
from tests.assessments.admin.conftest import COURSE, filled_form, write_question
from tests.assessments.admin.test_form import ADD, as_sent, edit_url, errors_of
from tests.factories.accounts import sign_in
from tests.factories.assessments import make_question

LIST = "/cms/questions/"


def body(client: Client, address: str = LIST) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def drawers(mali, ukraine):
    shared = QuestionCategory.objects.create(name={"en": "Border", "fr": "Frontière"})
    inner = QuestionCategory.objects.create(name={"en": "Trains"}, parent=shared)
    own = QuestionCategory.objects.create(name={"en": "Malian drawer"}, country=mali, parent=shared)
    foreign = QuestionCategory.objects.create(name={"en": "Ukrainian drawer"}, country=ukraine)
    return {"shared": shared, "inner": inner, "own": own, "foreign": foreign}


def test_question_is_given_a_category_and_tags_old_and_new(as_trainer, mali, course, drawers):
    QuestionTag.objects.create(facet="module", slug="m1", name={"en": "Module 1"})
    data = filled_form(
        country=mali.pk, category=drawers["own"].pk, tags=["module:m1"], new_tags="article:art-3, topic:documents"
    )
    as_trainer.post(ADD, data)
    row = Question.objects.get()
    assert row.category == drawers["own"]
    assert {str(tag) for tag in row.tags.all()} == {"Module 1", "art-3", "documents"}
    sent = as_sent(as_trainer, row) | {"tags": ["module:m1"], "new_tags": ""}
    as_trainer.post(edit_url(row), sent)
    assert [tag.slug for tag in row.tags.all()] == ["m1"]


@pytest.mark.parametrize("typed", ["red", "colour:red", "article:Art 3", "topic:", "article:é"])
def test_what_is_no_tag_is_an_error_with_an_example(as_trainer, mali, course, typed):
    errors = errors_of(as_trainer.post(ADD, filled_form(country=mali.pk, new_tags=typed)))
    assert "article:art-3" in errors["new_tags"][0]
    assert not QuestionTag.objects.exists()


def test_form_offers_no_category_of_another_country(as_trainer, mali, course, drawers):
    assert "Ukrainian drawer" not in body(as_trainer, ADD)
    data = filled_form(country=mali.pk, category=drawers["foreign"].pk)
    assert "category" in errors_of(as_trainer.post(ADD, data))


def test_shared_question_lies_in_a_shared_category_only(as_editor, course, drawers):
    assert "category" in errors_of(as_editor.post(ADD, filled_form(category=drawers["own"].pk)))


def test_categories_are_a_tree_of_ones_own_and_the_shared_ones(as_trainer, drawers):
    page = body(as_trainer, f"{LIST}categories/")
    assert page.index("Border") < page.index("Malian drawer")
    assert "Ukrainian drawer" not in page
    assert f"/categories/{drawers['own'].pk}/" in page
    assert f"/categories/{drawers['shared'].pk}/" not in page


def test_category_of_another_country_is_not_there_and_a_shared_one_is_only_read(as_trainer, drawers):
    for method in ("get", "post"):
        foreign = getattr(as_trainer, method)(f"{LIST}categories/{drawers['foreign'].pk}/", {"name_en": "X"})
        assert foreign.status_code == 404
        shared = getattr(as_trainer, method)(f"{LIST}categories/{drawers['shared'].pk}/", {"name_en": "X"})
        assert shared.status_code in {302, 403}
    assert not QuestionCategory.objects.filter(name__en="X").exists()


def test_national_trainer_writes_categories_of_the_own_country_only(as_trainer, mali, ukraine, drawers):
    for country in ("", ukraine.pk):
        as_trainer.post(f"{LIST}categories/new/", {"name_en": "New", "country": country})
    assert not QuestionCategory.objects.filter(name__en="New").exists()
    as_trainer.post(f"{LIST}categories/new/", {"name_en": "New", "country": mali.pk, "parent": drawers["shared"].pk})
    row = QuestionCategory.objects.get(name__en="New")
    assert (row.country, row.parent) == (mali, drawers["shared"])


def test_category_is_never_put_into_itself(as_editor, drawers):
    address = f"{LIST}categories/{drawers['shared'].pk}/"
    for parent in ("shared", "inner"):
        response = as_editor.post(address, {"name_en": "Border", "parent": drawers[parent].pk})
        assert response.status_code == 200
        assert "parent" in response.context["form"].errors


def test_category_with_something_in_it_is_not_deleted(as_editor, drawers):
    as_editor.post(f"{LIST}categories/{drawers['shared'].pk}/", {"delete": "1"})
    as_editor.post(f"{LIST}categories/{drawers['inner'].pk}/", {"delete": "1"})
    assert set(QuestionCategory.objects.values_list("name__en", flat=True)) == {
        "Border", "Malian drawer", "Ukrainian drawer",
    }  # fmt: skip


def test_tags_are_added_by_every_author_and_named_by_who_writes_everywhere(as_trainer, as_editor):
    as_trainer.post(f"{LIST}tags/", {"tags": "article:art-3"})
    tag = QuestionTag.objects.get()
    assert as_trainer.post(f"{LIST}tags/{tag.pk}/", {"name_en": "X"}).status_code in {302, 403}
    as_editor.post(f"{LIST}tags/{tag.pk}/", {"name_en": "Article 3"})
    tag.refresh_from_db()
    assert tag.name == {"en": "Article 3"}
    assert "Article 3" in body(as_trainer, f"{LIST}tags/")


def test_tag_that_a_quiz_draws_by_is_not_deleted(as_editor):
    tag = QuestionTag.objects.create(facet="topic", slug="buses")
    section = QuizSection.objects.create(quiz=Quiz.objects.create(course_uuid=COURSE), position=1)
    slot = QuizSlot.objects.create(section=section, position=1)
    slot.tags.add(tag)
    as_editor.post(f"{LIST}tags/{tag.pk}/", {"delete": "1"})
    assert QuestionTag.objects.exists()
    slot.tags.clear()
    as_editor.post(f"{LIST}tags/{tag.pk}/", {"delete": "1"})
    assert not QuestionTag.objects.exists()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("category={shared}", {"tagged", "plain"}),
        ("category={inner}", {"plain"}),
        ("tags=topic:buses", {"tagged", "both"}),
        ("tags=topic:buses&tags=article:art-3", {"both"}),
        ("state=stale:fr", {"both"}),
        ("state=missing:fr", {"plain"}),
        ("state=missing:ar", {"tagged", "both", "plain"}),
        ("hint=missing_language", {"plain"}),
        ("hint=few_wrong", {"tagged", "both", "plain"}),
        ("hint=none", set()),
        ("hint=any", {"tagged", "both", "plain"}),
    ],
)
def test_list_is_narrowed(as_trainer, mali, drawers, query, found):
    rows = {name: write_question(name, mali, languages=("en", "fr")) for name in ("tagged", "both")}
    rows["plain"] = write_question("plain", mali, category=drawers["inner"])
    rows["tagged"].category = drawers["shared"]
    rows["tagged"].save()
    buses, article = (
        QuestionTag.objects.create(facet=f, slug=s) for f, s in (("topic", "buses"), ("article", "art-3"))
    )
    rows["tagged"].tags.add(buses)
    rows["both"].tags.add(buses, article)
    rows["both"].texts.filter(language="fr").update(stale_since=timezone.now())
    page = body(as_trainer, f"{LIST}?{query.format(**{name: row.pk for name, row in drawers.items()})}")
    assert {name for name in rows if f"{name} en" in page} == found


@pytest.mark.parametrize("words", ["ذئب", "ВОЛК", "état", "l'animal"])
def test_search_finds_words_of_choices_and_their_feedback(as_trainer, mali, words):
    row = write_question("x", mali)
    part = row.body["choices"][0]
    row.texts.update(choices={part: "L'état: أين ذئب؟"}, feedbacks={part: "Это Волк, l'animal"})
    assert f"/edit/{row.pk}/" in body(as_trainer, f"{LIST}?q={words}")


def test_search_does_not_look_into_ids(as_trainer, mali):
    row = write_question("x", mali)
    assert f"/edit/{row.pk}/" not in body(as_trainer, f"{LIST}?q={row.body['choices'][0][:8]}")


def test_list_asks_as_often_for_300_mixed_questions_as_for_30(as_trainer, mali, course):
    def ask() -> int:
        with CaptureQueriesContext(connection) as log:
            body(as_trainer, f"{LIST}?p=1")
        return len(log)

    kinds = sorted(KINDS)

    def write(most: int) -> None:
        for number in range(Question.objects.count(), most):
            make_question(kinds[number % len(kinds)], course_uuid=COURSE, number=number, country=mali, published=False)

    write(30)
    ask()
    first = ask()
    write(300)
    assert ask() == first
    assert "300" in body(as_trainer)


# Languages


def save_words(client, row, **words):
    response = client.post(edit_url(row), as_sent(client, row) | words)
    assert response.status_code == 302, response.context["form"].errors
    return {text.language: text.stale_since for text in row.texts.all()}


@pytest.fixture
def row(mali, course):
    return write_question("q", mali, languages=("en", "fr", "ar"))


def test_other_languages_are_stale_when_the_first_one_changes(as_trainer, row):
    stale = save_words(as_trainer, row, stem_en="Changed?")
    assert stale["en"] is None
    assert stale["fr"]
    assert stale["ar"] == stale["fr"]
    assert "stale since" in body(as_trainer, edit_url(row))
    again = save_words(as_trainer, row, choice_en_1="Changed too")
    assert again["fr"] == stale["fr"]


def test_translation_that_changes_does_not_make_the_others_stale(as_trainer, row):
    assert not any(save_words(as_trainer, row, stem_fr="Autre ?").values())


def test_mark_goes_when_the_words_follow_or_are_still_right(as_trainer, row):
    save_words(as_trainer, row, stem_en="Changed?")
    stale = save_words(as_trainer, row, stem_fr="Changé ?", still_right_ar="on")
    assert not any(stale.values())


def test_words_changed_together_are_not_stale(as_trainer, row):
    stale = save_words(as_trainer, row, stem_en="Changed?", stem_fr="Changé ?")
    assert not stale["fr"]
    assert stale["ar"]


def test_question_is_written_first_in_the_language_of_its_author(as_trainer, mali, course):
    as_trainer.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"
    as_trainer.post(ADD, filled_form(country=mali.pk))
    row = Question.objects.get()
    assert row.language == "fr"
    stale = save_words(as_trainer, row, stem_fr="Autre ?")
    assert [language for language, since in stale.items() if since] == ["en"]


def test_language_is_added_to_the_form_and_kept(as_trainer, mali, course):
    row = write_question("q", mali)
    assert "stem_ar" in as_trainer.get(f"{edit_url(row)}?also=ar").context["form"].fields
    words = {"stem_ar": "ماذا؟", "choice_ar_1": "أ", "choice_ar_2": "ب", "feedback_ar": "لأن"}
    save_words(as_trainer, row, **words)
    assert row.texts.get(language="ar").stem == "ماذا؟"


def test_languages_stand_side_by_side_the_first_one_first(as_trainer, row):
    row.language = "fr"
    row.save()
    page = body(as_trainer, edit_url(row))
    assert page.index('id="q-column-fr"') < page.index('id="q-column-en"') < page.index('id="q-column-ar"')


def test_list_says_how_much_there_is_in_each_language(as_trainer, questions, row):
    page = body(as_trainer)
    assert "<b>100%</b>" in page
    assert "<b>33%</b>" in page  # of three questions that Mali's trainer reads, one has Arabic


# Look-alikes and hints


def test_look_alike_is_shown_beside_the_form_and_in_the_list_of_all(as_trainer, mali, course):
    stem = "A minibus arrives at night, eight passengers are silent and one man speaks for all. What first?"
    first, second = write_question("one", mali), write_question("two", mali)
    QuestionText.objects.filter(question=first).update(stem=stem)
    QuestionText.objects.filter(question=second).update(stem=stem.replace("minibus", "bus"))
    inspect = f"/cms/questions/single-choice/inspect/{first.pk}/"
    for address in (edit_url(second), f"{LIST}look-alikes/"):
        assert inspect in body(as_trainer, address)


def test_look_alike_of_another_country_is_never_named(as_trainer, mali, ukraine, course):
    own = write_question("canary of many words that are long enough to be compared here", mali)
    write_question("canary of many words that are long enough to be compared here", ukraine)
    for address in (edit_url(own), f"{LIST}look-alikes/", f"/cms/questions/single-choice/inspect/{own.pk}/"):
        assert "the same words" not in body(as_trainer, address)


def test_hints_stand_beside_the_form_and_stop_nothing(as_trainer, mali, course):
    response = as_trainer.post(ADD, filled_form(country=mali.pk, status="published"))
    assert response.status_code == 302
    page = body(as_trainer, response["Location"])
    assert "Too few wrong choices" in page
    assert "No source" in page


def test_pages_of_the_bank_are_closed_to_learners(client, mali):
    from tests.factories.accounts import LoginFactory  # only here

    sign_in(client, LoginFactory.create())
    for name in ("categories/", "tags/", "look-alikes/", "categories/new/"):
        assert client.get(f"{LIST}{name}").status_code in {302, 403, 404}
