"""The cloze question: what a player sees, what comes back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.errors import ResponseRefusedError
from assessments.questions.cloze.gaps import (
    HEAVIEST,
    MOST_GAPS,
    Piece,
    ShownGap,
    embeddable_kinds,
    gaps_of,
    kind_in_gap,
    markers_in,
    paragraphs_of,
)
from assessments.questions.cloze.models import ClozeQuestion
from assessments.questions.kind import RESPONSE_FIELD, BaseKind, Draft, Fields, Shown, Structure, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCloze(Shown):
    """A text with gaps: paragraphs of words and gaps."""

    paragraphs: tuple[tuple[Piece, ...], ...]


class Cloze(BaseKind):
    """Gaps of other kinds inside a text. A response is {gap id: response of its kind}, blanks left out.

    The fields of a gap are those of its kind behind its id: GAP, or GAP:PART.
    """

    name = "cloze"
    model = ClozeQuestion

    def problems_of(self, structure: Structure) -> list[str]:
        """Return what keeps the question from being published."""
        return list(_problems(structure))

    def parts_of(self, structure: Structure) -> list[str]:
        """Return the text, and the parts of each gap."""
        return [structure["text"], *(part for _n, gap, kind in gaps_of(structure) for part in _parts(kind, gap))]

    def order_of(self, structure: Structure) -> list[str]:
        """Return what the gaps shuffle, all in one list: each keeps to its own."""
        return [value for _n, gap, kind in gaps_of(structure) for value in kind.order_of(gap["structure"])]

    def has_words(self, structure: Structure, text: Text) -> bool:
        """Tell whether a language has all words, and its text every gap once."""
        if not super().has_words(structure, text):
            return False
        return sorted(markers_in(text["choices"][structure["text"]])) == list(range(1, len(structure["gaps"]) + 1))

    def key_of(self, structure: Structure) -> Any:
        """Return what is right in every gap."""
        return {gap["id"]: kind.key_of(gap["structure"]) for _n, gap, kind in gaps_of(structure)}

    def wrong_of(self, structure: Structure) -> Any:
        """Return the key with something wrong in the first gap."""
        _number, first, kind = next(gaps_of(structure))
        return {**self.key_of(structure), first["id"]: kind.wrong_of(first["structure"])}

    def show(
        self, structure: Structure, text: Text, language: str, order: Sequence[str], response: Any = None
    ) -> ShownCloze:
        """Return what a player may show."""
        gaps = {}
        for number, gap, kind in gaps_of(structure):
            own = set(kind.order_of(gap["structure"]))
            shown = kind.show(
                gap["structure"],
                _text_of_gap(text),
                language,
                [value for value in order if value in own],
                _given(response, gap["id"]),
            )
            gaps[number] = ShownGap(
                id=gap["id"],
                number=number,
                field=f"{RESPONSE_FIELD}:{gap['id']}",
                label=_label(number),
                line=_line(number, ["{words}"]),
                template=kind.gap_template,
                shown=shown,
            )
        paragraphs = paragraphs_of(text["choices"].get(structure["text"], ""), gaps)
        return ShownCloze(**self.common(text, language), paragraphs=tuple(tuple(each) for each in paragraphs))

    def read_response(self, fields: Fields, structure: Structure) -> Any:
        """Return what each gap holds, None where all are blank; raise ResponseRefusedError."""
        by_gap = _by_gap(fields)
        found = {}
        for _number, gap, kind in gaps_of(structure):
            response = kind.read_response(by_gap.pop(gap["id"], {}), gap["structure"])
            if response is not None:
                found[gap["id"]] = response
        if by_gap:
            raise ResponseRefusedError
        return found or None

    def fields_of(self, response: Any) -> dict[str, list[str]]:
        """Return the fields of each gap."""
        return {
            f"{gap}:{part}" if part else gap: values
            for gap, given in (response.items() if isinstance(response, dict) else ())
            if isinstance(gap, str)
            for part, values in _fields_of_gap(given).items()
        }

    def describe_response(self, structure: Structure, text: Text, response: Any) -> list[str]:
        """Return what each gap holds, a line for each that is not blank."""
        found = (
            (number, kind.describe_response(gap["structure"], _text_of_gap(text), _given(response, gap["id"])))
            for number, gap, kind in gaps_of(structure)
        )
        return [_line(number, words) for number, words in found if words]

    def describe_key(self, structure: Structure, text: Text) -> list[str]:
        """Return what is right in each gap."""
        return [
            _line(number, kind.describe_key(gap["structure"], _text_of_gap(text)))
            for number, gap, kind in gaps_of(structure)
        ]

    def is_clear(self, response: Any) -> bool:
        """Tell whether every gap can be read: a kind that does not know the form of a response finds it clear."""
        given = response.values() if isinstance(response, dict) else ()
        return all(kind.is_clear(each) for each in given for kind in embeddable_kinds())

    def feedbacks_of(self, structure: Structure, text: Text, response: Any) -> list[str]:
        """Return the feedback of what the gaps hold."""
        told = [
            each
            for _number, gap, kind in gaps_of(structure)
            for each in kind.feedbacks_of(gap["structure"], text, _given(response, gap["id"]))
        ]
        return list(dict.fromkeys(told))


def _parts(kind: BaseKind, gap: Mapping[str, Any]) -> list[str]:
    return kind.parts_of(gap["structure"])


def _text_of_gap(text: Text) -> Text:
    """Return the words of a gap: it has no stem of its own."""
    return {**text, "stem": ""}


def _given(response: Any, gap: str) -> Any:
    """Return what a gap holds, of a response or of what stood in the form."""
    if isinstance(response, Draft):
        return Draft(_by_gap(response.fields).get(gap, {}))
    return response.get(gap) if isinstance(response, dict) else None


def _by_gap(fields: Fields) -> dict[str, dict[str, Sequence[str]]]:
    found: dict[str, dict[str, Sequence[str]]] = {}
    for name, values in fields.items():
        gap, _colon, part = name.partition(":")
        found.setdefault(gap, {})[part] = values
    return found


def _fields_of_gap(response: Any) -> dict[str, list[str]]:
    """Return the fields of a response of one gap: kinds whose responses have the same form have the same fields."""
    return next((found for kind in embeddable_kinds() if (found := kind.fields_of(response))), {})


def _label(number: int) -> str:
    return _("Gap %(number)d") % {"number": number}


def _line(number: int, words: Sequence[str]) -> str:
    label = _label(number)
    return _("%(label)s: %(words)s") % {"label": label, "words": " / ".join(words)}


def _problems(structure: Structure) -> Iterator[str]:
    gaps = structure.get("gaps", ())
    if not gaps:
        yield _("A text needs at least one gap.")
    if len(gaps) > MOST_GAPS or len({gap["id"] for gap in gaps}) != len(gaps):
        yield _("A text has %(count)d gaps at most.") % {"count": MOST_GAPS}
    for number, gap in enumerate(gaps, 1):
        kind = kind_in_gap(gap.get("kind"))
        if kind is None:
            yield _("Gap %(number)d: this kind of question cannot stand inside a text.") % {"number": number}
            continue
        weight = gap.get("weight", 1)
        if not isinstance(weight, int) or not 1 <= weight <= HEAVIEST:
            yield _("Gap %(number)d: its weight is a whole number from 1 to %(most)d.") % {
                "number": number,
                "most": HEAVIEST,
            }
        yield from (_line(number, [each]) for each in kind.problems_of(gap["structure"]))


KIND = Cloze()
