"""The form fields of partial credit (assessments.questions.credit), for the kinds that offer it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.admin.reading import Fields

PARTIAL_FIELD = forms.ChoiceField(
    label=_("Partly right answers"),
    choices=(("", _("Each part that is right counts")), ("all", _("All or nothing"))),
    required=False,
    widget=forms.RadioSelect,
)
WRONG_FIELD = forms.ChoiceField(
    label=_("A wrong choice"),
    choices=(("", _("takes away what a right one gives")), ("free", _("takes nothing away"))),
    required=False,
    widget=forms.RadioSelect,
)
_NAMES = ("partial", "wrong")


def credit_in_fields(body: Mapping[str, Any]) -> Fields:
    """Yield what the fields show of a structure."""
    for name in _NAMES:
        yield name, body.get(name, "")


def credit_in_body(data: Mapping[str, Any]) -> dict[str, str]:
    """Return what the fields say; the usual rule is not written down."""
    return {name: str(data[name]) for name in _NAMES if data.get(name)}
