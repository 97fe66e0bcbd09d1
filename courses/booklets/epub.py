"""Write a booklet as an EPUB 3 file: a zip of XHTML, with navigation and what it offers to whom.

No font, no script, nothing from outside. The same booklet gives the same bytes.
"""

import io
import zipfile
from collections.abc import Iterator
from uuid import NAMESPACE_URL, uuid5

from django.utils.translation import gettext as _

from courses.booklets.document import Booklet, Box, Figure, Items, Node, Pair, Path, Picture, Step
from courses.booklets.xhtml import words, written

MEDIA_TYPE = "application/epub+zip"
_STARTED = (2026, 1, 1, 0, 0, 0)
_FRONT = "front.xhtml"
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_STYLE = """html { color: #0f2429; background: #fff; }
body { line-height: 1.5; margin: 0 5%; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; page-break-after: avoid; break-after: avoid; }
h1 { color: #0b5563; }
.lede { font-size: 1.15em; color: #0b5563; }
.source, .note, .label, figcaption, .facts { font-size: .85em; color: #3f555b; }
.label { font-weight: bold; }
.box { border-inline-start: .2em solid #0b5563; padding: .3em .9em; margin: 1em 0; background: #f1f6f6; }
.do { border-inline-start-color: #17653a; }
.dont { border-inline-start: .2em dashed #a31d2c; }
.safety { border-inline-start: .35em solid #7d4600; background: #fff4dd; }
.case { border-inline-start-style: dotted; }
.box h2, .box h3, .box h4, .box h5 { margin: .2em 0; font-size: 1.1em; }
ul.of-check { list-style-type: "\\2713  "; }
ul.of-cross { list-style-type: "\\2717  "; }
ul.of-box { list-style-type: "\\2610  "; }
table { border-collapse: collapse; inline-size: 100%; margin: 1em 0; }
caption { font-weight: bold; text-align: start; padding: .3em 0; }
th, td { text-align: start; vertical-align: top; padding: .4em .6em; border-block-end: 1px solid #9fb4b6; }
thead th { border-block-end: 2px solid #0b5563; }
.form td { block-size: 2.5em; inline-size: 55%; }
dt { font-weight: bold; }
img { max-inline-size: 100%; block-size: auto; }
details { margin: .5em 0; } summary { padding: .3em 0; }
"""


def write_epub(booklet: Booklet) -> bytes:
    """Return the file in the words of the language in force."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        # The first entry says what the file is, and is not compressed: so the format wants it.
        _put(file, "mimetype", MEDIA_TYPE, zipfile.ZIP_STORED)
        _put(file, "META-INF/container.xml", _CONTAINER)
        _put(file, "EPUB/package.opf", _package(booklet))
        _put(file, "EPUB/nav.xhtml", _navigation(booklet))
        _put(file, "EPUB/style.css", _STYLE)
        _put(file, f"EPUB/{_FRONT}", _front(booklet))
        for number, chapter in enumerate(booklet.chapters, start=1):
            facts = f'<p class="facts">{words(" · ".join(chapter.facts))}</p>' if chapter.facts else ""
            body = f"<h1>{words(chapter.title)}</h1>{facts}\n{written(chapter.nodes, 1)}"
            _put(file, f"EPUB/{_chapter_file(number)}", _page(booklet, chapter.title, body))
        for picture in _pictures(booklet):
            _put(file, f"EPUB/{picture.name}", picture.content, zipfile.ZIP_STORED)
    return made.getvalue()


def _put(file: zipfile.ZipFile, name: str, content: str | bytes, how: int = zipfile.ZIP_DEFLATED) -> None:
    entry = zipfile.ZipInfo(name, _STARTED)
    entry.compress_type = how
    entry.external_attr = 0o644 << 16
    file.writestr(entry, content)


def _chapter_file(number: int) -> str:
    return f"chapter-{number:02d}.xhtml"


def _page(booklet: Booklet, title: str, body: str, attributes: str = "") -> str:
    direction = "rtl" if booklet.is_rtl else "ltr"
    language = f'lang="{booklet.language}" xml:lang="{booklet.language}" dir="{direction}"'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" {language}>\n'
        f'<head><title>{words(title)}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>\n'
        f"<body{attributes}>\n{body}\n</body>\n</html>\n"
    )


def _front(booklet: Booklet) -> str:
    facts = "".join(f"<p>{words(fact)}</p>" for fact in booklet.facts)
    summary = f'<p class="lede">{words(booklet.summary)}</p>' if booklet.summary else ""
    address = f'<p><a href="{words(booklet.address)}">{words(booklet.address)}</a></p>' if booklet.address else ""
    note = words(_("Advice for training. Your national law and your service’s orders come first."))
    body = (
        f'<p class="label">{words(booklet.label)}</p><h1>{words(booklet.title)}</h1>{summary}\n'
        f'{written(booklet.front, 1)}\n<div class="facts">{facts}{address}<p>{note}</p></div>'
    )
    return _page(booklet, booklet.title, body, ' epub:type="frontmatter"')


def _navigation(booklet: Booklet) -> str:
    rows, number = [f'<li><a href="{_FRONT}">{words(booklet.title)}</a></li>'], 0
    for part in booklet.parts:
        inside = []
        for chapter in part.chapters:
            number += 1
            inside.append(f'<li><a href="{_chapter_file(number)}">{words(chapter.title)}</a></li>')
        listed = "".join(inside)
        rows.append(f"<li><span>{words(part.title)}</span><ol>{listed}</ol></li>" if part.title else listed)
    heading = words(_("Contents"))
    body = f'<nav epub:type="toc" id="toc" role="doc-toc"><h1>{heading}</h1><ol>{"".join(rows)}</ol></nav>'
    return _page(booklet, heading, body)


def _package(booklet: Booklet) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" '
        f'xml:lang="{booklet.language}" dir="{"rtl" if booklet.is_rtl else "ltr"}">\n'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n{_metadata(booklet)}\n</metadata>\n'
        f"<manifest>\n{_manifest(booklet)}\n</manifest>\n"
        f'<spine page-progression-direction="{"rtl" if booklet.is_rtl else "ltr"}">\n{_spine(booklet)}\n</spine>\n'
        "</package>\n"
    )


def _metadata(booklet: Booklet) -> str:
    pictures = list(_pictures(booklet))
    described = f"<dc:description>{words(booklet.summary)}</dc:description>" if booklet.summary else ""
    features = ["structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability", "unlocked"]
    properties = [
        ("dcterms:modified", f"{booklet.modified:%Y-%m-%dT%H:%M:%SZ}"),
        ("schema:accessMode", "textual"),
        *([("schema:accessMode", "visual")] if pictures else []),
        ("schema:accessModeSufficient", "textual"),
        *(("schema:accessibilityFeature", each) for each in features),
        *([("schema:accessibilityFeature", "alternativeText")] if pictures else []),
        ("schema:accessibilityHazard", "none"),
        ("schema:accessibilitySummary", _("All content is text with headings; every picture has a description.")),
    ]
    return "\n".join(
        (
            f'<dc:identifier id="id">urn:uuid:{uuid5(NAMESPACE_URL, booklet.key)}</dc:identifier>',
            f"<dc:title>{words(booklet.title)}</dc:title>",
            f"<dc:language>{booklet.language}</dc:language>",
            "<dc:creator>Relais</dc:creator>",
            described,
            *(f'<meta property="{name}">{words(value)}</meta>' for name, value in properties),
        )
    )


def _manifest(booklet: Booklet) -> str:
    pages = [_FRONT, *(_chapter_file(number) for number in range(1, len(booklet.chapters) + 1))]
    xhtml = 'media-type="application/xhtml+xml"'
    return "\n".join(
        (
            f'<item id="nav" href="nav.xhtml" {xhtml} properties="nav"/>',
            '<item id="style" href="style.css" media-type="text/css"/>',
            *(f'<item id="{name.removesuffix(".xhtml")}" href="{name}" {xhtml}/>' for name in pages),
            *(
                f'<item id="{_id(each)}" href="{each.name}" media-type="{each.media_type}"/>'
                for each in _pictures(booklet)
            ),
        )
    )


def _spine(booklet: Booklet) -> str:
    chapters = (f"chapter-{number:02d}" for number in range(1, len(booklet.chapters) + 1))
    return "\n".join(f'<itemref idref="{name}"/>' for name in ("front", "nav", *chapters))


def _id(picture: Picture) -> str:
    return picture.name.replace(".", "-")


def _pictures(booklet: Booklet) -> Iterator[Picture]:
    """Yield each picture once."""
    nodes = (node for chapter in booklet.chapters for node in chapter.nodes)
    found = {node.picture.name: node.picture for node in _all(nodes) if isinstance(node, Figure) and node.picture}
    yield from found.values()


def _all(nodes: Iterator[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _all(iter(_children(node)))


def _children(node: Node) -> tuple[Node, ...]:
    match node:
        case Box(children=children):
            return children
        case Pair(first=first, second=second):
            return (first, second)
        case Items(items=items):
            return tuple(each for item in items for each in item)
        case Path(steps=steps):
            return tuple(each for step in steps for each in _of_step(step))
        case _:
            return ()


def _of_step(step: Step) -> tuple[Node, ...]:
    return step.children
