"""How long the tree of 5,000 trainers takes, and counting it."""

import datetime as dt
import random
import time
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from benchmarks.figures import Figure
from benchmarks.site import cpu_ms, plain_of

_TRAINERS = 5_000
_A_SECOND_MS = 1000


def cascade_figures() -> Iterator[Figure]:
    """Ask for the page with 5,000 trainers in five generations, to a coordinator of their country; the best of five."""
    programme = _grow()
    client = _coordinator()
    for name, query in (("cascade-tree", ""), ("cascade-table", "&as=table")):
        address = f"/fr/desk/trainers/tree/?programme={programme}{query}"
        response = client.get(address)
        body = plain_of(response)
        assert response.status_code == HTTPStatus.OK, response.status_code
        assert f">{_TRAINERS}<".encode() in body
        # Time of the processor: what others do on the machine meanwhile is not the page's.
        yield Figure(name, cpu_ms(partial(client.get, address), 1), "ms", limit=_A_SECOND_MS)
        yield Figure(f"{name}-size", len(body) / 1000, "kB")
    started = time.perf_counter()
    body = plain_of(client.get(f"/fr/desk/trainers/tree.csv?programme={programme}"))
    assert body.count(b"\r\n") == _TRAINERS + 1
    yield Figure("cascade-file", (time.perf_counter() - started) * 1000, "ms")


def _coordinator() -> Any:
    """Return a test client of the demo's coordinator of Mali, the second step given."""
    from django.test import Client  # noqa: PLC0415  # after the settings

    from accounts.middleware import SECOND_FACTOR_KEY  # noqa: PLC0415  # the same
    from accounts.models import Login  # noqa: PLC0415  # the same

    client = Client(headers={"accept-encoding": "gzip, br"})
    login = Login.objects.get(email="coordinator@relais.example")
    client.force_login(login, backend="accounts.backends.RelaisBackend")
    session = client.session
    session[SECOND_FACTOR_KEY] = True
    session.save()
    return client


def _grow() -> str:
    """Write a programme with a tree of 5,000 trainers in Mali: some trained two others, some twenty."""
    from django.db import transaction  # noqa: PLC0415  # after the settings
    from django.utils import timezone  # noqa: PLC0415  # the same

    from accounts.models import Country, Person  # noqa: PLC0415  # the same
    from certificates.models import Programme, ProgrammeCountry, TrainerLine  # noqa: PLC0415  # the same

    dice, now = random.Random(5), timezone.now()  # noqa: S311  # repeatable dice, no secrets
    mali = Country.objects.get(code="ML")
    with transaction.atomic():
        programme = Programme.objects.create(code=f"bench-{uuid4().hex[:8]}", name={"en": "Bench"})
        ProgrammeCountry.objects.create(programme=programme, country=mali)
        people = [Person(full_name=f"Trainer {number:05}", country=mali) for number in range(_TRAINERS)]
        Person.objects.bulk_create(people, batch_size=500)
        generations = [0] * _TRAINERS
        lines = []
        for number, person in enumerate(people):
            above = dice.randrange(max(0, number // 8 - 3), number // 4) if number >= 12 else None  # noqa: PLR2004
            generations[number] = generations[above] + 1 if above is not None else 0
            lines.append(
                TrainerLine(
                    key=TrainerLine.key_of(programme.uuid, person.uuid),
                    person=person,
                    programme=programme,
                    parent_uuid=people[above].uuid if above is not None else None,
                    generation=generations[number],
                    state=dice.choice(("candidate", "trained", "certified", "mentor", "lapsed")),
                    sessions=dice.randrange(20),
                    last_held_on=now.date() - dt.timedelta(days=dice.randrange(900)),
                    officers_reached=dice.randrange(80),
                    officers_trained=dice.randrange(60),
                    officers_recent=dice.randrange(30),
                    counted_at=now,
                )
            )
        TrainerLine.objects.bulk_create(lines, batch_size=500)
    return str(programme.uuid)
