"""How long a certificate takes."""

import time
from collections.abc import Iterator

from benchmarks.figures import Figure
from benchmarks.site import client_of, plain_of


def certificate_figures() -> Iterator[Figure]:
    """Print a certificate of the demo ten times; the best counts."""
    from certificates.models import Award  # noqa: PLC0415  # after the settings

    award = Award.objects.select_related("person").order_by("serial").first()
    assert award is not None
    client, times = client_of(award.person.service_number), []
    for _each in range(10):
        started = time.perf_counter()
        response = client.get(f"/fr/certificates/{award.serial}.pdf")
        body = plain_of(response)
        times.append(time.perf_counter() - started)
        assert body.startswith(b"%PDF"), response.status_code
    yield Figure("certificate-pdf", min(times) * 1000, "ms")
    yield Figure("certificate-size", len(body) / 1000, "kB")
