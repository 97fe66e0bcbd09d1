"""Addresses of people: who is in a cohort, importing, codes on paper, merging."""

from django.urls import URLPattern, path

from certificates.views.people.adding import person_new
from certificates.views.people.codes import invitation_sheet, sign_in_codes
from certificates.views.people.imports import cohort_import, import_template, people_import
from certificates.views.people.members import cohort_add, cohort_member, cohort_people
from certificates.views.people.merging import merging_list, merging_undo, person_merge

_COHORT = "desk/cohorts/<uuid:uuid>/"

patterns: list[URLPattern] = [
    path("desk/people/new/", person_new, name="person-new"),
    path("desk/people/merges/", merging_list, name="merging-list"),
    path("desk/people/merges/<uuid:uuid>/undo/", merging_undo, name="merging-undo"),
    path("desk/people/<uuid:uuid>/merge/", person_merge, name="person-merge"),
    path("desk/imports/<uuid:uuid>/", people_import, name="people-import"),
    path(f"{_COHORT}people/", cohort_people, name="cohort-people"),
    path(f"{_COHORT}people/add/", cohort_add, name="cohort-add"),
    path(f"{_COHORT}people/<uuid:person>/", cohort_member, name="cohort-member"),
    path(f"{_COHORT}import/", cohort_import, name="cohort-import"),
    path(f"{_COHORT}import/list.csv", import_template, name="import-template"),
    path(f"{_COHORT}sign-in-codes/", sign_in_codes, name="sign-in-codes"),
    path(f"{_COHORT}codes/<str:code>/sheet/", invitation_sheet, name="invitation-sheet"),
]
