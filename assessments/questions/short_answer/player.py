"""The short answer question: what a player sees, what comes back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessments.questions.credit import FULL_MARK_MILLI
from assessments.questions.kind import BaseKind, Fields, Shown, Structure, Text, only_part
from assessments.questions.short_answer.folding import fold
from assessments.questions.short_answer.marking import LONGEST_ANSWER, mark
from assessments.questions.short_answer.models import ShortAnswerQuestion
from assessments.questions.short_answer.patterns import plain_form
from assessments.questions.typed import typed_line

MOST_FORMS = 20
LONGEST_FORM = 200
MOST_PARTLY = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownShortAnswer(Shown):
    """A line to type, with what was typed. How long the right answer is stays unsaid."""

    answer: str
    longest: int = LONGEST_ANSWER


class ShortAnswer(BaseKind):
    """A word or a few to write. A response is the text as it was typed."""

    name = "short_answer"
    model = ShortAnswerQuestion
    is_embeddable = True

    def problems_of(self, structure: Structure) -> list[str]:
        """Return what keeps the question from being published."""
        return list(_problems(structure))

    def parts_of(self, structure: Structure) -> list[str]:
        """Return nothing: the accepted forms belong to the key."""
        del structure
        return []

    def order_of(self, structure: Structure) -> list[str]:
        """Return nothing to shuffle."""
        del structure
        return []

    def key_of(self, structure: Structure) -> Any:
        """Return the first accepted form, in the language of the page where it has one."""
        return plain_form(_forms_for_page(structure)[0])

    def wrong_of(self, structure: Structure) -> Any:
        """Return a text without a letter: every accepted form has one."""
        del structure
        return "-"

    def show(
        self, structure: Structure, text: Text, language: str, order: Sequence[str], response: Any = None
    ) -> ShownShortAnswer:
        """Return what a player may show."""
        del structure, order
        typed = self.fields_shown(response).get("", ())
        return ShownShortAnswer(**self.common(text, language), answer=next(iter(typed), ""))

    def read_response(self, fields: Fields, structure: Structure) -> Any:
        """Return the text, None where there is none; raise ResponseRefusedError."""
        del structure
        return typed_line(only_part(fields), LONGEST_ANSWER) or None

    def fields_of(self, response: Any) -> dict[str, list[str]]:
        """Return the text."""
        return {"": [response]} if isinstance(response, str) and response else {}

    def describe_response(self, structure: Structure, text: Text, response: Any) -> list[str]:
        """Return the text."""
        del structure, text
        return [response] if isinstance(response, str) and response else []

    def describe_key(self, structure: Structure, text: Text) -> list[str]:
        """Return the accepted forms in the language of the page, else in the first that has some."""
        del text
        return [plain_form(each) for each in _forms_for_page(structure)]

    def feedbacks_of(self, structure: Structure, text: Text, response: Any) -> list[str]:
        """Return nothing: what was typed names no part."""
        del structure, text, response
        return []


def _forms_for_page(structure: Structure) -> Sequence[str]:
    accepted = structure["accepted"]
    own = (get_language() or "").split("-")[0]
    found: Sequence[str] = accepted.get(own) or next(forms for _language, forms in sorted(accepted.items()) if forms)
    return found


def _problems(structure: Structure) -> Iterator[str]:
    accepted = structure.get("accepted", {})
    forms = [each for forms in accepted.values() for each in forms]
    if not forms:
        yield _("Write at least one accepted answer.")
    known = {code for code, _name in settings.LANGUAGES}
    if set(accepted) - known:
        yield _("Accepted answers are written for a language of the site.")
    partly = structure.get("partial_answers", ())
    if any(len(each) > MOST_FORMS for each in accepted.values()) or len(partly) > MOST_PARTLY:
        yield _("There are too many accepted answers.")
    for each in [*forms, *(each["pattern"] for each in partly)]:
        if not any(letter.isalnum() for letter in fold(each)) or len(each) > LONGEST_FORM:
            yield _("“%(form)s” accepts nothing, or everything: write a word, and use * for what may follow.") % {
                "form": each
            }
        elif mark({**structure, "accepted": {"": [each]}, "partial_answers": []}, plain_form(each)) != FULL_MARK_MILLI:
            yield _(
                "“%(form)s” cannot be typed as it stands. Leave out the space, full stop or comma beside the *."
            ) % {"form": each}
    if not all(isinstance(each["milli"], int) and 0 < each["milli"] < FULL_MARK_MILLI for each in partly):
        yield _("A partly right answer earns more than nothing and less than a right one.")


KIND = ShortAnswer()
