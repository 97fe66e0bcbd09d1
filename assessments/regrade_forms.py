"""What is typed to mark a question anew."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.previewing import Ruled
from assessments.regrading import NONE
from assessments.scoring import DROP, FULL, KEY

RULE_WORDS = {
    KEY: _("Mark the answers again, by the mended key"),
    FULL: _("Give everybody the full mark"),
    DROP: _("Leave the question out of the score"),
    NONE: _("Take back what was decided before: mark it as it was asked"),
}


class RegradeForm(forms.Form):
    """Which version was asked, by which rule it is marked now, by whose key, and why."""

    version = forms.ChoiceField(label=_("The version that was asked"), widget=forms.RadioSelect)
    rule = forms.ChoiceField(label=_("How to mark it now"), choices=list(RULE_WORDS.items()), widget=forms.RadioSelect)
    to = forms.ChoiceField(
        label=_("The version with the mended key"),
        help_text=_("Only for the first rule. It must have the same choices; only what is right may differ."),
        required=False,
    )
    reason = forms.CharField(
        label=_("Your reason"),
        help_text=_("One or two sentences. The learners read them once they may see the right answers."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(
        self, *args: Any, versions: Sequence[tuple[str, Any]], keys: Sequence[tuple[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].choices = list(versions)  # type: ignore[attr-defined]  # a choice field
        self.fields["to"].choices = [("", "…"), *keys]  # type: ignore[attr-defined]  # the same

    def clean(self) -> dict[str, Any]:
        """Refuse a key that is missing, or that is the one by which the question was marked."""
        given = super().clean() or {}
        if given.get("rule") == KEY and given.get("version") and given.get("to", "") in {"", given["version"]}:
            self.add_error("to", _("Choose another version than the one that was asked."))
        return given

    def ruled(self, question: UUID) -> Ruled:
        """Return what the form asks for."""
        given = self.cleaned_data
        return Ruled(question, given["version"], given["rule"], given["to"] if given["rule"] == KEY else "")
