"""Behaviours apart from kinds: at the end, at once, several tries, with certainty; all on one page; sections."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse

from assessments.answering import follow_attempt
from assessments.calibration import calibrate, held_certainties
from assessments.carrying import papers_payload, practice_payload
from assessments.drawing import Item, Sheet, read_sheet
from assessments.models import Attempt, QuizSection, QuizSlot
from assessments.questions.registry import kind_named
from assessments.rules import problems_of_rules
from assessments.scoring import score_paper
from assessments.standing import answers_that_stand
from records.models import Statement
from records.statements import build_statement, read_statement
from scripts.places import ROOT
from tests.assessments.sitting import Sitting, answer_right, answer_wrong, form_of, responses_to
from tests.factories.accounts import sign_in
from tests.factories.assessments import CANARY, add_practice, make_course, make_question

VECTORS = json.loads((ROOT / "tests" / "data" / "behaviours.json").read_text(encoding="utf-8"))
ATTEMPT, ACTOR = UUID(int=1), UUID(int=2)


@dataclass(frozen=True)
class Version:
    kind: str
    structure: dict


def said(verb, at, **facts):
    return read_statement(
        build_statement(
            base="https://relais.example/activities",
            actor_uuid=ACTOR,
            verb=verb,
            activity="https://relais.example/activities/quiz/1",
            unit=("attempt", ATTEMPT),
            timestamp=datetime(2026, 11, 1, tzinfo=UTC) + timedelta(seconds=at),
            facts=facts,
            statement_id=uuid4(),
        )
    )


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_a_site_scores_as_a_device_does(case):
    items = tuple(
        Item(each["question"], each["question"], (), case["weights"].get(each["question"], 1000))
        for each in VECTORS["questions"]
    )
    sheet = Sheet(
        items, 70, 1, case["class"], behaviour=case["behaviour"], penalty_percent=case.get("penalty_percent", 0)
    )
    versions = {each["question"]: Version(each["kind"], each["structure"]) for each in VECTORS["questions"]}
    begun = said("initialized", 0, enrolment=str(UUID(int=4)), quiz=str(UUID(int=5)), number=1, paper="hash")
    log = follow_attempt(
        [begun, *(said("answered", number, **facts) for number, facts in enumerate(case["answers"], 1))]
    )
    answers = answers_that_stand(log, sheet)
    score = score_paper(sheet, versions, answers)
    assert (list(score.marks_milli), score.points_milli, score.out_of_milli) == (
        case["marks"],
        case["points"],
        case["out_of"],
    )
    if "calibration" in case:
        found = calibrate(held_certainties(sheet, answers), score.marks_milli)
        assert [[each.certainty, each.right, each.times] for each in found] == case["calibration"]


def rules(quiz_class, behaviour, penalty_percent=33):
    return SimpleNamespace(quiz_class=quiz_class, behaviour=behaviour, penalty_percent=penalty_percent)


@pytest.mark.parametrize("quiz_class", ["practice", "graded", "exam"])
@pytest.mark.parametrize("behaviour", ["", "at_end", "at_once", "tries", "certainty"])
def test_only_practice_may_say_at_once_what_is_right(quiz_class, behaviour):
    may = quiz_class == "practice" or behaviour not in {"at_once", "tries"}
    assert bool(problems_of_rules(rules(quiz_class, behaviour))) is not may
    # Even where a row slipped through, no page tells.
    sheet = Sheet((), 70, 1, quiz_class, behaviour=behaviour)
    assert not sheet.tells_at_once or quiz_class == "practice"


def test_a_try_costs_a_hundred_percent_at_most():
    assert problems_of_rules(rules("practice", "tries", 101))
    assert not problems_of_rules(rules("practice", "tries", 100))


@pytest.mark.django_db
def test_a_quiz_is_not_cleaned_with_rules_that_do_not_go_together():
    quiz = make_course(questions=1).quiz
    quiz.behaviour = "tries"
    with pytest.raises(ValidationError) as refused:
        quiz.full_clean()
    assert "behaviour" in refused.value.error_dict
    with pytest.raises(IntegrityError, match="only_practice_tells_at_once"):
        quiz.save()


@pytest.fixture
def course(db):
    return make_course(questions=3, draw=3)


def sitting_of(course, client, quiz=None):
    return Sitting(sign_in(client, course.login), (quiz or course.quiz).uuid)


def set_rules(quiz, **fields):
    for name, value in fields.items():
        setattr(quiz, name, value)
    quiz.full_clean()
    quiz.save()
    return quiz


def post(sitting, number, fields, **more):
    """Send the form of a question as a browser without JavaScript does."""
    url = reverse("assessments:question", args=[sitting.attempt, number])
    return sitting.client.post(url, {**fields, "nonce": "n", "step": "0", **more})


def page_of(sitting, number):
    return sitting.open("question", number).content.decode()


# Certainty


def test_certainty_is_asked_said_plainly_and_kept(course, client):
    set_rules(course.quiz, behaviour="certainty")
    sitting = sitting_of(course, client)
    attempt = sitting.start()
    html = page_of(sitting, 1)
    assert "How certain are you?" in html
    for words in ("Right: 1 point. Wrong: 0 points.", "Wrong: 2 points off.", "Wrong: 6 points off."):
        assert words in html
    post(sitting, 1, responses_to(attempt, answer_right)[0], certainty="3")
    assert re.search(r'name="certainty" value="3" checked', page_of(sitting, 1))
    assert "You were very certain." in sitting.open("attempt-review").content.decode()


def test_the_same_answer_with_another_certainty_is_another_answer(course, client):
    set_rules(course.quiz, behaviour="certainty")
    sitting = sitting_of(course, client)
    attempt = sitting.start()
    right = responses_to(attempt, answer_right)
    for number, fields in enumerate(right, 1):
        post(sitting, number, fields, certainty="2")
    post(sitting, 1, right[0], certainty="1")
    sitting.hand_in()
    row = Attempt.objects.get(pk=attempt)
    assert (row.points_milli, row.out_of_milli) == (5000, 9000)


def test_a_certain_mistake_costs_and_the_result_says_how_well_one_judged(course, client):
    set_rules(course.quiz, behaviour="certainty", attempt_limit=1)
    sitting = sitting_of(course, client)
    attempt = sitting.start()
    right, wrong = responses_to(attempt, answer_right), responses_to(attempt, answer_wrong)
    post(sitting, 1, right[0], certainty="3")
    post(sitting, 2, right[1], certainty="3")
    post(sitting, 3, wrong[2], certainty="2")
    sitting.hand_in()
    html = sitting.open("attempt-result").content.decode()
    assert "When you were very certain, you were right 2 of 2 times." in html
    assert "When you were fairly certain, you were right 0 of 1 time." in html
    assert re.search(r"You were fairly certain\.\s+Points:\s+<bdi[^>]*>\N{MINUS SIGN}2</bdi>", html)
    row = Attempt.objects.get(pk=attempt)
    assert (row.points_milli, row.out_of_milli) == (4000, 9000)


def test_how_well_one_judged_stays_closed_with_the_keys(course, client):
    set_rules(course.quiz, behaviour="certainty", attempt_limit=3)
    sitting = sitting_of(course, client)
    attempt = sitting.start()
    for number, fields in enumerate(responses_to(attempt, answer_wrong), 1):
        post(sitting, number, fields, certainty="3")
    sitting.hand_in()
    html = sitting.open("attempt-result").content.decode()
    assert "How well you judged yourself" not in html
    assert CANARY not in html


@pytest.mark.parametrize("odd", ["4", "0", "very", ""])
def test_an_odd_certainty_is_none(course, client, odd):
    set_rules(course.quiz, behaviour="certainty")
    sitting = sitting_of(course, client)
    attempt = sitting.start()
    post(sitting, 1, responses_to(attempt, answer_right)[0], certainty=odd)
    assert not re.search(r'name="certainty" value="\d" checked', page_of(sitting, 1))


def test_a_quiz_that_does_not_ask_keeps_no_certainty(course, client):
    sitting = sitting_of(course, client)
    attempt = sitting.start()
    assert "How certain are you?" not in page_of(sitting, 1)
    post(sitting, 1, responses_to(attempt, answer_right)[0], certainty="3")
    [answered] = [each for each in Statement.objects.filter(unit_uuid=attempt) if "answered" in each.text]
    assert "certainty" not in answered.text


# Several tries


@pytest.fixture
def practice(course):
    return set_rules(add_practice(course), behaviour="tries", penalty_percent=33)


def keys_of(quiz):
    found = []
    for item in practice_payload(quiz)["items"]:
        kind = kind_named(item["kind"])
        found.append([form_of(item["kind"], each(item["structure"])) for each in (kind.key_of, kind.wrong_of)])
    return found


def test_a_wrong_try_tells_no_key_and_says_how_many_are_left_and_what_they_cost(course, practice, client):
    sitting = sitting_of(course, client, practice)
    sitting.start()
    [right, wrong], *_others = keys_of(practice)
    assert "told" not in re.findall(r'id="([^"]+)"', page_of(sitting, 1))
    post(sitting, 1, wrong)
    html = page_of(sitting, 1)
    assert "Not right yet" in html
    assert "You have 2 more tries." in html
    assert "Each wrong try costs 33% of the question." in html
    assert "Right answer" not in html
    assert CANARY not in html
    post(sitting, 1, right)
    html = page_of(sitting, 1)
    assert "0.67 of 1 point, after 2 tries." in html
    assert f"{CANARY} en 90" in html
    assert "Check the answer" not in html


def wrong_ones(quiz):
    """Return three wrong answers to the first question, a single choice."""
    item = practice_payload(quiz)["items"][0]
    return [{"response": [each]} for each in item["structure"]["choices"] if each not in item["structure"]["right"]]


def test_the_last_try_tells_the_key_and_nothing_follows_it(course, practice, client):
    sitting = sitting_of(course, client, practice)
    sitting.start()
    [right, _wrong], *_others = keys_of(practice)
    for wrong in wrong_ones(practice)[:3]:
        assert CANARY not in page_of(sitting, 1)
        post(sitting, 1, wrong)
    assert "Right answer" in page_of(sitting, 1)
    post(sitting, 1, right)
    sitting.hand_in()
    assert Attempt.objects.get().points_milli == 0


def test_a_double_click_is_one_try(course, practice, client):
    sitting = sitting_of(course, client, practice)
    sitting.start()
    wrong = wrong_ones(practice)[0]
    for _click in range(3):
        post(sitting, 1, wrong)
    assert "You have 2 more tries." in page_of(sitting, 1)


def test_the_score_is_less_what_the_tries_cost(course, practice, client):
    sitting = sitting_of(course, client, practice)
    sitting.start()
    keys = keys_of(practice)
    post(sitting, 1, keys[0][1])
    post(sitting, 1, keys[0][0])
    post(sitting, 2, keys[1][0])
    sitting.hand_in()
    assert Attempt.objects.get().points_milli == 1670
    html = sitting.open("attempt-result").content.decode()
    assert "0.67 of 1 point" in html


# At the end


@pytest.mark.parametrize("behaviour", ["at_end", "certainty"])
def test_practice_at_the_end_tells_nothing_before_the_hand_in(course, client, behaviour):
    quiz = set_rules(add_practice(course), behaviour=behaviour)
    sitting = sitting_of(course, client, quiz)
    sitting.start()
    for number, (right, _wrong) in enumerate(keys_of(quiz), 1):
        assert "#told" not in post(sitting, number, right)["Location"]
        assert CANARY not in page_of(sitting, number)
    assert CANARY not in sitting.open("attempt-review").content.decode()
    sitting.hand_in()
    html = sitting.open("attempt-result").content.decode()
    assert "Practice done" in html
    assert [f"{CANARY} en {number}" in html for number in (90, 91, 92)] == [True] * 3


def test_the_course_page_says_when_the_right_answers_come(course):
    from assessments.offering import quizzes_of_course

    quiz = add_practice(course)
    assert "at once" in quizzes_of_course(course.uuid, "en")[0].description
    set_rules(quiz, behaviour="at_end")
    assert "at the end" in quizzes_of_course(course.uuid, "en")[0].description


# All on one page, and sections


def test_all_questions_stand_on_one_page_each_in_a_form_of_its_own(course, client):
    set_rules(course.quiz, layout="all")
    sitting = sitting_of(course, client)
    attempt = sitting.start()
    html = page_of(sitting, 2)
    assert html.count("data-answer") == 3
    assert html.count("Save this answer") == 3
    assert "<template data-number" not in html
    for number, fields in enumerate(responses_to(attempt, answer_right), 1):
        url = reverse("assessments:question", args=[attempt, number])
        assert post(sitting, number, fields)["Location"] == f"{url}#q{number}"
    review = sitting.open("attempt-review").content.decode()
    assert review.count(">Answered<") == 3
    assert f"/{attempt}/2/#q2" in review
    sitting.hand_in()
    assert Attempt.objects.get().points_milli == 3000


def test_practice_on_one_page_tells_under_each_question(course, client):
    quiz = set_rules(add_practice(course), layout="all")
    sitting = sitting_of(course, client, quiz)
    sitting.start()
    right = keys_of(quiz)[1][0]
    assert post(sitting, 2, right)["Location"].endswith("/2/#told-2")
    html = page_of(sitting, 1)
    assert html.count("Check the answer") == 3
    assert re.findall(r'id="(told[^"]*)"', html) == ["told-2", "told-2-title"]


@pytest.fixture
def in_sections(course):
    for number, title in enumerate(("At the border", "The interview"), 1):
        section = QuizSection.objects.create(
            quiz=course.quiz, position=number, title={"en": title, "fr": f"{title} (fr)"}
        )
        count = 2 if number == 1 else 1
        QuizSlot.objects.create(section=section, position=1, count=count)
    return course


@pytest.mark.parametrize("layout", ["one", "all"])
def test_a_section_has_its_title_above_its_first_question(in_sections, client, layout):
    set_rules(in_sections.quiz, layout=layout)
    sitting = sitting_of(in_sections, client)
    sitting.start()
    html = page_of(sitting, 1)
    titles = [html.index(words) for words in ("At the border", "The interview")]
    assert titles == sorted(titles)
    assert html.count("At the border") == html.count("The interview") == 1
    review = sitting.open("attempt-review").content.decode()
    assert re.findall(r"<h2[^>]*>([^<]+)</h2>", review)[:2] == ["At the border", "The interview"]
    assert re.findall(r'<ol class="list review card" start="(\d)"', review) == ["1", "3"]


# Offline


def test_a_paper_takes_its_rules_along(in_sections, client):
    set_rules(in_sections.quiz, behaviour="certainty", layout="all")
    sitting = sitting_of(in_sections, client)
    attempt = sitting.start()
    post(sitting, 1, responses_to(attempt, answer_right)[0], certainty="2")
    [paper] = papers_payload(in_sections.login, [attempt])
    assert (paper["behaviour"], paper["layout"], paper["penalty_percent"]) == ("certainty", "all", 0)
    assert [(each["first"], each["title"]["en"]) for each in paper["sections"]] == [
        (1, "At the border"),
        (3, "The interview"),
    ]
    assert [each.get("certainty") for each in paper["answers"].values()] == [2]


def test_practice_takes_its_way_of_marking_along(course):
    quiz = set_rules(add_practice(course), behaviour="tries", penalty_percent=20, layout="all")
    payload = practice_payload(quiz)
    assert (payload["behaviour"], payload["penalty_percent"], payload["layout"]) == ("tries", 20, "all")


def test_a_sheet_of_before_keeps_its_text():
    sheet = Sheet((Item("q", "v", ("a",)),), 70, 1)
    assert sheet.text() == '{"items":[{"choices":["a"],"question":"q","version":"v"}],"pass_mark_percent":70,"seed":1}'
    assert read_sheet(Sheet((), 70, 1, layout="all").text()).is_on_one_page


# The scenario on the site


@pytest.fixture
def scenario(course):
    question = make_question("scenario", course_uuid=course.uuid, lesson_uuid=course.lessons[0], number=50)
    section = QuizSection.objects.create(quiz=course.quiz, position=1, title={})
    QuizSlot.objects.create(section=section, position=1, question_uuid=question.uuid)
    return question


def choice_ids(question):
    return [[choice["id"] for choice in step["choices"]] for step in question.body["steps"]]


def test_a_scenario_goes_on_at_its_next_step_without_javascript(course, scenario, client):
    sitting = sitting_of(course, client)
    attempt = sitting.start()
    first, second, _end = (step["id"] for step in scenario.body["steps"])
    [best, *_], [last, _], _none = choice_ids(scenario)
    url = reverse("assessments:question", args=[attempt, 1])
    assert post(sitting, 1, {f"response:{first}": [best]})["Location"] == f"{url}#step-{second}"
    html = page_of(sitting, 1)
    assert html.count("Speak to the passengers one by one") == 2  # the decision, and the choice that is put away
    review = sitting.open("attempt-review").content.decode()
    assert "Not finished yet" in review
    assert "1 question is not finished" in review
    after = post(sitting, 1, {f"response:{first}": [best], f"response:{second}": [last]})
    assert after["Location"] == reverse("assessments:attempt-review", args=[attempt])
    sitting.hand_in()
    assert Attempt.objects.get().points_milli == 1000


def test_what_was_decided_stands_on_the_site(course, scenario, client):
    sitting = sitting_of(course, client)
    sitting.start()
    first = scenario.body["steps"][0]["id"]
    one, other, _third = choice_ids(scenario)[0]
    post(sitting, 1, {f"response:{first}": [one]})
    for changed in ({f"response:{first}": [other]}, {}):
        refused = post(sitting, 1, changed)
        assert refused.status_code == 400
        assert "What you decided before stands" in refused.content.decode()
    assert "Not finished yet" in sitting.open("attempt-review").content.decode()


def test_a_scenario_in_practice_is_told_at_its_end_and_begins_anew_for_another_try(course, client):
    quiz = set_rules(add_practice(course, questions=0), behaviour="tries")
    question = make_question("scenario", course_uuid=course.uuid, number=50, is_practice=True)
    sitting = sitting_of(course, client, quiz)
    sitting.start()
    first, second, _end = (step["id"] for step in question.body["steps"])
    [best, _middle, worst], [last, _], _none = choice_ids(question)
    post(sitting, 1, {f"response:{first}": [worst]})
    html = page_of(sitting, 1)
    assert "You have 2 more tries." in html
    assert CANARY not in html
    assert f'name="response:{first}" value=""' in html
    post(sitting, 1, {f"response:{first}": [best]})
    assert "You have 2 more tries." in page_of(sitting, 1)
    post(sitting, 1, {f"response:{first}": [best], f"response:{second}": [last]})
    assert "0.67 of 1 point, after 2 tries." in page_of(sitting, 1)
