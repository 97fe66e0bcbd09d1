"""How long the coordinator's overview takes with a thousand to a million learners.

What the pages read is loaded as the derivations would leave it: totals by cohort, tallies by country and group,
reporting by country. The learners themselves are not, because the overview must not read them; their rows would
change nothing but the time to load them. A query that looked for people would find none, so what the page says
is checked: the sum of all learners stands on it.
"""

import time
from collections.abc import Iterator
from itertools import islice, product
from typing import Any
from uuid import UUID, uuid5

from benchmarks.figures import Figure
from benchmarks.server import percentile
from benchmarks.site import text_of

SIZES = (1_000, 10_000, 100_000, 1_000_000)
_LIMIT_MS, _ASKED = 300, 30
_PER_COHORT, _COUNTRIES, _MONTHS = 25, 120, 24
_NAMESPACE = UUID(int=0xBE)
_GROUPS = {
    "all": ("",),
    "sex": ("female", "male", "other", ""),
    "age": ("under-25", "25-34", "35-44", "45-54", "55-over", ""),
    "rank": ("junior", "middle", "senior", "civilian", ""),
    "duty": ("border", "inland", ""),
    "language": ("en", "fr", "ar"),
    "agency": tuple(str(uuid5(_NAMESPACE, f"agency {number}")) for number in range(8)),
    "expiry": tuple(str(month) for month in range(202611, 202613)),
}


def overview_figures() -> Iterator[Figure]:
    """Ask for the overview of all countries at each size; 95 of a hundred answers must come in 300 ms."""
    client = _client()
    for size in SIZES:
        _load(size)
        times = []
        for _each in range(_ASKED):
            started = time.perf_counter()
            page = text_of(client.get("/en/desk/"))
            times.append(time.perf_counter() - started)
        assert f">{size}<" in page.replace(",", ""), "the overview does not count everybody"
        yield Figure(f"overview-p95-{size}", percentile(times, 95), "ms", limit=_LIMIT_MS)
    started = time.perf_counter()
    page = text_of(client.get("/en/desk/groups/?by=agency"))
    assert "Told apart by" in page
    yield Figure("overview-groups-1000000", (time.perf_counter() - started) * 1000, "ms")


def _client() -> Any:
    """Return a client of the coordinator of everywhere, second factor passed."""
    from django.test import Client  # noqa: PLC0415  # after the settings

    from accounts.middleware import SECOND_FACTOR_KEY  # noqa: PLC0415
    from accounts.models import Login  # noqa: PLC0415

    client = Client(headers={"accept-encoding": "gzip"})
    client.force_login(Login.objects.get(email="global@relais.example"), backend="accounts.backends.RelaisBackend")
    session = client.session
    session[SECOND_FACTOR_KEY] = True
    session.save()
    return client


def _load(learners: int) -> None:
    """Write what is derived of so many learners, spread over cohorts, countries and months."""
    from django.db import transaction  # noqa: PLC0415  # after the settings
    from django.utils import timezone  # noqa: PLC0415

    from accounts.models import Cohort, Country  # noqa: PLC0415
    from certificates.models import Headcount, Reporting, Tally, Total  # noqa: PLC0415
    from courses.models import Enrolment  # noqa: PLC0415

    course = Enrolment.objects.values_list("course_uuid", flat=True).first()
    assert course is not None
    codes = _codes(min(_COUNTRIES, max(2, learners // 500)))
    Country.objects.bulk_create([Country(code=code) for code in codes], ignore_conflicts=True)
    countries = {row.code: row for row in Country.objects.filter(code__in=codes)}
    with transaction.atomic():
        Cohort.objects.filter(name__startswith="Bench ").delete()
        for table in (Headcount, Reporting, Tally, Total):
            table.objects.all().delete()
        cohorts = [
            Cohort(
                uuid=uuid5(_NAMESPACE, f"cohort {number}"), name=f"Bench {number}", starts_on="2026-01-05",
                country=countries[codes[number % len(codes)]], time_zone="UTC",
            )
            for number in range(learners // _PER_COHORT)
        ]  # fmt: skip
        Cohort.objects.bulk_create(cohorts, batch_size=2000)
        Total.objects.bulk_create(
            [_total(cohort, place, course) for place, cohort in enumerate(cohorts)], batch_size=2000
        )
        Tally.objects.bulk_create(_tallies(codes, course, learners), batch_size=2000)
        now = timezone.now()
        Reporting.objects.bulk_create(
            [Reporting(source="devices", country_code=code, total=40, reported=33, counted_at=now) for code in codes]
        )
        Headcount.objects.bulk_create(
            [
                Headcount(country_code=cohort.country.code, cohort_uuid=cohort.uuid, month=202601, counted_at=now)
                for cohort in cohorts
            ],
            batch_size=2000,
        )


def _total(cohort: Any, place: int, course: UUID) -> Any:
    from certificates.models import Total  # noqa: PLC0415  # after the settings

    month = _month(place % _MONTHS)
    return Total(
        key=f"{cohort.country.code}/{cohort.uuid}/{course}/{month}", country_code=cohort.country.code,
        cohort_uuid=cohort.uuid, course_uuid=course, month=month, enrolled=_PER_COHORT, started=20, finished=16,
        completed=14, certified=12,
    )  # fmt: skip


def _tallies(codes: list[str], course: UUID, learners: int) -> Iterator[Any]:
    from certificates.models import Tally  # noqa: PLC0415  # after the settings

    places = list(product(codes, [_month(place) for place in range(_MONTHS)]))
    for (code, month), here in zip(places, _shared(learners, len(places)), strict=True):
        for dimension, value, share in _parted(here):
            yield Tally(
                key=f"{code}/{course}/{month}/{dimension}/{value}", country_code=code, course_uuid=course, month=month,
                dimension=dimension, value=value, enrolled=share, started=share, finished=share, completed=share,
                certified=share,
            )  # fmt: skip


def _parted(learners: int) -> Iterator[tuple[str, str, int]]:
    """Yield how many learners of one country and month are in each group; every grouping adds up to all of them."""
    for dimension, values in _GROUPS.items():
        for value, share in zip(values, _shared(learners, len(values)), strict=True):
            if share:
                yield dimension, value, share


def _shared(whole: int, parts: int) -> list[int]:
    """Return whole numbers that differ by one at most and add up to a whole."""
    return [whole // parts + (place < whole % parts) for place in range(parts)]


def _month(place: int) -> int:
    return (2025 + place // 12) * 100 + place % 12 + 1


def _codes(wanted: int) -> list[str]:
    """Return so many codes of countries that have a square on the map, and made-up ones when these are used up."""
    from elearning.lib.charts_world import REGIONS, _cells  # noqa: PLC0415  # after the settings

    return list(islice((code for region in REGIONS for code in _cells(region)), wanted))
