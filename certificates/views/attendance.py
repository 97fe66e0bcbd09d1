"""Who was there: the list, a file, the paper sheet, the code on the screen, and the learner who scans it."""

from typing import Any
from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.errors import AccountError
from certificates.actions import Mark, add_paper_attendee, attend_by_code, code_refusal, take_attendance
from certificates.desk_menu import in_desk
from certificates.errors import AttendanceCodeError, PlanningError
from certificates.models import Attendance, Session
from certificates.programmes.access import session_for
from certificates.programmes.door_codes import PRINTED, SCREEN, SCREEN_HOLDS, make_code, read_code
from certificates.programmes.registers import RegisterLine, attendees_by_key, register_of, sheet_rows
from certificates.programmes.session_forms import PaperForm, SheetForm
from certificates.programmes.sheets import SheetRefusedError, judge_lines, read_sheet
from elearning.lib.csvsafe import csv_text
from elearning.lib.navigation import in_section

_EMPTY_LINES = 12
_ATTEND = "certificates/programmes/attend.html"
FILE_REFUSALS = {
    "too-large": gettext_lazy("The file is larger than 256 KB. A list of a session is much smaller."),
    "not-text": gettext_lazy("This is no CSV file in UTF-8. Save the table as “CSV UTF-8”."),
    "no-header": gettext_lazy("The first line needs “Service number” or “Name”, and “Attendance”."),
    "too-many-lines": gettext_lazy("The file has more than 2,000 lines."),
    "cell-too-long": gettext_lazy("A cell is longer than 300 characters."),
    "empty": gettext_lazy("The file is empty."),
}
LINE_PROBLEMS = {
    "unknown": gettext_lazy("Nobody of this cohort has this number or name."),
    "several": gettext_lazy("Several people have this name. Give the service number."),
    "status": gettext_lazy("Write present, absent or excused."),
    "minutes": gettext_lazy("The minutes are no number, or more than the session has."),
    "twice": gettext_lazy("This person stands in the file twice."),
}
CODE_REFUSALS = {
    "forged": gettext_lazy("This code is not one of ours. Scan the code that your trainer shows."),
    "cancelled": gettext_lazy("This session was cancelled."),
    "early": gettext_lazy("This session has not begun. Scan again when it begins."),
    "late": gettext_lazy("This session is over. Ask your trainer to write you on the list."),
    "expired": gettext_lazy("This code is too old. Scan the one that is on the screen now."),
    "foreign": gettext_lazy("You are not in this cohort. Ask your trainer for its invitation code first."),
}


@in_desk("cohorts")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def attendance(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the list of a session, and write down what is ticked on it."""
    login: Any = request.user
    session = session_for(login, uuid)
    lines = register_of(login, session)
    if request.method == "POST":
        try:
            said = take_attendance(by=login, session=session, marks=_marks(request, session, lines))
        except PlanningError as error:
            messages.error(request, str(error.text))
        else:
            messages.success(request, _saved(said))
        return redirect(request.path)
    context = {"session": session, "lines": lines, "statuses": Attendance.Status.choices}
    return render(request, "certificates/programmes/attendance.html", context)


def _marks(request: HttpRequest, session: Session, lines: list[RegisterLine]) -> list[Mark]:
    """Return what was ticked for the people of the list; what is left open says nothing."""
    marks = []
    for line in lines:
        status = request.POST.get(f"status-{line.person.uuid}", "")
        typed = request.POST.get(f"minutes-{line.person.uuid}", "")
        if status in Attendance.Status.values:
            is_number = typed.isascii() and typed.isdigit() and len(typed) < len("10000")
            marks.append(Mark(line.person.uuid, status, min(int(typed), session.minutes) if is_number else None))
    return marks


def _saved(lines: int) -> str:
    if not lines:
        return _("Nothing has changed: the list said this already.")
    return ngettext("%(n)s line was written down.", "%(n)s lines were written down.", lines) % {"n": lines}


@in_desk("cohorts")
@require_safe
@login_required
@never_cache
def attendance_export(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Send the list as CSV: to be filled in on a computer without a connection, and brought back."""
    login: Any = request.user
    session = session_for(login, uuid)
    header, rows = sheet_rows(register_of(login, session))
    response = HttpResponse(csv_text(header, rows, bom=True).encode(), content_type="text/csv; charset=utf-8")
    day = session.starts_at.date().isoformat()
    response["Content-Disposition"] = f'attachment; filename="relais-attendance-{day}.csv"'
    return response


@in_desk("cohorts")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def attendance_upload(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Read a CSV file of attendance: whole, or not at all with a reason for each line."""
    login: Any = request.user
    session = session_for(login, uuid)
    form = SheetForm(request.POST or None, request.FILES or None)
    problems = []
    if request.method == "POST" and form.is_valid():
        people = attendees_by_key(register_of(login, session))
        try:
            # One byte more than allowed is enough to see that it is too large.
            rows = read_sheet(form.cleaned_data["file"].read(256 * 1024 + 1))
            lines = judge_lines(rows, people, session.minutes)
            problems = [(line, LINE_PROBLEMS[line.problem]) for line in lines if line.problem]
            if not problems:
                marks = [Mark(line.person, line.status, line.minutes) for line in lines if line.person]
                said = take_attendance(by=login, session=session, marks=marks, taken_by="csv")
                messages.success(request, _saved(said))
                return redirect("certificates:attendance", session.uuid)
        except SheetRefusedError as error:
            form.add_error("file", FILE_REFUSALS[error.code])
        except PlanningError as error:
            form.add_error(None, str(error.text))
    context = {"session": session, "form": form, "problems": problems}
    return render(request, "certificates/programmes/attendance_upload.html", context)


@in_desk("cohorts")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def attendance_paper(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write down somebody from the paper sheet who is not on the list: a person without a login."""
    login: Any = request.user
    session = session_for(login, uuid)
    form = PaperForm(request.POST or None, cohort=session.cohort)
    if request.method == "POST" and form.is_valid():
        try:
            add_paper_attendee(by=login, session=session, **form.cleaned_data)
        except (AccountError, PlanningError) as error:
            form.add_error(None, str(getattr(error, "text", error)))
        else:
            messages.success(request, _("The person is in the cohort and on the list of this session."))
            return redirect("certificates:attendance", session.uuid)
    return render(request, "certificates/programmes/attendance_paper.html", {"session": session, "form": form})


@in_desk("cohorts")
@require_safe
@login_required
@never_cache
def sign_in_sheet(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the sheet to print: a line for each person, empty lines, and the code."""
    login: Any = request.user
    session = session_for(login, uuid)
    lines = register_of(login, session)
    context = {
        "session": session,
        "lines": lines,
        "empty": range(len(lines) + 1, len(lines) + _EMPTY_LINES + 1),
        "qr": _qr(session, PRINTED) if request.GET.get("code") == "1" else "",
    }
    return render(request, "certificates/programmes/sign_in_sheet.html", context)


@in_desk("cohorts")
@require_safe
@login_required
@never_cache
def session_code(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the code of a session for the screen in the room; the page asks for a new one by itself."""
    login: Any = request.user
    session = session_for(login, uuid)
    context = {"session": session, "qr": _qr(session, SCREEN), "minutes": SCREEN_HOLDS.seconds // 60}
    response = render(request, "certificates/programmes/session_code.html", context)
    # Before the code on the screen ends there is a new one, also where scripts are off.
    response["Refresh"] = str(SCREEN_HOLDS.seconds // 4)
    return response


@in_section("record")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def attend(request: HttpRequest, code: str) -> HttpResponse:
    """Ask who scanned a code whether they are there, and write it down when they say so."""
    login: Any = request.user
    read = read_code(code)
    session = Session.objects.select_related("cohort").filter(uuid=read.session).first() if read else None
    if session is None:
        return _refused(request, "forged")
    if request.method != "POST":
        reason = code_refusal(login=login, session=session, code=code, now=timezone.now())
        context = {"session": session, "person": login.person}
        return _refused(request, reason) if reason else render(request, _ATTEND, context)
    try:
        is_new = attend_by_code(login=login, session=session, code=code)
    except AttendanceCodeError as error:
        return _refused(request, error.reason)
    context = {"session": session, "person": login.person, "is_new": is_new, "done": True}
    return render(request, _ATTEND, context)


def _refused(request: HttpRequest, reason: str) -> HttpResponse:
    context = {"problem": CODE_REFUSALS[reason]}
    return render(request, _ATTEND, context, status=422)


def _qr(session: Session, way: str) -> SafeString:
    """Return the code as a drawing: its own colours, because a phone wants dark on light."""
    path = reverse("certificates:attend", args=[make_code(session.uuid, way, timezone.now())])
    qr = segno.make_qr(f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}", error="m")
    drawn = qr.svg_inline(border=4, omitsize=True, svgclass="qr", lineclass=None, light="white")
    # Nothing in it is typed by anybody: segno draws it from a signed address.
    return SafeString(drawn)
