"""How much of what reports here has reported: upper apps register what they know of (devices, nodes, centres).

No source means that nothing is known, which is not the same as everything being there.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from accounts.models import Login
from accounts.policy import ADMINISTRATOR, COORDINATOR
from accounts.territories import territory_name
from certificates import policy
from certificates.figures import sorting_key
from certificates.models import Reporting

# Heard of within this many days counts as having reported.
FRESH_DAYS = 7
# So many may be counted while somebody waits; beyond that only `run_due` counts.
_FEW = 5000
_STALE = dt.timedelta(minutes=10)


Counts = tuple[str, int, int, dt.datetime | None, dt.datetime | None]


@dataclass(frozen=True, slots=True)
class Reported:
    """How many sources there are, how many have reported lately, and when the one longest silent last did."""

    total: int = 0
    reported: int = 0
    oldest_at: dt.datetime | None = None
    newest_at: dt.datetime | None = None
    counted_at: dt.datetime | None = None

    def __add__(self, other: "Reported") -> "Reported":
        return Reported(
            self.total + other.total,
            self.reported + other.reported,
            min(filter(None, (self.oldest_at, other.oldest_at)), default=None),
            max(filter(None, (self.newest_at, other.newest_at)), default=None),
            min(filter(None, (self.counted_at, other.counted_at)), default=None),
        )

    @property
    def is_behind(self) -> bool:
        """Tell whether something has not reported: every figure may then grow."""
        return self.reported < self.total


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of thing that reports.

    `count(since, login)` gives (country, total, reported since, oldest, newest) of what the login may see, of
    everything for None; `how_many` tells cheaply how many there are; `listing` is the page that names them.
    """

    code: str
    label: Any
    count: Callable[[dt.datetime, Login | None], Iterable[Counts]]
    how_many: Callable[[], int]
    listing: str = ""


_sources: dict[str, Source] = {}


def register_source(source: Source) -> None:
    """Add a kind of thing that reports; call it from an app's ready()."""
    _sources[source.code] = source


def sources() -> Sequence[Source]:
    """Return all kinds of things that report."""
    return list(_sources.values())


def reported_by_country(login: Login) -> dict[str, Reported]:
    """Return how much has reported, for the countries of a login. One query for each source, two for a small site."""
    rows: dict[str, Reported] = {}
    for found in reported_by_source(login).values():
        for code, reported in found.items():
            rows[code] = rows.get(code, Reported()) + reported
    return rows


def reported_by_source(login: Login) -> dict[str, dict[str, Reported]]:
    """Return the same apart by source. Somebody without a country of their own sees what their cohorts have."""
    now = timezone.now()
    if not login.holds(COORDINATOR, ADMINISTRATOR):
        return {source.code: _count(source, now, login) for source in sources()}
    stored: dict[str, dict[str, Reported]] = {source.code: {} for source in sources()}
    for row in policy.TALLIES.filter(Reporting.objects.all(), login).filter(source__in=stored):
        stored[row.source][row.country_code] = Reported(
            row.total, row.reported, row.oldest_at, row.newest_at, row.counted_at
        )
    for source in sources():
        if _is_stale(stored[source.code], now) and source.how_many() <= _FEW:
            stored[source.code] = _count(source, now, login)
    return stored


def freshness_rows(login: Login) -> list[tuple[Source, list[tuple[str, str, Reported]]]]:
    """Return each source with its countries by name: code, name, what is known."""
    language = get_language() or "en"
    found = reported_by_source(login)
    return [
        (
            source,
            sorted(
                ((code, territory_name(code, language), each) for code, each in found[source.code].items()),
                key=lambda row: sorting_key(row[1]),
            ),
        )
        for source in sources()
    ]


@transaction.atomic
def count_reporting(now: dt.datetime) -> int:
    """Count all sources anew and keep it; return how many rows there are. Timed work."""
    rows = [
        Reporting(
            source=source.code,
            country_code=code,
            total=found.total,
            reported=found.reported,
            oldest_at=found.oldest_at,
            newest_at=found.newest_at,
            counted_at=now,
        )
        for source in sources()
        for code, found in _count(source, now, None).items()
    ]
    Reporting.objects.all().delete()
    Reporting.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def _count(source: Source, now: dt.datetime, login: Login | None) -> dict[str, Reported]:
    since = now - dt.timedelta(days=FRESH_DAYS)
    return {
        code: Reported(total, reported, oldest, newest, now)
        for code, total, reported, oldest, newest in source.count(since, login)
    }


def _is_stale(stored: Mapping[str, Reported], now: dt.datetime) -> bool:
    oldest = min((each.counted_at for each in stored.values() if each.counted_at), default=None)
    return oldest is None or now - oldest > _STALE
