"""Safe HTML as the Markdown that gives it again."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from courses.packs.prose import read_prose

_SPECIAL = re.compile(r"([\\*_\[\]`])")
_AT_LINE_START = re.compile(r"^(\s*)([-+#]|:::|\d+(?=[.)]\s)|Sources(?=:))", re.MULTILINE)
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*"}
_LISTS = frozenset({"ul", "ol"})
_LINK = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)


def to_markdown(html: str) -> str:
    """Return Markdown that `read_prose` reads to the same HTML, as plain as it can be written.

    What an editor's HTML holds beyond Markdown (a link to a page of the site, an odd attribute) is left out.

    >>> to_markdown("<p>Stop. <strong>Look</strong>.</p>")
    'Stop. **Look**.'
    """
    tree = _Tree()
    tree.feed(html)
    tree.close()
    plain = _blocks(tree.root, escaped=False)
    return plain if read_prose(plain)[0] == html else _blocks(tree.root, escaped=True)


@dataclass(slots=True)
class _Node:
    tag: str
    href: str = ""
    children: list["_Node | str"] = field(default_factory=list)


class _Tree(HTMLParser):
    """The few elements that sanitised prose has."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Node("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = _Node(tag, dict(attrs).get("href") or "")
        self._open[-1].children.append(node)
        if tag != "br":
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if any(node.tag == tag for node in self._open[1:]):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def _blocks(node: _Node, *, escaped: bool) -> str:
    """Return the blocks of an element, an empty line between them."""
    found: list[str] = []
    run: list[_Node | str] = []
    for child in [*node.children, None]:
        if isinstance(child, _Node) and child.tag in {"p", "h3", "h4", *_LISTS}:
            found += [_inline(run, escaped=escaped), _block(child, escaped=escaped)]
            run = []
        elif child is not None:
            run.append(child)
    found.append(_inline(run, escaped=escaped))
    return "\n\n".join(each for each in found if each.strip())


def _block(node: _Node, *, escaped: bool) -> str:
    if node.tag in _LISTS:
        return _list(node, escaped=escaped)
    return _inline(node.children, escaped=escaped)


def _list(node: _Node, *, escaped: bool) -> str:
    items = [child for child in node.children if isinstance(child, _Node) and child.tag == "li"]
    is_loose = any(isinstance(child, _Node) and child.tag == "p" for item in items for child in item.children)
    lines = []
    for number, item in enumerate(items, 1):
        mark = f"{number}. " if node.tag == "ol" else "- "
        text = _blocks(item, escaped=escaped) if is_loose else _tight(item, escaped=escaped)
        lines.append(mark + text.replace("\n", "\n" + " " * len(mark)).replace("\n" + " " * len(mark) + "\n", "\n\n"))
    return ("\n\n" if is_loose else "\n").join(lines)


def _tight(item: _Node, *, escaped: bool) -> str:
    """Return an item without paragraphs: its words, and the list below them."""
    return _blocks(item, escaped=escaped).replace("\n\n", "\n")


def _inline(children: list["_Node | str"], *, escaped: bool) -> str:
    text = "".join(_run(child, escaped=escaped) for child in children).strip()
    return _AT_LINE_START.sub(_escape_start, text) if escaped or text.startswith(("#", ":::")) else text


def _escape_start(found: re.Match[str]) -> str:
    mark = found.group(2)
    if mark.isdigit():
        return found.group()
    if mark == "Sources":
        return f"{found.group(1)}Sources\\"
    return f"{found.group(1)}\\{mark}"


def _run(child: "_Node | str", *, escaped: bool) -> str:
    if isinstance(child, str):
        return _SPECIAL.sub(r"\\\1", child) if escaped else child
    if child.tag == "br":
        return "  \n"
    inner = "".join(_run(each, escaped=escaped) for each in child.children)
    if child.tag == "a":
        return f"[{inner}]({child.href})" if _LINK.match(child.href) else inner
    mark = _MARKS.get(child.tag, "")
    return f"{mark}{inner}{mark}" if inner.strip() else inner
