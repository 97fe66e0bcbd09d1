"""What is typed about work that travels."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST_FILE_BYTES = 8 * 1024 * 1024


class ImportForm(forms.Form):
    """A file that a device exported."""

    file = forms.FileField(
        label=_("File with saved work"),
        help_text=_("Its name ends in .relais. The device makes it on the page “This device”, by “Save to a file”."),
        widget=forms.ClearableFileInput(attrs={"accept": ".relais,text/plain"}),
    )

    def clean_file(self) -> Any:
        """Refuse a file that would take longer than a page may."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 8 MB. Nothing was changed. Ask whoever runs this site to import it.")
            )
        return file


class DecisionForm(forms.Form):
    """What is decided on work that is held back."""

    decision = forms.ChoiceField(label=_("Your decision"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Why"),
        help_text=_("For whoever reads this later. No names, please."),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    alike = forms.BooleanField(required=False)

    def __init__(self, *args: Any, may_accept: bool, others: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("set-aside", _("Set it aside: it stays kept here and does not count"))]
        if may_accept:
            choices.insert(0, ("accepted", _("Accept it: it counts like any other work")))
        self.fields["decision"].choices = choices  # type: ignore[attr-defined]
        self.fields["decision"].error_messages["required"] = _("Choose a decision.")
        if others:
            self.fields["alike"].label = _("Decide the same for all %(count)d of this person held for this reason") % {
                "count": others + 1
            }
        else:
            del self.fields["alike"]
