"""What is typed about an answer that a person marks: points by criterion, and a comment."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from assessments.admin.plain_text import plain_text
from assessments.hand_marks import LONGEST_COMMENT, HandMark
from assessments.marking_desk import Criterion

# More than these are a number to type, not a row of buttons.
_MOST_BUTTONS = 6


class MarkForm(forms.Form):
    """The points of each criterion, and what the learner reads beside them."""

    seen = forms.RegexField("^[0-9a-f]{64}$", widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("Comment"),
        help_text=_("The learner reads it with the result. Write no names."),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, rubric: Sequence[Criterion], own: HandMark | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rubric = rubric
        criteria = {self._name(each): _points_field(each) for each in rubric}
        self.fields = {"seen": self.fields["seen"], **criteria, "comment": self.fields["comment"]}
        if own:
            self.initial.update({self._name(each): own.points.get(each.part) for each in rubric}, comment=own.comment)

    def clean_comment(self) -> str:
        """Return the comment as plain text."""
        return plain_text(self.cleaned_data["comment"])

    @property
    def points(self) -> Mapping[str, int]:
        """The points by criterion."""
        return {each.part: self.cleaned_data[self._name(each)] for each in self.rubric}

    @property
    def criteria(self) -> list[Any]:
        """The bound fields of the criteria."""
        return [self[self._name(each)] for each in self.rubric]

    @staticmethod
    def _name(criterion: Criterion) -> str:
        return f"points_{criterion.part}"


def _points_field(criterion: Criterion) -> forms.Field:
    most = criterion.points
    if most <= _MOST_BUTTONS:
        return forms.TypedChoiceField(
            label=criterion.words,
            coerce=int,
            choices=[(number, str(number)) for number in range(most + 1)],
            widget=forms.RadioSelect,
        )
    return forms.IntegerField(
        label=criterion.words,
        min_value=0,
        max_value=most,
        help_text=ngettext("0 to %(most)d point", "0 to %(most)d points", most) % {"most": most},
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
