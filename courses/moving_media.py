"""Videos and recordings known by what they are: the first bytes, never the name or a browser's word."""

import re
from collections.abc import Mapping

# What a file's name ends with -> its media type. Nothing that a browser would run: no SVG, no HTML.
VIDEO_TYPES: Mapping[str, str] = {"mp4": "video/mp4", "webm": "video/webm"}
AUDIO_TYPES: Mapping[str, str] = {"m4a": "audio/mp4", "mp3": "audio/mpeg", "ogg": "audio/ogg"}
MOVING_TYPES: Mapping[str, str] = {**VIDEO_TYPES, **AUDIO_TYPES}
HEAD_BYTES = 64

_MP4_BRANDS = re.compile(rb"isom|iso[2-9]|mp4[12]|avc1|M4V |dash|MSNV")
_M4A_BRANDS = re.compile(rb"M4A |M4B ")
# MPEG audio, layer III: eleven bits of sync, a version that exists, a bit rate and a sampling rate that exist.
_MP3_FRAME = re.compile(rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb][\x10-\xef]", re.DOTALL)


def moving_kind(head: bytes) -> str:
    """Return the ending that fits the first bytes of a file; empty where it is none of ours.

    >>> moving_kind(b"OggS" + bytes(60)), moving_kind(b"<svg onload=alert(1)>")
    ('ogg', '')
    """
    if head[4:8] == b"ftyp":
        brands = head[8:HEAD_BYTES]
        return "m4a" if _M4A_BRANDS.match(brands) else "mp4" if _MP4_BRANDS.match(brands) else ""
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head:
        return "webm"
    if head.startswith(b"OggS\x00"):
        return "ogg"
    return "mp3" if head.startswith(b"ID3") or _MP3_FRAME.match(head) else ""


_CUE_TIME = re.compile(r"(?:\d{2,}:)?\d{2}:\d{2}\.\d{3} --> (?:\d{2,}:)?\d{2}:\d{2}\.\d{3}(?: .*)?")
LONGEST_CAPTIONS = 200_000


def captions_problem(text: str) -> str:
    r"""Return what is wrong with WebVTT captions; an empty text for good ones.

    >>> captions_problem("WEBVTT\n\n00:01.000 --> 00:02.000\nA lorry stops.\n")
    ''
    """
    lines = text.splitlines()
    if not lines or not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        return "captions begin with the line WEBVTT"
    if len(text) > LONGEST_CAPTIONS:
        return f"captions have at most {LONGEST_CAPTIONS} characters"
    times = [line for line in lines if "-->" in line]
    if not times:
        return "there is no cue in the captions"
    wrong = next((line for line in times if not _CUE_TIME.fullmatch(line)), None)
    return f"this is no time of a cue: {wrong[:60]!r}" if wrong else ""
