"""What cohorts gained between their two tests, read from attempts and matched by person.

A scored attempt is handed in, marked by everybody who must mark it, and no decision about it is open or denied.
Whether it passed does not matter here: who fails the test before is whom the training is for.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import Cohort, CohortMember
from assessments.models import Attempt
from certificates.evaluation.paired import Gain, Pair, Scored, gain_of, gain_of_pairs, match
from certificates.models import CohortPlan
from records.aliases import whose_records

__all__ = ["Gain", "Pair", "cohort_gain", "gain_by_generation", "gains_of", "pooled_gain"]


def cohort_gain(cohort: Cohort) -> Gain:
    """Return what one cohort gained; nothing matched where its plan names no two tests. Four queries."""
    return gains_of([cohort])[cohort.pk]


def gains_of(cohorts: Iterable[Cohort]) -> dict[int, Gain]:
    """Return by primary key what each cohort gained. Four queries, however many cohorts."""
    wanted = list(cohorts)
    scored = _scored(wanted)
    return {each.pk: gain_of(*scored[each.pk]) if each.pk in scored else Gain(0, 0, 0) for each in wanted}


def pooled_gain(cohorts: Iterable[Cohort]) -> Gain:
    """Return what the people of several cohorts gained together, each counted once for each cohort."""
    pairs: list[Pair] = []
    pre_only = post_only = 0
    for pre, post in _scored(list(cohorts)).values():
        matched, before, after = match(pre, post)
        pairs += matched
        pre_only += len(before)
        post_only += len(after)
    return gain_of_pairs(pairs, pre_only=pre_only, post_only=post_only)


def gain_by_generation(cohorts: Sequence[Cohort]) -> dict[int, Gain]:
    """Return generation -> gain: 0 for cohorts that grow out of none, 1 for those that grow out of these, and so on."""
    parents = dict(CohortPlan.objects.values_list("cohort_id", "parent_id"))
    groups: dict[int, list[Cohort]] = defaultdict(list)
    for cohort in cohorts:
        groups[_generation(cohort.pk, parents)].append(cohort)
    return {number: pooled_gain(group) for number, group in sorted(groups.items())}


def _generation(cohort: int, parents: Mapping[int, int | None]) -> int:
    """Return how many cohorts stand above one; a ring ends where it closes."""
    seen = {cohort}
    above = parents.get(cohort)
    while above is not None and above not in seen:
        seen.add(above)
        above = parents.get(above)
    return len(seen) - 1


def _scored(cohorts: Sequence[Cohort]) -> dict[int, tuple[list[Scored], list[Scored]]]:
    """Return cohort -> scored attempts at its test before and its test after, of its learners only."""
    plans = CohortPlan.objects.filter(
        cohort__in=cohorts, pre_test_quiz_uuid__isnull=False, post_test_quiz_uuid__isnull=False
    ).values_list("cohort_id", "pre_test_quiz_uuid", "post_test_quiz_uuid")
    tests = {pk: (pre, post) for pk, pre, post in plans if pre and post}
    if not tests:
        return {}
    found: dict[int, tuple[list[Scored], list[Scored]]] = {pk: ([], []) for pk in tests}
    cohorts_of: dict[UUID, set[int]] = defaultdict(set)
    members = CohortMember.objects.filter(
        cohort__in=tests, role=CohortMember.Role.LEARNER, state=CohortMember.State.ACTIVE
    )
    whose = whose_records(members.values("person__uuid"))
    for pk, record in members.values_list("cohort_id", "person__uuid"):
        cohorts_of[whose.get(record, record)].add(pk)
    for quiz, scored in _attempts(tests.values(), members, whose):
        for pk in cohorts_of[scored.person]:
            pre, post = tests[pk]
            # One quiz may be both tests: then its first attempt stands for before, and the last for after.
            if quiz == pre:
                found[pk][0].append(scored)
            if quiz == post:
                found[pk][1].append(scored)
    return found


def _attempts(
    tests: Iterable[tuple[UUID, UUID]], members: QuerySet[CohortMember], whose: Mapping[UUID, UUID]
) -> Iterable[tuple[UUID, Scored]]:
    """Yield the scored attempts of the members, under whichever record they were sat, as the person's."""
    quizzes = {quiz for pair in tests for quiz in pair}
    rows = Attempt.objects.filter(
        Q(flags="") | Q(decision="approved"),
        Q(enrolment__person__in=members.values("person__uuid")) | Q(enrolment__person__in={*whose, *whose.values()}),
        quiz_uuid__in=quizzes,
        handed_in_at__isnull=False,
        points_milli__isnull=False,
        out_of_milli__gt=0,
        awaits_marking=False,
    ).exclude(decision="denied")
    columns = (
        "quiz_uuid",
        "uuid",
        "enrolment__person_id",
        "started_at",
        "handed_in_at",
        "points_milli",
        "out_of_milli",
    )
    for quiz, uuid, record, begun, handed_in, points, out_of in rows.values_list(*columns):
        yield quiz, Scored(uuid, whose.get(record, record), _utc(begun), _utc(handed_in), 100 * points / out_of)


def _utc(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC)
