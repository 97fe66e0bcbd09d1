"""A question as a learner meets it, and below it what only its author sees: the key and the feedback."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import translation

from assessments.admin.drafts import QuestionDraft
from assessments.admin.fields import LANGUAGE_NAMES
from assessments.admin.reading import draft_of
from assessments.models import Question
from assessments.questions.player import Shown
from assessments.questions.registry import Kind, kind_of


@dataclass(frozen=True, slots=True)
class AuthorPage:
    """One question in one language with its key. Never for a learner."""

    language: str
    language_name: str
    shown: Shown
    right: frozenset[str]
    feedback: str

    @property
    def choices(self) -> Iterator[tuple[str, bool]]:
        """Yield the words of each choice, and whether it is right."""
        for choice in self.shown.choices:
            yield choice.text, choice.value in self.right


def preview_modes() -> list[tuple[str, str]]:
    """Return a mode for each language that is complete, the editor's own first."""
    own = (translation.get_language() or "en").split("-")[0]
    codes = sorted(settings.COMPLETE_LANGUAGES, key=lambda code: code != own)
    return [(code, LANGUAGE_NAMES[code]) for code in codes]


def author_pages(question: Question, draft: QuestionDraft) -> list[AuthorPage]:
    """Return the question in each language that it has words in, in the site's order."""
    return [_page(question, draft, code) for code in LANGUAGE_NAMES if code in draft.words]


def preview_question(request: HttpRequest, question: Question, language: str) -> TemplateResponse:
    """Show what stands in the form, or what is saved, in a language. Nothing is written."""
    draft: QuestionDraft = getattr(question, "draft", None) or draft_of(question)
    page = _page(question, draft, language) if language in draft.words else None
    with translation.override(language):
        player = _render_player(request, page) if page else ""
    # No menu: in its small frame it would hide half of the question.
    context: dict[str, Any] = {
        "page": page,
        "player": player,
        "language_name": LANGUAGE_NAMES.get(language, language),
        "nav": [],
    }
    return TemplateResponse(request, "assessments/admin/preview.html", context)


def _page(question: Question, draft: QuestionDraft, language: str) -> AuthorPage:
    kind = kind_of(question)
    structure = kind.structure_of(_stand_in(question, draft))
    text = draft.text_in(language)
    with translation.override(language):
        shown = kind.public(text, language, kind.choices_of(structure))
    return AuthorPage(language, LANGUAGE_NAMES[language], shown, _right_values(kind, structure), text["feedback"])


def _render_player(request: HttpRequest, page: AuthorPage) -> str:
    return render_to_string(page.shown.template, {"page": {"shown": page.shown, "chosen": frozenset()}}, request)


def _stand_in(question: Question, draft: QuestionDraft) -> Any:
    """Return what a kind reads of a question: its rows may not be saved yet."""
    rows = [
        SimpleNamespace(uuid=choice.uuid, position=position, is_right=choice.is_right)
        for position, choice in enumerate(draft.choices)
    ]
    return SimpleNamespace(choice_rows=SimpleNamespace(all=lambda: rows), is_true=getattr(question, "is_true", None))


def _right_values(kind: Kind, structure: Any) -> frozenset[str]:
    """Return the values that are right; a draft may lack what its key needs."""
    if "right" in structure:
        return frozenset(structure["right"])
    return kind.values_of(kind.key_of(structure))
