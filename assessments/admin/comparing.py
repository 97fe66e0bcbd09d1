"""Two states of a question side by side: what its words and its key said, what they say."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.admin.drafts import QuestionDraft
from assessments.admin.fields import LANGUAGE_NAMES
from assessments.bank_differences import Piece, word_difference
from assessments.questions.kind import IMAGE_PART, BaseKind, all_parts
from assessments.versions import Version

# What of a structure is the order of its parts or a picture, not how it is marked.
_NOT_MARKED = ("choices", IMAGE_PART)


@dataclass(frozen=True, slots=True)
class State:
    """What a question says at some time."""

    structure: Mapping[str, Any]
    texts: Mapping[str, Mapping[str, Any]]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One text of a question, with what changed in it."""

    label: str
    pieces: tuple[Piece, ...]

    @property
    def is_changed(self) -> bool:
        """Tell whether anything of it changed."""
        return any(piece.change != "same" for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class LanguageDifference:
    """What changed in one language."""

    language: str
    name: str
    lines: tuple[Line, ...]

    @property
    def is_changed(self) -> bool:
        """Tell whether anything changed."""
        return any(line.is_changed for line in self.lines)


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed in a question; `settings` are those of its structure that no words show."""

    languages: tuple[LanguageDifference, ...]
    settings: tuple[Line, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Tell whether anything changed."""
        return any(each.is_changed for each in self.languages) or any(each.is_changed for each in self.settings)


NOTHING = State({}, {})


def state_of_version(version: Version) -> State:
    """Return what a published version says."""
    return State(version.structure, version.texts, version.source)


def state_of_draft(draft: QuestionDraft, source: str) -> State:
    """Return what a draft says."""
    return State(draft.body, {language: words.as_text() for language, words in draft.words.items()}, source)


def is_marked_otherwise(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Tell whether two structures may mark the same response differently. Pure."""
    was, now = (
        {name: value for name, value in structure.items() if name not in _NOT_MARKED} for structure in (before, after)
    )
    return was != now


def compare(kind: BaseKind, before: State, after: State) -> Difference:
    """Return what changed between two states of a question of a kind; with NOTHING before, all is new."""
    codes = [code for code in LANGUAGE_NAMES if code in before.texts or code in after.texts]
    languages = [
        LanguageDifference(code, LANGUAGE_NAMES[code], tuple(_lines(kind, before, after, code))) for code in codes
    ]
    return Difference(tuple(languages), tuple(_settings(before, after)))


def _lines(kind: BaseKind, before: State, after: State, language: str) -> Iterator[Line]:
    was, now = _said(kind, before, language), _said(kind, after, language)
    for name in {**now, **was}:
        label = now.get(name, was.get(name, ("", "")))[0]
        pieces = word_difference(was.get(name, ("", ""))[1], now.get(name, ("", ""))[1])
        if pieces:
            yield Line(label, tuple(pieces))


def _said(kind: BaseKind, state: State, language: str) -> dict[str, tuple[str, str]]:
    """Return what a state says in a language: (label, words) by the name of what says it."""
    text = state.texts.get(language)
    if text is None:
        return {}
    told: Mapping[str, str] = text.get("feedbacks", {})
    said = {"stem": (_("Question"), text["stem"])}
    parts = all_parts(kind, state.structure) if state.structure else []
    numbered = [part for part in parts if part != IMAGE_PART]
    for part in parts:
        place = {"number": numbered.index(part) + 1} if part in numbered else {}
        label = _("Part %(number)d") % place if place else _("Text for the picture")
        said[part] = (label, text["choices"].get(part, ""))
        said[f"feedback:{part}"] = (_("Feedback to: %(part)s") % {"part": label}, told.get(part, ""))
    said["key"] = (_("Right"), "\n".join(_key(kind, state.structure, text)))
    said["feedback"] = (_("Feedback"), text.get("feedback", ""))
    return said


def _key(kind: BaseKind, structure: Mapping[str, Any], text: Mapping[str, Any]) -> list[str]:
    """Return the key in words; nothing for a draft that has none yet."""
    if not structure or kind.problems_of(structure):
        return []
    return kind.describe_key(structure, text)


def _settings(before: State, after: State) -> Iterator[Line]:
    if before.source != after.source:
        yield Line(_("Source"), tuple(word_difference(before.source, after.source)))
    if before.structure and is_marked_otherwise(before.structure, after.structure):
        was, now = (_plain(structure) for structure in (before.structure, after.structure))
        for name in sorted(was.keys() | now.keys()):
            if was.get(name) != now.get(name) and name not in {"right", *_NOT_MARKED}:
                yield Line(name, tuple(word_difference(was.get(name, ""), now.get(name, ""))))


def _plain(structure: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
        for name, value in structure.items()
    }
