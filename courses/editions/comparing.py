"""Three states of one page: what was copied, what the source says now, what the edition says now. Pure.

Blocks are told apart by what they say, not by their ids: a pack numbers its blocks, so one that is put before
others changes the ids of all after it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any
from uuid import UUID

from courses.editions.rich import plain_form
from elearning.lib.canonical import canonical_json
from elearning.lib.ids import derived_uuid

Block = Mapping[str, Any]
NOTHING: Any = None


class Change(StrEnum):
    """Who changed a part since it was copied."""

    NONE = "none"
    THEIRS = "theirs"
    MINE = "mine"
    SAME = "same"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Part:
    """One field, or one block of one: what stood there, what the source has now, what the edition has now.

    None stands for a block that is not there.
    """

    name: str
    change: Change
    base: Any
    theirs: Any
    mine: Any

    @property
    def merged(self) -> Any:
        """What stands there when both sides' changes are taken; the edition's own word where they disagree."""
        return self.theirs if self.change is Change.THEIRS else self.mine


@dataclass(frozen=True, slots=True)
class Comparison:
    """All parts of one page, in order."""

    parts: tuple[Part, ...]
    streams: frozenset[str]

    @property
    def is_behind(self) -> bool:
        """Tell whether the source says something that the edition has not."""
        return any(part.change in {Change.THEIRS, Change.CONFLICT} for part in self.parts)

    @property
    def is_adapted(self) -> bool:
        """Tell whether the edition says something of its own."""
        return any(part.change in {Change.MINE, Change.CONFLICT} for part in self.parts)

    @property
    def has_conflict(self) -> bool:
        """Tell whether both changed the same part, each in its own way."""
        return any(part.change is Change.CONFLICT for part in self.parts)

    def merged(self) -> dict[str, Any]:
        """Return the state with the changes of both."""
        state: dict[str, Any] = {name: [] for name in self.streams}
        for part in self.parts:
            if part.name not in self.streams:
                state[part.name] = part.merged
            elif part.merged is not NOTHING:
                state[part.name].append(_with_id_of(part.mine, part.merged))
        for name in self.streams:
            state[name] = list(_with_ids_once(state[name]))
        return state


def compare(
    base: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any], streams: Iterable[str]
) -> Comparison:
    """Compare three states of a page, field by field, and block by block where a field holds blocks."""
    names = frozenset(streams)
    parts: list[Part] = []
    for name in theirs:
        three = [state.get(name, [] if name in names else NOTHING) for state in (base, theirs, mine)]
        if name in names:
            parts += _compare_blocks(name, *three)
        else:
            parts.append(Part(name, _judge(*three), *three))
    return Comparison(tuple(parts), names)


def _judge(base: Any, theirs: Any, mine: Any) -> Change:
    if theirs == mine:
        return Change.NONE if theirs == base else Change.SAME
    if theirs == base:
        return Change.MINE
    return Change.THEIRS if mine == base else Change.CONFLICT


def _compare_blocks(name: str, base: Sequence[Block], theirs: Sequence[Block], mine: Sequence[Block]) -> list[Part]:
    to_theirs, new_theirs = _align(base, theirs)
    to_mine, new_mine = _align(base, mine)
    parts = _added(name, new_theirs.get(-1, []), new_mine.get(-1, []))
    for index, block in enumerate(base):
        there, here = to_theirs.get(index), to_mine.get(index)
        if there is not None or here is not None:
            said = [_said(each) for each in (block, there, here)]
            parts.append(Part(name, _judge(*said), block, there, here))
        parts += _added(name, new_theirs.get(index, []), new_mine.get(index, []))
    return parts


def _added(name: str, theirs: Sequence[Block], mine: Sequence[Block]) -> list[Part]:
    """Return the blocks that came in at one place: of both, the source's first; one that both added counts once."""
    said_here = {_said(block): block for block in mine}
    said_there = {_said(block) for block in theirs}
    found = [
        Part(
            name,
            Change.SAME if _said(block) in said_here else Change.THEIRS,
            NOTHING,
            block,
            said_here.get(_said(block)),
        )
        for block in theirs
    ]
    return found + [
        Part(name, Change.MINE, NOTHING, NOTHING, block) for block in mine if _said(block) not in said_there
    ]


def _align(base: Sequence[Block], other: Sequence[Block]) -> tuple[dict[int, Block], dict[int, list[Block]]]:
    """Return base index -> its block in the other stream, and base index -> what came in after it (-1: first)."""
    paired: dict[int, Block] = {}
    came_in: dict[int, list[Block]] = {}
    matcher = SequenceMatcher(None, [_said(each) for each in base], [_said(each) for each in other], autojunk=False)
    for tag, start, end, from_, to in matcher.get_opcodes():
        if tag == "equal":
            paired |= dict(zip(range(start, end), other[from_:to], strict=True))
        else:
            _pair_by_kind(base, range(start, end), other[from_:to], paired, came_in)
    return paired, came_in


def _pair_by_kind(
    base: Sequence[Block],
    places: range,
    others: Sequence[Block],
    paired: dict[int, Block],
    came_in: dict[int, list[Block]],
) -> None:
    """Pair the blocks of a stretch that differs: of one kind, in order; what is left over came in."""
    free = list(places)
    last = places.start - 1
    for block in others:
        place = next((each for each in free if base[each]["type"] == block["type"]), None)
        if place is None:
            came_in.setdefault(last, []).append(block)
        else:
            paired[place], last = block, place
            free = [each for each in free if each > place]


def _said(block: Block | None) -> str:
    """Return what a block says, without the ids of it and of its items, whoever wrote its mark-up."""
    return "" if block is None else canonical_json(_without_ids({"type": block["type"], "value": block["value"]}))


def _without_ids(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _without_ids(each) for key, each in value.items() if key != "id"}
    if isinstance(value, str):
        return plain_form(value)
    return [_without_ids(each) for each in value] if isinstance(value, (list, tuple)) else value


def _with_id_of(mine: Block | None, block: Block) -> Block:
    """Keep the id under which readers of the edition have their place."""
    return block if mine is None else {**block, "id": mine["id"]}


def _with_ids_once(blocks: Iterable[Block]) -> Iterable[Block]:
    """Yield the blocks, each with an id that no other has."""
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        known = str(block.get("id") or "")
        fresh = str(derived_uuid("adopted-block", UUID(known), number)) if known in seen and known else known
        seen.add(fresh)
        yield block if fresh == known else {**block, "id": fresh}
