"""How a true or false question is written."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.admin.authored import AuthoredKind
from assessments.admin.forms import QuestionForm, with_words
from assessments.admin.reading import Fields
from assessments.models import Question


@with_words
class TrueFalseForm(QuestionForm):
    """A statement, and whether it is true."""

    is_true = forms.TypedChoiceField(
        label=_("The statement is"),
        choices=(("True", _("True")), ("False", _("False"))),
        coerce=lambda value: value == "True",
        initial="True",
        widget=forms.RadioSelect,
    )

    @classmethod
    def stored_fields(cls, question: Question) -> Fields:
        """Yield the words and the key."""
        yield from super().stored_fields(question)
        yield "is_true", bool(question.body.get("is_true", True))

    def build_body(self, rows: Mapping[str, Mapping[int, str]]) -> dict[str, Any]:
        """Return the right judgement."""
        del rows
        return {"is_true": bool(self.cleaned_data.get("is_true", True))}


AUTHORED = AuthoredKind(
    "true_false",
    TrueFalseForm,
    ("is_true",),
    "check",
    _("True or false"),
    _("One statement to judge. Quick to write, and easy to guess: better for practice than for grading."),
    _("For example: “A victim who agreed to travel cannot be a victim of trafficking.”"),
    place=30,
)
