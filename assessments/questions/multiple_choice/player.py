"""The multiple choice question: its structure, what a player sees, what comes back."""

from collections.abc import Mapping, Sequence
from typing import Any

from assessments.models.questions import Question
from assessments.questions.choices import has_words, problems_of_choices, structure_of_choices
from assessments.questions.multiple_choice.marking import mark_multiple_choice
from assessments.questions.multiple_choice.models import MultipleChoiceQuestion
from assessments.questions.player import Shown, check_choices, show_choices, split_stem, values_in, words_of


class MultipleChoice:
    """One or more choices are right. A response is the sorted list of the chosen UUIDs."""

    name = "multiple_choice"
    model = MultipleChoiceQuestion
    template = "assessments/kinds/multiple_choice.html"
    mark = staticmethod(mark_multiple_choice)
    has_words = staticmethod(has_words)

    def structure_of(self, question: Question) -> dict[str, Any]:
        """Return the choices and the right ones."""
        return structure_of_choices(question)

    def problems_of(self, structure: Mapping[str, Any]) -> list[str]:
        """Return what keeps the question from being published."""
        return problems_of_choices(structure, exactly_one=False)

    def key_of(self, structure: Mapping[str, Any]) -> Any:
        """Return the response that earns a full mark."""
        return list(structure["right"])

    def choices_of(self, structure: Mapping[str, Any]) -> list[str]:
        """Return the values a paper shuffles."""
        return list(structure["choices"])

    def public(self, text: Mapping[str, Any], language: str, order: Sequence[str]) -> Shown:
        """Return what a player may show. How many are right is part of the key and is not said."""
        return Shown(self.name, self.template, language, *split_stem(text["stem"]), show_choices(text, order))

    def read_response(self, data: Any, structure: Mapping[str, Any]) -> Any:
        """Return the chosen UUIDs sorted, None where nothing is chosen; raise ResponseRefusedError."""
        values = values_in(data)
        check_choices(values, structure)
        return sorted(values) or None

    def values_of(self, response: Any) -> frozenset[str]:
        """Return the values of the inputs that stand for a response."""
        return frozenset(response if isinstance(response, list) else ())

    def describe_response(self, structure: Mapping[str, Any], text: Mapping[str, Any], response: Any) -> list[str]:
        """Return the words of a response, in the order of the author."""
        chosen = self.values_of(response)
        return words_of(text, [each for each in structure["choices"] if each in chosen])
