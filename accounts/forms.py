"""The forms of signing in, one-time codes, and what people say about themselves."""

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.backends import LONGEST_IDENTIFIER
from accounts.models import Person

LONGEST_PASSWORD = 128  # a longer one only costs the server time to hash
_YOUNGEST = 15


def _new_password(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class NameForm(forms.Form):
    """How a person names their login: agency and service number, or something unique."""

    agency = forms.UUIDField(label=_("Agency"), required=False)
    identifier = forms.CharField(
        label=_("Service number"),
        help_text=_("As on your service card. Without an agency: your e-mail address or short code."),
        max_length=LONGEST_IDENTIFIER,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "class": "short code"}
        ),
    )


class SignInForm(NameForm):
    """Name and password."""

    password = forms.CharField(
        label=_("Password"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def credentials(self) -> dict[str, Any]:
        """Return what accounts.backends and django-axes take."""
        data = self.cleaned_data
        return {"identifier": data["identifier"], "agency_uuid": data["agency"], "password": data["password"]}


class RepeatedPasswordForm(forms.Form):
    """A new password, typed twice."""

    new_password = _new_password(_("New password"))
    repeated = _new_password(_("New password again"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password"].help_text = " ".join(str(text) for text in password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        """Compare the two."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("new_password") and data.get("repeated") and data["new_password"] != data["repeated"]:
            self.add_error("repeated", _("The two passwords are not the same. Type the new password twice."))
        return data


class RedeemForm(RepeatedPasswordForm, NameForm):
    """Name, one-time code and a new password."""

    code = forms.CharField(
        label=_("One-time code"),
        help_text=_("Eight letters and digits. Capital or small letters, spaces or not: it makes no difference."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "class": "key", "autocapitalize": "characters"}),
    )

    field_order = ("agency", "identifier", "code", "new_password", "repeated")


class PasswordForm(RepeatedPasswordForm):
    """The present password and a new one."""

    present = forms.CharField(
        label=_("Present password"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    field_order = ("present", "new_password", "repeated")


class ProfileForm(forms.ModelForm[Person]):
    """What people say about themselves; two answers are free."""

    class Meta:
        model = Person
        fields = ("language", "sex", "birth_year", "rank_band", "duty")
        help_texts = {
            "language": _("Pages and lessons open in this language. You can change it at any time."),
            "sex": _(
                "You may leave this out. It is counted only in totals, so that we see whether women and men are "
                "trained alike. What is published is rounded to five."
            ),
            "birth_year": _(
                "You may leave this out. It is counted only in totals by age group, so that we see whether younger "
                "and older officers are reached alike."
            ),
            "rank_band": _("You may leave this out. It is counted only in totals, in these wide bands."),
            "duty": _("You may leave this out. It is counted only in totals."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"), choices=settings.LANGUAGES, help_text=self.Meta.help_texts["language"]
        )
        self.fields["sex"] = forms.ChoiceField(
            label=_("Sex"),
            required=False,
            choices=[("", _("I prefer not to say")), *Person.Sex.choices],
            help_text=self.Meta.help_texts["sex"],
        )
        for name, label, choices in (
            ("rank_band", _("Rank band"), Person.RankBand.choices),
            ("duty", _("Place of duty"), Person.Duty.choices),
        ):
            self.fields[name] = forms.ChoiceField(
                label=label,
                required=False,
                choices=[("", _("I prefer not to say")), *choices],
                help_text=self.Meta.help_texts[name],
            )

    def clean_birth_year(self) -> int | None:
        """Refuse a year that no officer was born in."""
        year: int | None = self.cleaned_data["birth_year"]
        if year is not None and year > dt.datetime.now(tz=dt.UTC).year - _YOUNGEST:
            raise ValidationError(_("Write the year you were born with four digits, or leave it empty."))
        return year
