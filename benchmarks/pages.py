"""What a lesson page costs: bytes on a first and on a repeat visit, and CPU."""

import re
from collections.abc import Iterator
from typing import Any

from benchmarks.figures import Figure
from benchmarks.site import body_of, client_of, cpu_ms, text_of

_FIRST_VISIT_KB, _REPEAT_KB, _LESSON_MS = 100, 15, 4
_DAY_S = 24 * 3600
_RESOURCE = re.compile(r"""(?:src|href)="(/(?:static|media)/[^"#?]+)""")


def lesson_figures() -> Iterator[Figure]:
    """Measure the first lesson of the course, signed in, in French."""
    from courses.catalogue import read_catalogue  # noqa: PLC0415  # after the settings

    course = read_catalogue().course_by_slug("fr", "first-aid-kit")
    assert course is not None
    client = client_of("20288P")
    address = f"/fr/courses/{course.slug}/{course.lessons[0].slug}/"
    page = client.get(address)
    assert page.status_code == 200, page.status_code  # noqa: PLR2004
    html = text_of(page)
    resources = sorted(set(_RESOURCE.findall(html)))
    fetched = [client.get(each) for each in resources]
    first, again = sum(map(_size, fetched)), sum(_size(each) for each in fetched if not _is_kept(each))
    yield Figure("lesson-first-visit", (_size(page) + first) / 1000, "kB", limit=_FIRST_VISIT_KB)
    yield Figure("lesson-repeat-visit", (_size(page) + again) / 1000, "kB", limit=_REPEAT_KB)
    yield Figure("lesson-cpu", cpu_ms(lambda: client.get(address), repeats=40), "ms", limit=_LESSON_MS)


def _is_kept(response: Any) -> bool:
    """Tell whether a browser that was here today asks for it again."""
    found = re.search(r"max-age=(\d+)", response.get("Cache-Control", ""))
    return found is not None and int(found[1]) >= _DAY_S


def _size(response: Any) -> int:
    """Return the bytes of a response as they would travel: headers and the compressed body."""
    headers = sum(len(name) + len(value) + 4 for name, value in response.items())
    return int(response.get("Content-Length") or len(body_of(response))) + headers
