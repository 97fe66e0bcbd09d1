"""What a donor's report and the public page say: fixed tables of a period, rounded, and how they were made."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone, translation
from django.utils.translation import gettext

from accounts.models import Cohort, Login
from accounts.policy import ADMINISTRATOR, COHORTS_RUN, COORDINATOR
from certificates import policy
from certificates.dimensions import add_months, month_of
from certificates.disclosure import Told
from certificates.fixed_tables import TITLES, Fixed, build_fixed, counts_of_programme, counts_of_tallies
from certificates.freshness import FRESH_DAYS, Reported, reported_by_country
from certificates.models import Programme, Session, Standing, Tally
from certificates.periods import Period
from elearning.lib.tables import Table

# The first month of a site: nothing is counted before it.
_BEGINNING = 200001


@dataclass(frozen=True, slots=True)
class DonorTables:
    """Everything that a report of a period says, in one language; no count of people in it is exact.

    `completed` and `certified` are people in a course, rounded; `cohorts` and `sessions` are no people, and exact.
    """

    language: str
    period: Period
    programme: str
    donors: Sequence[str]
    completed: Told
    certified: Told
    cohorts: int
    sessions: int
    tables: Sequence[Table]
    withheld: Sequence[str]
    reported: Reported
    method: Sequence[str]
    as_of: dt.datetime


def donor_tables(login: Login, period: Period, programme: Programme | None, language: str) -> DonorTables:
    """Return the fixed tables of what happened in a period, for the countries of a login. About fourteen queries.

    The caller has checked that the login may see the programme. A trainer has no countries: the tables are empty.
    """
    with translation.override(language):
        if programme:
            counts = counts_of_programme(policy.TALLIES.filter(Standing.objects.all(), login), programme, period)
        else:
            counts = counts_of_tallies(Tally.objects.visible_to(login), period)
        now = timezone.now()
        fixed = build_fixed(counts, now)
        reported = reported_by_country(login) if login.holds(COORDINATOR, ADMINISTRATOR) else {}
        cohorts, sessions = _held(login, period, programme)
        return DonorTables(
            language=language,
            period=period,
            programme=programme.name_in(language) if programme else "",
            donors=list(programme.donors) if programme else [],
            completed=fixed.totals["completed"],
            certified=fixed.totals["certified"],
            cohorts=cohorts,
            sessions=sessions,
            tables=fixed.tables,
            withheld=[str(TITLES[code]) for code in fixed.withheld],
            reported=sum(reported.values(), Reported()),
            method=method_sentences(),
            as_of=now,
        )


def public_tables(today: dt.date) -> Fixed:
    """Return the tables that anybody may read: of all countries, up to the end of the last whole month.

    Monthly, because whoever could look every day would see on which day a count goes over an edge.
    """
    last = add_months(month_of(today), -1)
    return build_fixed(counts_of_tallies(Tally.objects.all(), Period("", _BEGINNING, last)), timezone.now())


def _held(login: Login, period: Period, programme: Programme | None) -> tuple[int, int]:
    """Return how many cohorts met in a period, and how often. One query."""
    rows = Session.objects.filter(cohort__in=COHORTS_RUN.filter(Cohort.objects.all(), login), cancelled_at__isnull=True)
    rows = rows.filter(ends_at__lte=timezone.now())
    if programme:
        rows = rows.filter(cohort__plan__programme=programme)
    if period.starts_on and period.ends_on:
        rows = rows.filter(starts_at__date__gte=period.starts_on, starts_at__date__lte=period.ends_on)
    cohorts = list(rows.values_list("cohort", flat=True))
    return len(set(cohorts)), len(cohorts)


def method_sentences() -> list[str]:
    """Return how the tables were made, sentence by sentence."""
    return [
        gettext("Counted are people in a course: somebody in two courses counts in each."),
        gettext("Completed means that every lesson was read and every test passed, not that somebody attended."),
        gettext("Certified means that a certificate was issued in the period and has not been withdrawn since."),
        gettext("Sex, age, rank band and place of duty are what people said of themselves; nobody has to."),
        gettext("Every count of people is rounded to the nearest five. Counts under five are not told."),
        gettext("Groups are not crossed with each other, and the sum of rounded counts can differ from the total."),
        gettext("A table from which a small group could be worked out is left out."),
        gettext("A device has reported if it was heard of within %(days)d days. Late data can change the past.")
        % {"days": FRESH_DAYS},
    ]
