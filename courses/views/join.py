"""Come in with an invitation code: with an account, or as a newcomer."""

from django.contrib import messages
from django.contrib.auth import login as sign_in
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.actions.invitations import open_invitation
from accounts.errors import AccountError, InvitationUnknownError, TooManyGuessesError
from accounts.joining.guessing import may_guess, note_wrong, proof_of
from accounts.models import InvitationCode
from courses.access import may_see
from courses.actions import join_with_code, register_with_code
from courses.catalogue import CourseOutline, read_catalogue
from courses.errors import CourseError, ReservedCourseError
from courses.forms import CodeForm, NewcomerForm
from courses.models import Enrolment
from courses.views.personal import page_language, personal

BACKEND = "accounts.backends.RelaisBackend"


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@personal("courses")
def join(request: HttpRequest) -> HttpResponse:
    """Ask for a code; with one, enrol who is signed in, or ask a newcomer who they are."""
    if request.user.is_authenticated:
        return _join_as_member(request)
    code = request.POST.get("code") or request.GET.get("code", "")
    if not code:
        return _ask_for_code(request, CodeForm())
    try:
        _check_pace(request, code)
        invitation = open_invitation(code)
    except AccountError as error:
        form = CodeForm({"code": code})
        form.add_error("code", str(error))
        return _refused(request, form, error)
    course = read_catalogue().course(invitation.course_uuid, page_language())
    if course is not None and not may_see(request.user, course):
        form = CodeForm({"code": code})
        form.add_error("code", str(ReservedCourseError.text))
        return _ask_for_code(request, form)
    return _join_as_newcomer(request, invitation, course)


def _join_as_member(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _ask_for_code(request, CodeForm(initial={"code": request.GET.get("code", "")}))
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            _check_pace(request, form.cleaned_data["code"])
            enrolment = join_with_code(by=request.user, code=form.cleaned_data["code"], language=page_language())  # type: ignore[arg-type]
        except (AccountError, CourseError) as error:
            form.add_error("code", str(error.text))
            return _refused(request, form, error)
        else:
            return _lead_to(request, enrolment)
    return _ask_for_code(request, form)


def _join_as_newcomer(request: HttpRequest, invitation: InvitationCode, course: CourseOutline | None) -> HttpResponse:
    """Show the newcomer's form, or make the account, sign in and enrol."""
    cohort = invitation.cohort
    filled_in = request.method == "POST" and "full_name" in request.POST
    form = NewcomerForm(request.POST if filled_in else None, cohort=cohort, initial={"code": invitation.code})
    if filled_in and form.is_valid():
        try:
            login, enrolment = register_with_code(language=page_language(), **form.cleaned_data)
        except (AccountError, CourseError) as error:
            form.add_error(None, str(error.text))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            sign_in(request, login, backend=BACKEND)
            return _lead_to(request, enrolment)
    context = {"form": form, "cohort": cohort, "course": course, "proof": proof_of(invitation.code)}
    return render(request, "courses/join_newcomer.html", context, status=200 if not form.errors else 422)


def _ask_for_code(request: HttpRequest, form: CodeForm) -> HttpResponse:
    return render(request, "courses/join.html", {"form": form}, status=422 if form.errors else 200)


def _check_pace(request: HttpRequest, code: str) -> None:
    """Raise TooManyGuessesError for one more code from where many wrong ones came."""
    if not may_guess(request, code, request.POST.get("k") or request.GET.get("k", "")):
        raise TooManyGuessesError


def _refused(request: HttpRequest, form: CodeForm, error: Exception) -> HttpResponse:
    response = _ask_for_code(request, form)
    if isinstance(error, InvitationUnknownError):
        note_wrong(request, response)
    if isinstance(error, TooManyGuessesError):
        response.status_code = 429
    return response


def _lead_to(request: HttpRequest, enrolment: Enrolment | None) -> HttpResponse:
    if enrolment is None:
        messages.info(
            request, _("All places are taken. You are on the waiting list; your trainer lets you in when one is free.")
        )
        return redirect("courses:home")
    messages.success(request, _("You are enrolled. Your place is kept as you read."))
    return redirect(read_catalogue().addresses(enrolment.course_uuid)[page_language()])
