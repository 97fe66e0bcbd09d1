"""The map of tiles, curves and columns: valid XML without style, every number also as words, no data never nought."""

from xml.etree import ElementTree as ET

from elearning.lib.charts_lines import Curve, MonthColumn, curve_chart, month_chart
from elearning.lib.charts_world import REGIONS, Region, Tile, _cells, world_map

NAMES = {key: Region(key.upper(), "about") for key in REGIONS}
SVG = "{http://www.w3.org/2000/svg}"


def drawn(markup: str) -> ET.Element:
    root = ET.fromstring(markup)  # noqa: S314  # our own markup
    assert not any("style" in element.attrib for element in root.iter())
    return root


def squares(markup: str) -> dict[str, ET.Element]:
    found: dict[str, ET.Element] = {}
    for svg in drawn(markup).iter(f"{SVG}svg"):
        rects, texts = svg.findall(f"{SVG}rect"), svg.findall(f"{SVG}text")
        found |= {text.text or "": rect for rect, text in zip(rects, texts, strict=True)}
    return found


def test_every_country_has_one_square_of_one_size_and_no_two_share_a_place():
    codes = [code for region in REGIONS for code in _cells(region)]
    assert len(codes) == len(set(codes)) == 194
    for region in REGIONS:
        assert len(set(_cells(region).values())) == len(_cells(region))
    sizes = {(rect.attrib["width"], rect.attrib["height"]) for rect in squares(world_map({}, NAMES)).values()}
    assert len(sizes) == 1


def test_a_country_without_data_is_dashed_and_one_at_nought_has_the_first_step():
    found = squares(world_map({"ML": Tile("Mali: 0%", 0), "UA": Tile("Ukraine <b>: 90%", 90)}, NAMES))
    assert (found["ML"].attrib["class"], found["UA"].attrib["class"], found["NE"].attrib["class"]) == ("q1", "q5", "q0")
    assert "".join(found["UA"].itertext()) == "Ukraine <b>: 90%"
    assert "".join(found["NE"].itertext()) == ""


def test_a_curve_stops_where_nothing_is_known_yet():
    chart = drawn(curve_chart([Curve("Done", "done", [0, 4, None])], ("first", "last"), "about"))
    (line,) = [
        path
        for path in chart.iter(f"{SVG}path")
        if path.attrib["class"] == "curve done" and "vector-effect" in path.attrib
    ]
    assert line.attrib["d"].count("L") == 1
    assert "4" in "".join(chart.itertext())


def test_a_column_says_its_number_and_month_as_text_and_nought_is_drawn_empty():
    chart = drawn(
        month_chart([MonthColumn("Nov 26", 3, "3 end", is_now=True), MonthColumn("Dec 26", 0, "0 end")], "about")
    )
    rows = list(chart)
    assert ["".join(row.itertext()) for row in rows] == ["3Nov 263 end", "0Dec 260 end"]
    assert [rect.attrib["height"] for rect in chart.iter(f"{SVG}rect")] == ["3", "0"]
