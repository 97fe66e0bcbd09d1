"""Addresses of awards and the desk's first pages."""

from django.urls import URLPattern, path

from certificates.views.award import award_pdf, award_revoke
from certificates.views.desk import desk, desk_cohort, desk_export
from certificates.views.invitations import cohort_invitations
from certificates.views.record import record
from certificates.views.verification import verify

patterns: list[URLPattern] = [
    path("record/", record, name="record"),
    path("verify/", verify, name="verify"),
    path("verify/<str:serial>/", verify, name="verify"),
    path("certificates/<str:serial>.pdf", award_pdf, name="award-pdf"),
    path("certificates/<str:serial>/withdraw/", award_revoke, name="award-revoke"),
    path("desk/", desk, name="desk"),
    path("desk/export.csv", desk_export, name="desk-export"),
    path("desk/cohorts/<uuid:uuid>/", desk_cohort, name="desk-cohort"),
    path("desk/cohorts/<uuid:uuid>/codes/", cohort_invitations, name="cohort-invitations"),
]
