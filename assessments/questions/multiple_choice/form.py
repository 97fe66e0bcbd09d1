"""How a multiple choice question is written."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.admin.authored import AuthoredKind
from assessments.admin.choices import ChoiceQuestionForm
from assessments.admin.credit import PARTIAL_FIELD, WRONG_FIELD, credit_in_body, credit_in_fields
from assessments.admin.forms import with_words
from assessments.admin.reading import Fields
from assessments.models import Question


@with_words
class MultipleChoiceForm(ChoiceQuestionForm):
    """Choices, those that are right, and how a part of them counts."""

    right = forms.MultipleChoiceField(
        label=_("Right choices"),
        help_text=_("One or more. Learners are not told how many."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    partial = PARTIAL_FIELD
    wrong = WRONG_FIELD

    @classmethod
    def stored_fields(cls, question: Question) -> Fields:
        """Yield the words, the ids, the key and the rules."""
        yield from super().stored_fields(question)
        yield from credit_in_fields(question.body)

    def build_body(self, rows: Mapping[str, Mapping[int, str]]) -> dict[str, Any]:
        """Return the choices, the right ones and the rules."""
        return super().build_body(rows) | credit_in_body(self.cleaned_data)


AUTHORED = AuthoredKind(
    "multiple_choice",
    MultipleChoiceForm,
    ("right", "partial", "wrong"),
    "list-ul",
    _("Multiple choice"),
    _("One or more answers are right, and learners are not told how many. For lists: which of these are signs?"),
    _("For example: “Which of these are indicators of forced labour?”"),
    place=20,
)
