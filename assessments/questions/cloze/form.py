"""How a cloze question is written: a text with [[1]], [[2]], …, and for each gap its kind and its key in lines."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminAutoHeightTextInput

from assessments.admin.authored import AuthoredKind
from assessments.admin.credit import PARTIAL_FIELD, credit_in_body, credit_in_fields
from assessments.admin.drafts import WordsDraft
from assessments.admin.fields import LANGUAGE_NAMES, Column
from assessments.admin.forms import QuestionForm, with_words
from assessments.admin.reading import Fields
from assessments.models import Question
from assessments.questions import import_from_kinds
from assessments.questions.cloze.gaps import MOST_GAPS, gaps_of, markers_in
from assessments.questions.cloze.player import KIND

TEXT = Column(
    "passage",
    gettext_lazy("Text with gaps"),
    longest=4000,
    is_passage=True,
    help_text=gettext_lazy("Write [[1]] where gap 1 stands, [[2]] for gap 2. Their order may differ by language."),
)
GAP = Column("gap", gettext_lazy("Gap {number}: the key"), longest=1500)
# How the key of a gap is written, by kind.
_WRITERS: dict[str, Any] = import_from_kinds("gap")
_KIND_FIELDS = {
    f"gap_kind_{place}": forms.ChoiceField(
        label=format_lazy(gettext_lazy("Gap {number}"), number=place),
        choices=(("", gettext_lazy("No gap")), *((name, writer.LABEL) for name, writer in _WRITERS.items())),
        required=False,
    )
    for place in range(1, MOST_GAPS + 1)
}
_KIND_FIELDS["gap_kind_1"].help_text = gettext_lazy(
    "What learners do in the gap. Its key is written under the text of each language."
)


@with_words
class ClozeForm(QuestionForm):
    """A text with gaps in each language, and for each gap its kind and its key."""

    columns = (TEXT, GAP)
    most_rows = MOST_GAPS
    fewest_rows = 1
    too_few = gettext_lazy("Write the text before the question is published.")
    partial = PARTIAL_FIELD

    @classmethod
    def stored_fields(cls, question: Question) -> Fields:
        """Yield the words, and the key of each gap as lines."""
        yield from super().stored_fields(question)
        yield from credit_in_fields(question.body)
        texts = {text.language: text.choices for text in question.texts.all()} if question.pk else {}
        first = next((code for code in LANGUAGE_NAMES if code in texts), "en")
        for place, gap, kind in gaps_of(question.body):
            yield f"gap_kind_{place}", kind.name
            lines = _WRITERS[kind.name].write_gap(gap["structure"], texts)
            common = lines.pop("", "")
            for code in {*texts, *lines, first}:
                own = [common if code == first else "", lines.get(code, "")]
                yield GAP.field(code, place), "\n".join(each for each in own if each)

    @classmethod
    def stored_rows(cls, body: Mapping[str, Any], column: str) -> list[str]:
        """Return the text, or the gaps."""
        if column == TEXT.name:
            return [body["text"]] if body.get("text") else []
        return [gap["id"] for gap in body.get("gaps", ())]

    def settle_rows(self, rows: dict[str, dict[int, str]], started: list[str]) -> dict[str, dict[int, str]]:
        """Leave out the gaps without a kind."""
        del started
        text = rows[TEXT.name] or {1: str(uuid4())}
        gaps = {place: part for place, part in rows[GAP.name].items() if self._kind_at(place)}
        return {TEXT.name: text, GAP.name: gaps}

    def build_body(self, rows: Mapping[str, Mapping[int, str]]) -> dict[str, Any]:
        """Return the text and its gaps; what their words are is kept for `_words_of`."""
        before = {gap["id"]: gap for gap in self.instance.body.get("gaps", ())}
        texts = {text.language: text.choices for text in self.instance.texts.all()} if self.instance.pk else {}
        self._spoken: dict[str, dict[str, str]] = {code: {} for code in self.shown_languages}
        gaps = []
        for place, part in rows[GAP.name].items():
            kind, old = self._kind_at(place), before.get(part, {})
            known = old.get("structure", {}) if old.get("kind") == kind else {}
            structure, words = _WRITERS[kind].read_gap(self._lines_at(place), known, texts)
            for code, spoken in words.items():
                self._spoken.setdefault(code, {}).update(spoken)
            weight = {"weight": old["weight"]} if "weight" in old else {}
            gaps.append({"id": part, "kind": kind, "structure": structure, **weight})
        return {"text": rows[TEXT.name][1], "gaps": gaps} | credit_in_body(self.cleaned_data)

    def _kind_at(self, place: int) -> str:
        return self._text(f"gap_kind_{place}")

    def _lines_at(self, place: int) -> dict[str, list[str]]:
        texts = {code: self._text(GAP.field(code, place)) for code in self.shown_languages}
        return {code: [line.strip() for line in text.splitlines() if line.strip()] for code, text in texts.items()}

    def _words_of(self, code: str, rows: Mapping[str, Mapping[int, str]]) -> WordsDraft:
        """Return the text and the words of its gaps: the lines of a key are no words."""
        draft = super()._words_of(code, {TEXT.name: rows[TEXT.name], GAP.name: {}})
        own = {part for gap in self._spoken.values() for part in gap}
        words = {part: self._spoken.get(code, {}).get(part, "") for part in own}
        return WordsDraft(draft.stem, draft.feedback, {**draft.choices, **words}, draft.feedbacks)

    def _is_used(self, place: int) -> bool:
        return super()._is_used(place) or bool(self._kind_at(place))

    def _asked_of(self, code: str, places: list[int]) -> list[str]:
        """Ask for the text; what a gap needs in each language is for its kind to say."""
        del places
        return [TEXT.field(code, 1)]

    def _check_key(self, places: list[int]) -> None:
        used = [place for place in places if self._kind_at(place)]
        for place in places:
            if not self._kind_at(place) and any(self._lines_at(place).values()):
                self.add_error(f"gap_kind_{place}", _("Choose what learners do in this gap, or clear its key."))
            if self._kind_at(place) and not any(self._lines_at(place).values()):
                self._miss(GAP.field(self.shown_languages[0], place), _("Write the key of this gap."))
        if used != list(range(1, len(used) + 1)):
            self.add_error(f"gap_kind_{used[-1]}", _("Number the gaps from 1 on, and leave none out."))
        for code in self.shown_languages:
            text = self._text(TEXT.field(code, 1))
            if text and sorted(markers_in(text)) != used:
                wanted = ", ".join(f"[[{place}]]" for place in used) or "–"
                self.add_error(TEXT.field(code, 1), _("This text must have each gap once: %(gaps)s") % {"gaps": wanted})

    def _check_publishable(self, started: list[str]) -> None:
        super()._check_publishable(started)
        if self.draft is None:
            return
        body = self.draft.body
        for problem in KIND.problems_of({**body, "gaps": []}) if not body["gaps"] else ():
            self.add_error("gap_kind_1", problem)
        for place, gap, kind in gaps_of(body):
            for problem in kind.problems_of(gap["structure"]):
                self.add_error(GAP.field(self.shown_languages[0], place), problem)
            for code in started:
                words = self.draft.words[code].choices
                if not all(words.get(part, "").strip() for part in kind.parts_of(gap["structure"])):
                    self.add_error(GAP.field(code, place), _("Write as many lines as in the other languages."))


# "Label: help" of each kind, one after the other, translated when the page is made.
_HOW = [words for writer in _WRITERS.values() for words in (writer.LABEL, writer.HELP)]
_HOW_TO_WRITE = format_lazy(" ".join("{}: {}" for _writer in _WRITERS), *_HOW)
for _fields in (ClozeForm.declared_fields, ClozeForm.base_fields):
    _fields.update(_KIND_FIELDS)
for _code in LANGUAGE_NAMES:
    for _place in range(1, MOST_GAPS + 1):
        # The key of a gap takes several lines.
        _field: forms.Field = ClozeForm.base_fields[GAP.field(_code, _place)]
        _field.widget = AdminAutoHeightTextInput(attrs=_field.widget.attrs)
        _field.help_text = _HOW_TO_WRITE if _place == 1 else ""

AUTHORED = AuthoredKind(
    "cloze",
    ClozeForm,
    (*_KIND_FIELDS, "partial"),
    "form",
    gettext_lazy("Text with gaps of any kind"),
    gettext_lazy("A text to complete: numbers, words to write, lists to choose from, each gap marked by itself."),
    gettext_lazy("For example: “A child is anyone under [[1]] years (Article [[2]]).”"),
    place=66,
)
