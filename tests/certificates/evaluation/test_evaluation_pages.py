"""Pages of evaluation: what they say, for whom, and at what cost."""

import csv
import datetime as dt
import io
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Cohort, Login, Person
from certificates.actions import (
    answer_as_supervisor,
    answer_follow_up,
    give_reaction,
    issue_supervisor_codes,
    merge_people,
)
from certificates.errors import ReactionGivenError
from certificates.evaluation.asking import ask_follow_ups
from certificates.evaluation.carrying import carried_follow_ups
from certificates.evaluation.gain import cohort_gain, gain_by_generation
from certificates.evaluation.opening import evaluate, open_follow_ups
from certificates.models import CohortPlan, FollowUp, ReactionGiven
from tests.certificates.evaluation.test_answers import GOOD, OWN, SEEN
from tests.factories.accounts import CohortFactory, CohortMemberFactory, CountryFactory, make_login, sign_in
from tests.factories.certificates import MOMENT, enrol, pass_quiz
from tests.factories.programmes import CohortPlanFactory
from tests.factories.trainers import coordinator_of

pytestmark = pytest.mark.django_db
PRE, POST = UUID(int=0xE1), UUID(int=0xE2)


def cohort_with_tests(**plan: object) -> Cohort:
    cohort: Cohort = CohortFactory.create(ends_on=timezone.now().date() - dt.timedelta(days=105))
    CohortPlanFactory.create(cohort=cohort, pre_test_quiz_uuid=PRE, post_test_quiz_uuid=POST, **plan)
    return cohort


def sat(cohort: Cohort, pre: int | None, post: int | None) -> Login:
    """Return somebody of the cohort who reached so many percent before and after."""
    login = make_login(country=cohort.country)
    CohortMemberFactory.create(cohort=cohort, person=login.person)
    enrolment = enrol(login.person, cohort=cohort, course=uuid4(), quizzes=(PRE, POST))
    if pre is not None:
        pass_quiz(enrolment, pre * 100, quiz=PRE, at=MOMENT)
    if post is not None:
        pass_quiz(enrolment, post * 100, quiz=POST, at=MOMENT + dt.timedelta(days=5))
    return login


def coordinator(client: Client, code: str = "ML") -> Client:
    return sign_in(client, coordinator_of(CountryFactory.create(code=code)))


def page(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(f"certificates:{name}", args=args))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_failed_tests_count_for_the_gain_and_those_who_left_do_not() -> None:
    cohort = cohort_with_tests()
    for pre, post in ((40, 60), (50, 80)):
        sat(cohort, pre, post)
    sat(cohort, 30, None)
    sat(cohort, None, 90)
    gone = sat(cohort, 0, 100)
    gone.person.memberships.update(state="withdrawn")
    gain = cohort_gain(cohort)
    assert (gain.matched, gain.pre_only, gain.post_only) == (2, 1, 1)
    assert gain.mean == 25


def test_what_waits_for_a_decision_is_no_score_yet() -> None:
    from assessments.models import Attempt  # only here

    cohort = cohort_with_tests()
    sat(cohort, 40, 60)
    Attempt.objects.filter(quiz_uuid=POST).update(flags="clock-ahead")
    assert cohort_gain(cohort).matched == 0
    Attempt.objects.filter(quiz_uuid=POST).update(decision="approved")
    assert cohort_gain(cohort).matched == 1
    Attempt.objects.filter(quiz_uuid=POST).update(decision="denied", flags="")
    assert cohort_gain(cohort).matched == 0


def test_generations_follow_the_branches_of_cohorts() -> None:
    first = cohort_with_tests()
    second = cohort_with_tests(parent=first)
    for cohort, post in ((first, 90), (second, 60)):
        sat(cohort, 40, post)
        sat(cohort, 40, post)
    found = gain_by_generation([first, second])
    assert {number: gain.mean for number, gain in found.items()} == {0: 50, 1: 20}


def test_cohort_page_shows_all_four_levels_and_says_what_is_not_known(client: Client) -> None:
    cohort = cohort_with_tests()
    shown = page(coordinator(client), "cohort-evaluation", cohort.uuid)
    assert "Fewer than five people have answered" in shown
    assert "A mean of fewer than two people says nothing" in shown
    assert "No data" in shown
    assert "Nothing was written here from official data" in shown
    people = [sat(cohort, 40, 60), sat(cohort, 50, 80)]
    for login in [*people, *(sat(cohort, None, None) for _ in range(3))]:
        give_reaction(by=login, cohort=cohort, answers=GOOD)
    answer_follow_up(by=people[0], cohort=cohort, months=3, answers=OWN)
    for paper in issue_supervisor_codes(by=coordinator_of(), cohort=cohort, months=3, people=[people[0].person.uuid]):
        answer_as_supervisor(code=paper.code, answers=SEEN)
    shown = page(client, "cohort-evaluation", cohort.uuid)
    assert "+25.0" in shown
    assert "5 of 5" in shown
    assert people[0].person.full_name in shown
    answer = client.get(reverse("certificates:cohort-evaluation-export", args=[cohort.uuid]))
    rows = {row["measure"]: (row["value"], row["of"]) for row in csv.DictReader(io.StringIO(answer.content.decode()))}
    assert rows["gain_mean_points"] == ("25.000", "2")
    assert rows["months_3_both_agree"] == ("1", "1")
    assert rows["months_6_used_on_duty"] == ("", "0")
    assert rows["reaction_clear_agree"] == ("5", "5")


def test_list_costs_the_same_for_twice_the_cohorts(client: Client) -> None:
    coordinator(client)
    sat(cohort_with_tests(), 40, 60)

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(client, "evaluation")
        return len(seen)

    few = asked()
    for _ in range(3):
        sat(cohort_with_tests(), 40, 60)
    assert asked() == few


def test_cohort_page_costs_the_same_for_twice_the_people(client: Client) -> None:
    coordinator(client)
    cohort = cohort_with_tests()
    sat(cohort, 40, 60)
    sat(cohort, 40, 60)

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(client, "cohort-evaluation", cohort.uuid)
        return len(seen)

    few = asked()
    for _ in range(4):
        sat(cohort, 40, 60)
    assert asked() == few


def test_another_countrys_cohort_is_not_there(client: Client) -> None:
    cohort = cohort_with_tests()
    coordinator(client, "UA")
    for name in (
        "cohort-evaluation",
        "cohort-evaluation-export",
        "cohort-gain-parts",
        "supervisor-codes",
        "context-note",
    ):
        assert client.get(reverse(f"certificates:{name}", args=[cohort.uuid])).status_code == 404
    assert cohort.name not in page(client, "evaluation")


def test_learner_answers_both_forms_and_only_of_own_cohorts(client: Client) -> None:
    cohort, other = cohort_with_tests(), cohort_with_tests()
    login = sat(cohort, None, None)
    sign_in(client, login)
    reaction = reverse("certificates:reaction", args=[cohort.uuid])
    assert client.post(reaction, {"relevant": "5"}).status_code == 422
    assert client.post(reaction, GOOD).status_code == 302
    assert ReactionGiven.objects.count() == 1
    assert "You have answered" in page(client, "reaction", cohort.uuid)
    assert client.post(reaction, GOOD).status_code == 200
    assert ReactionGiven.objects.count() == 1
    follow_up = reverse("certificates:follow-up", args=[cohort.uuid, 3])
    assert client.post(follow_up, {"used": "9"}).status_code == 422
    assert client.post(follow_up, OWN).status_code == 302
    assert FollowUp.objects.get().answers == OWN
    assert client.get(reverse("certificates:follow-up", args=[cohort.uuid, 6])).status_code == 404
    for name, args in (("reaction", [other.uuid]), ("follow-up", [other.uuid, 3])):
        assert client.get(reverse(f"certificates:{name}", args=args)).status_code == 404


def test_supervisor_walks_from_the_paper_to_the_answer(client: Client) -> None:
    cohort = cohort_with_tests()
    learner: Person = sat(cohort, None, None).person
    coordinator(client)
    made = client.post(reverse("certificates:supervisor-codes", args=[cohort.uuid]), {"months": "3"})
    (paper,) = made.context["papers"]
    code = paper[1]
    assert code in made.content.decode()
    stranger = Client()
    entrance = reverse("certificates:supervisor-code")
    assert stranger.post(entrance, {"code": "AAAA AAAA AAAA"}).status_code == 422
    led = stranger.post(entrance, {"code": code.lower()})
    assert led.status_code == 302
    asked = stranger.get(led["Location"]).content.decode()
    assert learner.full_name not in asked
    assert learner.initials in asked
    assert stranger.post(led["Location"], SEEN).status_code == 200
    assert FollowUp.objects.get().by == "supervisor"
    assert stranger.get(led["Location"]).status_code == 404


def test_plan_without_two_tests_has_nothing_to_compare(client: Client) -> None:
    cohort = cohort_with_tests()
    CohortPlan.objects.update(post_test_quiz_uuid=None)
    assert cohort_gain(cohort).matched == 0
    assert "Nothing can be compared" in page(coordinator(client), "cohort-evaluation", cohort.uuid)


def test_tests_sat_under_two_records_are_one_persons_gain() -> None:
    cohort = cohort_with_tests()
    before, after = sat(cohort, 40, None), sat(cohort, None, 70)
    sat(cohort, 50, 60)
    assert cohort_gain(cohort).matched == 1
    merge_people(by=coordinator_of(), kept=after.person, absorbed=before.person)
    gain = cohort_gain(cohort)
    assert (gain.matched, gain.pre_only, gain.post_only, gain.mean) == (2, 0, 0, 20)
    assert {pair.person for pair in gain.pairs} >= {after.person.uuid}


def test_answers_of_a_merged_record_are_those_of_who_is_kept() -> None:
    cohort = cohort_with_tests()
    kept, other = sat(cohort, 40, 60), sat(cohort, 40, 60)
    by, today = coordinator_of(), timezone.now().date()
    answer_follow_up(by=other, cohort=cohort, months=3, answers=OWN)
    papers = issue_supervisor_codes(by=by, cohort=cohort, months=3)
    answer_as_supervisor(code=next(each.code for each in papers if each.person == other.person), answers=SEEN)
    give_reaction(by=other, cohort=cohort, answers=GOOD)
    merge_people(by=by, kept=kept.person, absorbed=other.person)
    wave = evaluate(by, cohort).waves[0]
    assert (wave.learners, wave.answered, wave.supervisors, wave.both) == (1, 1, 1, 1)
    ((_cohort, _months, given),) = open_follow_ups(kept, today)
    assert given is not None
    assert carried_follow_ups(kept, today)[0]["answers"] == OWN
    assert ask_follow_ups(timezone.now()) == 0
    assert issue_supervisor_codes(by=by, cohort=cohort, months=3) == []
    with pytest.raises(ReactionGivenError):
        give_reaction(by=kept, cohort=cohort, answers=GOOD)
