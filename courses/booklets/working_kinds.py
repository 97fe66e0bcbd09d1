"""Blocks to work with as nodes: tables, session plans, reading lists, decision paths, videos and recordings."""

from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils.translation import gettext as _

from courses.booklets.document import Box, Items, Node, Paragraph, Path, Run, Step, Table, Way, paragraph, plain
from courses.booklets.html import html_of, sources
from courses.booklets.prose import prose
from courses.kinds import Ending

Value = Mapping[str, Any]


def table(value: Value, _pictures: object) -> tuple[Node, ...]:
    """Return a comparison."""
    rows = tuple(tuple(row["cells"]) for row in value["rows"])
    source = f"{_('Source:')} {value['source']}" if value["source"] else ""
    return (Table(value["title"], tuple(value["columns"]), rows, source),)


def session_plan(value: Value, _pictures: object) -> tuple[Node, ...]:
    """Return the plan of a session: what it needs, its steps with their minutes, the two notes."""
    needs = (
        _fact(_("For whom"), value["audience"]),
        _fact(_("Size of the group"), value["group"]),
        _fact(_("Materials"), "; ".join(value["materials"])),
    )
    steps = Items(tuple(_plan_step(step) for step in value["steps"]), "number")
    title = _("Session of %(minutes)s minutes") % {"minutes": value["minutes"]}
    law = Box("law", _("What you bring from your national law"), prose(html_of(value["local_law"])))
    safety = Box("safety", _("Care for the people in the room"), prose(html_of(value["safety"])))
    return (Box("plan", title, (*needs, steps)), law, safety)


def _plan_step(step: Value) -> tuple[Node, ...]:
    name = _("%(title)s (%(minutes)s min)") % {"title": step["title"], "minutes": step["minutes"]}
    return (Paragraph(plain(name, bold=True)), *prose(html_of(step["text"])))


def _fact(label: str, text: str) -> Paragraph:
    return Paragraph((Run(_("%(label)s:") % {"label": label}, bold=True), Run(f" {text}")))


def further_reading(value: Value, _pictures: object) -> tuple[Node, ...]:
    """Return a reading list."""
    items = tuple((Paragraph(_reading(each)),) for each in value["items"])
    return (Box("reading", _("Further reading"), (Items(items),)),)


def _reading(each: Value) -> tuple[Run, ...]:
    title = Run(each["title"], bold=True)
    return (title, Run(f". {each['detail']}")) if each["detail"] else (title,)


def decision_path(value: Value, _pictures: object) -> tuple[Node, ...]:
    """Return the steps, the first one first, each choice with the number of the step it leads to."""
    ordered = sorted(value["steps"], key=lambda step: step["id"] != value["start"])
    numbers = {step["id"]: number for number, step in enumerate(ordered, start=1)}
    steps = tuple(_step(step, numbers) for step in ordered)
    label = _("Decision path, invented for this course") if value["invented"] else _("Decision path")
    key = uuid5(NAMESPACE_URL, "/".join((value["title"], *(step["id"] for step in ordered)))).hex[:12]
    intro = paragraph(_("Begin at step 1, choose, and go to the step that your choice names."), "note")
    return (*intro, Path(key, value["title"], label, steps), *sources([value["source"]]))


def _step(step: Value, numbers: Mapping[str, int]) -> Step:
    ways = (Way(each["text"], numbers[each["to"]], each["feedback"]) for each in step["choices"])
    ending = str(Ending(step["ending"]).label) if step["ending"] else ""
    return Step(numbers[step["id"]], prose(html_of(step["text"])), tuple(ways), ending)


def video(value: Value, _pictures: object) -> tuple[Node, ...]:
    """Return the words of a video."""
    return _moving(value, _("Video on the site, %(minutes)s min. Its words:") % {"minutes": value["minutes"]})


def audio(value: Value, _pictures: object) -> tuple[Node, ...]:
    """Return the words of a recording."""
    return _moving(value, _("Recording on the site, %(minutes)s min. Its words:") % {"minutes": value["minutes"]})


def _moving(value: Value, label: str) -> tuple[Node, ...]:
    return (Box("media", value["title"], prose(html_of(value["transcript"])), label),)
