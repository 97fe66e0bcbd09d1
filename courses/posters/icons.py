"""Drawings of the posters: lines on a field of 48 by 48, so that a copier keeps them. Pure."""

_PERSON = '<circle cx="{x}" cy="13" r="5"/><path d="M{a} 37v-7a7 7 0 0 1 14 0v7"/>'


def _person(x: int) -> str:
    return _PERSON.format(x=x, a=x - 7)


# fmt: off
ICONS: dict[str, str] = {
    "alone": _person(24) + '<circle cx="24" cy="24" r="20" stroke-dasharray="4 5"/>',
    "bag": (
        '<path d="M13 15h22v25H13z"/><path d="M13 21h22"/><path d="M18 15v-4h12v4"/><path '
        'd="M18 29h12M18 34h8"/>'
    ),
    "bed": (
        '<path d="M6 12v26M6 31h36v7M42 31v-5a5 5 0 0 0-5-5H20v10"/><circle cx="13" cy="24" '
        'r="3.5"/>'
    ),
    "camera": '<path d="M7 15h8l3-5h12l3 5h8v23H7z"/><circle cx="24" cy="26" r="7"/>',
    "chain": (
        '<rect x="5" y="18" width="17" height="12" rx="6"/><rect x="26" y="18" width="17" '
        'height="12" rx="6"/><path d="M17 24h14"/>'
    ),
    "clock": '<circle cx="24" cy="24" r="18"/><path d="M24 13v11l8 6"/>',
    "coin": (
        '<ellipse cx="24" cy="13" rx="16" ry="7"/><path d="M8 13v22c0 9 32 9 32 0V13M8 24c0 9 '
        '32 9 32 0"/>'
    ),
    "door": '<path d="M24 7h14v34H24M6 24h22M21 16l8 8-8 8"/>',
    "ear": (
        '<path d="M14 20a10 10 0 0 1 20 0c0 7-7 8-7 14a5.5 5.5 0 0 1-10 3M19 21a5 5 0 0 1 10 '
        '0c0 3-3 4-4 6"/><path d="M39 13c2 4 2 9 0 13"/>'
    ),
    "eye": '<path d="M4 24c8-14 32-14 40 0-8 14-32 14-40 0z"/><circle cx="24" cy="24" r="6"/>',
    "face": (
        '<path d="M24 5c-10 0-15 7-15 17 0 12 7 21 15 21s15-9 15-21c0-10-5-17-15-17z"/><path '
        'd="M15 21h6M27 21h6M24 22v7h-3M18 35c4 3 8 3 12 0"/>'
    ),
    "fence": (
        '<path d="M9 42V12l4-6 4 6v30M21 42V12l4-6 4 6v30M33 42V12l4-6 4 6v30M5 20h38M5 '
        '33h38"/>'
    ),
    "flag": '<path d="M12 43V6M12 8h24l-6 8 6 8H12"/>',
    "glove": (
        '<path d="M15 42V27l-6-8c-1-3 2-5 4-3l4 5V10c0-4 5-4 5 0v9V8c0-4 5-4 5 0v11V10c0-4 5-4 '
        '5 0v11c0-5 4-5 4 0v9c0 4-2 6-3 8v4z"/>'
    ),
    "hand": (
        '<path d="M6 30h9l7 5h9c4 0 4-5 0-5h-7M31 31l8-5c3-2 6 1 4 4L32 40H15l-9-2"/><path '
        'd="M24 6v13M18 13l6 6 6-6"/>'
    ),
    "list": (
        '<rect x="10" y="8" width="28" height="34" rx="2"/><path d="M18 8V5h12v3M17 19l2 2 '
        '4-4M27 19h6M17 30l2 2 4-4M27 30h6"/>'
    ),
    "lock": (
        '<rect x="10" y="21" width="28" height="21" rx="2"/><path d="M16 21v-6a8 8 0 0 1 16 '
        '0v6M24 29v6"/>'
    ),
    "mask": (
        '<path d="M5 14c12-5 26-5 38 0 0 13-6 20-11 20-4 0-5-5-8-5s-4 5-8 5C11 34 5 27 5 14z"/>'
        '<path d="M12 20c3-2 6-2 8 1M36 20c-3-2-6-2-8 1"/>'
    ),
    "passport": (
        '<rect x="11" y="5" width="26" height="38" rx="3"/><circle cx="24" cy="20" r="7"/>'
        '<path d="M17 20h14M24 13c-4 4-4 10 0 14 4-4 4-10 0-14M18 35h12"/>'
    ),
    "person": _person(24),
    "scales": (
        '<path d="M24 6v36M14 42h20M8 13h32M8 13l-4 13c2 5 8 5 10 0zM40 13l-4 13c2 5 8 5 10 '
        '0z" transform="translate(-1 0)"/>'
    ),
    "separate": _person(11) + _person(37) + '<path d="M24 5v38" stroke-width="4"/>',
    "shield": (
        '<path d="M24 4l17 6v12c0 11-7 18-17 22C14 40 7 33 7 22V10z"/><path d="M16 23l6 6 '
        '11-12"/>'
    ),
    "speech": '<path d="M5 8h38v25H24l-10 9v-9H5z"/><path d="M14 17h20M14 24h13"/>',
    "storm": '<path d="M24 4l4 12 12-5-5 12 9 5-11 4 3 12-11-7-8 8v-12l-13-1 9-8-7-11 12 2z"/>',
    "tag": (
        '<path d="M6 24L22 8h18v18L24 42z"/><circle cx="33" cy="15" r="2.5"/><path d="M19 27l8 '
        '8M24 22l7 7"/>'
    ),
    "talk": _person(11) + '<path d="M21 8h22v17H31l-6 6v-6h-4z"/><path d="M27 14h10M27 19h6"/>',
    "threat": '<path d="M24 5l20 36H4z"/><path d="M24 18v11M24 34v2"/>',
    "travel": (
        '<path d="M4 34V16h24v18M28 22h9l7 7v5H4"/><circle cx="13" cy="36" r="4"/><circle '
        'cx="35" cy="36" r="4"/>'
    ),
    "unpaid": (
        '<ellipse cx="24" cy="15" rx="14" ry="6"/><path d="M10 15v18c0 8 28 8 28 0V15M10 24c0 '
        '8 28 8 28 0M4 42L44 4"/>'
    ),
    "weak": _person(31) + '<path d="M31 41v3M17 20l-9 5 9 5M8 25h13"/>',
}
# fmt: on

# A face for the check of a photograph; the numbers stand where to look.
FACE = (
    '<path d="M100 18c-42 0-62 30-62 74 0 58 30 104 62 104s62-46 62-104c0-44-20-74-62-74z"/>'
    '<path d="M38 92c-12-6-17 4-14 18 3 13 10 21 19 18M162 92c12-6 17 4 14 18-3 13-10 21-19 18"/>'
    '<path d="M42 70c18-6 34-22 40-40 14 22 46 36 78 40"/>'
    '<path d="M58 88c8-6 20-6 28 0M114 88c8-6 20-6 28 0"/>'
    '<path d="M60 100c7-7 18-7 25 0-7 6-18 6-25 0zM115 100c7-7 18-7 25 0-7 6-18 6-25 0z"/>'
    '<circle cx="72.5" cy="100" r="3"/><circle cx="127.5" cy="100" r="3"/>'
    '<path d="M100 102v30c-6 6-12 4-12 4M112 136c-4 2-8 1-12-2"/>'
    '<path d="M78 160c10-8 16-6 22-3 6-3 12-5 22 3-12 12-32 12-44 0zM78 160h44"/>'
    '<path d="M136 138l8 10"/>'
)
_SPOTS = ((72, 100), (21, 112), (98, 125), (104, 163), (58, 168), (140, 142))
# Where the lines end, and a number stands: a row of three on either side.
FACE_NUMBERS = ((6, 66), (4, 126), (194, 84), (194, 184), (8, 184), (196, 134))


def icon_svg(name: str, colour: str) -> str:
    """Return one drawing as a file of its own."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><g fill="none" '
        f'stroke="{colour}" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round">{ICONS[name]}</g></svg>'
    )


def face_svg(colour: str) -> str:
    """Return the face with its six spots, each a ring on a line that leads to the edge."""
    lines = "".join(
        f'<path d="M{x} {y}L{to_x} {to_y}" stroke-width="1.4" stroke-dasharray="3 3"/>'
        f'<circle cx="{x}" cy="{y}" r="5" fill="#ffb92e"/>'
        for (x, y), (to_x, to_y) in zip(_SPOTS, FACE_NUMBERS, strict=True)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 214"><g fill="none" '
        f'stroke="{colour}" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round">{FACE}{lines}</g></svg>'
    )
