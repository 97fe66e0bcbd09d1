"""What a browser makes of the HTML of a form: what it would send as it stands, and what can be said in it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(["input", "br", "img", "hr", "wbr", "path", "use", "image", "circle", "rect", "ellipse", "line"])
_BOXES = frozenset(["checkbox", "radio"])
# What somebody types into; anything may be said there.
ANYTHING = None


@dataclass
class Control:
    """One control: what it sends, where it sends something, and whether it sends it as the page stands."""

    name: str
    value: str
    is_sent: bool
    is_typed: bool = False


@dataclass
class _Select:
    name: str
    is_disabled: bool
    options: list[tuple[str, bool]] = field(default_factory=list)


class Controls(HTMLParser):
    """Reads the controls of some HTML, in order. What stands in a <template> is no control."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[Control] = []
        self.ids: list[str] = []
        self._closed: list[tuple[str, bool]] = []
        self._select: _Select | None = None
        self._option: dict[str, str | None] | None = None
        self._typed: tuple[str, bool] | None = None
        self._text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if said.get("id") and not self._is_inert:
            self.ids.append(said["id"] or "")
        if tag not in VOID:
            self._closed.append((tag, tag == "fieldset" and "disabled" in said))
        if tag == "input" and not self._is_inert:
            self._read_input(said)
        elif tag == "select" and not self._is_inert:
            self._select = _Select(said.get("name") or "", self._is_off(said))
        elif tag == "option":
            self._option, self._text = said, ""
        elif tag == "textarea" and not self._is_inert:
            self._typed, self._text = (said.get("name") or "", self._is_off(said)), ""

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "option" and self._select and self._option is not None:
            value = self._option.get("value")
            self._select.options.append((self._text if value is None else value, "selected" in self._option))
        elif tag == "select" and self._select:
            self._read_select(self._select)
            self._select = None
        elif tag == "textarea" and self._typed:
            name, is_off = self._typed
            # The line break after the tag is no part of the text.
            self._keep(name, self._text.removeprefix("\n"), is_sent=not is_off, is_typed=True)
            self._typed = None
        while self._closed and self._closed.pop()[0] != tag:
            pass

    @property
    def _is_inert(self) -> bool:
        return any(tag == "template" for tag, _off in self._closed)

    def _is_off(self, said: dict[str, str | None]) -> bool:
        return "disabled" in said or any(off for _tag, off in self._closed)

    def _read_input(self, said: dict[str, str | None]) -> None:
        kind = said.get("type") or "text"
        is_box = kind in _BOXES
        is_sent = not self._is_off(said) and (not is_box or "checked" in said)
        default = "on" if is_box else ""
        self._keep(
            said.get("name") or "",
            said.get("value") or default,
            is_sent=is_sent,
            is_typed=not is_box and kind != "hidden",
        )

    def _read_select(self, select: _Select) -> None:
        chosen = [place for place, (_value, is_chosen) in enumerate(select.options) if is_chosen] or [0]
        assert len(chosen) == 1, f"{select.name} has several options selected"
        for place, (value, _chosen) in enumerate(select.options):
            self._keep(select.name, value, is_sent=place == chosen[0] and not select.is_disabled, is_typed=False)

    def _keep(self, name: str, value: str, *, is_sent: bool, is_typed: bool) -> None:
        if name:
            self.found.append(Control(name, value, is_sent, is_typed))


def sent_by(html: str) -> dict[str, list[str]]:
    """Return what a browser sends of the form as it stands: lists of values by name, blanks among them."""
    found: dict[str, list[str]] = {}
    for control in Controls(html).found:
        if control.is_sent:
            found.setdefault(control.name, []).append(control.value)
    return found


def sayable_in(html: str) -> dict[str, set[str] | None]:
    """Return the values that can be said in each field, in whatever state it is; ANYTHING where one types."""
    found: dict[str, set[str] | None] = {}
    for control in Controls(html).found:
        known = found.setdefault(control.name, set())
        if control.is_typed or known is ANYTHING:
            found[control.name] = ANYTHING
        else:
            known.add(control.value)
    return found
