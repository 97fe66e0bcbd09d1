"""The multiple choice question: what a player sees, what comes back."""

from collections.abc import Sequence
from typing import Any

from assessments.questions.choices import ShownChoices, check_choices, problems_of_choices, show_choices, words_of
from assessments.questions.kind import BaseKind, Fields, Structure, Text, only_part
from assessments.questions.multiple_choice.models import MultipleChoiceQuestion


class MultipleChoice(BaseKind):
    """One or more choices are right. A response is the sorted list of the chosen UUIDs."""

    name = "multiple_choice"
    model = MultipleChoiceQuestion

    def problems_of(self, structure: Structure) -> list[str]:
        """Return what keeps the question from being published."""
        return problems_of_choices(structure, exactly_one=False)

    def parts_of(self, structure: Structure) -> list[str]:
        """Return the choices."""
        return list(structure["choices"])

    def order_of(self, structure: Structure) -> list[str]:
        """Return the choices."""
        return list(structure["choices"])

    def key_of(self, structure: Structure) -> Any:
        """Return the right choices."""
        return sorted(structure["right"])

    def wrong_of(self, structure: Structure) -> Any:
        """Return one choice that is not right, else too few of them."""
        wrong = [each for each in structure["choices"] if each not in structure["right"]]
        return wrong[:1] or self.key_of(structure)[:-1] or None

    def show(
        self, structure: Structure, text: Text, language: str, order: Sequence[str], response: Any = None
    ) -> ShownChoices:
        """Return what a player may show. How many are right is part of the key and is not said."""
        del structure
        choices = show_choices(text, order, self.fields_of(response).get("", []))
        return ShownChoices(**self.common(text, language), choices=choices)

    def read_response(self, fields: Fields, structure: Structure) -> Any:
        """Return the chosen UUIDs sorted, None where nothing is chosen; raise ResponseRefusedError."""
        values = only_part(fields)
        check_choices(values, structure["choices"])
        return sorted(values) or None

    def fields_of(self, response: Any) -> dict[str, list[str]]:
        """Return the chosen UUIDs."""
        chosen = [each for each in response if isinstance(each, str)] if isinstance(response, list) else []
        return {"": chosen} if chosen else {}

    def describe_response(self, structure: Structure, text: Text, response: Any) -> list[str]:
        """Return the words of a response, in the order of the author."""
        chosen = self.fields_of(response).get("", [])
        return words_of(text, [each for each in structure["choices"] if each in chosen])


KIND = MultipleChoice()
