"""A question as a learner meets it, and below it what only its author sees: the key and the feedback."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import translation

from assessments.admin.drafts import QuestionDraft
from assessments.admin.fields import LANGUAGE_NAMES
from assessments.admin.quality import ShownHint, hints_of_draft
from assessments.admin.reading import draft_of
from assessments.models import Question
from assessments.questions.kind import Shown
from assessments.questions.registry import kind_of
from assessments.showing import show_question


@dataclass(frozen=True, slots=True)
class AuthorPage:
    """One question in one language with its key. Never for a learner."""

    language: str
    language_name: str
    shown: Shown
    key: tuple[str, ...]
    feedback: str


def preview_modes(question: Question | None = None) -> list[tuple[str, str]]:
    """Return a mode for each language that is complete or has words, the editor's own first."""
    own = (translation.get_language() or "en").split("-")[0]
    written = {text.language for text in question.texts.all()} if question and question.pk else set()
    wanted = [code for code in LANGUAGE_NAMES if code in settings.COMPLETE_LANGUAGES or code in written]
    codes = sorted(wanted, key=lambda code: code != own)
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
        "hints": [hint for hint in _hints(question, draft) if hint.language in {"", language}],
    }
    return TemplateResponse(request, "assessments/admin/preview.html", context)


def _hints(question: Question, draft: QuestionDraft) -> list[ShownHint]:
    return hints_of_draft(kind_of(question).name, draft, question.source)


def _page(question: Question, draft: QuestionDraft, language: str) -> AuthorPage:
    kind, structure = kind_of(question), draft.body
    text = draft.words[language].as_text()
    order = kind.order_of(structure)
    with translation.override(language):
        shown = show_question(kind, structure, text, language, order)
        key = kind.describe_key(structure, text) if not kind.problems_of(structure) else []
    return AuthorPage(language, LANGUAGE_NAMES[language], shown, tuple(key), text["feedback"])


def _render_player(request: HttpRequest, page: AuthorPage) -> str:
    return render_to_string("assessments/_question_body.html", {"shown": page.shown}, request)
