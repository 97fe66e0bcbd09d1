"""How a single choice question is written."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.admin.authored import AuthoredKind
from assessments.admin.choices import ChoiceQuestionForm
from assessments.admin.forms import with_words


@with_words
class SingleChoiceForm(ChoiceQuestionForm):
    """Choices, and the one that is right."""

    right = forms.ChoiceField(label=_("Right choice"), required=False, widget=forms.RadioSelect)

    @classmethod
    def shown_key(cls, places: list[str]) -> Any:
        """Return the place of the right choice."""
        return next(iter(places), "")


AUTHORED = AuthoredKind(
    "single_choice",
    SingleChoiceForm,
    ("right",),
    "circle-check",
    _("Single choice"),
    _("Exactly one answer is right. The best kind for a case: what do you do first?"),
    _("For example: “A woman at the checkpoint has no papers. What do you do first?”"),
    place=10,
)
