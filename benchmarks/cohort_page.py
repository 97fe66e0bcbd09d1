"""What a cohort's list of 1,000 people costs: CPU and bytes of one page; and issuing for all of them."""

import datetime as dt
import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from benchmarks.figures import Figure
from benchmarks.site import cpu_ms, plain_of, text_of

_PEOPLE = 1000
_MS, _KB = 50, 50
# Kolibri's class report of as many, measured beside it.
_KOLIBRI_MS, _KOLIBRI_KB = 683, 2150
_AWARDED = 300


def cohort_page_figures() -> Iterator[Figure]:
    """Measure the list of a class of a thousand as its coordinator opens it, the first page and the last."""
    from django.urls import reverse  # noqa: PLC0415  # after the settings

    cohort, client = _large_cohort(), _coordinator()
    address = reverse("certificates:desk-cohort", args=[cohort.uuid])
    page = client.get(address)
    assert page.status_code == 200, page.status_code  # noqa: PLR2004
    assert f"{_PEOPLE} inscriptions" in text_of(page) or f"{_PEOPLE} enrolments" in text_of(page)
    yield Figure("cohort-page-size", len(plain_of(page)) / 1000, "kB", limit=_KB, peer=_KOLIBRI_KB, peer_name="Kolibri")
    cpu = cpu_ms(lambda: client.get(address), repeats=5)
    yield Figure("cohort-page-cpu", cpu, "ms", limit=_MS, peer=_KOLIBRI_MS, peer_name="Kolibri")
    last = cpu_ms(lambda: client.get(address, {"page": "25"}), repeats=5)
    yield Figure("cohort-page-last-cpu", last, "ms", limit=_MS)
    yield from _issuing(cohort)


def _issuing(cohort: Any) -> Iterator[Figure]:
    """Judge everybody of the class once more: the run of a thousand people, a result line each."""
    from accounts.models import Login  # noqa: PLC0415  # after the settings
    from certificates.actions import start_issuing, work_on_run  # noqa: PLC0415

    by = Login.objects.get(email="coordinator@relais.example")
    run, started = start_issuing(by=by, cohort=cohort), time.perf_counter()
    while work_on_run(run):
        pass
    spent = time.perf_counter() - started
    assert not run.lines.filter(result="").exists()
    yield Figure("issuing-judged", _PEOPLE / spent, "people/s", at_least=True, limit=20)


def _coordinator() -> Any:
    from django.test import Client  # noqa: PLC0415  # after the settings

    from accounts.middleware import SECOND_FACTOR_KEY  # noqa: PLC0415
    from accounts.models import Login  # noqa: PLC0415

    client = Client(headers={"accept-encoding": "identity"})
    client.force_login(Login.objects.get(email="coordinator@relais.example"), backend="accounts.backends.RelaisBackend")
    session = client.session
    session[SECOND_FACTOR_KEY] = True
    session.save()
    return client


def _large_cohort() -> Any:
    """Write a class of a thousand with enrolments, progress and some certificates, as rows: what is read, not how."""
    from accounts.models import Cohort, CohortMember, Country, Person  # noqa: PLC0415  # after the settings
    from certificates.models import Award  # noqa: PLC0415
    from courses.models import CourseProgress, Enrolment  # noqa: PLC0415

    mali, model = Country.objects.get(code="ML"), Enrolment.objects.filter(country__code="ML").first()
    award = Award.objects.filter(country__code="ML", revoked_at=None).first()
    assert model is not None
    assert award is not None
    now = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    cohort = Cohort.objects.create(name="A thousand", country=mali, starts_on=now.date(), time_zone="Africa/Bamako")
    people = Person.objects.bulk_create(
        [Person(full_name=f"Élève Numéro {number:04}", country=mali) for number in range(_PEOPLE)]
    )
    CohortMember.objects.bulk_create([CohortMember(cohort=cohort, person=each, joined_at=now) for each in people])
    enrolments = [
        Enrolment(**{**model.facts(), "uuid": uuid4(), "person_id": each.uuid, "cohort_id": cohort.uuid, "period": 1})
        for each in people
    ]
    Enrolment.write(enrolments)
    CourseProgress.write(
        CourseProgress(
            enrolment_id=each.pk,
            activities_total=8,
            activities_completed=number % 9,
            completed_at=now if number % 9 == 8 else None,  # noqa: PLR2004  # all eight
        )
        for number, each in enumerate(enrolments)
    )
    facts = award.facts()
    Award.write(
        Award(
            **facts
            | {"uuid": uuid4(), "person_id": each.person_id, "enrolment_uuid": each.pk, "cohort_id": cohort.uuid}
            | {"serial": f"RLS-ML-2026-{number:04}-BNCH"}
        )
        for number, each in enumerate(enrolments[:_AWARDED])
    )
    return cohort
