"""Blocks of a pack in the form in which Wagtail stores a stream, with ids that never change.

The id of a block comes from the lesson and the block's place in it, so it is the same in every
language and on every node: a learner's place survives a change of language.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from courses.packs.model import Block, LessonText
from elearning.lib.ids import derived_uuid


def block_id(lesson: UUID, index: int) -> UUID:
    """Return the id of a lesson's block, counted from 0."""
    return derived_uuid("block", lesson, index)


def raw_stream(lesson: UUID, text: LessonText, images: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return the stream of a lesson; `images` gives the key of each picture by its file."""
    return [
        {
            "type": block.kind,
            "value": _value(block, block_id(lesson, index), images),
            "id": str(block_id(lesson, index)),
        }
        for index, block in enumerate(text.blocks)
    ]


def _value(block: Block, uuid: UUID, images: Mapping[str, int]) -> dict[str, Any]:
    return {key: _field(value, (uuid, key), images if key == "image" else {}) for key, value in block.fields.items()}


def _field(value: Any, place: tuple[UUID, str], images: Mapping[str, int]) -> Any:
    if isinstance(value, list):
        return [
            {"type": "item", "value": item, "id": str(derived_uuid("item", *place, index))}
            for index, item in enumerate(value)
        ]
    return images.get(value, value) if images else value
