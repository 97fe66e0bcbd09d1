"""What is typed about what a learner is granted."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from assessments.accommodating import MOST_EXTRA_ATTEMPTS, Granted
from assessments.accommodation_words import time_text
from assessments.models import Accommodation

TIME_PERCENTS = (100, 125, 150, 175, 200, 250, 300)


class AccommodationForm(forms.Form):
    """How much time, how many attempts more, breaks, and until when."""

    time_percent = forms.TypedChoiceField(
        label=_("Time"), coerce=int, choices=[(each, lazy(time_text, str)(each)) for each in TIME_PERCENTS]
    )
    may_pause = forms.BooleanField(
        label=_("Time for breaks"),
        help_text=_("15 minutes more for each hour of the time limit, or part of one. They are taken at any time."),
        required=False,
    )
    extra_attempts = forms.IntegerField(
        label=_("More attempts at each quiz"),
        help_text=_("After the last attempt the right answers may have been shown already."),
        min_value=0,
        max_value=MOST_EXTRA_ATTEMPTS,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    ends_on = forms.DateField(
        label=_("Last day"),
        help_text=_("Leave it empty where there is no end."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    @classmethod
    def of(cls, data: Any, row: Accommodation | None) -> "AccommodationForm":
        """Return the form with what stands now."""
        stands = {
            "time_percent": row.time_percent if row else 100,
            "may_pause": bool(row and row.may_pause),
            "extra_attempts": row.extra_attempts if row else 0,
            "ends_on": row.ends_on if row else None,
        }
        return cls(data, initial=stands)

    def clean_ends_on(self) -> Any:
        """Refuse a day that is over: it would grant nothing."""
        day = self.cleaned_data["ends_on"]
        if day and day < timezone.now().date():
            raise forms.ValidationError(_("This day is over. Choose today or a later day."))
        return day

    @property
    def granted(self) -> Granted:
        """What the form grants."""
        given = self.cleaned_data
        return Granted(given["time_percent"], given["extra_attempts"], given["may_pause"])
