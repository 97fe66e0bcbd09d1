"""The quiz area of the admin: who may what, and building a quiz without JavaScript."""

import datetime as dt
import json
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent, CohortMember, Login
from assessments.actions import save_quiz, set_window
from assessments.errors import QuizNotYoursError, QuizRefusedError
from assessments.models import Paper, QuestionCategory, QuestionTag, Quiz, QuizWindow
from assessments.planning import PlannedSection, PlannedSlot, sections_of
from assessments.publishing import publish
from assessments.windows import Window
from tests.assessments.admin.conftest import COURSE, LESSON, write_question
from tests.factories.accounts import CohortFactory, make_login, sign_in
from tests.factories.assessments import QuizFactory, enrol_by_statement

LIST, ADD = "/cms/quizzes/", "/cms/quizzes/new/"


def address(name, quiz):
    return reverse(f"quizzes:{name}", args=[quiz.pk])


def ask(stem, **fields):
    question = write_question(stem, languages=("en", "fr"), **fields)
    publish(question)
    return question


@pytest.fixture
def quiz(course):
    return QuizFactory.create(course_uuid=COURSE, draw=2)


@pytest.fixture
def bank(course):
    return SimpleNamespace(
        easy=[ask(f"easy-{number}", difficulty=1, lesson_uuid=LESSON) for number in range(3)],
        hard=ask("hard-one", difficulty=3),
        practice=ask("practice-one", is_practice=True),
    )


def rules(**changes):
    """Return what a browser sends of the rules."""
    return {
        "course_uuid": str(COURSE),
        "title_en": "Borders",
        "title_fr": "Frontières",
        "instructions_en": "",
        "instructions_fr": "",
        "quiz_class": "graded",
        "opens_after": "lessons",
        "draw": "2",
        "behaviour": "",
        "penalty_percent": "33",
        "layout": "one",
        "pass_mark_percent": "70",
        "attempt_limit": "3",
        "wait_minutes": "0",
        "time_limit_minutes": "",
        "late_rule": "decide",
        "review": "afterwards",
        "sections": "0",
    } | changes


def with_sections(*sections, **changes):
    """Return what a browser sends of a quiz with sections: a list of rows each."""
    data = rules(sections=str(len(sections)), **changes)
    for number, rows in enumerate(sections):
        data |= {
            f"s{number}-questions": str(len(rows)),
            f"s{number}-is_shuffled": "on",
            f"s{number}-title_en": f"Part {number}",
        }
        for place, row in enumerate(rows):
            data |= {f"s{number}-q{place}-{name}": value for name, value in ({"points": "1"} | row).items()}
    return data


# --- who may what (S1) ---


@pytest.mark.parametrize("name", ["edit", "paper", "times"])
def test_everybody_with_a_role_reads_a_quiz(as_trainer, quiz, bank, name):
    assert as_trainer.get(address(name, quiz)).status_code == 200


def test_only_who_writes_for_all_countries_changes_a_quiz(as_trainer, as_editor, quiz, bank):
    before = list(Quiz.objects.values())
    for data in (rules(do="save"), rules(do="add-section"), rules(do="count"), rules(do="paper")):
        assert as_trainer.post(address("edit", quiz), data).status_code == 302
        assert as_trainer.post(ADD, data).status_code == 302
    assert as_trainer.get(ADD).status_code == 302
    assert list(Quiz.objects.values()) == before
    page = as_trainer.get(address("edit", quiz)).content.decode()
    assert 'value="save"' not in page
    assert "disabled" in page
    assert as_editor.post(address("edit", quiz), rules(do="save")).status_code == 302
    assert Quiz.objects.get().title == {"en": "Borders", "fr": "Frontières"}


def test_the_action_refuses_whoever_calls_it(trainer, editor, quiz):
    with pytest.raises(QuizNotYoursError):
        save_quiz(by=trainer, quiz=quiz, sections=())
    save_quiz(by=editor, quiz=quiz, sections=())


@pytest.mark.parametrize("name", ["edit", "paper", "times"])
def test_a_quiz_that_is_not_there_is_not_found(as_editor, course, name):
    assert as_editor.get(reverse(f"quizzes:{name}", args=[999])).status_code == 404


@pytest.mark.parametrize("role", [None, "coordinator"])
def test_nobody_else_gets_in(quiz, mali, role):
    client = sign_in(Client(), make_login(role, mali)) if role else Client()
    for url in (LIST, ADD, *(address(name, quiz) for name in ("edit", "paper", "times"))):
        assert client.get(url).status_code == 302
        assert client.post(url, rules(do="save")).status_code == 302
    assert Quiz.objects.get().title["en"] == "Final test"


def test_no_page_shows_a_question_of_another_country(as_trainer, as_editor, quiz, bank, mali, ukraine):
    publish(write_question("ukrainian-canary", ukraine, difficulty=3))
    publish(write_question("malian-canary", mali, difficulty=3))
    search = with_sections([{"difficulty": "3", "count": "1"}], do="count") | {"s0-find": "canary"}
    pages = [as_editor.post(address("edit", quiz), search), as_trainer.get(address("paper", quiz))]
    for page in pages:
        assert page.status_code == 200
        assert "-canary" not in page.content.decode().replace('value="canary"', "")
    assert "This filter finds 1 question." in pages[0].content.decode()


def test_a_paper_to_look_at_holds_no_key_and_stores_nothing(as_trainer, quiz, bank):
    quiz.draw = 4
    quiz.save()
    page = as_trainer.get(address("paper", quiz)).content.decode()
    assert "hard-one en" in page
    assert "Feedback of" not in page
    assert "practice-one" not in page
    for question in (bank.hard, *bank.easy):
        assert json.dumps(question.body["right"]) not in page
    assert not Paper.objects.exists()


# --- building ---


def test_a_quiz_is_built_with_two_sections(as_editor, editor, bank, course):
    data = with_sections(
        [{"count": "2", "lesson": str(LESSON), "difficulty": "1"}],
        [{"question": str(bank.hard.uuid), "points": "2.5"}],
        do="save",
        time_limit_minutes="30",
        wait_minutes="60",
        review="objectives",
        late_rule="cut",
    )
    response = as_editor.post(ADD, data)
    quiz = Quiz.objects.get()
    assert response["Location"] == address("edit", quiz)
    assert (quiz.draw, quiz.time_limit_s, quiz.wait_s, quiz.review, quiz.late_rule) == (
        3,
        1800,
        3600,
        "objectives",
        "cut",
    )
    assert sections_of(quiz) == (
        PlannedSection({"en": "Part 0"}, True, (PlannedSlot(count=2, lesson=LESSON, difficulty=1),)),
        PlannedSection({"en": "Part 1"}, True, (PlannedSlot(question=bank.hard.uuid, weight_milli=2500),)),
    )
    event = AuditEvent.objects.get(act="quiz.written")
    assert (event.actor_uuid, event.target_uuid) == (editor.person.uuid, quiz.uuid)
    page = as_editor.get(address("edit", quiz)).content.decode()
    assert "hard-one en" in page
    assert "Of all points: section 1: 44%, section 2: 55%." in page


def test_saving_the_same_again_changes_nothing_and_is_not_audited(as_editor, quiz, bank):
    data = with_sections([{"count": "1"}], do="save")
    as_editor.post(address("edit", quiz), data)
    before = list(Quiz.objects.values()), [each.pk for each in quiz.sections.all()], AuditEvent.objects.count()
    as_editor.post(address("edit", quiz), data)
    assert (
        list(Quiz.objects.values()),
        [each.pk for each in quiz.sections.all()],
        AuditEvent.objects.count(),
    ) == before


def fields_in(response):
    """Return the names and values of the fields of the builder, as a browser would send them."""
    builder = response.context["builder"]
    forms = [
        builder.form,
        *(each for row in builder.sections for each in (row.form, *(slot.form for slot in row.slots))),
    ]
    return {field.html_name: field.value() for form in forms for field in form if field.value() not in (None, "")}


def test_rows_are_added_moved_and_removed_without_saving(as_editor, quiz, bank):
    url = address("edit", quiz)
    first = [{"count": "1", "difficulty": "1"}, {"count": "2"}]
    page = as_editor.post(url, with_sections(first, do="add-section", title_en=""))
    assert page.status_code == 200
    # Nothing is found fault with before somebody saves, and what was typed stays.
    assert "required" not in str(page.context["builder"].form.errors)
    assert page.context["builder"].form["title_fr"].value() == "Frontières"
    assert [len(row.slots) for row in page.context["builder"].sections] == [2, 1]

    page = as_editor.post(url, with_sections(first, [{"count": "5"}], do="section-down:0"))
    assert [row.slots[0].form["count"].value() for row in page.context["builder"].sections] == ["5", "1"]
    page = as_editor.post(url, with_sections(first, do="slot-up:0:1"))
    assert [slot.form["count"].value() for slot in page.context["builder"].sections[0].slots] == ["2", "1"]
    page = as_editor.post(url, with_sections(first, do="slot-drop:0:0"))
    assert [slot.form["count"].value() for slot in page.context["builder"].sections[0].slots] == ["2"]
    page = as_editor.post(url, with_sections(first, do="draw:0"))
    assert len(page.context["builder"].sections[0].slots) == 3
    assert fields_in(page)["s0-q0-difficulty"] == "1"
    page = as_editor.post(url, with_sections(first, do="section-drop:0"))
    assert page.context["builder"].sections == []
    assert not quiz.sections.exists()


@pytest.mark.parametrize(
    "button",
    ["section-up:9", "slot-drop:0:9", "slot-up:", "fix:0:nothing", "draw:x", "section-down:-1", "x" * 300, ":::"],
)
def test_a_button_that_makes_no_sense_does_no_harm(as_editor, quiz, bank, button):
    assert as_editor.post(address("edit", quiz), with_sections([{"count": "1"}], do=button)).status_code == 200
    assert not quiz.sections.exists()


def test_numbers_of_rows_that_make_no_sense_do_no_harm(as_editor, quiz, bank):
    for number in ("-1", "x", "9" * 30, "", "٣"):
        data = rules(do="count", sections=number) | {"s0-questions": number}
        assert as_editor.post(address("edit", quiz), data).status_code == 200


def test_a_question_is_found_by_its_words_and_always_asked(as_editor, quiz, bank):
    url = address("edit", quiz)
    page = as_editor.post(url, with_sections([], do="count") | {"s0-find": "hard"})
    assert [uuid for uuid, _title in page.context["builder"].sections[0].results] == [bank.hard.uuid]
    assert f"fix:0:{bank.hard.uuid}" in page.content.decode()
    page = as_editor.post(url, with_sections([], do=f"fix:0:{bank.hard.uuid}"))
    [slot] = page.context["builder"].sections[0].slots
    assert (slot.is_fixed, slot.title, slot.found) == (True, "hard-one en", "")
    page = as_editor.post(url, with_sections([], do="count") | {"s0-find": "practice"})
    assert page.context["builder"].sections[0].results == []


def test_each_filter_says_what_it_finds_in_a_page_and_to_a_script(as_editor, quiz, bank):
    tag, other = QuestionTag.objects.create(slug="border"), QuestionCategory.objects.create(name={"en": "Law"})
    child = QuestionCategory.objects.create(name={"en": "Treaty"}, parent=other)
    bank.hard.tags.set([tag])
    bank.easy[0].category = child
    bank.easy[0].save()
    filters = [
        {"count": "1"},
        {"count": "4", "difficulty": "1"},
        {"count": "1", "kind": "single_choice", "lesson": str(LESSON)},
        {"count": "1", "tags": "topic:border"},
        {"count": "1", "category": str(other.uuid)},
        {"question": str(bank.practice.uuid)},
    ]
    data = with_sections(filters, do="count")
    page = as_editor.post(address("edit", quiz), data)
    found = [slot.found for slot in page.context["builder"].sections[0].slots]
    assert found == [
        "This filter finds 4 questions.",
        "This filter finds 3 questions. That is too few.",
        "This filter finds 3 questions.",
        "This filter finds 1 question.",
        "This filter finds 1 question.",
        "This question can’t be asked: it is not published, or for practice only.",
    ]
    reply = as_editor.post(address("edit", quiz), data, headers={"accept": "application/json"}).json()
    assert reply["rows"]["s0-q1"] == {"words": found[1], "enough": False}
    assert [each["words"] for each in reply["rows"].values()] == found


def test_what_an_author_should_know_is_said(as_editor, quiz, bank):
    def notes(**changes):
        page = as_editor.post(address("edit", quiz), rules(do="count", **changes))
        return " ".join(page.context["notes"])

    assert notes() == ""
    assert "it asks 9: nobody can begin" in notes(draw="9")
    assert "no opening times" in notes(quiz_class="exam")
    assert "no time limit" in notes(quiz_class="exam")
    assert "draws other questions" in notes(review="at_once")
    assert "too few questions for that" in notes(review="at_once", draw="3")
    assert "nobody waits" in notes(wait_minutes="5", attempt_limit="1")
    assert "only the time of one page is sure" in notes(late_rule="cut")
    page = as_editor.post(address("edit", quiz), with_sections([{"count": "4"}], [{"count": "1"}], do="count"))
    assert "has too few questions" in " ".join(page.context["notes"])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"behaviour": "at_once"}, "Only a practice quiz can say at once"),
        ({"title_fr": ""}, "required"),
        ({"pass_mark_percent": "0"}, "greater than or equal to 1"),
        ({"quiz_class": "practice"}, "stays a test"),
        ({"course_uuid": "x"}, ""),
    ],
)
def test_what_does_not_go_together_is_not_saved(as_editor, quiz, bank, changes, words):
    page = as_editor.post(address("edit", quiz), rules(do="save", **changes))
    if words:
        assert page.status_code == 422
        assert words in page.content.decode()
        assert Quiz.objects.get().title["en"] == "Final test"


def test_sections_that_make_no_sense_are_not_saved(as_editor, quiz, bank):
    fixed = {"question": str(bank.hard.uuid)}
    for sections, words in (
        ([[]], "A section asks nothing"),
        ([[fixed], [fixed]], "stands in the quiz twice"),
        ([[{"count": "60"}], [{"count": "60"}]], "at most 100 questions"),
        ([[{"count": ""}]], "Say how many"),
    ):
        page = as_editor.post(address("edit", quiz), with_sections(*sections, do="save"))
        assert page.status_code == 422
        assert words in page.content.decode()
    assert not quiz.sections.exists()


def test_the_quiz_of_another_class_keeps_its_seconds_and_its_course(as_editor, quiz, bank):
    quiz.time_limit_s, quiz.wait_s = 1799, 61
    quiz.save()
    data = rules(
        do="save", time_limit_minutes="30", wait_minutes="2", course_uuid="11111111-1111-4111-8111-111111111199"
    )
    as_editor.post(address("edit", quiz), data)
    row = Quiz.objects.get()
    assert (row.time_limit_s, row.wait_s, row.course_uuid) == (1799, 61, COURSE)


def test_practice_has_no_limits_and_no_sections(editor, course):
    quiz = Quiz(course_uuid=COURSE, title={"en": "P"}, quiz_class="practice", time_limit_s=600, wait_s=5)
    saved = save_quiz(by=editor, quiz=quiz, sections=[PlannedSection({}, True, (PlannedSlot(),))])
    assert (saved.time_limit_s, saved.wait_s, saved.sections.count()) == (None, 0, 0)
    with pytest.raises(QuizRefusedError):
        save_quiz(by=editor, quiz=Quiz(course_uuid=COURSE, behaviour="tries"), sections=())


def test_a_paper_is_shown_from_what_is_typed(as_editor, quiz, bank):
    page = as_editor.post(
        address("edit", quiz), with_sections([{"question": str(bank.hard.uuid), "points": "2"}], do="paper")
    )
    text = page.content.decode()
    assert "hard-one en" in text
    assert "Part 0" in text
    assert "2 points" in text
    assert "easy-" not in text
    assert not quiz.sections.exists()
    page = as_editor.post(address("edit", quiz), with_sections([{"count": "9"}], do="paper"))
    assert "some of its questions are missing" in page.content.decode()


# --- the list ---


def test_the_list_is_by_course_and_its_queries_do_not_grow(as_trainer, quiz):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            page = as_trainer.get(LIST).content.decode()
        assert "First contact" in page
        return len(captured)

    queries()
    first = queries()
    for _number in range(5):
        QuizFactory.create(course_uuid=COURSE)
    assert queries() == first


# --- opening times ---


@pytest.fixture
def classes(trainer: Login, course, quiz, mali, ukraine):
    """A class of the trainer's own, and one of another country."""
    mine = CohortFactory.create(name="Bamako class", country=mali, time_zone="America/New_York")
    other = CohortFactory.create(name="Kyiv class", country=ukraine)
    CohortMember.objects.create(cohort=mine, person=trainer.person, role="trainer", joined_at=trainer.created_at)
    for cohort in (mine, other):
        enrol_by_statement(make_login(), COURSE, [LESSON], [quiz.uuid], cohort=cohort)
    return SimpleNamespace(mine=mine, other=other)


def times(cohort, opens="", closes=""):
    return {f"{cohort.uuid}-opens_at": opens, f"{cohort.uuid}-closes_at": closes}


def test_a_trainer_says_when_a_quiz_opens_to_a_class_in_its_own_time(as_trainer, quiz, classes):
    url = address("times", quiz)
    page = as_trainer.get(url).content.decode()
    assert "Bamako class" in page
    assert "America/New_York" in page
    assert "Kyiv class" not in page
    as_trainer.post(url, times(classes.mine, "2026-11-30T14:30", "2026-12-01 09:00"))
    row = QuizWindow.objects.get()
    assert row.cohort == classes.mine
    assert row.opens_at == dt.datetime(2026, 11, 30, 19, 30, tzinfo=dt.UTC)
    assert row.closes_at == dt.datetime(2026, 12, 1, 14, 0, tzinfo=dt.UTC)
    assert 'value="2026-11-30T14:30"' in as_trainer.get(url).content.decode()
    event = AuditEvent.objects.get(act="quiz.window")
    assert (event.target_uuid, event.country_code) == (classes.mine.uuid, "ML")
    as_trainer.post(url, times(classes.mine))
    assert not QuizWindow.objects.exists()


def test_a_class_of_another_country_has_no_times_from_here(as_trainer, trainer, quiz, classes):
    as_trainer.post(address("times", quiz), times(classes.other, "2026-11-30T14:30"))
    assert not QuizWindow.objects.exists()
    with pytest.raises(QuizNotYoursError):
        set_window(by=trainer, quiz=quiz, cohort=classes.other, window=Window(None, dt.datetime.now(dt.UTC)))


@pytest.mark.parametrize(
    ("opens", "closes", "words"),
    [
        ("2026-11-30T14:30", "2026-11-30T14:30", "It closes before it opens"),
        ("tomorrow", "", "Write the day and the time"),
        # On 14 March 2027 the clocks of New York go from 2:00 to 3:00.
        ("2027-03-14T02:30", "", "does not exist on that day"),
    ],
)
def test_times_that_make_no_sense_are_not_saved(as_trainer, quiz, classes, opens, closes, words):
    page = as_trainer.post(address("times", quiz), times(classes.mine, opens, closes))
    assert page.status_code == 422
    assert words in page.content.decode()
    assert not QuizWindow.objects.exists()
