"""What is typed about a flagged attempt."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DecisionForm(forms.Form):
    """Whether a flagged attempt counts, and why."""

    COUNTS = "counts"
    CHOICES = (
        (COUNTS, _("It counts, like any other attempt")),
        ("not", _("It does not count. The learner may use another attempt, if one is left")),
    )

    decision = forms.ChoiceField(label=_("Your decision"), choices=CHOICES, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Your reason"),
        help_text=_("One or two sentences. The learner reads them."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
