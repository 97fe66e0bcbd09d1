"""The kinds of question. Adding one is a folder and a line here; nothing else asks for a kind by name."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from assessments.errors import UnknownKindError
from assessments.models.questions import Question
from assessments.questions.multiple_choice.player import MultipleChoice
from assessments.questions.player import Shown
from assessments.questions.single_choice.player import SingleChoice
from assessments.questions.true_false.player import TrueFalse


class Kind(Protocol):
    """What a kind of question must do.

    A *structure* is plain JSON and holds the key; a *text* is {"stem", "feedback", "choices"} in one
    language; a *response* is plain JSON, None for no answer. `mark` takes any response whatever, as
    statements may come from elsewhere, and returns thousandths from 0 to 1000.
    """

    name: str
    model: type[Question]
    template: str

    def structure_of(self, question: Question) -> dict[str, Any]: ...  # noqa: D102
    def problems_of(self, structure: Mapping[str, Any]) -> list[str]: ...  # noqa: D102
    def has_words(self, structure: Mapping[str, Any], text: Mapping[str, Any]) -> bool: ...  # noqa: D102
    def key_of(self, structure: Mapping[str, Any]) -> Any: ...  # noqa: D102
    def choices_of(self, structure: Mapping[str, Any]) -> list[str]: ...  # noqa: D102
    def public(self, text: Mapping[str, Any], language: str, order: Sequence[str]) -> Shown: ...  # noqa: D102
    def read_response(self, data: Any, structure: Mapping[str, Any]) -> Any: ...  # noqa: D102
    def mark(self, structure: Mapping[str, Any], response: Any) -> int: ...  # noqa: D102
    def values_of(self, response: Any) -> frozenset[str]: ...  # noqa: D102
    def describe_response(  # noqa: D102
        self, structure: Mapping[str, Any], text: Mapping[str, Any], response: Any
    ) -> list[str]: ...


_ALL: tuple[Kind, ...] = (SingleChoice(), MultipleChoice(), TrueFalse())
KINDS: dict[str, Kind] = {kind.name: kind for kind in _ALL}


def kind_named(name: str) -> Kind:
    """Return a kind; raise UnknownKindError."""
    try:
        return KINDS[name]
    except KeyError:
        msg = f"{name!r} is no kind of question. Accepted: {', '.join(sorted(KINDS))}."
        raise UnknownKindError(msg) from None


def kind_of(question: Question) -> Kind:
    """Return the kind of a question row; raise UnknownKindError for a base row without one."""
    for kind in _ALL:
        if isinstance(question, kind.model):
            return kind
    msg = f"{type(question).__name__} is the model of no kind"
    raise UnknownKindError(msg)
