"""Translating pages: side by side, coverage, what is out of date, PO files in and out."""

from typing import Any

import polib
import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, Translation, TranslationSource
from wagtail_localize.operations import translate_page_subtree

from courses.models import CoursePage, LessonPage
from courses.packs.tree import catalogue_page, publish
from courses.translating.coverage import Coverage, coverage_of
from courses.translating.linking import link_subtree
from tests.factories.accounts import make_login, sign_in
from tests.factories.courses import load_two_lessons

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> Any:
    load_two_lessons()
    return CoursePage.objects.get(locale__language_code="en")


@pytest.fixture
def french() -> Locale:
    return Locale.objects.get(language_code="fr")


def _coverage(course: Any, language: str) -> Coverage:
    return next(each for each in coverage_of([course])[0].languages if each.language == language)


def test_pages_of_a_pack_are_covered_before_anybody_links_them(course: Any, french: Locale) -> None:
    french_pages = _coverage(course, "fr")
    assert (french_pages.percent, french_pages.stale, french_pages.percent_of_texts) == (100, [], None)
    assert (_coverage(course, "es").percent, _coverage(course, "es").there) == (0, 0)


def test_linking_finds_every_text_and_repeats_change_nothing(course: Any, french: Locale) -> None:
    linked = link_subtree(course, french)
    assert linked.pages == len(_coverage(course, "fr").pages)
    assert linked.texts > 0
    assert linked.unmatched == 0
    before = _coverage(course, "fr")
    assert before.percent_of_texts == 100
    assert link_subtree(course, french) == linked
    assert _coverage(course, "fr") == before


def test_saving_a_linked_translation_keeps_the_page_as_it_was(course: Any, french: Locale) -> None:
    lesson = LessonPage.objects.filter(locale__language_code="en").first()
    assert lesson is not None
    target = lesson.get_translation(french)
    before = (target.title, target.slug, target.lede, target.minutes, target.body.get_prep_value())
    link_subtree(course, french)
    translation = Translation.objects.get(source__object_id=lesson.translation_key)
    translation.save_target(publish=True)
    after = LessonPage.objects.get(pk=target.pk)
    assert (after.title, after.slug, after.lede, after.minutes, after.body.get_prep_value()) == before
    assert after.activity_uuid == lesson.activity_uuid


def test_original_that_changed_makes_its_translation_stale(course: Any, french: Locale) -> None:
    link_subtree(course, french)
    lesson = LessonPage.objects.filter(locale__language_code="en").first()
    assert lesson is not None
    lesson.lede = "Another beginning."
    publish(lesson)
    found = _coverage(course, "fr")
    assert [state.source.pk for state in found.stale] == [lesson.pk]
    assert found.percent < 100
    editor = sign_in(Client(), make_login("editor", everywhere=True))
    page = editor.get(reverse("wagtailadmin_pages:edit", args=[found.stale[0].target.pk])).content.decode()  # type: ignore[union-attr]
    assert "The original changed after this translation was published" in page
    publish(found.stale[0].target.specific)  # type: ignore[union-attr]
    assert _coverage(course, "fr").stale == []


def test_po_goes_out_and_comes_back(course: Any, french: Locale) -> None:
    link_subtree(course, french)
    lesson = LessonPage.objects.filter(locale__language_code="en").first()
    assert lesson is not None
    translation = Translation.objects.get(source__object_id=lesson.translation_key)
    po = polib.pofile(str(translation.export_po()))
    entry = po.find(lesson.title)
    entry.msgstr = "Un autre titre"
    assert translation.import_po(po) == []
    translation.save_target(publish=True)
    assert lesson.get_translation(french).title == "Un autre titre"


def test_new_language_has_its_tree_before_its_leaves(course: Any) -> None:
    spanish = catalogue_page("es").locale
    source, _created = TranslationSource.get_or_create_from_instance(course)
    translation = Translation.objects.create(source=source, target_locale=spanish)
    translation.save_target(publish=False)
    translate_page_subtree(course.pk, [spanish], None, None)
    for page in Page.objects.filter(locale=spanish, depth__gt=2).specific():
        assert page.get_parent().locale_id == spanish.pk
    lessons = LessonPage.objects.filter(locale=spanish)
    # Nothing is shown to learners before somebody has translated it.
    assert not any(each.live for each in lessons)
    assert {each.activity_uuid for each in lessons} == {
        each.activity_uuid for each in LessonPage.objects.filter(locale__language_code="en")
    }
    assert Page.find_problems() == ([], [], [], [], [])


def test_report_shows_what_one_may_edit(course: Any, client: Client, french: Locale) -> None:
    editor = sign_in(Client(), make_login("editor", everywhere=True))
    assert course.title in editor.get(reverse("translation_coverage")).content.decode()
    address = reverse("course_translation_link", args=[course.pk, "fr"])
    assert editor.post(address).headers["Location"] == reverse("course_translation", args=[course.pk, "fr"])
    shown = editor.get(reverse("course_translation", args=[course.pk, "fr"])).content.decode()
    assert "Up to date" in shown
    trainer = sign_in(Client(), make_login("trainer"))
    for refused in (trainer.get(reverse("translation_coverage")), trainer.post(address)):
        assert refused.status_code in {302, 403}
    assert editor.post(reverse("course_translation_link", args=[course.pk, "xx"])).status_code == 404


def test_translations_of_others_are_not_there(course: Any, french: Locale) -> None:
    link_subtree(course, french)
    translation = Translation.objects.select_related("source").first()
    assert translation is not None
    segment = StringSegment.objects.filter(source=translation.source).first()
    assert segment is not None
    addresses = [
        reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk]),
        reverse("wagtail_localize:download_pofile", args=[translation.pk]),
        reverse("wagtail_localize:translations_report"),
        reverse("wagtail_localize:submit_page_translation", args=[course.pk]),
        reverse("wagtail_localize:update_translations", args=[translation.source_id]),
    ]
    trainer = sign_in(Client(), make_login("trainer"))
    assert [trainer.get(each).status_code for each in addresses] == [404] * len(addresses)
    assert trainer.put(addresses[0], "value=x").status_code == 404
    editor = sign_in(Client(), make_login("editor", everywhere=True))
    assert editor.get(addresses[1]).status_code == 200
