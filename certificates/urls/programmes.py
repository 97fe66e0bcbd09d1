"""Addresses of programmes, cohorts as they are planned, sessions and attendance."""

from django.urls import URLPattern, path

from certificates.views import attendance, cohorts, programmes, sessions

_SESSION = "desk/sessions/<uuid:uuid>/"
_COHORT = "desk/cohorts/<uuid:uuid>/"

patterns: list[URLPattern] = [
    path("desk/programmes/", programmes.programme_list, name="programme-list"),
    path("desk/programmes/new/", programmes.programme_new, name="programme-new"),
    path("desk/programmes/<uuid:uuid>/", programmes.programme, name="programme"),
    path("desk/programmes/<uuid:uuid>/edit/", programmes.programme_edit, name="programme-edit"),
    path("desk/cohorts/", cohorts.cohort_list, name="cohort-list"),
    path("desk/cohorts/new/", cohorts.cohort_new, name="cohort-new"),
    path(f"{_COHORT}plan/", cohorts.cohort_plan, name="cohort-plan"),
    path(f"{_COHORT}edit/", cohorts.cohort_edit, name="cohort-edit"),
    path(f"{_COHORT}stage/", cohorts.cohort_stage, name="cohort-stage"),
    path(f"{_COHORT}staff/", cohorts.cohort_staff, name="cohort-staff"),
    path(f"{_COHORT}sessions/", sessions.session_list, name="session-list"),
    path(f"{_COHORT}sessions/new/", sessions.session_new, name="session-new"),
    path(f"{_COHORT}sessions/five-days/", sessions.session_agenda, name="session-agenda"),
    path(_SESSION, sessions.session, name="session"),
    path(f"{_SESSION}edit/", sessions.session_edit, name="session-edit"),
    path(f"{_SESSION}plan/", sessions.session_plan, name="session-plan"),
    path(f"{_SESSION}parts/", sessions.session_parts, name="session-parts"),
    path(f"{_SESSION}cancel/", sessions.session_cancel, name="session-cancel"),
    path(f"{_SESSION}attendance/", attendance.attendance, name="attendance"),
    path(f"{_SESSION}attendance.csv", attendance.attendance_export, name="attendance-export"),
    path(f"{_SESSION}attendance/upload/", attendance.attendance_upload, name="attendance-upload"),
    path(f"{_SESSION}attendance/paper/", attendance.attendance_paper, name="attendance-paper"),
    path(f"{_SESSION}sheet/", attendance.sign_in_sheet, name="sign-in-sheet"),
    path(f"{_SESSION}code/", attendance.session_code, name="session-code"),
    path("attend/<str:code>/", attendance.attend, name="attend"),
]
