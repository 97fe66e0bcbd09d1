"""Addresses of awards and the desk's first pages."""

from django.urls import URLPattern, path

from certificates.views.award import award_revoke
from certificates.views.award_pdf import award_pdf
from certificates.views.cohort_list import desk_cohort
from certificates.views.desk import desk, desk_export
from certificates.views.invitations import cohort_invitations
from certificates.views.record import record

patterns: list[URLPattern] = [
    path("record/", record, name="record"),
    path("certificates/<str:serial>.pdf", award_pdf, name="award-pdf"),
    path("certificates/<str:serial>/withdraw/", award_revoke, name="award-revoke"),
    path("desk/", desk, name="desk"),
    path("desk/export.csv", desk_export, name="desk-export"),
    path("desk/cohorts/<uuid:uuid>/", desk_cohort, name="desk-cohort"),
    path("desk/cohorts/<uuid:uuid>/codes/", cohort_invitations, name="cohort-invitations"),
]
