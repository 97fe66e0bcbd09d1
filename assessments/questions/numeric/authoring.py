"""How an author types a number: read by the same rule as a learner's, but meant in one way only."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from assessments.questions.numeric.reading import PLAIN, plain_text, readings_of

_CLEARLY_DECIMAL = "0"


def one_number(text: str) -> str:
    """Return the one number that a text says, as structures write it; "" where it says none, or two.

    >>> one_number("12,5"), one_number("1,234"), one_number("1.2340")
    ('12.5', '', '1.234')
    """
    readings = readings_of(text.strip())
    found = plain_text(readings[0]) if len(readings) == 1 else ""
    return found if PLAIN.fullmatch(found) else ""


def for_author(number: str) -> str:
    """Return a number of a structure so that it is read in one way only.

    >>> for_author("12.5"), for_author("1.234")
    ('12.5', '1.2340')
    """
    return number + _CLEARLY_DECIMAL if len(readings_of(number)) > 1 else number


class NumberField(forms.CharField):
    """A number as people write it, kept as structures write it; "" for none."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(required=False, max_length=40, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        """Return the number; say how to write one that can be read in two ways."""
        text = str(super().clean(value)).strip()
        if not text:
            return ""
        if found := one_number(text):
            return found
        if len(readings := readings_of(text)) > 1:
            numbers = [plain_text(each) for each in readings]
            raise forms.ValidationError(
                _("This can be read as %(first)s or as %(second)s. Write %(second)s, or %(first)s0.")
                % {"first": numbers[0], "second": numbers[1]}
            )
        raise forms.ValidationError(_("This cannot be read as a number. Write it like 1250 or 12.5."))
