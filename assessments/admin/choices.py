"""What the forms of the two kinds with choices share."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.admin.fields import Column
from assessments.admin.forms import QuestionForm
from assessments.admin.reading import Fields
from assessments.models import Question

CHOICE = Column("choice", gettext_lazy("Choice {number}"), feedback_label=gettext_lazy("Feedback to choice {number}"))


class ChoiceQuestionForm(QuestionForm):
    """Choices with words, and a field `right` that names the places of the right ones."""

    columns = (CHOICE,)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        key: Any = self.fields["right"]
        key.choices = [(str(place), self._choice_label(place)) for place in range(1, self.most_rows + 1)]

    @classmethod
    def stored_fields(cls, question: Question) -> Fields:
        """Yield the words, the ids and the key."""
        yield from super().stored_fields(question)
        right = set(question.body.get("right", []))
        choices = enumerate(question.body.get("choices", []), 1)
        yield "right", cls.shown_key([str(place) for place, choice in choices if choice in right])

    @classmethod
    def shown_key(cls, places: list[str]) -> Any:
        """Return the places of the right choices as the field `right` takes them."""
        return places

    def build_body(self, rows: Mapping[str, Mapping[int, str]]) -> dict[str, Any]:
        """Return the choices and the right ones."""
        choices, right = rows["choice"], self.right_places()
        return {
            "choices": list(choices.values()),
            "right": sorted(part for place, part in choices.items() if place in right),
        }

    def right_places(self) -> frozenset[int]:
        """Return the places of the right choices."""
        right = self.cleaned_data.get("right") or ()
        return frozenset(int(place) for place in ([right] if isinstance(right, str) else right))

    def _choice_label(self, place: int) -> str:
        """Return the number of a choice with its words, where it has some."""
        label = _("Choice %(number)d") % {"number": place}
        names = (CHOICE.field(code, place) for code in self.shown_languages)
        words = next((str(self.initial[name]) for name in names if self.initial.get(name)), "")
        return _("%(choice)s: %(words)s") % {"choice": label, "words": words} if words else label

    def _check_key(self, places: list[int]) -> None:
        right = self.right_places()
        if blank := sorted(right - set(places)):
            self.add_error("right", _("Choice %(number)d is marked as right but has no words.") % {"number": blank[0]})

    def _check_publishable(self, started: list[str]) -> None:
        super()._check_publishable(started)
        if not self.right_places() and "right" not in self.errors:
            self.add_error("right", _("Mark what is right before you publish the question."))
