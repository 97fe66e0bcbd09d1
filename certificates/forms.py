"""What is typed about certificates."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.reasons import RevocationReason
from certificates.serials import LONGEST_TYPED, read_serial


class SerialForm(forms.Form):
    """The number on a certificate, however it is spelled."""

    number = forms.CharField(
        label=_("Number on the certificate"),
        help_text=_("Such as RLS-ML-2026-7K3M-9QXD. Capitals, spaces and dashes do not matter."),
        max_length=LONGEST_TYPED,
        widget=forms.TextInput(attrs={"class": "key", "autocomplete": "off", "spellcheck": "false", "dir": "ltr"}),
    )

    def clean_number(self) -> str:
        """Return the number as it is written."""
        serial = read_serial(self.cleaned_data["number"])
        if serial is None:
            raise forms.ValidationError(
                _("This is not a whole number of a certificate. It has RLS, two letters, a year and eight characters.")
            )
        return serial


class RevocationForm(forms.Form):
    """Why a certificate is withdrawn."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=RevocationReason.choices,
        widget=forms.RadioSelect,
        help_text=_("The reason is kept in the record. People who check the number see the day only."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].error_messages["required"] = _("Choose a reason.")


class InvitationForm(forms.Form):
    """What an invitation code opens, how often, and for how long."""

    course = forms.TypedChoiceField(label=_("Course"), coerce=UUID)
    uses = forms.IntegerField(
        label=_("People who may use it"),
        help_text=_("As many as the class has, and a few more."),
        initial=30,
        min_value=1,
        max_value=500,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    days = forms.IntegerField(
        label=_("Days it stays open"),
        initial=30,
        min_value=1,
        max_value=365,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, courses: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].choices = [(str(uuid), title) for uuid, title in courses.items()]  # type: ignore[attr-defined]
