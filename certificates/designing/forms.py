"""The form of a design: texts by language, three signatories, a seal."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from certificates.designing.values import LONGEST_TEXT, SIGNATORIES_MAX, Design, Officer, checked
from certificates.errors import DesignRefusedError, SealRefusedError
from certificates.models import CertificateDesign
from certificates.pdf import LANGUAGES, Language, words_of
from certificates.pdf.seal import MAX_BYTES, read_seal

TEXTS = {
    "title": gettext_lazy("Title"),
    "subtitle": gettext_lazy("Line below the course"),
    "funding": gettext_lazy("Donors, as they ask to be named"),
    "footer": gettext_lazy("Footer"),
}
# Those who sign now, and some who did before: certificates of their days go on naming them.
OFFICER_ROWS = 2 * SIGNATORIES_MAX
_NAMES = dict(settings.LANGUAGES)


class DesignForm(forms.Form):
    """What stands on the page, as one form. It writes nothing."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Ground"), choices=CertificateDesign.Ground.choices, widget=forms.RadioSelect
    )
    shows_score = forms.BooleanField(label=gettext_lazy("Show the score"), required=False)
    seal = forms.FileField(
        label=gettext_lazy("Seal"),
        required=False,
        help_text=gettext_lazy("PNG, JPEG or WebP, at most 2 MB. It is written anew, on white."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    removes_seal = forms.BooleanField(label=gettext_lazy("Print no seal"), required=False)
    seal_alt = forms.CharField(
        label=gettext_lazy("What the seal shows"),
        required=False,
        max_length=150,
        help_text=gettext_lazy("A screen reader reads this aloud."),
    )

    def __init__(self, stored: Design, data: Any = None, files: Any = None) -> None:
        """Begin with what is stored; a design that came in is in `design` once the form is valid."""
        super().__init__(data, files, initial=_initial(stored))
        self.stored = stored
        self.design = stored
        for code in LANGUAGES:
            for part, label in TEXTS.items():
                self.fields[f"{part}_{code}"] = _text_field(part, code, f"{label} ({_NAMES[code]})")
        for number in range(OFFICER_ROWS):
            self.fields |= _officer_fields(number)

    @property
    def languages(self) -> list[dict[str, Any]]:
        """The fields of each language; those that the site has in full are open."""
        return [
            {
                "code": code,
                "name": _NAMES[code],
                "is_complete": words_of(code).is_complete,
                "fields": [self[f"{part}_{code}"] for part in TEXTS],
            }
            for code in LANGUAGES
        ]

    @property
    def officers(self) -> list[list[Any]]:
        """The rows that the page shows at once: as many as sign a certificate."""
        return self._officer_rows()[:SIGNATORIES_MAX]

    @property
    def former_officers(self) -> list[list[Any]]:
        """The other rows, for those who signed before or will sign later."""
        return self._officer_rows()[SIGNATORIES_MAX:]

    @property
    def has_former_officers(self) -> bool:
        """Tell whether one of the other rows is filled."""
        return any(field.value() for row in self.former_officers for field in row)

    def _officer_rows(self) -> list[list[Any]]:
        return [[self[f"{part}_{number}"] for part in _OFFICER] for number in range(OFFICER_ROWS)]

    def clean_seal(self) -> bytes:
        """Return the seal written anew, or nothing where none came."""
        upload = self.cleaned_data["seal"]
        if upload is None:
            return b""
        try:
            return read_seal(upload.read(MAX_BYTES + 1))
        except SealRefusedError as error:
            raise forms.ValidationError(error.text) from error

    def clean(self) -> dict[str, Any]:
        """Put the design together."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        try:
            self.design = checked(self._read(cleaned))
        except DesignRefusedError as error:
            raise forms.ValidationError(error.text) from error
        return cleaned

    def _read(self, cleaned: Mapping[str, Any]) -> Design:
        texts: dict[str, dict[str, str]] = {
            part: {code: cleaned[f"{part}_{code}"] for code in LANGUAGES} for part in TEXTS
        }
        kept = b"" if cleaned["removes_seal"] else self.stored.seal_png
        rows = [[cleaned[f"{part}_{number}"] for part in _OFFICER] for number in range(OFFICER_ROWS)]
        return Design(
            ground="white" if cleaned["ground"] == CertificateDesign.Ground.WHITE else "dark",
            shows_score=cleaned["shows_score"],
            seal_png=cleaned["seal"] or kept,
            seal_alt=cleaned["seal_alt"],
            officers=tuple(Officer(*row) for row in rows if any(row)),
            title=texts["title"],
            subtitle=texts["subtitle"],
            funding=texts["funding"],
            footer=texts["footer"],
        )

    def refuse(self, text: str) -> None:
        """Say above the form why what it holds was not saved."""
        self.add_error(None, text)

    def error_texts(self) -> list[str]:
        """Return all that is wrong, a sentence each."""
        return [str(message) for messages in self.errors.values() for message in messages]


_OFFICER = ("name", "office", "since", "until")
_OFFICER_LABELS = {
    "name": gettext_lazy("Name of signatory %(number)s"),
    "office": gettext_lazy("Office of signatory %(number)s"),
    "since": gettext_lazy("In office from (signatory %(number)s)"),
    "until": gettext_lazy("In office until (signatory %(number)s)"),
}


def _text_field(part: str, code: Language, label: str) -> forms.CharField:
    usual = words_of(code).title if part == "title" else ""
    rtl = {"dir": "rtl"} if code == "ar" else {"dir": "ltr"}
    widget = forms.TextInput(attrs={"placeholder": usual, "lang": code, **rtl})
    return forms.CharField(label=label, required=False, max_length=LONGEST_TEXT, widget=widget)


def _officer_fields(number: int) -> dict[str, forms.Field]:
    labels = {part: str(label) % {"number": number + 1} for part, label in _OFFICER_LABELS.items()}
    day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return {
        f"name_{number}": forms.CharField(label=labels["name"], required=False, max_length=LONGEST_TEXT),
        f"office_{number}": forms.CharField(label=labels["office"], required=False, max_length=LONGEST_TEXT),
        f"since_{number}": forms.DateField(label=labels["since"], required=False, widget=day),
        f"until_{number}": forms.DateField(label=labels["until"], required=False, widget=day),
    }


def _initial(design: Design) -> dict[str, Any]:
    texts = {f"{part}_{code}": getattr(design, part).get(code, "") for part in TEXTS for code in LANGUAGES}
    officers: dict[str, Any] = {
        f"{part}_{number}": getattr(officer, part)
        for number, officer in enumerate(design.officers)
        for part in _OFFICER
    }
    plain = {"ground": design.ground, "shows_score": design.shows_score, "seal_alt": design.seal_alt}
    return {**plain, **texts, **officers}
