"""What addresses of trainers and evaluation name: a cohort that has ended, evidence, a supervisor's code."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from accounts.models import Cohort, Login, Person
from certificates.actions import issue_supervisor_codes, record_evidence
from certificates.evaluation.answering import WAVES
from tests.factories.accounts import CohortFactory, CohortMemberFactory


def add_evaluation(arguments: dict[str, Any], logins: Mapping[str, Login]) -> None:
    """Add to the world's arguments: ended_cohort, months, evidence, supervisor_code. The learner was in the cohort."""
    by = logins["coordinator"]
    peer = Person.objects.get(uuid=arguments["peer"])
    ended: Cohort = CohortFactory.create(country=peer.country, ends_on=timezone.now().date() - dt.timedelta(days=105))
    CohortMemberFactory.create(cohort=ended, person=logins["learner"].person)
    arguments["ended_cohort"], arguments["months"] = ended.uuid, WAVES[0]
    (paper,) = issue_supervisor_codes(by=by, cohort=ended, months=WAVES[0])
    arguments["supervisor_code"] = paper.code
    day = timezone.now().date()
    arguments["evidence"] = record_evidence(by=by, person=peer, programme=None, kind="conduct", happened_on=day).pk
