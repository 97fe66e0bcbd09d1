"""What is typed about a training: reactions, follow-ups, codes and context."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.evaluation.answering import WAVES
from certificates.evaluation.questionnaires import FOLLOW_UP_WORDS, REACTION_WORDS, SCALE_WORDS
from certificates.models import ContextNote

_ANSWER = _("Choose an answer.")


class _Questions(forms.Form):
    """A form of one choice for each question."""

    def ask(self, name: str, label: Any, choices: list[tuple[int, Any]]) -> None:
        """Add a question."""
        self.fields[name] = forms.TypedChoiceField(
            label=label,
            coerce=int,
            choices=choices,
            widget=forms.RadioSelect,
            error_messages={"required": _ANSWER, "invalid_choice": _ANSWER},
        )

    def answers(self) -> dict[str, int]:
        """Return the number of the answer to each question."""
        return dict(self.cleaned_data)


class ReactionForm(_Questions):
    """The form at the end of a cohort."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item, label in REACTION_WORDS.items():
            self.ask(item, label, SCALE_WORDS)


class FollowUpForm(_Questions):
    """The questions some months later, to the learner or to the supervisor."""

    def __init__(self, *args: Any, who: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item, (label, choices) in FOLLOW_UP_WORDS[who].items():
            self.ask(item, label, choices)


class SupervisorCodeForm(forms.Form):
    """The code on a supervisor's paper."""

    code = forms.CharField(
        label=_("Code on the paper"),
        help_text=_("Twelve letters and digits. Capitals, spaces and dashes do not matter."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "key", "autocomplete": "off", "spellcheck": "false", "dir": "ltr"}),
    )


class SupervisorSheetForm(forms.Form):
    """For which follow-up the papers are."""

    months = forms.TypedChoiceField(
        label=_("Follow-up"),
        coerce=int,
        choices=[(months, _("After %(months)s months") % {"months": months}) for months in WAVES],
        widget=forms.RadioSelect,
    )


class ContextNoteForm(forms.ModelForm[ContextNote]):
    """What official data say of the country."""

    source_url = forms.URLField(label=_("Address of the source"), required=False, assume_scheme="https")

    class Meta:
        model = ContextNote
        fields = ("text", "source", "source_url", "year")
        widgets = {"year": forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"})}
