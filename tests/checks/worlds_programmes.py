"""What addresses of programmes and sessions name: a programme of Mali, and a session of the class now."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import Cohort
from certificates.models import CohortPlan
from certificates.programmes.door_codes import SCREEN, make_code
from tests.factories.programmes import ProgrammeFactory, SessionFactory


def add_programmes(arguments: dict[str, Any]) -> None:
    """Add to the world's arguments: programme, session, attend_code."""
    cohort = Cohort.objects.get(uuid=arguments["cohort"])
    programme = ProgrammeFactory.create(code="world-of-rows")
    CohortPlan.objects.update_or_create(cohort=cohort, defaults={"programme": programme})
    now = timezone.now()
    session = SessionFactory.create(cohort=cohort, starts_at=now, ends_at=now + dt.timedelta(hours=2))
    arguments["programme"] = programme.uuid
    arguments["session"] = session.uuid
    arguments["attend_code"] = make_code(session.uuid, SCREEN, now)
