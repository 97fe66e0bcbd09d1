"""Marking at the desk: what waits for whom, what a mark leads to, and what nobody sees."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.policy import COORDINATOR, EDITOR, TRAINER
from assessments.actions import start_attempt
from assessments.errors import AnswerChangedError, AwaitsMarkingError, NotWaitingForMarksError
from assessments.hand_marks import response_sha256
from assessments.marking_desk import count_to_mark
from assessments.models import Attempt, HandMarking, Paper
from courses.completion import on_completion
from courses.models import CourseProgress
from records.models import Statement
from records.state import rebuild_state, state_hash
from tests.assessments.saying import saying_of
from tests.assessments.writing import ANSWER, coordinator_of, give, make_written_course, marking_of, write_answers
from tests.assessments.writing import trainer_of as make_trainer
from tests.factories.accounts import CountryFactory, make_login, sign_in

pytestmark = pytest.mark.django_db
LIST = reverse("assessments:marking")


@pytest.fixture
def written(db):
    """A course with one written question and another one, handed in."""
    course: Any = make_written_course(pass_mark_percent=70)
    course.attempt = write_answers(course)
    course.row = marking_of(course.attempt, course.questions[-1])
    return course


def attempt_of(course):
    return Attempt.objects.get(pk=course.attempt)


def url_of(row):
    return reverse("assessments:mark", args=[row.pk])


def form_of(client, row, *points, **more):
    """Return what a browser sends for the form as it is shown."""
    form = client.get(url_of(row)).context["form"]
    data = {field.name: str(given) for field, given in zip(form.criteria, points, strict=True)}
    return {"seen": form["seen"].value(), "comment": "", **data, **more}


# What follows from a mark.


def test_an_attempt_with_a_written_answer_has_no_score_before_it_is_marked(written):
    row = attempt_of(written)
    assert (row.awaits_marking, row.points_milli, row.is_passed, row.counts) == (True, None, None, False)
    assert (written.row.first_by_uuid, written.row.final_milli) == (None, None)
    assert CourseProgress.objects.get(pk=written.enrolment.pk).completed_at is None


def test_another_attempt_waits_until_the_last_one_is_marked(written):
    def start() -> Attempt:
        return start_attempt(by=written.login, quiz=written.quiz, enrolment=written.enrolment)

    with pytest.raises(AwaitsMarkingError):
        start()
    give(coordinator_of(written), written.row, 0, 0)
    assert start().number == 2


def test_the_last_mark_gives_the_score_and_completes_the_course(written):
    heard: list[Any] = []
    on_completion(heard.append)
    marked = give(coordinator_of(written), written.row, 3, 1, comment="Good.")
    assert (marked.was_new, marked.awaits_another) == (True, False)
    row = attempt_of(written)
    assert (row.awaits_marking, row.points_milli, row.out_of_milli, row.counts) == (False, 1800, 2000, True)
    assert marking_of(written.attempt, written.questions[-1]).final_milli == 800
    assert [each.pk for each in heard] == [written.enrolment.pk]
    before = state_hash()
    assert rebuild_state() == before


def test_too_few_points_do_not_pass(written):
    give(coordinator_of(written), written.row, 0, 1)
    row = attempt_of(written)
    assert (row.points_milli, row.is_passed, row.counts) == (1200, False, False)


def test_the_same_marks_again_are_one_mark_and_others_take_their_place(written):
    by = coordinator_of(written)
    give(by, written.row, 3, 1)
    assert not give(by, written.row, 3, 1).was_new
    assert Statement.objects.filter(verb="marked").count() == 1
    give(by, written.row, 2, 2, comment="On second thoughts.")
    assert attempt_of(written).points_milli == 1800
    give(by, written.row, 0, 0)
    assert attempt_of(written).points_milli == 1000
    audited = AuditEvent.objects.filter(act="answer.marked")
    assert audited.count() == 3
    assert {each.actor_uuid for each in audited} == {by.person.uuid}
    assert "second thoughts" not in str([each.detail for each in audited])


def test_an_answer_that_another_has_marked_waits_for_nobody_else(written):
    give(coordinator_of(written), written.row, 3, 1)
    with pytest.raises(NotWaitingForMarksError):
        give(coordinator_of(written), written.row, 0, 0)
    assert attempt_of(written).points_milli == 1800


def test_a_mark_for_an_answer_that_changed_meanwhile_is_refused(written):
    with pytest.raises(AnswerChangedError):
        give(coordinator_of(written), written.row, 3, 1, seen=response_sha256("What stood before."))
    assert not Statement.objects.filter(verb="marked").exists()


def test_an_answer_that_arrives_later_waits_again(written):
    give(coordinator_of(written), written.row, 3, 1)
    assert attempt_of(written).counts
    saying = saying_of(Paper.objects.get(pk=written.attempt))
    saying.answer(90 * 24 * 3600, str(written.row.question_uuid), "A later text.", ordinal=2)
    saying.send()
    row = attempt_of(written)
    assert (row.awaits_marking, row.points_milli, row.counts) == (True, None, False)
    assert marking_of(written.attempt, written.questions[-1]).final_milli is None


@pytest.mark.parametrize("points", [(4, 0), (-1, 0), (0, 3)])
def test_points_beyond_the_rubric_are_refused(written, points):
    with pytest.raises(ValueError, match="rubric"):
        give(coordinator_of(written), written.row, *points)


def test_an_empty_answer_needs_no_marker(db):
    course = make_written_course(others=1)
    attempt = write_answers(course, "  ")
    row = Attempt.objects.get(pk=attempt)
    assert (row.awaits_marking, row.points_milli) == (False, 1000)
    assert not HandMarking.objects.exists()


# Two markers.


def test_a_second_marker_is_needed_and_sees_nothing_of_the_first(client):
    course = make_written_course(has_second_marker=True)
    row = marking_of(write_answers(course), course.questions[-1])
    first, second, third = (coordinator_of(course) for _number in range(3))
    assert give(first, row, 3, 2, comment="FIRSTCOMMENT").awaits_another
    assert count_to_mark(first) == 0
    assert count_to_mark(second) == 1
    sign_in(client, second)
    page = client.get(url_of(row)).content.decode()
    assert "FIRSTCOMMENT" not in page
    assert "checked" not in page
    assert give(second, row, 0, 1).awaits_another
    assert Attempt.objects.get().awaits_marking
    assert not give(third, row, 2, 1).awaits_another
    assert marking_of(row.attempt_id, course.questions[-1]).final_milli == 600
    assert Attempt.objects.get().points_milli == 1600


def test_two_who_agree_make_their_mean(db):
    course = make_written_course(has_second_marker=True)
    row = marking_of(write_answers(course), course.questions[-1])
    give(coordinator_of(course), row, 3, 2)
    give(coordinator_of(course), row, 3, 2)
    assert marking_of(row.attempt_id, course.questions[-1]).final_milli == 1000


# Who may.


def test_nobody_marks_outside_the_scope_of_a_role_or_oneself(written):
    elsewhere = make_login(COORDINATOR, CountryFactory.create(code="UA"))
    for by in (make_login(), make_login(TRAINER), make_login(EDITOR, everywhere=True), elsewhere, written.login):
        with pytest.raises(PermissionDenied):
            give(by, written.row, 3, 2)
    himself = make_written_course(login=coordinator_of(written))
    row = marking_of(write_answers(himself), himself.questions[-1])
    with pytest.raises(PermissionDenied):
        give(himself.login, row, 3, 2)
    assert not Statement.objects.filter(verb="marked").exists()


def test_the_trainer_of_the_class_marks_and_another_trainer_finds_nothing(written):
    trainer = make_trainer(written)
    other = make_trainer(make_written_course())
    ours, theirs = sign_in(Client(), trainer), sign_in(Client(), other)
    assert ours.get(url_of(written.row)).status_code == 200
    assert theirs.get(url_of(written.row)).status_code == 404
    assert theirs.post(url_of(written.row), form_of(ours, written.row, 3, 1)).status_code == 404
    assert ours.post(url_of(written.row), form_of(ours, written.row, 3, 1)).status_code == 302
    assert attempt_of(written).counts


# The pages.


def test_the_queue_and_the_answer_say_nothing_of_who_wrote_it(written, client):
    person = written.login.person
    person.full_name, person.service_number = "Zantigui Ouattara", "77123Z"
    person.save()
    agency = person.agency.name
    by = make_login(COORDINATOR, person.country)
    sign_in(client, by)
    for url in (LIST, url_of(written.row)):
        page = client.get(url).content.decode()
        assert "What do you do?" in page
        for said in ("Zantigui", "77123Z", agency, str(person.uuid), str(written.attempt)):
            assert said not in page
    assert ANSWER in client.get(url_of(written.row)).content.decode()


def test_the_oldest_answer_is_marked_first_and_the_next_one_follows(db, client):
    course = make_written_course(written=2, attempt_limit=3)
    by = coordinator_of(course)
    attempt = write_answers(course)
    rows = [marking_of(attempt, question) for question in course.questions[-2:]]
    sign_in(client, by)
    queue = client.get(LIST)
    assert "2 answers wait for you." in queue.content.decode()
    first = queue.context["rows"][0].marking
    assert first == min(row.pk for row in rows)
    one, other = sorted(rows, key=lambda row: row.pk)
    answered = client.post(url_of(one), form_of(client, one, 3, 2, comment="Clear."))
    assert answered["Location"] == url_of(other)
    answered = client.post(url_of(other), form_of(client, other, 1, 1))
    assert answered["Location"] == LIST
    page = client.get(LIST).content.decode()
    assert "Nothing waits for you" in page
    assert Attempt.objects.get().points_milli == 1000 + 1000 + 400


def test_a_choice_of_one_question_is_kept_from_answer_to_answer(db, client):
    course = make_written_course(written=2)
    attempt = write_answers(course)
    one, other = (marking_of(attempt, question) for question in course.questions[-2:])
    sign_in(client, coordinator_of(course))
    chosen = f"?quiz={course.quiz.uuid}&question={one.question_uuid}"
    queue = client.get(LIST + chosen)
    assert [each.marking for each in queue.context["rows"]] == [one.pk]
    assert queue.context["total"] == 1
    answered = client.post(url_of(one) + chosen, form_of(client, one, 3, 2))
    # The other question waits, and was not chosen.
    assert answered["Location"] == LIST
    assert count_to_mark(queue.wsgi_request.user) == 1
    assert "Answers to other questions" in client.get(LIST + chosen).content.decode()
    assert client.get(LIST + "?quiz=odd&question=' OR 1=1").status_code == 200
    assert HandMarking.objects.get(pk=other.pk).final_milli is None


def test_a_double_submit_is_one_mark_and_says_so(written, client):
    sign_in(client, coordinator_of(written))
    data = form_of(client, written.row, 3, 1)
    client.post(url_of(written.row), data)
    again = client.post(url_of(written.row), data, follow=True).content.decode()
    assert "These marks were saved before" in again
    assert Statement.objects.filter(verb="marked").count() == 1


def test_somebody_who_comes_second_is_told(written, client):
    sign_in(client, coordinator_of(written))
    data = form_of(client, written.row, 3, 1)
    give(coordinator_of(written), written.row, 1, 1)
    answered = client.post(url_of(written.row), data, follow=True)
    assert "Somebody else has marked this answer meanwhile" in answered.content.decode()
    assert attempt_of(written).points_milli == 1400
    page = client.get(url_of(written.row)).content.decode()
    assert "This answer is marked" in page
    assert "<button" not in page.split('aria-labelledby="marks"')[1].split("</section>")[0]


def test_a_new_answer_is_shown_before_it_is_marked(written, client):
    sign_in(client, coordinator_of(written))
    data = form_of(client, written.row, 3, 1, comment="My remark.", seen=response_sha256("Another text."))
    refused = client.post(url_of(written.row), data)
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "A newer answer" in page
    assert "My remark." in page
    assert not Statement.objects.filter(verb="marked").exists()
    data["seen"] = refused.context["form"]["seen"].value()
    assert client.post(url_of(written.row), data).status_code == 302
    assert attempt_of(written).counts


def test_points_are_asked_for_every_criterion(written, client):
    sign_in(client, coordinator_of(written))
    data = form_of(client, written.row, 3, 1)
    missing = client.post(url_of(written.row), dict(list(data.items())[:-1]))
    beyond = client.post(url_of(written.row), data | {list(data)[-1]: "3"})
    assert (missing.status_code, beyond.status_code) == (422, 422)
    assert not Statement.objects.filter(verb="marked").exists()


def test_the_marker_finds_the_own_marks_again(written, client):
    sign_in(client, coordinator_of(written))
    client.post(url_of(written.row), form_of(client, written.row, 2, 1, comment="<b>Bold</b> & right."))
    again = client.get(url_of(written.row))
    assert "New marks take the place" in again.content.decode()
    assert again.context["form"].initial["comment"] == "Bold & right."
    assert again.content.decode().count("checked") == 2


def test_the_desk_says_how_many_answers_wait(written, client):
    sign_in(client, coordinator_of(written))
    page = client.get(reverse("certificates:desk-decisions")).content.decode()
    assert f'href="{LIST}"' in page
    assert '<span class="tag now">1</span>' in client.get(reverse("certificates:desk")).content.decode()


def test_the_queue_asks_as_much_for_many_as_for_one(written, client, django_assert_num_queries):
    by = coordinator_of(written)
    sign_in(client, by)
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    asked = len(one)
    for _number in range(3):
        other = make_written_course(written=2)
        other.login.person.country = by.person.country
        other.login.person.save()
        write_answers(other)
    client.get(LIST)
    with django_assert_num_queries(asked):
        assert len(client.get(LIST).context["rows"]) == 7


# What the learner sees.


def test_the_learner_reads_that_a_person_marks_then_the_marks_and_the_comment(written, client):
    sign_in(client, written.login)
    url = reverse("assessments:attempt-result", args=[written.attempt])
    waiting = client.get(url).content.decode()
    assert "Handed in, waiting to be marked" in waiting
    assert "CANARYFEEDBACK" not in waiting
    assert "Puts the person" not in waiting
    give(coordinator_of(written), written.row, 3, 1, comment="You saw <b>her</b> first.")
    page = client.get(url).content.decode()
    assert "You have passed" in page
    assert "You saw &lt;b&gt;her&lt;/b&gt; first." in page
    assert "Puts the person’s safety first" in page
    assert "3 of 3" in page
    assert "1 of 2" in page
    assert "First I take her to a quiet room." in page


def test_marks_stay_closed_while_another_attempt_may_gain_by_them(written, client):
    give(coordinator_of(written), written.row, 0, 1, comment="COMMENTCANARY")
    sign_in(client, written.login)
    page = client.get(reverse("assessments:attempt-result", args=[written.attempt])).content.decode()
    assert "Not passed yet" in page
    for said in ("COMMENTCANARY", "Puts the person", "quiet room", "CANARYFEEDBACK"):
        assert said not in page
