"""Reactions without names, follow-ups, supervisors' codes, and who is asked."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.utils import timezone

from accounts.models import Cohort, Login, Message
from certificates.actions import (
    answer_as_supervisor,
    answer_follow_up,
    give_reaction,
    issue_supervisor_codes,
    write_context_note,
)
from certificates.errors import FollowUpClosedError, ReactionClosedError, ReactionGivenError, SupervisorCodeError
from certificates.evaluation.asking import ask_follow_ups
from certificates.evaluation.reactions import ITEMS
from certificates.models import FollowUp, ReactionGiven, ReactionTally, SupervisorCode
from records.models import Statement
from records.state import rebuild_state, state_hash
from tests.factories.accounts import CohortFactory, CohortMemberFactory, CountryFactory, make_login
from tests.factories.programmes import trainer_of
from tests.factories.trainers import coordinator_of

pytestmark = pytest.mark.django_db
OWN = {"used": 2, "noticed": 2, "referred": 0, "confident": 4, "hindered": 1}
SEEN = {"used": 1, "noticed": 2, "supported": 0}
GOOD = dict.fromkeys(ITEMS, 5)


def ended_cohort(days: int = 105) -> Cohort:
    cohort: Cohort = CohortFactory.create(ends_on=timezone.now().date() - dt.timedelta(days=days))
    return cohort


def member(cohort: Cohort) -> Login:
    login = make_login(country=cohort.country)
    CohortMemberFactory.create(cohort=cohort, person=login.person)
    return login


def shown(cohort: Cohort) -> int:
    return ReactionTally.objects.filter(cohort=cohort, item=ITEMS[0]).aggregate(forms=Sum("shown"))["forms"] or 0


def test_reactions_show_in_groups_of_five_only() -> None:
    cohort = ended_cohort()
    steps = []
    for _ in range(11):
        give_reaction(by=member(cohort), cohort=cohort, answers=GOOD)
        steps.append(shown(cohort))
    assert steps == [0, 0, 0, 0, 5, 5, 5, 5, 5, 10, 10]


def test_a_reaction_leaves_no_form_behind() -> None:
    """No column of any reaction table can join an answer to a person: counts have none, and no time."""
    cohort, login = ended_cohort(), None
    login = member(cohort)
    give_reaction(by=login, cohort=cohort, answers=GOOD)
    names = {field.name for field in ReactionTally._meta.get_fields()}
    assert names == {"id", "cohort", "item", "value", "shown", "waiting"}
    assert {field.name for field in ReactionGiven._meta.get_fields()} == {"id", "cohort", "person"}
    assert not Statement.objects.exists()


def test_everybody_answers_the_reaction_form_once() -> None:
    cohort = ended_cohort()
    login = member(cohort)
    give_reaction(by=login, cohort=cohort, answers=GOOD)
    with pytest.raises(ReactionGivenError):
        give_reaction(by=login, cohort=cohort, answers=GOOD)
    assert ReactionTally.objects.filter(cohort=cohort).aggregate(all=Sum("waiting"))["all"] == len(ITEMS)


def test_reactions_are_for_the_people_of_a_cohort_that_has_begun() -> None:
    cohort = CohortFactory.create(starts_on=timezone.now().date() + dt.timedelta(days=3))
    with pytest.raises(ReactionClosedError):
        give_reaction(by=member(cohort), cohort=cohort, answers=GOOD)
    with pytest.raises(ReactionClosedError):
        give_reaction(by=make_login(), cohort=ended_cohort(), answers=GOOD)
    with pytest.raises(ValueError, match="every question"):
        give_reaction(by=member(ended_cohort()), cohort=ended_cohort(), answers={"relevant": 5})


def test_follow_up_is_said_in_the_record_without_name_or_words() -> None:
    cohort = ended_cohort()
    login = member(cohort)
    row = answer_follow_up(by=login, cohort=cohort, months=3, answers=OWN)
    assert row.answers == OWN
    text = Statement.objects.get(unit_uuid=row.pk).text
    assert login.person.full_name not in text
    before = state_hash()
    assert rebuild_state() == before


@pytest.mark.parametrize("days", [60, 200])
def test_follow_up_is_closed_before_its_day_and_after_three_months(days: int) -> None:
    cohort = ended_cohort(days)
    with pytest.raises(FollowUpClosedError):
        answer_follow_up(by=member(cohort), cohort=cohort, months=3, answers=OWN)


def test_supervisor_answers_once_with_the_code_on_the_paper() -> None:
    cohort = ended_cohort()
    learner = member(cohort)
    (paper,) = issue_supervisor_codes(by=coordinator_of(), cohort=cohort, months=3)
    assert paper.person == learner.person
    assert paper.code not in str(SupervisorCode.objects.values())
    spelled = f" {paper.code[:4].lower()}-{paper.code[4:8]} {paper.code[8:]}"
    row = answer_as_supervisor(code=spelled, answers=SEEN)
    assert (row.by, row.person_id, row.answers) == ("supervisor", learner.person.uuid, SEEN)
    with pytest.raises(SupervisorCodeError):
        answer_as_supervisor(code=paper.code, answers=SEEN)
    assert issue_supervisor_codes(by=coordinator_of(), cohort=cohort, months=3) == []


def test_a_new_paper_makes_the_earlier_one_worthless_and_old_ones_expire() -> None:
    cohort = ended_cohort()
    member(cohort)
    by = coordinator_of()
    (first,) = issue_supervisor_codes(by=by, cohort=cohort, months=3)
    (second,) = issue_supervisor_codes(by=by, cohort=cohort, months=3)
    with pytest.raises(SupervisorCodeError):
        answer_as_supervisor(code=first.code, answers=SEEN)
    with pytest.raises(SupervisorCodeError):
        answer_as_supervisor(code=second.code, answers=SEEN, at=timezone.now() + dt.timedelta(days=121))
    assert answer_as_supervisor(code=second.code, answers=SEEN)


def test_papers_are_made_by_staff_of_the_cohort() -> None:
    cohort = ended_cohort()
    member(cohort)
    with pytest.raises(PermissionDenied):
        issue_supervisor_codes(by=coordinator_of(CountryFactory.create(code="UA")), cohort=cohort, months=3)
    assert len(issue_supervisor_codes(by=trainer_of(cohort), cohort=cohort, months=3)) == 1


def test_those_without_an_answer_are_asked_once() -> None:
    cohort = ended_cohort()
    first, second = member(cohort), member(cohort)
    answer_follow_up(by=first, cohort=cohort, months=3, answers=OWN)
    now = timezone.now()
    assert ask_follow_ups(now) == 1
    assert ask_follow_ups(now) == 0
    message = Message.objects.get()
    assert message.person == second.person
    assert f"/cohorts/{cohort.uuid}/follow-up/3/" in message.link


def test_context_is_written_by_who_runs_the_country() -> None:
    cohort = ended_cohort()
    facts = {"text": "Detected victims: 1,200.", "source": "Ministry of Justice", "source_url": "", "year": 2025}
    with pytest.raises(PermissionDenied):
        write_context_note(by=trainer_of(cohort), cohort=cohort, facts=facts)
    assert write_context_note(by=coordinator_of(), cohort=cohort, facts=facts).year == 2025
    assert FollowUp.objects.count() == 0
