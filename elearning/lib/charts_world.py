"""The world as tiles: one square of equal size for each country, so that small states are seen and no border is drawn.

The layout is ours and only roughly a map. Five steps and "no data"; a map is not mirrored in scripts that run from
the right. The numbers stand in the title of each square and in the table beside the map.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# The lower edge of each step but the first, in percent.
EDGES = (40, 55, 70, 85)
_STEP, _SIDE = 28, "25.5"

_LAYOUT = {
    "am": """
        CA .. .. .. .. .. .. ..
        US .. .. .. BS .. .. ..
        MX .. .. CU HT DO KN AG
        GT BZ JM .. .. DM VC LC
        SV HN NI .. .. GD TT BB
        .. .. CR PA CO VE GY SR
        .. .. .. .. EC PE BR ..
        .. .. .. .. .. BO PY ..
        .. .. .. .. .. CL AR UY""",
    "eu": """
        IS .. .. .. NO SE FI .. .. RU
        .. .. .. .. DK .. EE LV .. ..
        IE GB .. NL DE PL LT BY .. ..
        .. .. BE LU CZ SK UA MD .. ..
        .. FR CH LI AT HU RO .. .. ..
        PT ES MC .. SI HR RS BG .. ..
        .. AD .. SM IT BA ME MK .. ..
        .. .. .. .. MT .. AL GR CY ..""",
    "as": """
        .. GE .. .. KZ .. .. MN .. KP ..
        TR AM AZ TM UZ KG .. CN .. KR JP
        LB SY IQ IR AF TJ NP BT .. .. ..
        IL JO KW .. PK IN BD MM LA VN ..
        PS SA BH QA .. LK .. TH KH PH ..
        .. YE OM AE .. MV .. MY SG BN ..
        .. .. .. .. .. .. .. .. ID TL ..""",
    "af": """
        .. .. MA DZ TN LY EG .. .. ..
        CV MR ML NE TD SD ER DJ .. ..
        SN GM BF BJ NG CF SS ET SO ..
        GW GN CI GH TG CM CG UG KE ..
        .. SL LR ST GQ GA CD RW TZ SC
        .. .. .. .. .. AO ZM BI MW KM
        .. .. .. .. NA BW ZW MZ MG MU
        .. .. .. .. .. ZA LS SZ .. ..""",
    "oc": """
        PW FM MH .. ..
        .. PG SB NR KI
        AU .. VU TV WS
        .. .. .. FJ TO
        .. NZ .. .. ..""",
}
REGIONS = tuple(_LAYOUT)


@dataclass(frozen=True, slots=True)
class Tile:
    """What one country's square says: its name with the number as words, and the share in percent."""

    title: str
    percent: int


@dataclass(frozen=True, slots=True)
class Region:
    """The heading of one part of the map and what it shows, in words."""

    name: str
    about: str


def step_of(percent: int | None) -> str:
    """Return the class of a step; q0 is no data.

    >>> step_of(None), step_of(0), step_of(40), step_of(84), step_of(100)
    ('q0', 'q1', 'q2', 'q4', 'q5')
    """
    if percent is None:
        return "q0"
    return f"q{1 + sum(percent >= edge for edge in EDGES)}"


def is_on_map(code: str) -> bool:
    """Tell whether a country has a square: one that has none stands in the table only."""
    return any(code in cells for cells in (_cells(region) for region in REGIONS))


def world_map(tiles: Mapping[str, Tile], regions: Mapping[str, Region]) -> SafeString:
    """Return the map; `regions` names each of REGIONS."""
    parts = ((key, regions[key].name, _region(key, tiles, regions[key])) for key in REGIONS)
    return format_html(
        '<div class="world">{}</div>', format_html_join("", '<div class="{}"><h3>{}</h3>{}</div>', parts)
    )


@cache
def _cells(region: str) -> dict[str, tuple[int, int]]:
    rows = [row.split() for row in _LAYOUT[region].split("\n") if row.strip()]
    return {code: (x, y) for y, row in enumerate(rows) for x, code in enumerate(row) if code != ".."}


def _region(key: str, tiles: Mapping[str, Tile], region: Region) -> SafeString:
    cells = _cells(key)
    width = (max(x for x, _y in cells.values()) + 1) * _STEP
    height = (max(y for _x, y in cells.values()) + 1) * _STEP
    squares = format_html_join("", "{}", ((_square(code, place, tiles.get(code)),) for code, place in cells.items()))
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" aria-labelledby="map-{}-t map-{}-d">'
        '<title id="map-{}-t">{}</title><desc id="map-{}-d">{}</desc>{}</svg>',
        width, height, key, key, key, region.name, key, region.about, squares,
    )  # fmt: skip


def _square(code: str, place: tuple[int, int], tile: Tile | None) -> SafeString:
    x, y = (1 + each * _STEP for each in place)
    title = format_html("<title>{}</title>", tile.title) if tile else ""
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="2">{}</rect><text x="{}" y="{}">{}</text>',
        step_of(tile.percent if tile else None), x, y, _SIDE, _SIDE, title, f"{x + 12.75:g}", f"{y + 16.8:g}", code,
    )  # fmt: skip
