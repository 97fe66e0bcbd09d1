"""A certifying exam: a trainer opens it and reads out the code, a learner types it and begins."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.shortcodes import spaced_code
from assessments.access import cohort_for_exams, exams_of_cohort, openings_of, quiz_for
from assessments.accommodating import granted_by, standing_accommodation
from assessments.accommodation_words import accommodation_facts, until_text
from assessments.actions import close_exam, open_exam, start_exam
from assessments.errors import AssessmentError, ExamCodeError
from assessments.forms import ExamCodeForm, ExamOpeningForm
from assessments.models import Attempt, Quiz
from assessments.offering import minutes_text
from assessments.views.sittings import refuse_start
from courses.access import enrolment_for
from courses.catalogue import read_catalogue


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def exam(request: HttpRequest, quiz: UUID) -> HttpResponse:
    """Say what the exam asks, take the code, and begin; an exam that is begun goes on without it."""
    found = quiz_for(quiz)
    login: Any = request.user
    enrolment = enrolment_for(login, found.course_uuid)
    if enrolment is None or found.quiz_class != Quiz.Class.EXAM:
        raise Http404
    form = ExamCodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            attempt = start_exam(by=login, quiz=found, enrolment=enrolment, code=form.cleaned_data["code"])
        except ExamCodeError as error:
            form.add_error("code", str(error.text))
        except AssessmentError as error:
            return refuse_start(request, found, error)
        else:
            return HttpResponseRedirect(reverse("assessments:attempt", args=[attempt.pk]))
    today = timezone.now().date()
    row = standing_accommodation(enrolment.person_id, today)
    limit_s = granted_by(row, today).time_limit_s(found.time_limit_s)
    context = {
        "quiz": found,
        "instructions": found.instructions_in(get_language() or "en"),
        "minutes": minutes_text(limit_s) if limit_s else "",
        "attempts": granted_by(row, today).attempt_limit(found.attempt_limit),
        "facts": accommodation_facts(row),
        "until": until_text(row) if row else "",
        "form": form,
        "is_begun": Attempt.objects.filter(enrolment=enrolment, quiz_uuid=quiz, handed_in_at=None).exists(),
        "course_url": read_catalogue().addresses(found.course_uuid)[get_language() or "en"],
    }
    return render(request, "assessments/exam.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def cohort_exam(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Open an exam to a cohort and show its code once; list what is open, and close it."""
    login: Any = request.user
    cohort = cohort_for_exams(login, uuid)
    exams = exams_of_cohort(cohort)
    if request.method == "POST" and "close" in request.POST:
        close_exam(by=login, cohort=cohort, opening=_uuid_in(request.POST["close"]))
        return redirect(request.path)
    form = ExamOpeningForm(request.POST if request.method == "POST" else None, exams=exams)
    opened, code = None, ""
    if form.is_bound and form.is_valid():
        quiz = next(each for each in exams if each.uuid == form.cleaned_data["quiz"])
        opened, code = open_exam(by=login, cohort=cohort, quiz=quiz, minutes=form.cleaned_data["minutes"])
        form = ExamOpeningForm(exams=exams)
    context = {
        "cohort": cohort,
        "exams": exams,
        "openings": openings_of(cohort),
        "opened": opened,
        "code": spaced_code(code),
        "form": form,
    }
    return render(request, "assessments/cohort_exam.html", context)


def _uuid_in(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
