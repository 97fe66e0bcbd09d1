"""The sample of each kind as a published version has it, in three languages, with ids that are the same each time."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import translation

from assessments import showing
from assessments.pictures import MEDIA_TYPE
from assessments.questions.kind import IMAGE_PART, BaseKind, all_parts
from assessments.questions.registry import kind_named
from assessments.showing import show_question
from tests.factories.assessments import CANARY, read_sample, sample_picture

LANGUAGES = ("en", "fr", "ar")
# What each language's words begin with.
_SPOKEN = {"en": "words", "fr": "mots", "ar": "كلمات"}


@dataclass(frozen=True)
class KindSample:
    """One question of a kind, its key and its words; and the same question with another key."""

    kind: BaseKind
    structure: dict[str, Any]
    rekeyed: dict[str, Any]
    words: dict[str, str]

    def text(self, language: str = "en") -> dict[str, Any]:
        """Return the words of a version in a language; whatever is feedback holds the canary."""
        spoken = _SPOKEN[language]
        parts = all_parts(self.kind, self.structure)
        return {
            "stem": f"{spoken}: the case.\n\n{spoken}: the question?",
            "feedback": f"{CANARY} {language}",
            "choices": {each: f"{spoken}: {self.words[each]}" for each in parts},
            "feedbacks": {each: f"{CANARY} {language} {each}" for each in parts if each != IMAGE_PART},
        }

    def html(
        self,
        response: Any = None,
        *,
        structure: dict[str, Any] | None = None,
        order: Sequence[str] | None = None,
        language: str = "en",
    ) -> str:
        """Return the question as a page holds it."""
        structure = structure or self.structure
        if image := structure.get("image"):
            # As if it had been read before: no database is needed to see a question.
            source = f"data:{MEDIA_TYPE};base64,{b64encode(sample_picture().content).decode()}"
            showing.kept.keep({image["sha256"]: source})
        order = self.kind.order_of(structure) if order is None else order
        with translation.override(language):
            shown = show_question(self.kind, structure, self.text(language), language, order, response)
            return render_to_string("assessments/_question_body.html", {"shown": shown})


def sample(name: str) -> KindSample:
    """Return the sample of a kind."""
    ids = _falling()
    read = read_sample(name, lambda: next(ids))
    return KindSample(kind_named(name), read["structure"], read["rekeyed"], read["words"])


def strings_in(value: Any) -> Iterator[str]:
    """Yield the texts in a value of JSON, names of fields among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield name
            yield from strings_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings_in(each)


def _falling() -> Iterator[UUID]:
    """Yield ids that fall, so that the order of the ids is nobody's order."""
    return (UUID(f"{0xFFFF - number:04x}0000-0000-4000-8000-000000000000") for number in count())
