"""What changed upstream: told apart in three ways, shown, and adopted with one review."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Revision, WorkflowState

from accounts.models import AuditEvent, Country
from courses.catalogue import INTERNATIONAL, CourseOutline
from courses.editions.adopting import Adopted, adopt_upstream
from courses.editions.comparing import Change, compare
from courses.editions.errors import EditionNotYoursError
from courses.editions.reviewing import Choice, What, review_upstream
from courses.editions.words import readable, word_diff
from courses.models import CoursePage, LessonPage, ModulePage
from courses.packs.tree import publish
from tests.courses.editions import lesson_of, make_edition, make_source, write
from tests.factories.accounts import CountryFactory, make_login, sign_in
from tests.factories.courses import lesson_page

# Three states of one page


def block(text: str, kind: str = "text", number: int = 0) -> dict[str, Any]:
    return {"type": kind, "id": f"00000000-0000-4000-8000-{number:012}", "value": {"body": text}}


def page(*texts: str, title: str = "T") -> dict[str, Any]:
    """Return a state whose blocks are numbered by their place, as those of a pack are."""
    return {"title": title, "body": [block(text, number=number) for number, text in enumerate(texts)]}


def told(base: Any, theirs: Any, mine: Any) -> list[Change]:
    return [part.change for part in compare(base, theirs, mine, {"body"}).parts]


def texts_of(state: Any) -> list[str]:
    return [each["value"]["body"] for each in state["body"]]


NONE, THEIRS, MINE, SAME, CONFLICT = Change


@pytest.mark.parametrize(
    ("theirs", "mine", "expected", "merged"),
    [
        (page("a", "b"), page("a", "b"), [NONE, NONE, NONE], ["a", "b"]),
        (page("a", "B"), page("a", "b"), [NONE, NONE, THEIRS], ["a", "B"]),
        (page("a", "b"), page("A", "b"), [NONE, MINE, NONE], ["A", "b"]),
        (page("a", "B"), page("A", "b"), [NONE, MINE, THEIRS], ["A", "B"]),
        (page("X", "b"), page("Y", "b"), [NONE, CONFLICT, NONE], ["Y", "b"]),
        (page("X", "b"), page("X", "b"), [NONE, SAME, NONE], ["X", "b"]),
        # A block put before the others changes the ids of all: it is still one new block.
        (page("new", "a", "b"), page("a", "b"), [NONE, THEIRS, NONE, NONE], ["new", "a", "b"]),
        (page("new", "a", "b"), page("a", "b", "law"), [NONE, THEIRS, NONE, NONE, MINE], ["new", "a", "b", "law"]),
        (page("a"), page("a", "b"), [NONE, NONE, THEIRS], ["a"]),
        (page("a", "b"), page("b"), [NONE, MINE, NONE], ["b"]),
        (page("a"), page("a", "B"), [NONE, NONE, CONFLICT], ["a", "B"]),
    ],
)
def test_it_is_told_who_changed_what(theirs: Any, mine: Any, expected: list[Change], merged: list[str]) -> None:
    found = compare(page("a", "b"), theirs, mine, {"body"})
    assert [part.change for part in found.parts] == expected
    assert texts_of(found.merged()) == merged
    ids = [each["id"] for each in found.merged()["body"]]
    assert len(ids) == len(set(ids))


def test_text_that_the_editor_only_wrote_in_its_own_way_is_no_change() -> None:
    written = page("<p>Ask&nbsp;: <strong>her</strong></p>\n<ul>\n<li>One &amp; two</li>\n</ul>")
    saved = page('<p data-block-key="x">Ask\xa0: <b>her</b></p><ul><li data-block-key="y">One &amp; two</li></ul>')
    assert told(written, written, saved) == [NONE, NONE]
    assert told(written, page("<p>Ask him</p>"), saved) == [NONE, THEIRS]


def test_fields_are_compared_alone() -> None:
    base, theirs, mine = page("a", title="T"), page("a", title="Their title"), page("A", title="T")
    assert told(base, theirs, mine) == [THEIRS, MINE]
    assert compare(base, theirs, mine, {"body"}).merged()["title"] == "Their title"


def test_block_of_another_kind_is_no_change_of_the_first() -> None:
    theirs = {"title": "T", "body": [block("a", "case_study"), block("b")]}
    assert told(page("a", "b"), theirs, page("a", "b")) == [NONE, THEIRS, THEIRS, NONE]


WORDS = st.lists(st.sampled_from("abcdefg"), max_size=6)


@given(base=WORDS, theirs=WORDS, mine=WORDS)
def test_merging_loses_nobodys_change(base: list[str], theirs: list[str], mine: list[str]) -> None:
    three = page(*base), page(*theirs), page(*mine)
    assert texts_of(compare(three[0], three[1], three[0], {"body"}).merged()) == theirs
    assert texts_of(compare(three[0], three[0], three[2], {"body"}).merged()) == mine
    assert texts_of(compare(three[0], three[1], three[1], {"body"}).merged()) == theirs
    merged = compare(*three, {"body"}).merged()["body"]
    assert len({each["id"] for each in merged}) == len(merged)
    assert {each["value"]["body"] for each in merged} >= set(mine) - set(base)


def test_words_are_compared_one_by_one() -> None:
    before, after = word_diff("Ask her first.", "Ask the child first.")
    assert [each.text for each in before if each.is_new] == ["her "]
    assert "".join(each.text for each in after) == "Ask the child first."


def test_block_is_read_as_lines() -> None:
    value = {"type": "text", "value": {"right": True, "body": "<p>A &amp; b</p><p>c</p>", "heading": "H", "n": 2}}
    assert readable(value) == "H\nA & b\nc\nn 2\n✓ right"


# An edition beside its source


@pytest.fixture
def mali(db: None) -> Country:
    return CountryFactory.create(code="ML")


@pytest.fixture
def source(db: None) -> CourseOutline:
    return make_source()


@pytest.fixture
def edition(source: CourseOutline, mali: Country) -> CoursePage:
    return next(page for page in make_edition(source, mali) if page.locale.language_code == "en")


def waiting(edition: CoursePage) -> dict[str, What]:
    return {f"{each.language} {each.title}": each.what for each in review_upstream(edition).pages}


def adopt(edition: CoursePage, by: Any, choice: Choice | None = None) -> Adopted:
    review = review_upstream(edition)
    return adopt_upstream(
        by=by, course=edition, choices={each.key: (choice or each.default, each.digest) for each in review.pages}
    )


@pytest.mark.django_db
def test_fresh_edition_has_nothing_to_look_at(edition: CoursePage) -> None:
    write(lesson_of("ml"), title="The law of Mali")
    assert waiting(edition) == {}


@pytest.mark.django_db
def test_change_upstream_is_adopted_beside_an_own_change(mali: Country) -> None:
    edition = make_edition(make_source("fr"), mali)[0]
    write(lesson_of("ml"), title="The law of Mali")
    write(lesson_of(INTERNATIONAL), part="<p>Corrected</p>", source_version="2")
    write(lesson_of(INTERNATIONAL, "lesson-2", "fr"), summary="Nouveau")
    assert waiting(edition) == {"en The law of Mali": What.CHANGED, "fr Lesson 2 fr": What.CHANGED}
    [first, _second] = review_upstream(edition).pages
    assert first.choices == (Choice.MERGE, Choice.THEIRS, Choice.MINE, Choice.LATER)
    revisions = Revision.objects.count()
    done = adopt(edition, make_login("editor", mali))
    assert (len(done.published), done.count, Revision.objects.count() - revisions) == (2, 2, 2)
    adopted = lesson_of("ml")
    assert adopted.title == "The law of Mali"
    assert "Corrected" in str(adopted.body)
    assert adopted.source_version == "2"
    assert lesson_of("ml", "lesson-2", "fr").summary == "Nouveau"
    assert waiting(edition) == {}
    assert AuditEvent.objects.get(act="edition.adopted").detail["pages"] == 2


@pytest.mark.django_db
def test_conflict_is_left_until_somebody_chooses(edition: CoursePage, mali: Country) -> None:
    write(lesson_of("ml"), part="<p>Mine</p>")
    write(lesson_of(INTERNATIONAL), part="<p>Theirs</p>")
    by = make_login("editor", mali)
    assert adopt(edition, by).count == 0
    assert "Mine" in str(lesson_of("ml").body)
    assert adopt(edition, by, Choice.MERGE).passed_over  # not offered where both changed one thing
    assert len(adopt(edition, by, Choice.MINE).settled) == 1
    assert waiting(edition) == {}
    write(lesson_of(INTERNATIONAL), part="<p>Theirs again</p>")
    assert len(adopt(edition, by, Choice.THEIRS).published) == 1
    assert "Theirs again" in str(lesson_of("ml").body)


@pytest.mark.django_db
def test_page_that_is_new_upstream_comes_in_its_place(
    edition: CoursePage, source: CourseOutline, mali: Country
) -> None:
    module = ModulePage.objects.get(edition=INTERNATIONAL, locale__language_code="en")
    fresh = lesson_page(source.uuid, 7, locale=module.locale, slug="fresh")
    module.add_child(instance=fresh)
    publish(fresh)
    fresh.move(lesson_of(INTERNATIONAL), pos="right")
    assert waiting(edition) == {"en Lesson 7 en": What.ADDED}
    by = make_login("editor", mali)
    assert len(adopt(edition, by).published) == 1
    here = LessonPage.objects.descendant_of(edition).order_by("path").values_list("slug", flat=True)
    assert list(here) == ["lesson-1", "fresh", "lesson-2"]
    assert waiting(edition) == {}


@pytest.mark.django_db
def test_edition_may_do_without_a_new_page_and_keep_one_that_is_gone(
    edition: CoursePage, source: CourseOutline, mali: Country
) -> None:
    module = ModulePage.objects.get(edition=INTERNATIONAL, locale__language_code="en")
    fresh = lesson_page(source.uuid, 7, locale=module.locale, slug="fresh")
    module.add_child(instance=fresh)
    publish(fresh)
    lesson_of(INTERNATIONAL, "lesson-2").unpublish(log_action=True)
    by = make_login("editor", mali)
    assert waiting(edition) == {"en Lesson 2 en": What.REMOVED, "en Lesson 7 en": What.ADDED}
    review = {each.what: each for each in review_upstream(edition).pages}
    choices = {
        review[What.ADDED].key: (Choice.DECLINE, review[What.ADDED].digest),
        review[What.REMOVED].key: (Choice.KEEP, ""),
    }
    assert len(adopt_upstream(by=by, course=edition, choices=choices).settled) == 2
    assert waiting(edition) == {}
    assert lesson_of("ml", "lesson-2").live


@pytest.mark.django_db
def test_page_that_is_gone_upstream_is_taken_out_of_sight(edition: CoursePage, mali: Country) -> None:
    lesson_of(INTERNATIONAL, "lesson-2").unpublish(log_action=True)
    assert len(adopt(edition, make_login("editor", mali)).removed) == 1
    assert not lesson_of("ml", "lesson-2").live


@pytest.mark.django_db
def test_what_changed_again_meanwhile_is_not_adopted(edition: CoursePage, mali: Country) -> None:
    write(lesson_of(INTERNATIONAL), title="Once")
    [shown] = review_upstream(edition).pages
    write(lesson_of(INTERNATIONAL), title="Twice")
    done = adopt_upstream(
        by=make_login("editor", mali), course=edition, choices={shown.key: (Choice.THEIRS, shown.digest)}
    )
    assert done.passed_over == [shown.key]
    assert lesson_of("ml").title == "Lesson 1 en"


@pytest.mark.django_db
def test_unpublished_draft_is_kept_with_the_change_in_it(edition: CoursePage, mali: Country) -> None:
    draft = lesson_of("ml")
    draft.title = "Not ready"
    draft.save_revision()
    write(lesson_of(INTERNATIONAL), part="<p>Corrected</p>")
    done = adopt(edition, make_login("editor", mali))
    assert len(done.kept_as_draft) == 1
    page = lesson_of("ml")
    assert page.title == "Lesson 1 en"
    latest = page.get_latest_revision_as_object()
    assert latest.title == "Not ready"
    assert "Corrected" in str(latest.body)


@pytest.mark.django_db
def test_what_a_writer_adopts_waits_for_review(edition: CoursePage, mali: Country) -> None:
    write(lesson_of(INTERNATIONAL), title="Corrected")
    done = adopt(edition, make_login("trainer", mali))
    assert len(done.sent_to_review) == 1
    assert lesson_of("ml").title == "Lesson 1 en"
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS


@pytest.mark.django_db
def test_nobody_adopts_for_another_country(edition: CoursePage) -> None:
    write(lesson_of(INTERNATIONAL), title="Corrected")
    for login in (make_login("editor", CountryFactory.create(code="UA")), make_login()):
        with pytest.raises(EditionNotYoursError):
            adopt(edition, login)


# The page


@pytest.mark.django_db
def test_page_shows_both_texts_and_adopts(client: Client, edition: CoursePage, mali: Country) -> None:
    write(lesson_of("ml"), part="<p>Ask in Bamako first</p>")
    write(lesson_of(INTERNATIONAL), part="<p>Ask kindly first</p>", title="A better title")
    sign_in(client, make_login("editor", mali))
    address = reverse("courses_editions:upstream", args=[edition.pk])
    shown = client.get(address).content.decode()
    for expected in (
        "<ins>Ask kindly first</ins>",
        "<ins>Ask in Bamako first</ins>",
        "<ins>A better title</ins>",
        "Changed in both",
    ):
        assert expected in shown
    [each] = review_upstream(edition).pages
    form = {"key": each.key, f"digest-{each.key}": each.digest, f"choice-{each.key}": "theirs"}
    assert "1 page is adopted and published" in client.post(address, form, follow=True).content.decode()
    assert "Nothing is left to look at" in client.get(address).content.decode()
    assert lesson_of("ml").title == "A better title"


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "status"), [("ML", 200), ("UA", 404)])
def test_page_is_there_for_the_own_country_only(client: Client, edition: CoursePage, code: str, status: int) -> None:
    sign_in(client, make_login("trainer", CountryFactory.create(code=code)))
    address = reverse("courses_editions:upstream", args=[edition.pk])
    assert client.get(address).status_code == status
    assert client.post(address, {}).status_code == (302 if status == 200 else 404)


@pytest.mark.django_db
def test_slug_that_an_own_page_has_stays_as_it_was(edition: CoursePage, mali: Country) -> None:
    write(lesson_of("ml", "lesson-2"), slug="law")
    write(lesson_of(INTERNATIONAL, "lesson-1"), slug="law", summary="New")
    assert len(adopt(edition, make_login("editor", mali)).published) == 1
    assert lesson_of("ml", "lesson-1").summary == "New"
