"""How a short answer question is written."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminAutoHeightTextInput

from assessments.admin.authored import AuthoredKind
from assessments.admin.drafts import WordsDraft
from assessments.admin.fields import Column, PlainTextField
from assessments.admin.forms import QuestionForm, with_words
from assessments.admin.reading import Fields
from assessments.models import Question
from assessments.questions.short_answer.gap import read_partly, write_partly
from assessments.questions.short_answer.player import KIND, LONGEST_FORM, MOST_FORMS, MOST_PARTLY

ACCEPTED = Column(
    "accepted",
    gettext_lazy("Accepted answers"),
    longest=MOST_FORMS * LONGEST_FORM,
    is_passage=True,
    help_text=gettext_lazy(
        "One on each line. A star stands for any text: traffick* accepts “trafficking”. Learners never see them; an"
        " answer in another language of the question is right too."
    ),
)
_RULES = ("case", "accents")


@with_words
class ShortAnswerForm(QuestionForm):
    """The accepted forms in each language, and what counts in their spelling."""

    columns = (ACCEPTED,)
    most_rows = 1
    fewest_rows = 0

    partly = PlainTextField(
        label=gettext_lazy("Partly right answers"),
        help_text=gettext_lazy("One on each line, with what it earns: 50% traffick*"),
        required=False,
        max_length=MOST_PARTLY * LONGEST_FORM,
        widget=AdminAutoHeightTextInput,
    )
    case = forms.BooleanField(
        label=gettext_lazy("Capital letters count"),
        help_text=gettext_lazy("Otherwise “UNODC” and “unodc” are the same."),
        required=False,
    )
    accents = forms.BooleanField(
        label=gettext_lazy("Accents count"),
        help_text=gettext_lazy("Otherwise “été” and “ete” are the same. Phones do not always offer accents."),
        required=False,
    )

    @classmethod
    def stored_fields(cls, question: Question) -> Fields:
        """Yield the words, the forms and the rules."""
        yield from super().stored_fields(question)
        for code, forms_ in question.body.get("accepted", {}).items():
            yield ACCEPTED.field(code, 1), "\n".join(forms_)
        yield "partly", write_partly(question.body.get("partial_answers", ()))
        for rule in _RULES:
            yield rule, bool(question.body.get(rule))

    @classmethod
    def stored_rows(cls, body: Mapping[str, Any], column: str) -> list[str]:
        """Return nothing: the forms are no part with words."""
        del body, column
        return []

    def build_body(self, rows: Mapping[str, Mapping[int, str]]) -> dict[str, Any]:
        """Return the forms of the languages shown, and those of the others as they were."""
        del rows
        shown = {code: self._lines(ACCEPTED.field(code, 1)) for code in self.shown_languages}
        accepted = {**self.instance.body.get("accepted", {}), **shown}
        body: dict[str, Any] = {"accepted": {code: lines for code, lines in accepted.items() if lines}}
        if partly := read_partly(self._lines("partly")):
            body["partial_answers"] = partly
        return body | {rule: True for rule in _RULES if self.cleaned_data.get(rule)}

    def _lines(self, name: str) -> list[str]:
        lines = (line.strip() for line in self._text(name).splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def _words_of(self, code: str, rows: Mapping[str, Mapping[int, str]]) -> WordsDraft:
        """Return the question and its feedback: the forms belong to the key."""
        return super()._words_of(code, {name: {} for name in rows})

    def _asked_of(self, code: str, places: list[int]) -> list[str]:
        """Ask for no forms: those of another language count in every one."""
        del code, places
        return []

    def _check_key(self, places: list[int]) -> None:
        del places
        lines = self._lines("partly")
        if "partly" not in self.errors and len(read_partly(lines)) != len(lines):
            self.add_error("partly", _("Begin each line with what it earns, for example: 50% traffick*"))

    def _check_publishable(self, started: list[str]) -> None:
        super()._check_publishable(started)
        for problem in KIND.problems_of(self.draft.body) if self.draft else ():
            self.add_error(ACCEPTED.field(self.shown_languages[0], 1), problem)


AUTHORED = AuthoredKind(
    "short_answer",
    ShortAnswerForm,
    ("partly", *_RULES),
    "keyboard",
    gettext_lazy("Short answer"),
    gettext_lazy("A word or a few to write. Name every form that is right; what differs in accents or case is one."),
    gettext_lazy("For example: “Which protocol defines trafficking in persons?”"),
    place=64,
)
