"""Write nodes as XHTML for an EPUB. Pure; every text is escaped here and nowhere else.

Nothing in it runs: self-checks open with <details>, decision paths lead by links from section to section.
"""

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from django.utils.translation import gettext as _

from courses.booklets.document import (
    Box,
    Check,
    Figure,
    Heading,
    Items,
    Node,
    Pair,
    Paragraph,
    Path,
    Run,
    Step,
    Table,
    Term,
    Way,
)

# What XML 1.0 can't hold, even as a reference.
_NOT_IN_XML = {code: None for code in (*range(0x20), 0xFFFE, 0xFFFF) if code not in {0x9, 0xA, 0xD}}
_LOWEST_HEADING = 6


def words(text: str) -> str:
    """Return a text as XML holds it."""
    return escape(text.translate(_NOT_IN_XML))


def written(nodes: Sequence[Node], level: int) -> str:
    """Return nodes below a heading of this level (1 for the title of the file)."""
    lines, below = [], level
    for node in nodes:
        if isinstance(node, Heading):
            own = min(level + node.level, below + 1)
            below = own if node.level == 1 else below
            lines.append(_heading(node.text, own))
        else:
            lines.append(_WRITERS[type(node)](node, below))
    return "\n".join(lines)


def _heading(text: str, level: int, attributes: str = "") -> str:
    name = f"h{min(level, _LOWEST_HEADING)}"
    return f"<{name}{attributes}>{words(text)}</{name}>"


def _paragraph(node: Paragraph, _level: int) -> str:
    name = f' class="{node.role}"' if node.role else ""
    return f"<p{name}>{''.join(map(_run, node.runs))}</p>"


def _run(run: Run) -> str:
    text = words(run.text).replace("\n", "<br/>")
    text = f"<b>{text}</b>" if run.bold else text
    text = f"<i>{text}</i>" if run.italic else text
    return f'<a href="{words(run.href)}">{text}</a>' if run.href else text


def _items(node: Items, level: int) -> str:
    name = "ol" if node.marker == "number" else "ul"
    look = f' class="of-{node.marker}"' if node.marker not in {"dot", "number"} else ""
    rows = "".join(f"<li>{_item(item, level)}</li>" for item in node.items)
    return f"<{name}{look}>{rows}</{name}>" if rows else ""


def _item(item: Sequence[Node], level: int) -> str:
    """Return an item; one paragraph alone needs no element of its own."""
    if len(item) == 1 and isinstance(item[0], Paragraph):
        return "".join(map(_run, item[0].runs))
    return written(item, level)


def _box(node: Box, level: int) -> str:
    label = f'<p class="label">{words(node.label)}</p>' if node.label else ""
    inside = written(node.children, level + 1)
    return f'<section class="box {node.kind}">{label}{_heading(node.title, level + 1)}\n{inside}</section>'


def _pair(node: Pair, level: int) -> str:
    return f"{_box(node.first, level)}\n{_box(node.second, level)}"


def _table(node: Table, _level: int) -> str:
    head = "".join(f'<th scope="col">{words(each)}</th>' for each in node.columns)
    rows = "".join(
        f'<tr><th scope="row">{words(row[0])}</th>{"".join(f"<td>{words(each)}</td>" for each in row[1:])}</tr>'
        for row in node.rows
    )
    source = f'<p class="source">{words(node.source)}</p>' if node.source else ""
    look = ' class="form"' if node.is_form else ""
    return (
        f"<table{look}><caption>{words(node.title)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table>{source}"
    )


def _figure(node: Figure, _level: int) -> str:
    caption = f"<figcaption>{words(node.caption)}</figcaption>" if node.caption else ""
    if node.picture is None:
        return f"<figure><p>{words(node.alt)}</p>{caption}</figure>"
    return f'<figure><img src="{words(node.picture.name)}" alt="{words(node.alt)}"/>{caption}</figure>'


def _term(node: Term, _level: int) -> str:
    source = f'<p class="source">{words(node.source)}</p>' if node.source else ""
    return f"<dl><dt>{words(node.term)}</dt><dd><p>{words(node.definition)}</p>{source}</dd></dl>"


def _check(node: Check, level: int) -> str:
    hint = words(_("Open an answer to see what it means."))
    answers = "".join(
        f"<details><summary>{words(each.text)}</summary>"
        f"<p><b>{words(_('Right.') if each.is_right else _('Not this one.'))}</b> {words(each.feedback)}</p></details>"
        for each in node.choices
    )
    heading = _heading(node.question, level + 1)
    return f'<section class="box self">{heading}<p class="label">{hint}</p>{answers}</section>'


def _path(node: Path, level: int) -> str:
    steps = "\n".join(_step(node, step, level + 2) for step in node.steps)
    label = f'<p class="label">{words(node.label)}</p>'
    return f'<section class="path">{label}{_heading(node.title, level + 1)}\n{steps}</section>'


def _step(path: Path, step: Step, level: int) -> str:
    title = _("Step %(number)s") % {"number": step.number}
    ways = "".join(_way(path, way) for way in step.ways)
    ending = f'<p class="ending"><b>{words(step.ending)}</b></p>' if step.ending else ""
    return (
        f'<section class="box step" id="{_anchor(path, step.number)}">{_heading(title, level)}'
        f"{written(step.children, level)}{ending}{f'<ol>{ways}</ol>' if ways else ''}</section>"
    )


def _way(path: Path, way: Way) -> str:
    """Return a choice, what it means, and the link that goes on."""
    go = words(_("Go to step %(number)s") % {"number": way.to})
    feedback = f"<p>{words(way.feedback)}</p>" if way.feedback else ""
    link = f'<p><a href="#{_anchor(path, way.to)}">{go}</a></p>'
    return f"<li><details><summary>{words(way.text)}</summary>{feedback}{link}</details></li>"


def _anchor(path: Path, number: int) -> str:
    return f"path-{path.key}-{number}"


_WRITERS: dict[type, Callable[[Any, int], str]] = {
    Paragraph: _paragraph,
    Items: _items,
    Box: _box,
    Pair: _pair,
    Table: _table,
    Figure: _figure,
    Term: _term,
    Check: _check,
    Path: _path,
}
