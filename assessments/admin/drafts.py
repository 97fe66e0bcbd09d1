"""What an author wrote of one question, before and apart from the rows that keep it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class WordsDraft:
    """The words in one language; `choices` and `feedbacks` are by part, as the kinds read them."""

    stem: str
    feedback: str
    choices: Mapping[str, str] = field(default_factory=dict)
    feedbacks: Mapping[str, str] = field(default_factory=dict)

    def as_text(self) -> dict[str, Any]:
        """Return the words in the form that the kinds read."""
        text: dict[str, Any] = {"stem": self.stem, "feedback": self.feedback, "choices": dict(self.choices)}
        return text | ({"feedbacks": dict(self.feedbacks)} if self.feedbacks else {})


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """The structure once, the words by language.

    `tags` are "facet:short-name", None where they stay as they are; `still_right` are the languages whose
    words were looked at again and need no change, though those that they translate have changed.
    """

    body: Mapping[str, Any]
    words: Mapping[str, WordsDraft]
    tags: tuple[str, ...] | None = None
    still_right: frozenset[str] = frozenset()
