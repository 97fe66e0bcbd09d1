"""What is typed about exams."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import Quiz


class ExamCodeForm(forms.Form):
    """The code that the trainer reads out."""

    code = forms.CharField(
        label=_("Exam code"),
        help_text=_("Eight letters and digits. Capital or small letters, spaces or not: it makes no difference."),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "key", "dir": "ltr"}
        ),
    )


class ExamOpeningForm(forms.Form):
    """Which exam to open, and for how long learners may begin it."""

    quiz = forms.TypedChoiceField(label=_("Exam"), coerce=UUID)
    minutes = forms.IntegerField(
        label=_("Minutes in which the code can be typed"),
        help_text=_("Only for the beginning. Each learner’s own time runs from when they begin."),
        initial=15,
        min_value=1,
        max_value=240,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, exams: Sequence[Quiz], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quiz"].choices = [(str(each.uuid), str(each)) for each in exams]  # type: ignore[attr-defined]
