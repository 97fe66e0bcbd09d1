"""What is typed and chosen about who joins."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.joining.verdicts import EARLIEST_BIRTH_YEAR, YOUNGEST
from accounts.leaving import LeavingReason
from accounts.models import Agency, Cohort, Country, Person

_CHOICES: dict[str, Any] = {
    "sex": Person.Sex.choices,
    "rank_band": Person.RankBand.choices,
    "duty": Person.Duty.choices,
}


class PersonForm(forms.ModelForm[Person]):
    """A new person, with or without a login later: what the certificate and the tables need."""

    sure = forms.BooleanField(
        label=_("This is somebody else than the people named above"), required=False, widget=forms.HiddenInput
    )

    class Meta:
        model = Person
        fields = (
            "full_name",
            "full_name_other",
            "country",
            "agency",
            "service_number",
            "language",
            "sex",
            "birth_year",
            "rank_band",
            "duty",
        )
        help_texts = {
            "full_name": _("As it shall stand on the certificate."),
            "service_number": _("With it the person signs in. Leave it empty for somebody on a paper list."),
        }

    def __init__(self, *args: Any, countries: Any, asks: bool = False, this_year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.this_year = this_year
        fields: Any = self.fields
        fields["country"].queryset = countries
        fields["agency"].queryset = Agency.objects.filter(country__in=countries).select_related("country")
        fields["language"] = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
        for name in ("sex", "rank_band", "duty"):
            fields[name].choices = [("", _("Not known")), *_CHOICES[name]]
        if asks:
            fields["sure"].widget = forms.CheckboxInput()

    def clean(self) -> dict[str, Any]:
        """Refuse an agency of another country, a number without an agency, a year that nobody was born in."""
        data: dict[str, Any] = super().clean() or {}
        agency, country, year = data.get("agency"), data.get("country"), data.get("birth_year")
        if agency and country and agency.country_id != country.pk:
            self.add_error("agency", _("This agency is of another country."))
        if data.get("service_number") and not agency:
            self.add_error("agency", _("Choose the agency that gave the service number."))
        if year is not None and not EARLIEST_BIRTH_YEAR <= year <= self.this_year - YOUNGEST:
            self.add_error("birth_year", _("Write the year of birth with four digits, or leave it empty."))
        return data

    def validate_constraints(self) -> None:
        """Leave the unique number to the action: here it would say whose it is, wherever they are."""

    def validate_unique(self) -> None:
        """Do the same."""


class UploadForm(forms.Form):
    """A list of people."""

    file = forms.FileField(
        label=_("List of people"),
        help_text=_("A CSV file or a plain .xlsx, up to 1,000 rows and 2 MB. Its first row says what the columns are."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
    )


class WithdrawForm(forms.Form):
    """Why somebody leaves."""

    reason = forms.ChoiceField(label=_("Reason"), choices=LeavingReason.choices, widget=forms.RadioSelect)


class TransferForm(forms.Form):
    """Where somebody goes."""

    to = forms.ModelChoiceField(Cohort.objects.none(), label=_("Cohort"), to_field_name="uuid")

    def __init__(self, *args: Any, cohorts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = cohorts  # type: ignore[attr-defined]


def countries_in(scopes: Any) -> Any:
    """Return the countries of some scopes."""
    if any(scope.everywhere for scope in scopes):
        return Country.objects.all()
    return Country.objects.filter(pk__in={pk for scope in scopes for pk in scope.country_ids})
