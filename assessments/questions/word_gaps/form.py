"""How a words into gaps question is written."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.admin.authored import AuthoredKind
from assessments.admin.credit import PARTIAL_FIELD, credit_in_body, credit_in_fields
from assessments.admin.drafts import WordsDraft
from assessments.admin.fields import LONGEST_STEM, Column
from assessments.admin.forms import QuestionForm, with_words
from assessments.admin.reading import Fields
from assessments.admin.rows import join_same_words
from assessments.models import Question
from assessments.questions.word_gaps.player import FEWEST_WORDS, MOST_WORDS
from assessments.questions.word_gaps.text import has_loose_brackets, numbers_in, renumber

PASSAGE = Column(
    "passage",
    gettext_lazy("Text with gaps"),
    longest=LONGEST_STEM,
    is_passage=True,
    help_text=gettext_lazy("Write [[1]] where word 1 belongs, [[2]] where word 2 belongs. Their order is free."),
)
WORD = Column("word", gettext_lazy("Word {number}"), feedback_label=gettext_lazy("Feedback to word {number}"))


@with_words
class WordGapsForm(QuestionForm):
    """A text with numbered gaps, and the words: [[2]] is the gap of word 2. A word without a gap is a wrong choice.

    Words that say the same in every language are one word, which is then right in several gaps. Saved, the
    words stand in the order of their gaps, those without a gap last, and the gaps are numbered anew.
    """

    columns = (PASSAGE, WORD)
    most_rows = MOST_WORDS
    # The one row of the text: the words are counted below.
    fewest_rows = 1
    too_few = gettext_lazy("A question with gaps needs two words at least before it is published.")
    is_reusable = forms.BooleanField(
        label=gettext_lazy("A word can be used more than once"),
        help_text=gettext_lazy("Set by itself where one word is right in two gaps."),
        required=False,
    )
    partial = PARTIAL_FIELD

    @classmethod
    def stored_fields(cls, question: Question) -> Fields:
        """Yield the words, the ids and the rules."""
        yield from super().stored_fields(question)
        yield "is_reusable", bool(question.body.get("is_reusable"))
        yield from credit_in_fields(question.body)

    @classmethod
    def stored_rows(cls, body: Mapping[str, Any], column: str) -> list[str]:
        """Return the text; or the word of each gap, then those of none."""
        if not body.get("text"):
            return []
        if column == PASSAGE.name:
            return [body["text"]]
        right = [gap["right"] for gap in body["gaps"]]
        return [*right, *(each for each in body["words"] if each not in right)]

    def settle_rows(self, rows: dict[str, dict[int, str]], started: list[str]) -> dict[str, dict[int, str]]:
        """Join the words that say the same in every language. A text is always there, written or not."""
        words = {place: tuple(self._text(WORD.field(code, place)) for code in started) for place in rows[WORD.name]}
        passage = rows[PASSAGE.name] or {1: str(uuid4())}
        return {PASSAGE.name: passage, WORD.name: join_same_words(rows[WORD.name], words)}

    def build_body(self, rows: Mapping[str, Mapping[int, str]]) -> dict[str, Any]:
        """Return the text, its gaps in the order of their numbers, all words, and the rules."""
        words = rows[WORD.name]
        numbers = self._gaps_of(words)
        kept: dict[str, list[str]] = {}
        for gap in self.instance.body.get("gaps", []):
            kept.setdefault(gap["right"], []).append(gap["id"])
        gaps = []
        for number in numbers:
            own = kept.get(words[number])
            gaps.append({"id": own.pop(0) if own else str(uuid4()), "right": words[number]})
        right = [gap["right"] for gap in gaps]
        is_reusable = self.cleaned_data.get("is_reusable") or len(set(right)) != len(right)
        return (
            {"text": rows[PASSAGE.name][1], "gaps": gaps, "words": list(dict.fromkeys([*right, *words.values()]))}
            | ({"is_reusable": True} if is_reusable else {})
            | credit_in_body(self.cleaned_data)
        )

    def _words_of(self, code: str, rows: Mapping[str, Mapping[int, str]]) -> WordsDraft:
        """Return the words, the gaps of the text numbered as in the structure."""
        draft = super()._words_of(code, rows)
        numbers = {old: new for new, old in enumerate(self._gaps_of(rows[WORD.name]), 1)}
        text = renumber(self._text(PASSAGE.field(code, 1)), numbers)
        return WordsDraft(draft.stem, draft.feedback, {**draft.choices, rows[PASSAGE.name][1]: text}, draft.feedbacks)

    def _gaps_of(self, words: Mapping[int, str]) -> list[int]:
        """Return the numbers of the gaps that have a word, in any language."""
        return sorted({each for code in self.shown_languages for each in self._numbers(code)} & set(words))

    def _numbers(self, code: str) -> list[int]:
        return numbers_in(self._text(PASSAGE.field(code, 1)))

    def _check_key(self, places: list[int]) -> None:
        written = [code for code in self.shown_languages if self._text(PASSAGE.field(code, 1))]
        everywhere = {number for code in written for number in self._numbers(code)}
        for code in written:
            name = PASSAGE.field(code, 1)
            if name not in self.errors and (problem := self._problem_of(code, everywhere, places)):
                self.add_error(name, problem)

    def _problem_of(self, code: str, everywhere: set[int], places: list[int]) -> str:
        """Return what is wrong with the gaps of a language's text, "" for nothing."""
        numbers = self._numbers(code)
        if has_loose_brackets(self._text(PASSAGE.field(code, 1))):
            return _("Write each gap as a number in double brackets: [[1]].")
        if not everywhere:
            return _("Mark at least one gap: write [[1]] where word 1 belongs.")
        if twice := sorted({each for each in numbers if numbers.count(each) > 1}):
            return _("The gap [[%(number)d]] stands here twice. Give the second one a word of its own number.") % {
                "number": twice[0]
            }
        if unknown := sorted(set(numbers) - {each for each in places if self._text(WORD.field(code, each))}):
            return _("The gap [[%(number)d]] has no word %(number)d.") % {"number": unknown[0]}
        if missing := sorted(everywhere - set(numbers)):
            return _("The gap [[%(number)d]] stands in another language, and not here.") % {"number": missing[0]}
        return ""

    def _check_publishable(self, started: list[str]) -> None:
        super()._check_publishable(started)
        self._miss(PASSAGE.field(self.shown_languages[0], 1), _("Write the text with its gaps before you publish."))
        words = self.draft.body["words"] if self.draft else []
        if len(words) < FEWEST_WORDS:
            self._miss(WORD.field(self.shown_languages[0], len(words) + 1), str(self.too_few))


AUTHORED = AuthoredKind(
    "word_gaps",
    WordGapsForm,
    ("is_reusable", "partial"),
    "openquote",
    gettext_lazy("Words into gaps"),
    gettext_lazy("A text with gaps, and words to put into them, some of them wrong. For definitions and rules."),
    gettext_lazy("For example: “Trafficking of an adult has an [act], a [means] and a [purpose].”"),
    place=60,
)
