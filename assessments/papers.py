"""Papers as they were frozen, read once per process: a paper never changes.

A graded paper or an exam's is drawn for one attempt and found by it. A practice paper is the same for
everybody and found by the hash that the attempt was begun with.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from assessments.drawing import Sheet, read_sheet
from assessments.keeping import Kept
from assessments.models import Paper, PracticePaper
from elearning.lib.canonical import sha256_hex

_MOST_KEPT = 2048


@dataclass(frozen=True, slots=True)
class Frozen:
    """The sheet of a paper, and the hash that the attempt was begun with."""

    sha256: str
    sheet: Sheet


kept: Kept[UUID, Frozen] = Kept(_MOST_KEPT)
kept_practice: Kept[str, Frozen] = Kept(_MOST_KEPT)


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


def find_practice_papers(hashes: Iterable[str]) -> dict[str, Frozen]:
    """Return those practice papers that are here, by hash. One query for all that are not yet in this process."""
    wanted = set(hashes)
    found = kept_practice.take(wanted)
    if missing := wanted - found.keys():
        rows = PracticePaper.objects.filter(pk__in=missing).values_list("sha256", "text")
        fresh = {sha256: Frozen(sha256, read_sheet(text)) for sha256, text in rows}
        kept_practice.keep(fresh)
        found |= fresh
    return found


def keep_practice_paper(quiz: UUID, sheet: Sheet) -> Frozen:
    """Store a practice paper where it is new, and return it. Two who store it at once store one."""
    text = sheet.text()
    frozen = Frozen(sha256_hex(text), sheet)
    # The database is asked, not the process: what was read in a transaction that failed may be gone again.
    if not PracticePaper.objects.filter(pk=frozen.sha256).exists():
        row = PracticePaper(sha256=frozen.sha256, quiz_uuid=quiz, text=text)
        PracticePaper.objects.bulk_create([row], ignore_conflicts=True)
    return frozen
