"""Forms of courses: a code, and a newcomer."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Cohort, Person
from accounts.models.people import EARLIEST_BIRTH_YEAR


class CodeForm(forms.Form):
    """An invitation code as it stands on the board."""

    code = forms.CharField(
        label=_("Invitation code"),
        help_text=_("Your trainer or coordinator gives it to you."),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "key", "autocomplete": "off", "autocapitalize": "characters"}),
    )


class NewcomerForm(forms.Form):
    """What somebody without an account tells of themselves. Nobody declares a role or a country here."""

    code = forms.CharField(max_length=20, widget=forms.HiddenInput)
    full_name = forms.CharField(
        label=_("Full name"),
        help_text=_("As it shall stand on your certificate."),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Agency"), required=False)
    service_number = forms.CharField(
        label=_("Service number"),
        help_text=_("You sign in with it."),
        max_length=32,
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 10 characters. A few words together are easy to remember and hard to guess."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    sex = forms.ChoiceField(
        label=_("Sex"),
        help_text=_("Only used for totals: whether women and men have the same chances."),
        choices=[("", _("I prefer not to say")), *Person.Sex.choices],
        required=False,
    )
    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        help_text=_("Only used for totals."),
        min_value=EARLIEST_BIRTH_YEAR,
        max_value=2020,
        required=False,
        widget=forms.NumberInput(attrs={"class": "short", "autocomplete": "bday-year"}),
    )

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if cohort.agency_id:
            del self.fields["agency"]
        else:
            agency: Any = self.fields["agency"]
            agency.queryset = Agency.objects.filter(country=cohort.country).select_related("country")
            agency.required = True

    def clean_password(self) -> str:
        """Refuse a password that is too easy to guess."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password
