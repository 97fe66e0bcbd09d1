"""Blocks of a pack in the form in which Wagtail stores a stream, with ids that never change.

The id of a block comes from the lesson and the block's place in it, so it is the same in every
language and on every node: a learner's place survives a change of language.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from courses.packs.model import SheetText
from elearning.lib.ids import derived_uuid

# Fields that name a file of the pack; a page names the row of Wagtail's picture or media library.
FILE_FIELDS = frozenset({"image", "video", "audio"})


def block_id(page: UUID, index: int) -> UUID:
    """Return the id of a block of a lesson or sheet, counted from 0."""
    return derived_uuid("block", page, index)


def raw_stream(page: UUID, text: SheetText, files: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return the stream of a lesson or sheet; `files` gives the key of each picture, video or recording."""
    return [
        {
            "type": block.kind,
            "value": {
                key: _key_of(value, files) if key in FILE_FIELDS else _value(value, (block_id(page, index), key))
                for key, value in block.fields.items()
            },
            "id": str(block_id(page, index)),
        }
        for index, block in enumerate(text.blocks)
    ]


def _key_of(file: str, files: Mapping[str, int]) -> int | None:
    return files[file] if file else None


def _value(value: Any, place: tuple[Any, ...]) -> Any:
    """Return a value in Wagtail's form: every item of a list, however deep, has an id of its own."""
    if isinstance(value, list):
        return [
            {"type": "item", "value": _value(item, (*place, index)), "id": str(derived_uuid("item", *place, index))}
            for index, item in enumerate(value)
        ]
    if isinstance(value, Mapping):
        return {key: _value(each, (*place, key)) for key, each in value.items()}
    return value
