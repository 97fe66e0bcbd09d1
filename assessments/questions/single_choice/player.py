"""The single choice question: its structure, what a player sees, what comes back."""

from collections.abc import Mapping, Sequence
from typing import Any

from assessments.errors import ResponseRefusedError
from assessments.models.questions import Question
from assessments.questions.choices import has_words, problems_of_choices, structure_of_choices
from assessments.questions.player import Shown, check_choices, show_choices, split_stem, values_in, words_of
from assessments.questions.single_choice.marking import mark_single_choice
from assessments.questions.single_choice.models import SingleChoiceQuestion


class SingleChoice:
    """Exactly one choice is right. A response is the UUID of a choice."""

    name = "single_choice"
    model = SingleChoiceQuestion
    template = "assessments/kinds/single_choice.html"
    mark = staticmethod(mark_single_choice)
    has_words = staticmethod(has_words)

    def structure_of(self, question: Question) -> dict[str, Any]:
        """Return the choices and the right one."""
        return structure_of_choices(question)

    def problems_of(self, structure: Mapping[str, Any]) -> list[str]:
        """Return what keeps the question from being published."""
        return problems_of_choices(structure, exactly_one=True)

    def key_of(self, structure: Mapping[str, Any]) -> Any:
        """Return the response that earns a full mark."""
        return structure["right"][0]

    def choices_of(self, structure: Mapping[str, Any]) -> list[str]:
        """Return the values a paper shuffles."""
        return list(structure["choices"])

    def public(self, text: Mapping[str, Any], language: str, order: Sequence[str]) -> Shown:
        """Return what a player may show."""
        return Shown(self.name, self.template, language, *split_stem(text["stem"]), show_choices(text, order))

    def read_response(self, data: Any, structure: Mapping[str, Any]) -> Any:
        """Return the chosen UUID, None where nothing is chosen; raise ResponseRefusedError."""
        values = values_in(data)
        check_choices(values, structure)
        if len(values) > 1:
            raise ResponseRefusedError
        return values[0] if values else None

    def values_of(self, response: Any) -> frozenset[str]:
        """Return the values of the inputs that stand for a response."""
        return frozenset({response} if isinstance(response, str) else ())

    def describe_response(self, structure: Mapping[str, Any], text: Mapping[str, Any], response: Any) -> list[str]:
        """Return the words of a response."""
        return words_of(text, [each for each in structure["choices"] if each == response])
