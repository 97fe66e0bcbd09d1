"""Papers as they were frozen, read once per process: a paper never changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from assessments.drawing import Sheet, read_sheet
from assessments.keeping import Kept
from assessments.models import Paper

_MOST_KEPT = 2048


@dataclass(frozen=True, slots=True)
class Frozen:
    """The sheet of a paper, and the hash that the attempt was begun with."""

    sha256: str
    sheet: Sheet


kept: Kept[UUID, Frozen] = Kept(_MOST_KEPT)


def find_papers(uuids: Iterable[UUID]) -> dict[UUID, Frozen]:
    """Return those papers that are here. One query for all that are not yet in this process."""
    wanted = set(uuids)
    found = kept.take(wanted)
    if missing := wanted - found.keys():
        rows = Paper.objects.filter(pk__in=missing).values_list("uuid", "sha256", "text")
        fresh = {uuid: Frozen(sha256, read_sheet(text)) for uuid, sha256, text in rows}
        kept.keep(fresh)
        found |= fresh
    return found
