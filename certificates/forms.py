"""What is typed about certificates."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.reasons import RevocationReason
from certificates.serials import LONGEST_TYPED, read_serial
from certificates.verification.document import MOST_BYTES


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


class CheckForm(forms.Form):
    """What somebody has of a certificate: its number, the text of its code, or a file."""

    text = forms.CharField(
        label=_("Number, or text of the code"),
        help_text=_("The number on the certificate, or the whole link that a phone reads from its code."),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(
            attrs={"class": "code", "rows": 3, "autocomplete": "off", "spellcheck": "false", "dir": "ltr"}
        ),
    )
    file = forms.FileField(
        label=_("PDF or credential"),
        help_text=_("The PDF as it was issued, or its credential (JSON). At most 8 MB."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.json,application/pdf,application/json"}),
    )
    content: bytes = b""
    serial: str | None = None

    def clean(self) -> dict[str, Any]:
        """Find out what was given: a file, a number for the register, or text."""
        given = super().clean() or {}
        file, text = given.get("file"), given.get("text", "").strip()
        if file is not None and file.size > MOST_BYTES:
            self.add_error("file", _("The file is larger than 8 MB: it is no certificate of this site."))
        elif file is not None:
            self.content = file.read()
        elif "#" not in text and (serial := read_serial(text)):
            self.serial = serial
        elif text:
            self.content = text.encode(errors="replace")
        elif not self.errors:
            self.add_error("text", _("Enter a number or a text, or choose a file."))
        return given


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
