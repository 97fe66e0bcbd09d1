"""What a course costs a device: bytes on it, bytes over the line, and the site's CPU for both."""

import json
from collections.abc import Iterator

from benchmarks.figures import Figure
from benchmarks.site import body_of, client_of, cpu_ms, plain_of

_ON_DEVICE_KB, _TRAVELS_KB, _MANIFEST_MS, _UPDATE_KB = 400, 200, 8, 20


def pack_figures() -> Iterator[Figure]:
    """Measure the demo's course in French, as an enrolled officer takes it along."""
    from courses.catalogue import read_catalogue  # noqa: PLC0415  # after the settings

    course = read_catalogue().course_by_slug("fr", "first-aid-kit")
    assert course is not None
    client, address = client_of("20288P"), f"/packs/{course.uuid}/"
    manifest = client.get(f"{address}manifest/")
    pack = json.loads(json.loads(plain_of(manifest))["text"])
    files = [each for each in pack["files"] if each["lang"] in {"", "fr"}]
    assert {each["role"] for each in files} >= {"course", "lesson", "media"}, "a part of the course is missing"
    hashes = {sha for each in files for sha in each.get("chunks", [each["sha256"]])}
    travels = {sha: len(body_of(client.get(f"{address}files/{sha}/"))) for sha in hashes}
    lesson = max(travels[each["sha256"]] for each in files if each["role"] == "lesson")
    yield Figure("pack-on-device", sum(each["size"] for each in files) / 1000, "kB", limit=_ON_DEVICE_KB)
    yield Figure("pack-download", sum(travels.values()) / 1000, "kB", limit=_TRAVELS_KB)
    yield Figure("pack-update-of-a-lesson", (lesson + len(body_of(manifest))) / 1000, "kB", limit=_UPDATE_KB)
    ask = cpu_ms(lambda: client.get(f"{address}manifest/"), repeats=20)
    yield Figure("pack-manifest-cpu", ask, "ms", limit=_MANIFEST_MS)
