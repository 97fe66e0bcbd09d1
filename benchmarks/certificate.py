"""How long certificates take, whole: credential with its two proofs, page, code, attachment, signature."""

import time
from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any

from benchmarks.figures import Figure
from benchmarks.site import client_of, plain_of

# Moodle's certificate plugin on a machine of this size, measured by the project.
_MOODLE = "Moodle customcert"
_MOODLE_MS, _MOODLE_KB = 316, 137
_MANY = 1000


def certificate_figures() -> Iterator[Figure]:
    """Print one certificate as its holder asks for it, then a thousand, one process, nothing remembered."""
    from certificates.models import Award  # noqa: PLC0415  # after the settings

    awards = list(Award.objects.in_force().select_related("person", "cohort").order_by("serial"))
    assert awards
    yield from _single(awards[0])
    yield from _thousand(awards)


def _single(award: Any) -> Iterator[Figure]:
    """Ask ten times; the best counts."""
    from django.core.cache import cache  # noqa: PLC0415  # after the settings

    client, times = client_of(award.person.service_number), []
    for _each in range(10):
        # Its credential is made anew each time, as for an award that nobody has printed yet.
        cache.clear()
        started = time.perf_counter()
        response = client.get(f"/fr/certificates/{award.serial}.pdf")
        body = plain_of(response)
        times.append(time.perf_counter() - started)
        assert body.startswith(b"%PDF"), response.status_code
    yield Figure("certificate-pdf", min(times) * 1000, "ms", limit=_MOODLE_MS, peer=_MOODLE_MS, peer_name=_MOODLE)
    yield Figure("certificate-size", len(body) / 1000, "kB", limit=_MOODLE_KB, peer=_MOODLE_KB, peer_name=_MOODLE)


def _thousand(awards: list[Any]) -> Iterator[Figure]:
    """Print the awards of the demo again and again, until there are a thousand files."""
    from django.core.cache import cache  # noqa: PLC0415  # after the settings

    from certificates.printing import print_award  # noqa: PLC0415  # the same

    sizes = []
    started = time.perf_counter()
    for award in islice(cycle(awards), _MANY):
        cache.clear()
        pdf = print_award(award)
        assert pdf.count(b"/ByteRange") == 1
        assert b"credential.json" in pdf
        sizes.append(len(pdf))
    took = time.perf_counter() - started
    yield Figure(
        "certificates-1000", _MANY / took, "1/s",
        limit=1000 / _MOODLE_MS, at_least=True, peer=1000 / _MOODLE_MS, peer_name=_MOODLE,
    )  # fmt: skip
    yield Figure("certificates-1000-mean-size", sum(sizes) / _MANY / 1000, "kB", limit=_MOODLE_KB)
