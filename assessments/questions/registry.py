"""The kinds of question, found by walking their folders. Nothing else asks for a kind by name."""

from assessments.errors import UnknownKindError
from assessments.models.questions import Question
from assessments.questions import import_from_kinds
from assessments.questions.kind import BaseKind

KINDS: dict[str, BaseKind] = {name: module.KIND for name, module in import_from_kinds("player").items()}


def kind_named(name: str) -> BaseKind:
    """Return a kind; raise UnknownKindError."""
    try:
        return KINDS[name]
    except KeyError:
        msg = f"{name!r} is no kind of question. Accepted: {', '.join(sorted(KINDS))}."
        raise UnknownKindError(msg) from None


def kind_of(question: Question) -> BaseKind:
    """Return the kind of a question row; raise UnknownKindError for a base row without one."""
    for kind in KINDS.values():
        if isinstance(question, kind.model):
            return kind
    msg = f"{type(question).__name__} is the model of no kind"
    raise UnknownKindError(msg)
