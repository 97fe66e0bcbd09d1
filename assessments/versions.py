"""Published versions of questions, parsed once per process: a version never changes."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assessments.errors import VersionUnknownError
from assessments.keeping import Kept
from assessments.models import QuestionVersion

FALLBACK_LANGUAGE = "en"
_MOST_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Version:
    """One published version of one question, with its key: never hand it to a template."""

    sha256: str
    question: str
    kind: str
    structure: Mapping[str, Any]
    texts: Mapping[str, Mapping[str, Any]]
    lesson: str | None
    source: str

    def language_for(self, wanted: str) -> str:
        """Return the language to show: the wanted one, else English, else the first it has."""
        short = wanted.split("-", maxsplit=1)[0]
        if short in self.texts:
            return short
        return FALLBACK_LANGUAGE if FALLBACK_LANGUAGE in self.texts else min(self.texts)


def read_version(sha256: str, text: str) -> Version:
    """Return a version from its canonical text."""
    body = json.loads(text)
    return Version(
        sha256, body["question"], body["kind"], body["structure"], body["texts"], body["lesson"], body["source"]
    )


kept: Kept[str, Version] = Kept(_MOST_KEPT)


def find_versions(hashes: Iterable[str]) -> dict[str, Version]:
    """Return those versions that are here, by hash. One query for all that are not yet in this process."""
    wanted = set(hashes)
    found = kept.take(wanted)
    if missing := wanted - found.keys():
        rows = QuestionVersion.objects.filter(pk__in=missing).values_list("sha256", "text")
        fresh = {sha256: read_version(sha256, text) for sha256, text in rows}
        kept.keep(fresh)
        found |= fresh
    return found


def versions_of(hashes: Iterable[str]) -> dict[str, Version]:
    """Return the versions by hash; raise VersionUnknownError where one is not here."""
    wanted = set(hashes)
    found = find_versions(wanted)
    if missing := wanted - found.keys():
        msg = f"not here: {', '.join(sorted(missing))}"
        raise VersionUnknownError(msg)
    return found
