"""The form fields of a question's words: the same for each language, numbered for each choice."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from assessments.admin.plain_text import plain_text

MOST_CHOICES = 8
LONGEST_STEM = 2000
LONGEST_CHOICE = 400
LANGUAGE_NAMES = dict(settings.LANGUAGES)
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
PLACES = range(1, MOST_CHOICES + 1)


class PlainTextField(forms.CharField):
    """A text without markup."""

    def clean(self, value: Any) -> str:
        """Return the text made plain, then held to its length."""
        return str(super().clean(plain_text(value or "")))


def stem_name(language: str) -> str:
    """Return the name of the field of a stem."""
    return f"stem_{language}"


def feedback_name(language: str) -> str:
    """Return the name of the field of a feedback."""
    return f"feedback_{language}"


def choice_name(language: str, place: int) -> str:
    """Return the name of the field of a choice's words; places count from 1."""
    return f"choice_{language}_{place}"


def choice_id_name(place: int) -> str:
    """Return the name of the hidden field that keeps a choice's UUID."""
    return f"choice_id_{place}"


def word_names(language: str, *, has_choices: bool) -> list[str]:
    """Return the names of the fields of one language, in the order of the page."""
    choices = [choice_name(language, place) for place in PLACES] if has_choices else []
    return [stem_name(language), *choices, feedback_name(language)]


def word_fields(*, has_choices: bool) -> dict[str, forms.Field]:
    """Return the fields of all languages; a form drops those of languages it does not show."""
    fields: dict[str, forms.Field] = {}
    for language, _name in settings.LANGUAGES:
        fields[stem_name(language)] = PlainTextField(
            label=_("Question"),
            required=False,
            max_length=LONGEST_STEM,
            widget=AdminAutoHeightTextInput(attrs=_spoken_in(language)),
            help_text=_("Tell the case first, if there is one; leave an empty line; then ask."),
        )
        for place in PLACES if has_choices else ():
            fields[choice_name(language, place)] = PlainTextField(
                label=format_lazy(_("Choice {number}"), number=place),
                required=False,
                max_length=LONGEST_CHOICE,
                widget=forms.TextInput(attrs=_spoken_in(language)),
            )
        fields[feedback_name(language)] = PlainTextField(
            label=_("Feedback"),
            required=False,
            max_length=LONGEST_STEM,
            widget=AdminAutoHeightTextInput(attrs=_spoken_in(language)),
            help_text=_("Shown after the attempt: why this is the answer."),
        )
    return fields


def choice_id_fields() -> dict[str, forms.Field]:
    """Return the hidden fields that keep the choices' UUIDs from edit to edit."""
    return {choice_id_name(place): forms.UUIDField(required=False, widget=forms.HiddenInput) for place in PLACES}


def _spoken_in(language: str) -> dict[str, str]:
    return {"lang": language, "dir": "rtl" if language in RIGHT_TO_LEFT else "ltr"}
