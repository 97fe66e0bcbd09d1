"""What a credential costs to sign, and what the status of many withdrawn certificates costs to make and to send."""

import datetime as dt
import json
import random
import time
from collections.abc import Iterator
from uuid import UUID, uuid5

from benchmarks.figures import Figure

_SIGNED, _WITHDRAWN = 200, 10_000
_NAMESPACE = UUID(int=0xC6)
_MOMENT = dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC)


def credential_figures() -> Iterator[Figure]:
    """Sign one credential after the other, each for the first time; then withdraw many and make their status."""
    yield Figure("credential-signed", _signed_per_s(), "1/s")
    yield from _status()


def _signed_per_s() -> float:
    """Return how many credentials of a demo award one process signs in a second, both proofs each."""
    from certificates.credentials.issuing import credential_json  # noqa: PLC0415  # after the settings
    from certificates.credentials.proofs import prove, unproved  # noqa: PLC0415  # the same
    from certificates.keys import issuer_keys  # noqa: PLC0415  # the same
    from certificates.models import Award  # noqa: PLC0415  # the same

    award = Award.objects.filter(revoked_at=None).order_by("serial").first()
    assert award is not None
    plain, key = unproved(json.loads(credential_json(award))), issuer_keys().credential_keys[0]
    started = time.perf_counter()
    for number in range(_SIGNED):
        document = {**plain, "id": uuid5(_NAMESPACE, str(number)).urn}
        prove(document, key=key.key, method=key.verification_method, created="2026-11-22T10:00:00Z")
    return _SIGNED / (time.perf_counter() - started)


def _status() -> Iterator[Figure]:
    from django.db import transaction  # noqa: PLC0415  # after the settings

    from certificates.credentials.status import signed_status  # noqa: PLC0415  # the same

    with transaction.atomic():
        _withdraw_many()
        times = []
        for _each in range(5):
            started = time.perf_counter()
            answer = signed_status(_MOMENT)
            times.append(time.perf_counter() - started)
        transaction.set_rollback(True)
    yield Figure("status-10000-withdrawn", min(times) * 1000, "ms")
    yield Figure("status-10000-withdrawn-size", len(json.dumps(answer)) / 1000, "kB")


def _withdraw_many() -> None:
    """Write that many awards that do not stand, each with its place in a list."""
    from certificates.credentials.status import status_index  # noqa: PLC0415  # after the settings
    from certificates.models import Award, StatusEntry, StatusList  # noqa: PLC0415  # the same

    pattern = Award.objects.order_by("serial").first()
    assert pattern is not None
    columns = pattern.facts()
    uuids = [uuid5(_NAMESPACE, f"award {number}") for number in range(_WITHDRAWN)]
    of_its_own = {"revoked_at": _MOMENT, "revocation_reason": "issued-in-error"}
    Award.write(
        [
            Award(**columns | of_its_own | {"uuid": uuid, "person_id": uuid, "serial": f"RLS-ML-2026-B{number:07}"})
            for number, uuid in enumerate(uuids)
        ]
    )
    status_list = StatusList.objects.get(number=status_index(pattern)[0])
    taken = set(status_list.entries.values_list("index", flat=True))
    # Drawn as places are: a regular pattern would pack far smaller.
    drawn = random.Random(6).sample(range(status_list.size), _WITHDRAWN + len(taken))  # noqa: S311  # no secret
    free = (index for index in drawn if index not in taken)
    StatusEntry.objects.bulk_create(
        [
            StatusEntry(award_id=uuid, status_list=status_list, index=index)
            for uuid, index in zip(uuids, free, strict=False)
        ]
    )
