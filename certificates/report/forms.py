"""What is chosen for a report."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Login
from certificates.desk_filters import programmes_to_choose
from certificates.models import Programme
from certificates.periods import Period, periods_to_choose, read_period
from certificates.report.donor import period_text


class ReportForm(forms.Form):
    """A period, a programme of the login's, and a language that the site has."""

    period = forms.ChoiceField(label=_("Period"), required=False)
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    language = forms.ChoiceField(label=_("Language of the report"))

    def __init__(self, login: Login, *args: Any, **options: Any) -> None:
        """Offer what this login may choose."""
        super().__init__(*args, **options)
        self._programmes = {str(each.uuid): each for each in programmes_to_choose(login)}
        names = dict(settings.LANGUAGES)
        periods = [read_period(""), *periods_to_choose(timezone.localdate())]
        self._choices("period", [(each.code, period_text(each)) for each in periods])
        self._choices("programme", [("", _("All programmes")), *self._programmes.items()])
        self._choices("language", [(code, names[code]) for code in settings.COMPLETE_LANGUAGES])
        self.fields["language"].initial = (get_language() or "en").partition("-")[0]

    def chosen(self) -> tuple[Period, Programme | None, str]:
        """Return what was chosen; the form is valid."""
        data = self.cleaned_data
        programme = self._programmes[data["programme"]] if data["programme"] else None
        return read_period(data["period"]), programme, data["language"]

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices
