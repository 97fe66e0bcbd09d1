"""What an author wrote of one question, before and apart from the rows that keep it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ChoiceDraft:
    """One choice: its id, kept from edit to edit, and whether it is right."""

    uuid: UUID
    is_right: bool


@dataclass(frozen=True, slots=True)
class WordsDraft:
    """The words in one language; `choices` stand in the order of the choices."""

    stem: str
    feedback: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """The choices once, the words by language."""

    choices: tuple[ChoiceDraft, ...]
    words: Mapping[str, WordsDraft]

    def text_in(self, language: str) -> dict[str, Any]:
        """Return the words of a language in the form that the kinds read."""
        words = self.words[language]
        named = zip((str(choice.uuid) for choice in self.choices), words.choices, strict=True)
        return {"stem": words.stem, "feedback": words.feedback, "choices": dict(named)}
