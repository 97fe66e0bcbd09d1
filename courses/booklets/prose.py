"""Authored rich text as nodes. It is sanitised first, so only the few tags of elearning.lib.sanitize come in. Pure."""

from dataclasses import replace
from html.parser import HTMLParser

from courses.booklets.document import Heading, Items, Node, Paragraph, Run, Runs
from elearning.lib.sanitize import sanitize

_BOLD = {"b", "strong"}
_ITALIC = {"i", "em", "cite"}
_WEB = ("https://", "http://", "mailto:")


class _Reader(HTMLParser):
    """Collect nodes; a list that is open collects those of its items."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        # The document, then for each open list its finished items and the nodes of the item in hand.
        self.levels: list[list[Node]] = [[]]
        self.lists: list[tuple[str, list[tuple[Node, ...]]]] = []
        self.runs: list[Run] = []
        self.styles: list[Run] = [Run("")]
        self.heading = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"p", "ul", "ol", "li", "h3", "h4"}:
            self.flush()
        if tag in {"ul", "ol"}:
            self.lists.append((tag, []))
        elif tag == "li":
            self.levels.append([])
        elif tag in {"h3", "h4"}:
            self.heading = 2
        elif tag == "br":
            self.runs.append(replace(self.styles[-1], text="\n"))
        elif tag in _BOLD | _ITALIC | {"a", "bdi"}:
            self.styles.append(self._style(tag, dict(attrs)))

    def _style(self, tag: str, attributes: dict[str, str | None]) -> Run:
        last = self.styles[-1]
        href = attributes.get("href") or ""
        return replace(
            last,
            bold=last.bold or tag in _BOLD,
            italic=last.italic or tag in _ITALIC,
            # An address within the site means nothing on paper.
            href=href if tag == "a" and href.startswith(_WEB) else last.href,
        )

    def handle_endtag(self, tag: str) -> None:
        if tag in _BOLD | _ITALIC | {"a", "bdi"} and len(self.styles) > 1:
            self.styles.pop()
        elif tag in {"p", "li", "ul", "ol", "h3", "h4"}:
            self.flush()
            if tag == "li" and len(self.levels) > 1 and self.lists:
                self.lists[-1][1].append(tuple(self.levels.pop()))
            elif tag in {"ul", "ol"} and self.lists:
                name, items = self.lists.pop()
                self.levels[-1].append(Items(tuple(items), "number" if name == "ol" else "dot"))

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split()) if data.strip() else " "
        lead = " " if data[:1].isspace() and data.strip() else ""
        trail = " " if data[-1:].isspace() and data.strip() else ""
        self.runs.append(replace(self.styles[-1], text=f"{lead}{text}{trail}"))

    def flush(self) -> None:
        """End the paragraph in hand."""
        runs, self.runs = _trimmed(self.runs), []
        if runs and self.heading:
            self.levels[-1].append(Heading("".join(run.text for run in runs), self.heading))
        elif runs:
            self.levels[-1].append(Paragraph(runs))
        self.heading = 0


def prose(html: str) -> tuple[Node, ...]:
    """Return the paragraphs and lists of authored HTML."""
    reader = _Reader()
    reader.feed(sanitize(html))
    reader.close()
    reader.flush()
    return tuple(reader.levels[0])


def _trimmed(runs: list[Run]) -> Runs:
    """Return the runs without space around the whole, or nothing."""
    if not "".join(run.text for run in runs).strip():
        return ()
    while not runs[0].text.strip():
        runs = runs[1:]
    while not runs[-1].text.strip():
        runs = runs[:-1]
    runs[0] = replace(runs[0], text=runs[0].text.lstrip())
    runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip())
    return tuple(runs)
