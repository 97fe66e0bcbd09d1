"""Bars: valid XML without style, the number in words, no data as a dashed box, and a table twin."""

from xml.etree import ElementTree as ET

from elearning.lib.charts import Bar, bar_chart, chart_table

BARS = [
    Bar("Mali", 7, 12, "58%", "7 of 12"),
    Bar("Niger <b>", 1, 4, "25%", "1 of 4", is_weak=True),
    Bar("Chad", 0, 3, "0%", "0 of 3"),
    Bar("Togo", 0, 0, "No data"),
]
SVG = "{http://www.w3.org/2000/svg}"


def drawing(row: ET.Element) -> ET.Element:
    found = row.find(f"{SVG}svg")
    assert found is not None
    return found


def drawn() -> list[ET.Element]:
    return list(ET.fromstring(bar_chart(BARS)))  # noqa: S314  # our own markup


def test_markup_is_valid_xml_without_style_attributes():
    root = ET.fromstring(bar_chart(BARS))  # noqa: S314
    for element in root.iter():
        assert "style" not in element.attrib
        assert not any(name.startswith("on") for name in element.attrib)
    assert root.tag == "ul"


def test_every_bar_says_its_label_and_number_as_text():
    assert ["".join(row.itertext()) for row in drawn()] == [
        "Mali58% 7 of 12",
        "Niger <b>25% 1 of 4",
        "Chad0% 0 of 3",
        "TogoNo data",
    ]


def test_sizes_are_svg_attributes_and_the_drawing_is_hidden_from_screen_readers():
    mali = drawing(drawn()[0])
    assert mali.attrib["viewBox"] == "0 0 12 12"
    assert mali.attrib["preserveAspectRatio"] == "none"
    assert mali.attrib["aria-hidden"] == "true"
    assert [(rect.attrib["class"], rect.attrib["width"]) for rect in mali] == [("track", "12"), ("fill", "7")]


def test_no_data_is_a_dashed_box_and_nought_is_an_empty_bar():
    chad, togo = (drawing(row) for row in drawn()[2:])
    assert [rect.attrib["class"] for rect in togo] == ["nodata"]
    assert [(rect.attrib["class"], rect.attrib["width"]) for rect in chad] == [("track", "3"), ("fill", "0")]


def test_a_part_beyond_the_whole_stays_inside_the_bar():
    rows = ET.fromstring(bar_chart([Bar("x", 9, 4, "", "")]))  # noqa: S314
    assert drawing(rows[0])[1].attrib["width"] == "4"


def test_the_table_twin_holds_the_same_numbers():
    table = ET.fromstring(chart_table(BARS, ("Country", "Completed", "Base")))  # noqa: S314
    rows = [["".join(cell.itertext()) for cell in row] for row in table.iter("tr")]
    assert rows[0] == ["Country", "Completed", "Base"]
    assert rows[1:] == [[bar.label, bar.value, bar.base] for bar in BARS]
