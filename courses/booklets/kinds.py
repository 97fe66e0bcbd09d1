"""Each kind of block as nodes of a booklet, in the words of the language in force.

A block's value is read as a mapping: a page's StructValue and a plain dict of a test do alike.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from courses.booklets import working_kinds
from courses.booklets.document import (
    Box,
    BoxKind,
    Check,
    Choice,
    Figure,
    Heading,
    Marker,
    Node,
    Pair,
    Paragraph,
    Picture,
    Table,
    Term,
    paragraph,
    plain,
)
from courses.booklets.html import html_of, items_of, sources
from courses.booklets.prose import prose

Value = Mapping[str, Any]
# What a block's picture is in this document, by the key of the image; filled by `gathering`.
Pictures = Mapping[Any, Picture]
Writer = Callable[[Value, Pictures], tuple[Node, ...]]


def _text(value: Value, _pictures: Pictures) -> tuple[Node, ...]:
    return (Heading(value["heading"]), *prose(html_of(value["body"])), *sources(value["sources"]))


def _key_points(value: Value, _pictures: Pictures) -> tuple[Node, ...]:
    return (Box("keys", _("Remember"), (items_of(value["items"], "number"),)),)


def _listed(kind: BoxKind, title: str, items: Iterable[Value], marker: Marker, note: str = "") -> Box:
    rows = list(items)
    children = (items_of((row["text"] for row in rows), marker), *paragraph(note, "note"))
    return Box(kind, title, (*children, *sources(row["source"] or "" for row in rows)))


def _checklist(value: Value, _pictures: Pictures) -> tuple[Node, ...]:
    return (_listed("check", value["title"], value["items"], "box"),)


def _do_dont(value: Value, _pictures: Pictures) -> tuple[Node, ...]:
    return (Pair(_listed("do", _("Do"), value["do"], "check"), _listed("dont", _("Do not"), value["dont"], "cross")),)


def _indicators(value: Value, _pictures: Pictures) -> tuple[Node, ...]:
    return (_listed("signs", value["title"], value["items"], "eye", value["note"]),)


def _case_study(value: Value, _pictures: Pictures) -> tuple[Node, ...]:
    questions: tuple[Node, ...] = ()
    if value["questions"]:
        questions = (Paragraph(plain(_("To discuss"), bold=True)), items_of(value["questions"], "number"))
    label = _("Case, invented for this course") if value["invented"] else _("Case")
    body = (*prose(html_of(value["body"])), *questions, *sources([value["source"]]))
    return (Box("case", value["title"], body, label),)


def _legal_text(value: Value, _pictures: Pictures) -> tuple[Node, ...]:
    body = (*prose(html_of(value["body"])), *sources([value["source"]]))
    return (Box("law", f"{value['instrument']}, {value['article']}", body, _("Legal text")),)


def _image(value: Value, pictures: Pictures) -> tuple[Node, ...]:
    return (Figure(pictures.get(getattr(value["image"], "pk", None)), value["alt"], value["caption"]),)


def _glossary_term(value: Value, _pictures: Pictures) -> tuple[Node, ...]:
    return (Term(value["term"], value["definition"], value["source"]),)


def _self_check(value: Value, _pictures: Pictures) -> tuple[Node, ...]:
    choices = (Choice(each["text"], bool(each["right"]), each["feedback"]) for each in value["choices"])
    return (Check(value["question"], tuple(choices)),)


def _safety_notice(value: Value, _pictures: Pictures) -> tuple[Node, ...]:
    return (Box("safety", value["title"], prose(html_of(value["body"])), _("Safety notice")),)


def _contact_sheet(value: Value, _pictures: Pictures) -> tuple[Node, ...]:
    rows = tuple((f"{row['label']} ({row['hint']})" if row["hint"] else row["label"], "") for row in value["fields"])
    form = Table(value["title"], (_("Contact"), _("Write here")), rows, is_form=True)
    return (form, *paragraph(value["note"], "note"))


WRITERS: dict[str, Writer] = {
    "text": _text,
    "key_points": _key_points,
    "checklist": _checklist,
    "do_dont": _do_dont,
    "indicators": _indicators,
    "case_study": _case_study,
    "legal_text": _legal_text,
    "image": _image,
    "glossary_term": _glossary_term,
    "self_check": _self_check,
    "safety_notice": _safety_notice,
    "contact_sheet": _contact_sheet,
    "table": working_kinds.table,
    "session_plan": working_kinds.session_plan,
    "further_reading": working_kinds.further_reading,
    "decision_path": working_kinds.decision_path,
    "video": working_kinds.video,
    "audio": working_kinds.audio,
}


def nodes_of(kind: str, value: Value, pictures: Pictures) -> tuple[Node, ...]:
    """Return the nodes of one block. KeyError names a kind without a writer."""
    return WRITERS[kind](value, pictures)
