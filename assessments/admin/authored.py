"""A kind as its authors meet it: a form, its key, and a card that says what the kind is for."""

from dataclasses import dataclass
from typing import Any

from assessments.admin.forms import QuestionForm
from assessments.questions.registry import KINDS


@dataclass(frozen=True, slots=True)
class AuthoredKind:
    """One kind in the trainer's area; `keys` are the fields that say what is right, `place` its place in the picker.

    The fields of a tuple stand in one row.
    """

    name: str
    form: type[QuestionForm]
    keys: tuple[str | tuple[str, ...], ...]
    icon: str
    label: Any
    purpose: Any
    example: Any
    place: int

    @property
    def model(self) -> Any:
        """The model of the kind."""
        return KINDS[self.name].model

    @property
    def model_name(self) -> str:
        """The name of the model, as content types and addresses have it."""
        return str(self.model._meta.model_name)  # noqa: SLF001

    def address(self, view: str) -> str:
        """Return the name of an address of the kind, as `reverse` takes it."""
        return f"{self.namespace}:{view}"

    @property
    def namespace(self) -> str:
        """The namespace of the kind's addresses."""
        return f"questions_{self.name}"
