"""The form fields of a question's words: the same for each language, numbered for each choice."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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


class PlainTextField(forms.CharField):
    """A text without markup."""

    def clean(self, value: Any) -> str:
        """Return the text made plain, then held to its length."""
        return str(super().clean(plain_text(value or "")))


def stem_name(language: str) -> str:
    """Return the name of the field of a stem."""
    return f"stem_{language}"


def alt_name(language: str) -> str:
    """Return the name of the field of the picture's alternative text."""
    return f"image_alt_{language}"


def feedback_name(language: str) -> str:
    """Return the name of the field of a feedback."""
    return f"feedback_{language}"


def still_right_name(language: str) -> str:
    """Return the name of the box that says that stale words still hold."""
    return f"still_right_{language}"


@dataclass(frozen=True, slots=True)
class Column:
    """What a form asks for in numbered rows: a choice, a side of a pair, a word of a gap.

    `label` and `feedback_label` may name {number}. With a `feedback_label` each row has feedback of its own.
    A column `is_passage` has one row: a text of several lines that stands before the numbered rows.
    """

    name: str
    label: Any
    longest: int = LONGEST_CHOICE
    feedback_label: Any = None
    is_passage: bool = False
    help_text: Any = ""

    def has(self, place: int) -> bool:
        """Tell whether the column has a row at a place."""
        return place == 1 or not self.is_passage

    def field(self, language: str, place: int) -> str:
        """Return the name of the field of a row's words; places count from 1."""
        return f"{self.name}_{language}_{place}"

    def feedback_field(self, language: str, place: int) -> str:
        """Return the name of the field of a row's feedback."""
        return f"{self.name}_feedback_{language}_{place}"

    def id_field(self, place: int) -> str:
        """Return the name of the hidden field that keeps a row's UUID."""
        return f"{self.name}_id_{place}"

    def fields(self, language: str, place: int) -> list[str]:
        """Return the names of the fields of a row in one language."""
        return [self.field(language, place), *([self.feedback_field(language, place)] if self.feedback_label else [])]


def cells(columns: Sequence[Column], rows: int) -> Iterator[tuple[Column, int]]:
    """Yield each column with each place that it has, place by place."""
    for place in range(1, rows + 1):
        for column in columns:
            if column.has(place):
                yield column, place


def word_names(language: str, columns: Sequence[Column], rows: int) -> list[str]:
    """Return the names of the fields of one language, in the order of the page."""
    numbered = [name for column, place in cells(columns, rows) for name in column.fields(language, place)]
    return [stem_name(language), alt_name(language), *numbered, feedback_name(language)]


def word_fields(columns: Sequence[Column], rows: int) -> dict[str, forms.Field]:
    """Return the fields of all languages; a form drops those of languages it does not show."""
    fields: dict[str, forms.Field] = {}
    for language, _name in settings.LANGUAGES:
        fields[stem_name(language)] = PlainTextField(
            label=_("Question"),
            required=False,
            max_length=LONGEST_STEM,
            widget=AdminAutoHeightTextInput(attrs=spoken_in(language)),
            help_text=_("Tell the case first, if there is one; leave an empty line; then ask."),
        )
        fields[alt_name(language)] = PlainTextField(
            label=_("What the picture shows"),
            required=False,
            max_length=LONGEST_CHOICE,
            widget=forms.TextInput(attrs=spoken_in(language)),
            help_text=_("Only with a picture: for learners who cannot see it. Say what is there, not what is right."),
        )
        for column, place in cells(columns, rows):
            fields |= _row_fields(column, language, place)
        fields[feedback_name(language)] = PlainTextField(
            label=_("Feedback"),
            required=False,
            max_length=LONGEST_STEM,
            widget=AdminAutoHeightTextInput(attrs=spoken_in(language)),
            help_text=_("Shown after the attempt: why this is the answer."),
        )
        fields[still_right_name(language)] = forms.BooleanField(required=False)
    return fields


def id_fields(columns: Sequence[Column], rows: int) -> dict[str, forms.Field]:
    """Return the hidden fields that keep the rows' UUIDs from edit to edit."""
    return {
        column.id_field(place): forms.UUIDField(required=False, widget=forms.HiddenInput)
        for column, place in cells(columns, rows)
    }


def _row_fields(column: Column, language: str, place: int) -> dict[str, forms.Field]:
    labels = (column.label, *([column.feedback_label] if column.feedback_label else []))
    widget = AdminAutoHeightTextInput if column.is_passage else forms.TextInput
    return {
        name: PlainTextField(
            label=format_lazy(label, number=place),
            required=False,
            max_length=column.longest,
            widget=widget(attrs=spoken_in(language)),
            help_text=column.help_text,
        )
        for name, label in zip(column.fields(language, place), labels, strict=True)
    }


def spoken_in(language: str) -> dict[str, str]:
    """Return what an input says of the language that is written in it."""
    return {"lang": language, "dir": "rtl" if language in RIGHT_TO_LEFT else "ltr"}
