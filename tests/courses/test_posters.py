"""Posters: the same in every form and language, on one page, and safe without colour."""

import io
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from pypdf import PdfReader

from courses.posters.icons import FACE_NUMBERS, ICONS, icon_svg
from courses.posters.printing import TEMPLATE, poster_pdf, poster_svg, sizes_of
from courses.posters.reading import LANGUAGES, Poster, poster, posters
from elearning.lib.typesetting import typeset_png

ALL = [each for language in LANGUAGES for each in posters(language)]
NAMES = [f"{each.slug}-{each.language}" for each in ALL]
WIDTHS = {"a4": 210, "a5": 148, "a6": 105}
COLOUR = re.compile(r'rgb\("#([0-9a-f]{6})"\)')


def squeezed(text: str) -> str:
    """Return a text without spaces: lines break anywhere."""
    return re.sub(r"\s", "", text)


def test_languages_agree() -> None:
    english, french = (posters(language) for language in LANGUAGES)
    assert len(english) >= 7
    assert [(p.slug, p.layout, [i.icon for i in p.items]) for p in english] == [
        (p.slug, p.layout, [i.icon for i in p.items]) for p in french
    ]
    assert not {p.title for p in english} & {p.title for p in french} - {"PEACE"}


@pytest.mark.parametrize("shown", ALL, ids=NAMES)
def test_every_size_is_one_tagged_page_with_all_words_in_order(shown: Poster) -> None:
    for size in sizes_of(shown):
        read = PdfReader(io.BytesIO(poster_pdf(shown, size)))
        assert len(read.pages) == 1
        assert round(float(read.pages[0].mediabox.width) / 72 * 25.4) == WIDTHS[size]
        root: Any = read.trailer["/Root"]
        assert root["/Lang"] == shown.language
        assert read.metadata is not None
        assert read.metadata.title == shown.title
        printed = squeezed(read.pages[0].extract_text())
        said = (shown.title, shown.lead, *(item.text for item in shown.items), shown.note)
        places = [printed.find(squeezed(words)) for words in said]
        assert -1 not in places, said[places.index(-1)]
        assert places == sorted(places), "read aloud, a poster begins with its title and ends with its note"


@pytest.mark.parametrize("shown", ALL, ids=NAMES)
def test_drawing_says_what_it_is(shown: Poster) -> None:
    content = poster_svg(shown)
    tree = ET.fromstring(content)  # noqa: S314  # our own file
    name = "{http://www.w3.org/2000/svg}"
    assert tree.get("role") == "img"
    assert [each.tag for each in list(tree)[:2]] == [f"{name}title", f"{name}desc"]
    assert tree[0].text == shown.title
    assert all(item.text in (tree[1].text or "") for item in shown.items)
    # The policy of the site runs no script and no inline style; a drawing brings neither.
    assert not [*tree.iter(f"{name}script"), *tree.iter(f"{name}style")]
    assert not [each for each in tree.iter() if each.get("style")]


def test_face_has_a_number_for_each_point_and_a_description() -> None:
    for language in LANGUAGES:
        face = poster(language, "imposters")
        assert face is not None
        assert len(FACE_NUMBERS) == len(face.items) == 6
        assert face.picture


def test_every_drawing_is_lines_on_the_same_field() -> None:
    for name in ICONS:
        tree = ET.fromstring(icon_svg(name, "#000000"))  # noqa: S314  # our own file
        assert tree.get("viewBox") == "0 0 48 48"
        numbers = [float(n) for n in re.findall(r"(?<![\w.-])\d+(?:\.\d+)?", " ".join(_shapes(tree)))]
        assert numbers
        assert max(numbers) <= 48


def _shapes(tree: Any) -> list[str]:
    return [value for each in tree.iter() for key, value in each.items() if key in {"d", "cx", "cy", "r"}]


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2: what is left of a colour on a black-and-white copy."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_words_keep_their_contrast_without_colour() -> None:
    source = TEMPLATE.read_text()
    named = dict(re.findall(r'#let ([a-z-]+) = rgb\("#([0-9a-f]{6})"\)', source))
    for on_white in ("teal", "ink", "muted"):
        assert contrast(named[on_white], "ffffff") >= 4.5, on_white
    for on_band in ("band", "band-line"):
        assert contrast("ffffff", named[on_band]) >= 4.5, on_band
    assert contrast(named["teal"], named["amber"]) >= 3
    assert set(COLOUR.findall(source)) == set(named.values()), "every colour has a name, and stands in this test"


def test_bands_differ_by_their_pattern_not_by_a_colour() -> None:
    """Without colour, the three fields are three different pictures."""
    import datetime as dt
    import json

    from PIL import Image

    from courses.posters.printing import _inputs

    shown = poster("en", "three-questions")
    assert shown is not None
    data = json.loads(_inputs(shown, "a4")["poster"])
    png = typeset_png(TEMPLATE, {"poster": json.dumps(data)}, dt.date(2026, 11, 22), ppi=60)
    page = Image.open(io.BytesIO(png)).convert("L")
    third = page.height * 190 // 297 // 3
    fields = {
        page.crop((40, page.height * 76 // 297 + n * third, 46, page.height * 76 // 297 + n * third + 30)).tobytes()
        for n in range(3)
    }
    assert len(fields) == 3


# Pages


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_anybody_sees_the_posters_and_the_words_of_each(client: Client, language: str) -> None:
    listing = client.get(f"/{language}/posters/").content.decode()
    for shown in posters(language):
        assert f"/{language}/posters/{shown.slug}/" in listing
        page = client.get(f"/{language}/posters/{shown.slug}/").content.decode()
        unescaped = page.replace("&#x27;", "'").replace("&quot;", '"').replace("&amp;", "&")
        assert all(item.text in unescaped for item in shown.items)
        assert shown.note in unescaped
        assert ('<h1 lang="en" dir="ltr">' in page) == (language == "ar")


@pytest.mark.django_db
def test_files_come_in_the_size_and_language_that_is_asked_for(client: Client) -> None:
    response = client.get("/en/posters/first-hour.pdf?size=a5&lang=fr")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="first-hour-fr-a5.pdf"'
    assert "public" in response["Cache-Control"]
    usual = client.get("/en/posters/pocket-card.pdf?size=a3&lang=xx")
    assert usual["Content-Disposition"] == 'attachment; filename="pocket-card-en-a6.pdf"'
    assert client.get("/en/posters/first-hour.svg")["Content-Type"] == "image/svg+xml"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["none/", "none.pdf", "first-hour.doc"])
def test_what_is_not_there_is_404(client: Client, path: str) -> None:
    assert client.get(f"/en/posters/{path}").status_code == 404
