"""The evaluation of cohorts as one login sees it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import Cohort, CohortMember, Login, Person
from accounts.policy import COHORTS_RUN
from certificates import policy
from certificates.access import cohort_for
from certificates.evaluation.answering import LEARNER, SUPERVISOR, WAVES, open_waves, opens_on
from certificates.evaluation.gain import Gain, cohort_gain
from certificates.evaluation.questionnaires import REACTION_WORDS
from certificates.evaluation.reactions import Reaction, reactions_of
from certificates.models import CohortPlan, ContextNote, FollowUp, ReactionGiven, ReactionTally
from elearning.lib.csvsafe import Cell
from records.aliases import kept_of, own, whose_records

EXPORT_HEADER = ("cohort", "level", "measure", "value", "of")


@dataclass(frozen=True, slots=True)
class Wave:
    """One follow-up: when it opens, how many answered, and what they say of use on duty. None: nobody is asked yet."""

    months: int
    opens_on: dt.date | None
    learners: int
    answered: int
    used: int
    noticed: int
    supervisors: int
    supervisors_saw_use: int
    both: int
    agree: int

    @property
    def is_asked(self) -> bool:
        """Tell whether anybody has answered: no answer is not the same as no use."""
        return bool(self.answered or self.supervisors)


@dataclass(frozen=True, slots=True)
class PersonGain:
    """One matched person: the name where the viewer may see it."""

    person: Person | None
    pre: float
    post: float

    @property
    def gain(self) -> float:
        """What was gained, in points of percent."""
        return self.post - self.pre


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All four levels of one cohort."""

    cohort: Cohort
    learners: int
    reactions_given: int
    reactions: list[tuple[Any, Reaction]]
    gain: Gain
    people: list[PersonGain]
    has_tests: bool
    waves: list[Wave]
    context: ContextNote | None

    @property
    def forms_shown(self) -> int:
        """How many reaction forms the figures stand for."""
        return self.reactions[0][1].forms if self.reactions else 0


def cohorts_for(login: Any) -> QuerySet[Cohort]:
    """Return the cohorts whose evaluation this login may see, the latest first; PermissionDenied without a desk."""
    if not login.holds(*policy.DESK_ROLES):
        raise PermissionDenied
    rows = Cohort.objects.visible_to(login).select_related("country", "plan__programme")
    return rows.exclude(plan__programme__is_historic=True).order_by("-starts_on", "name", "pk")


def cohort_to_run(login: Login, cohort: UUID) -> Cohort:
    """Return a cohort this login coordinates: 404 where it can't see it, else PermissionDenied."""
    row = cohort_for(login, cohort)
    if not COHORTS_RUN.allows(login, row):
        raise PermissionDenied
    return row


def own_cohort(login: Any, cohort: UUID) -> Cohort:
    """Return a cohort in which the one who is signed in learns or learnt; raise Http404."""
    mine = Cohort.objects.filter(
        members__person=login.person_id,
        members__role=CohortMember.Role.LEARNER,
        members__state=CohortMember.State.ACTIVE,
    )
    row = mine.select_related("country").filter(uuid=cohort).first()
    if row is None:
        raise Http404
    return row


def open_follow_ups(login: Any, today: dt.date) -> list[tuple[Cohort, int, FollowUp | None]]:
    """Return the follow-ups that are open to somebody now, each with the answer that was given. Two queries."""
    ended = Cohort.objects.filter(
        members__person=login.person_id,
        members__role=CohortMember.Role.LEARNER,
        members__state=CohortMember.State.ACTIVE,
        ends_on__isnull=False,
    ).distinct()
    mine = FollowUp.objects.filter(own("person", login.person.uuid), by=LEARNER).order_by("at", "pk")
    answers = {(each.cohort_uuid, each.months): each for each in mine}
    return [
        (cohort, months, answers.get((cohort.uuid, months)))
        for cohort in ended.order_by("ends_on", "pk")
        for months in open_waves(cohort.ends_on, today)
    ]


def evaluate(login: Any, cohort: Cohort) -> Evaluation:
    """Return the evaluation of one cohort. Eleven queries, however many people."""
    learners = _learners(cohort)
    gain = cohort_gain(cohort)
    plan = CohortPlan.objects.filter(cohort=cohort).first()
    tallies = ReactionTally.objects.filter(cohort=cohort).values_list("item", "value", "shown")
    seen = Person.objects.visible_to(login).in_bulk([pair.person for pair in gain.pairs], field_name="uuid")
    people = [PersonGain(seen.get(pair.person), pair.pre, pair.post) for pair in gain.pairs]
    return Evaluation(
        cohort,
        len(learners),
        ReactionGiven.objects.filter(cohort=cohort).count(),
        [(REACTION_WORDS[each.item], each) for each in reactions_of(tallies)],
        gain,
        sorted(people, key=lambda each: (each.person is None, each.person.full_name.casefold() if each.person else "")),
        bool(plan and plan.pre_test_quiz_uuid and plan.post_test_quiz_uuid),
        _waves(cohort, learners),
        ContextNote.objects.filter(cohort=cohort).first(),
    )


def export_rows(evaluation: Evaluation) -> Iterator[Sequence[Cell]]:
    """Yield the figures of the page as lines; what is not known is empty, never nought."""
    name, gain = evaluation.cohort.name, evaluation.gain
    yield name, 1, "reaction_forms_given", evaluation.reactions_given, evaluation.learners
    if evaluation.forms_shown:
        for _words, each in evaluation.reactions:
            yield name, 1, f"reaction_{each.item}_agree", each.agreeing, each.forms
    for measure, value in (
        ("pre_only", gain.pre_only),
        ("post_only", gain.post_only),
        ("pre_mean_percent", gain.pre_mean),
        ("post_mean_percent", gain.post_mean),
        ("gain_mean_points", gain.mean),
        ("gain_low_95", gain.low),
        ("gain_high_95", gain.high),
        ("gain_normalised", gain.normalised),
    ):
        yield name, 2, measure, value if value is None or isinstance(value, int) else f"{value:.3f}", gain.matched
    for wave in evaluation.waves:
        prefix = f"months_{wave.months}"
        yield name, 3, f"{prefix}_answered", wave.answered, wave.learners
        yield name, 3, f"{prefix}_used_on_duty", wave.used if wave.answered else None, wave.answered
        yield name, 3, f"{prefix}_supervisors_answered", wave.supervisors, wave.learners
        yield (
            name,
            3,
            f"{prefix}_supervisors_saw_use",
            wave.supervisors_saw_use if wave.supervisors else None,
            wave.supervisors,
        )
        yield name, 3, f"{prefix}_both_agree", wave.agree if wave.both else None, wave.both


def generation_label(number: int) -> str:
    """Return the name of a generation of cohorts."""
    return _("Cohorts that begin a branch") if number == 0 else _("Generation %(number)s") % {"number": number}


def _learners(cohort: Cohort) -> set[UUID]:
    active = CohortMember.objects.filter(cohort=cohort, role=CohortMember.Role.LEARNER, state=CohortMember.State.ACTIVE)
    records = set(active.values_list("person__uuid", flat=True))
    kept = kept_of(records)
    return {kept.get(record, record) for record in records}


def _waves(cohort: Cohort, learners: set[UUID]) -> list[Wave]:
    """Return the follow-ups; the answer of somebody who is not in the cohort counts nowhere. Two queries.

    Of answers under two records of one person the later counts, as of two under one.
    """
    whose = whose_records(learners)
    answers: dict[tuple[int, str], dict[UUID, dict[str, int]]] = defaultdict(dict)
    rows: Any = FollowUp.objects.filter(Q(by=LEARNER) | Q(by=SUPERVISOR), cohort_uuid=cohort.uuid)
    for record, months, who, given in rows.order_by("at", "pk").values_list("person_id", "months", "by", "answers"):
        person = whose.get(record, record)
        if person in learners:
            answers[months, who][person] = given
    return [
        _wave(cohort, months, len(learners), answers[months, LEARNER], answers[months, SUPERVISOR]) for months in WAVES
    ]


def _wave(
    cohort: Cohort, months: int, learners: int, own: dict[UUID, dict[str, int]], others: dict[UUID, dict[str, int]]
) -> Wave:
    both = own.keys() & others.keys()
    return Wave(
        months=months,
        opens_on=opens_on(cohort.ends_on, months) if cohort.ends_on else None,
        learners=learners,
        answered=len(own),
        used=sum(each["used"] > 0 for each in own.values()),
        noticed=sum(each["noticed"] == 2 for each in own.values()),  # noqa: PLR2004  # "yes", in the form's words
        supervisors=len(others),
        supervisors_saw_use=sum(each["used"] > 0 for each in others.values()),
        both=len(both),
        agree=sum(own[person]["used"] > 0 and others[person]["used"] > 0 for person in both),
    )
