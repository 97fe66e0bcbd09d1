"""Sitting a quiz: begin, answer question by question, look over, hand in."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.access import Sitting, quiz_for, sitting_for
from assessments.accommodating import held_sheet
from assessments.actions import Saved, hand_in, save_response, start_attempt
from assessments.answering import CERTAINTIES, AttemptLog, first_unanswered, follow_attempt
from assessments.errors import (
    AssessmentError,
    AttemptClosedError,
    ExamNotOpenError,
    ResponseIncompleteError,
    ResponseRefusedError,
    TimeIsOverError,
)
from assessments.exams import ends_at, is_time_over
from assessments.models import Quiz
from assessments.questions.kind import Draft, fields_in
from assessments.views.pages import answers_of, counts_of, groups_of, question_pages, question_url
from assessments.views.practice import practice_page
from courses.access import enrolment_for
from courses.catalogue import read_catalogue
from records.storage import statements_of

_MOST_STEPS = 1_000_000
_CERTAINTIES = {str(each): each for each in CERTAINTIES}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, quiz: UUID) -> HttpResponse:
    """Begin an attempt, or go on with the open one.

    A GET begins nothing: on a device without a connection this address is a page, and who loads it
    again with one comes to the course, where the quiz begins.
    """
    found = quiz_for(quiz)
    if request.method != "POST":
        return HttpResponseRedirect(_course_url(found))
    enrolment = enrolment_for(request.user, found.course_uuid)
    if enrolment is None:
        raise Http404
    try:
        attempt = start_attempt(by=request.user, quiz=found, enrolment=enrolment)  # type: ignore[arg-type]
    except ExamNotOpenError:
        return HttpResponseRedirect(reverse("assessments:exam", args=[quiz]))
    except AssessmentError as error:
        return refuse_start(request, found, error)
    return HttpResponseRedirect(reverse("assessments:attempt", args=[attempt.pk]))


@never_cache
@login_required
@require_safe
def resume(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """Lead to the first question without an answer, to the list, or to the result."""
    sitting, log = _open_attempt(request, attempt)
    if log.submitted:
        return _to("attempt-result", sitting)
    number = first_unanswered([item.question for item in sitting.sheet.items], log)
    return HttpResponseRedirect(question_url(attempt, number)) if number else _to("attempt-review", sitting)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, attempt: UUID, number: int) -> HttpResponse:
    """Show one question, with the others for JavaScript to turn to; or save its answer."""
    if request.method == "POST":
        return _save(request, attempt, number)
    sitting, log = _open_attempt(request, attempt)
    sitting.item(number)
    if log.submitted:
        return _to("attempt-result", sitting)
    if is_time_over(held_sheet(sitting.sheet, attempt, log), log, timezone.now()):
        return _to("attempt-review", sitting)
    return _question_page(request, sitting, log, number)


@never_cache
@login_required
@require_safe
def review(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """List the questions with what is answered, before the hand-in."""
    sitting, log = _open_attempt(request, attempt)
    if log.submitted:
        return _to("attempt-result", sitting)
    pages = question_pages(sitting, log, get_language() or "en")
    held = held_sheet(sitting.sheet, attempt, log)
    context = {
        "sitting": sitting,
        "groups": groups_of(pages),
        "ends_at": ends_at(held, log),
        "is_over": is_time_over(held, log, timezone.now()),
        "answers": answers_of(pages),
        "last_ordinal": log.last_ordinal,
        **counts_of(pages),
    }
    return render(request, "assessments/review.html", context)


@never_cache
@login_required
@require_POST
def submit(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """Hand in."""
    hand_in(by=request.user, attempt=attempt)  # type: ignore[arg-type]  # login_required: it is a Login
    return HttpResponseRedirect(reverse("assessments:attempt-result", args=[attempt]))


def refuse_start(request: HttpRequest, quiz: Quiz, error: AssessmentError) -> HttpResponse:
    """Say why an attempt does not begin."""
    context = {"error": error, "quiz": quiz, "course_url": _course_url(quiz)}
    return render(request, "assessments/refused.html", context, status=409)


def _course_url(quiz: Quiz) -> str:
    return read_catalogue().addresses(quiz.course_uuid)[get_language() or "en"]


def _save(request: HttpRequest, attempt: UUID, number: int) -> HttpResponse:
    sitting = sitting_for(request.user, attempt)
    wants_json = "application/json" in request.headers.get("Accept", "")
    try:
        saved = save_response(
            by=request.user,  # type: ignore[arg-type]  # login_required: it is a Login
            attempt=attempt,
            question=sitting.item(number).question,
            given=request.POST,
            nonce=request.POST.get("nonce", ""),
            step=_read_step(request.POST.get("step", "")),
            flagged=bool(request.POST.get("flagged")),
            certainty=_CERTAINTIES.get(request.POST.get("certainty", "")),
        )
    except AttemptClosedError as error:
        return _refuse_closed(request, sitting, error, wants_json=wants_json)
    except TimeIsOverError as error:
        return _refuse_late(sitting, error, wants_json=wants_json)
    except ResponseRefusedError as error:
        return _refuse_response(request, sitting, number, error, wants_json=wants_json)
    return JsonResponse(_as_json(saved)) if wants_json else HttpResponseRedirect(_after(sitting, number, saved))


def _as_json(saved: Saved) -> dict[str, Any]:
    return {
        "saved": True,
        "at": saved.at.isoformat() if saved.at else None,
        "ordinal": saved.ordinal,
        "answered": saved.is_answered,
    }


def _refuse_closed(
    request: HttpRequest, sitting: Sitting, error: AttemptClosedError, *, wants_json: bool
) -> HttpResponse:
    if wants_json:
        url = reverse("assessments:attempt-result", args=[sitting.attempt])
        return JsonResponse({"saved": False, "closed": True, "message": str(error.text), "url": url}, status=409)
    return render(request, "assessments/closed.html", {"error": error, "sitting": sitting}, status=409)


def _refuse_late(sitting: Sitting, error: TimeIsOverError, *, wants_json: bool) -> HttpResponse:
    """Lead to the list of answers, which says that the time is over and hands in what was saved."""
    if wants_json:
        url = reverse("assessments:attempt-review", args=[sitting.attempt])
        return JsonResponse({"saved": False, "closed": True, "message": str(error.text), "url": url}, status=409)
    return _to("attempt-review", sitting)


def _refuse_response(
    request: HttpRequest, sitting: Sitting, number: int, error: ResponseRefusedError, *, wants_json: bool
) -> HttpResponse:
    if wants_json:
        return JsonResponse({"saved": False, "message": str(error.text)}, status=400)
    log = follow_attempt(statements_of([sitting.attempt]))
    drafts = {number: Draft(fields_in(request.POST))} if isinstance(error, ResponseIncompleteError) else {}
    return _question_page(request, sitting, log, number, error=error, drafts=drafts, status=400)


def _question_page(  # what a page is made of
    request: HttpRequest,
    sitting: Sitting,
    log: AttemptLog,
    number: int,
    *,
    error: AssessmentError | None = None,
    drafts: Mapping[int, Draft] | None = None,
    status: int = 200,
) -> HttpResponse:
    if sitting.sheet.tells_at_once:
        return practice_page(request, sitting, log, number, error, status, drafts)
    pages = question_pages(sitting, log, get_language() or "en", drafts)
    context = {"sitting": sitting, "pages": pages, "page": pages[number - 1], "error": error, **counts_of(pages)}
    held = held_sheet(sitting.sheet, sitting.attempt, log)
    context |= {"ends_at": ends_at(held, log), "last_ordinal": log.last_ordinal}
    return render(request, "assessments/question.html", context, status=status)


def _open_attempt(request: HttpRequest, attempt: UUID) -> tuple[Sitting, AttemptLog]:
    sitting = sitting_for(request.user, attempt)
    return sitting, follow_attempt(statements_of([attempt]))


def _after(sitting: Sitting, number: int, saved: Saved) -> str:
    """Return where a form without JavaScript leads: on, but back where the answer is not finished or is told."""
    here, sheet = question_url(sitting.attempt, number), sitting.sheet
    if saved.open_place:
        return f"{here}#{saved.open_place}"
    if sheet.tells_at_once:
        return f"{here}#told-{number}" if sheet.is_on_one_page else f"{here}#told"
    if sheet.is_on_one_page:
        return f"{here}#q{number}"
    if saved.was_new and not saved.is_clear:
        # Its page says so. Sent again as it is, the form leads on.
        return here
    if number < len(sitting.sheet.items):
        return question_url(sitting.attempt, number + 1)
    return reverse("assessments:attempt-review", args=[sitting.attempt])


def _to(name: str, sitting: Sitting) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"assessments:{name}", args=[sitting.attempt]))


def _read_step(text: str) -> int:
    return min(int(text), _MOST_STEPS) if text.isascii() and text.isdigit() and len(text) < len(str(_MOST_STEPS)) else 0
