"""Videos and recordings, never without their words."""

from typing import Any

from courses.moving_media import AUDIO_TYPES, VIDEO_TYPES, captions_problem
from courses.packs.block_forms import BlockForm

LONGEST_MINUTES = 60


def read_video(block: BlockForm) -> dict[str, Any]:
    """Return a video with its captions and its words, perhaps with its sound alone."""
    return {
        "title": block.line("title"),
        "video": _file(block, "file", VIDEO_TYPES),
        "audio": _file(block, "audio", AUDIO_TYPES) if block.form.has("audio") else _nothing(block, "audio"),
        "captions": _captions(block),
        "transcript": block.prose("transcript"),
        "minutes": block.form.number("minutes", 1, LONGEST_MINUTES),
    }


def read_audio(block: BlockForm) -> dict[str, Any]:
    """Return a recording with its words."""
    return {
        "title": block.line("title"),
        "audio": _file(block, "file", AUDIO_TYPES),
        "transcript": block.prose("transcript"),
        "minutes": block.form.number("minutes", 1, LONGEST_MINUTES),
    }


def _file(block: BlockForm, key: str, kinds: Any) -> str:
    file = block.line(key)
    if file and (reason := block.media.problem_with_moving(file, frozenset(kinds))):
        block.form.problem(key, reason)
    return file


def _nothing(block: BlockForm, key: str) -> str:
    block.form.take(key, required=False)
    return ""


def _captions(block: BlockForm) -> str:
    """Return the captions themselves: they are words of this language, and live where words live."""
    file = block.line("captions")
    text, reason = block.media.captions(file) if file else ("", "")
    if reason := reason or (captions_problem(text) if text else ""):
        block.form.problem("captions", reason)
    return text
