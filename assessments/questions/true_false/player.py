"""The true or false question: its structure, what a player sees, what comes back."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from assessments.errors import ResponseRefusedError
from assessments.models.questions import Question
from assessments.questions.player import Shown, ShownChoice, split_stem, values_in
from assessments.questions.true_false.marking import mark_true_false
from assessments.questions.true_false.models import TrueFalseQuestion

_VALUES = {"true": True, "false": False}


class TrueFalse:
    """A statement to judge. A response is true or false; true always stands first."""

    name = "true_false"
    model = TrueFalseQuestion
    template = "assessments/kinds/true_false.html"
    mark = staticmethod(mark_true_false)

    def structure_of(self, question: Question) -> dict[str, Any]:
        """Return the right judgement."""
        return {"is_true": question.is_true}

    def problems_of(self, structure: Mapping[str, Any]) -> list[str]:  # noqa: ARG002  # the kinds share one form
        """Return nothing: whatever it says, it can be judged."""
        return []

    def has_words(self, structure: Mapping[str, Any], text: Mapping[str, Any]) -> bool:  # noqa: ARG002  # as above
        """Tell whether a language has the statement."""
        return bool(text["stem"].strip())

    def key_of(self, structure: Mapping[str, Any]) -> Any:
        """Return the response that earns a full mark."""
        return structure["is_true"]

    def choices_of(self, structure: Mapping[str, Any]) -> list[str]:  # noqa: ARG002  # as above
        """Return nothing to shuffle: a fixed order says nothing and is what people expect."""
        return []

    def public(self, text: Mapping[str, Any], language: str, order: Sequence[str]) -> Shown:  # noqa: ARG002  # as above
        """Return what a player may show."""
        choices = (ShownChoice("true", _("True")), ShownChoice("false", _("False")))
        return Shown(self.name, self.template, language, *split_stem(text["stem"]), choices)

    def read_response(self, data: Any, structure: Mapping[str, Any]) -> Any:  # noqa: ARG002  # as above
        """Return the judgement, None where there is none; raise ResponseRefusedError."""
        values = values_in(data)
        if not values:
            return None
        if len(values) > 1 or values[0] not in _VALUES:
            raise ResponseRefusedError
        return _VALUES[values[0]]

    def values_of(self, response: Any) -> frozenset[str]:
        """Return the value of the input that stands for a response."""
        return frozenset(name for name, value in _VALUES.items() if value is response)

    def describe_response(self, structure: Mapping[str, Any], text: Mapping[str, Any], response: Any) -> list[str]:  # noqa: ARG002  # as above
        """Return the word of a response."""
        if not isinstance(response, bool):
            return []
        return [_("True") if response else _("False")]
