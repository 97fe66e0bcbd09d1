"""The true or false question: what a player sees, what comes back."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from assessments.errors import ResponseRefusedError
from assessments.questions.choices import ShownChoice, ShownChoices
from assessments.questions.kind import BaseKind, Fields, Structure, Text, only_part
from assessments.questions.true_false.models import TrueFalseQuestion

_VALUES = {"true": True, "false": False}


class TrueFalse(BaseKind):
    """A statement to judge. A structure is {"is_true"}, a response true or false; true always stands first."""

    name = "true_false"
    model = TrueFalseQuestion

    def problems_of(self, structure: Structure) -> list[str]:
        """Return nothing: whatever it says, it can be judged."""
        del structure
        return []

    def parts_of(self, structure: Structure) -> list[str]:
        """Return nothing: the site has the two words."""
        del structure
        return []

    def order_of(self, structure: Structure) -> list[str]:
        """Return nothing to shuffle: a fixed order says nothing and is what people expect."""
        del structure
        return []

    def key_of(self, structure: Structure) -> Any:
        """Return the right judgement."""
        return structure["is_true"]

    def wrong_of(self, structure: Structure) -> Any:
        """Return the other judgement."""
        return not structure["is_true"]

    def show(
        self, structure: Structure, text: Text, language: str, order: Sequence[str], response: Any = None
    ) -> ShownChoices:
        """Return what a player may show."""
        del structure, order
        choices = (
            ShownChoice("true", _("True"), response is True),
            ShownChoice("false", _("False"), response is False),
        )
        return ShownChoices(**self.common(text, language), choices=choices)

    def read_response(self, fields: Fields, structure: Structure) -> Any:
        """Return the judgement, None where there is none; raise ResponseRefusedError."""
        del structure
        values = only_part(fields)
        if not values:
            return None
        if len(values) > 1 or values[0] not in _VALUES:
            raise ResponseRefusedError
        return _VALUES[values[0]]

    def fields_of(self, response: Any) -> dict[str, list[str]]:
        """Return the value of the input that stands for a response."""
        return {"": [str(response).lower()]} if isinstance(response, bool) else {}

    def describe_response(self, structure: Structure, text: Text, response: Any) -> list[str]:
        """Return the word of a response."""
        del structure, text
        if not isinstance(response, bool):
            return []
        return [_("True") if response else _("False")]


KIND = TrueFalse()
