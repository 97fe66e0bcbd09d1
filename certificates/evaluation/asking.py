"""Ask people what they did with a training, when its day has come: for run_due."""

import datetime as dt

from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.actions.messages import Telling, send_messages
from accounts.messaging import MessageKind, register_message
from accounts.models import Cohort, CohortMember
from certificates.cascade.standing import months_before
from certificates.evaluation.answering import LEARNER, OPEN_FOR_MONTHS, WAVES, open_waves
from certificates.models import FollowUp
from records.aliases import people_kept

CODE = "certificates.follow-up-due"


def register() -> None:
    """Name the message, and the work that sends it."""
    from elearning.lib.due import register_due  # noqa: PLC0415  # called once, from ready()

    register_message(
        MessageKind(
            CODE,
            _("Five questions about “%(cohort)s”"),
            _(
                "It is %(months)s months since the training. What have you used on duty? Your answers help to better "
                "the next course. It takes two minutes and works without a connection."
            ),
            _("Answer the questions"),
        )
    )
    register_due("follow-ups", ask_follow_ups)


def ask_follow_ups(now: dt.datetime) -> int:
    """Put the question in the inbox of those whose follow-up is open and who gave no answer; once for each.

    Return how many were asked. Three queries for each cohort with an open follow-up.
    """
    today = now.date()
    earliest = months_before(today, max(WAVES) + OPEN_FOR_MONTHS)
    asked = 0
    for cohort in Cohort.objects.filter(ends_on__gte=earliest, ends_on__lte=today).order_by("pk"):
        for months in open_waves(cohort.ends_on, today):
            asked += _ask(cohort, months)
    return asked


def _ask(cohort: Cohort, months: int) -> int:
    answered = FollowUp.objects.filter(cohort_uuid=cohort.uuid, months=months, by=LEARNER).values("person")
    learners = CohortMember.objects.filter(
        cohort=cohort, role=CohortMember.Role.LEARNER, state=CohortMember.State.ACTIVE, person__login__isnull=False
    )
    learners = learners.exclude(Q(person__uuid__in=answered) | Q(person__uuid__in=people_kept(answered)))
    with translation.override("en"):
        link = reverse("certificates:follow-up", args=[cohort.uuid, months])
    facts = {"cohort": cohort.name, "months": months}
    key = f"{CODE}/{cohort.uuid}/{months}"
    return send_messages([Telling(each.person, CODE, facts, link, key) for each in learners.select_related("person")])
