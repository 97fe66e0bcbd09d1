"""The single choice question: what a player sees, what comes back."""

from collections.abc import Sequence
from typing import Any

from assessments.errors import ResponseRefusedError
from assessments.questions.choices import ShownChoices, check_choices, problems_of_choices, show_choices, words_of
from assessments.questions.kind import BaseKind, Fields, Structure, Text, only_part
from assessments.questions.single_choice.models import SingleChoiceQuestion


class SingleChoice(BaseKind):
    """Exactly one choice is right. A response is the UUID of a choice."""

    name = "single_choice"
    model = SingleChoiceQuestion
    is_embeddable = True

    def problems_of(self, structure: Structure) -> list[str]:
        """Return what keeps the question from being published."""
        return problems_of_choices(structure, exactly_one=True)

    def parts_of(self, structure: Structure) -> list[str]:
        """Return the choices."""
        return list(structure["choices"])

    def order_of(self, structure: Structure) -> list[str]:
        """Return the choices."""
        return list(structure["choices"])

    def key_of(self, structure: Structure) -> Any:
        """Return the right choice."""
        return structure["right"][0]

    def wrong_of(self, structure: Structure) -> Any:
        """Return a choice that is not right."""
        return next(each for each in structure["choices"] if each not in structure["right"])

    def show(
        self, structure: Structure, text: Text, language: str, order: Sequence[str], response: Any = None
    ) -> ShownChoices:
        """Return what a player may show."""
        del structure
        choices = show_choices(text, order, self.fields_shown(response).get("", []))
        return ShownChoices(**self.common(text, language), choices=choices)

    def read_response(self, fields: Fields, structure: Structure) -> Any:
        """Return the chosen UUID, None where nothing is chosen; raise ResponseRefusedError."""
        values = only_part(fields)
        check_choices(values, structure["choices"])
        if len(values) > 1:
            raise ResponseRefusedError
        return values[0] if values else None

    def fields_of(self, response: Any) -> dict[str, list[str]]:
        """Return the chosen UUID."""
        return {"": [response]} if isinstance(response, str) else {}

    def describe_response(self, structure: Structure, text: Text, response: Any) -> list[str]:
        """Return the words of a response."""
        return words_of(text, [each for each in structure["choices"] if each == response])


KIND = SingleChoice()
