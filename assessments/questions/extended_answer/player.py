"""The extended answer: what a player sees, what comes back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.errors import ResponseRefusedError, ResponseTooLongError
from assessments.questions.extended_answer.models import ExtendedAnswerQuestion
from assessments.questions.kind import BaseKind, Fields, Shown, Structure, Text, only_part

# In UTF-16 units, as a browser counts them for `maxlength`: at three bytes each, with room for what JSON
# escapes, an answer fits into a statement of 64 kB.
MOST_CHARACTERS = 15_000
MOST_WORDS = 2000
MOST_POINTS = 20
# The part whose words are the model answer.
MODEL_PART = "model"
_UNSEEN = re.compile("[\u0000-\u0008\u000b-\u001f\u007f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAnswer(Shown):
    """An extended answer as a player sees it. How it will be marked is not in it."""

    text: str
    most_characters: int
    least_words: int | None
    most_words: int | None


class ExtendedAnswer(BaseKind):
    """A text in the learner's own words, which a person marks.

    A structure is {"rubric": [{"id", "points"}], "model": bool} and may have "least_words" and "most_words",
    which advise and are not enforced: half an answer is saved too. A response is the text. The words of a
    criterion and of the model answer are for markers, and for learners once the keys are open.
    """

    name = "extended_answer"
    model = ExtendedAnswerQuestion
    is_marked_by_hand = True

    def problems_of(self, structure: Structure) -> list[str]:
        """Return what keeps the question from being published."""
        problems = [] if structure["rubric"] else [_("Write at least one criterion by which the answer is marked.")]
        if any(not 1 <= each["points"] <= MOST_POINTS for each in structure["rubric"]):
            problems.append(_("Each criterion gives 1 to %(most)d points.") % {"most": MOST_POINTS})
        least, most = structure.get("least_words"), structure.get("most_words")
        if least and most and least > most:
            problems.append(_("The smallest number of words is greater than the greatest."))
        return problems

    def parts_of(self, structure: Structure) -> list[str]:
        """Return the criteria, and the model answer where there is one."""
        return [*(each["id"] for each in structure["rubric"]), *([MODEL_PART] if structure.get("model") else [])]

    def order_of(self, structure: Structure) -> list[str]:
        """Return nothing to shuffle."""
        del structure
        return []

    def key_of(self, structure: Structure) -> Any:
        """Return some text: what a good one says is in no structure."""
        del structure
        return "…"

    def wrong_of(self, structure: Structure) -> Any:
        """Return some other text."""
        del structure
        return "?"

    def show(
        self, structure: Structure, text: Text, language: str, order: Sequence[str], response: Any = None
    ) -> ShownAnswer:
        """Return what a player may show."""
        del order
        return ShownAnswer(
            **self.common(text, language),
            text=response if isinstance(response, str) else "",
            most_characters=MOST_CHARACTERS,
            least_words=structure.get("least_words"),
            most_words=structure.get("most_words"),
        )

    def read_response(self, fields: Fields, structure: Structure) -> Any:
        """Return the text, None for an empty one; raise ResponseTooLongError, ResponseRefusedError."""
        del structure
        values = only_part(fields)
        if len(values) > 1:
            raise ResponseRefusedError
        text = plain_answer(values[0]) if values else ""
        if len(text.encode("utf-16-le", "surrogatepass")) // 2 > MOST_CHARACTERS:
            raise ResponseTooLongError
        return text or None

    def fields_of(self, response: Any) -> dict[str, list[str]]:
        """Return the text."""
        return {"": [response]} if isinstance(response, str) and response else {}

    def describe_response(self, structure: Structure, text: Text, response: Any) -> list[str]:
        """Return the lines of the text."""
        del structure, text
        return response.split("\n") if isinstance(response, str) and response else []

    def describe_key(self, structure: Structure, text: Text) -> list[str]:
        """Return the lines of the model answer; nothing where there is none."""
        return str(text["choices"].get(MODEL_PART, "")).split("\n") if structure.get("model") else []

    def feedbacks_of(self, structure: Structure, text: Text, response: Any) -> list[str]:
        """Return nothing: no part of the answer was chosen."""
        del structure, text, response
        return []


def plain_answer(text: str) -> str:
    r"""Return a text as it is kept: one kind of line break, nothing that can't be seen, no blanks around it.

    The kind's module on a device does the same.

    >>> plain_answer(" One\r\nTwo\x00 \n\n")
    'One\nTwo'
    """
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip(" \t\n")


KIND = ExtendedAnswer()
