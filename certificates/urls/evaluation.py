"""Addresses of evaluation."""

from django.urls import URLPattern, path

from certificates.views.answers import follow_up, reaction, supervisor_answer, supervisor_code
from certificates.views.evaluation import (
    cohort_evaluation,
    cohort_evaluation_export,
    cohort_gain_parts,
    context_note,
    evaluation,
    supervisor_codes,
)

patterns: list[URLPattern] = [
    path("desk/evaluation/", evaluation, name="evaluation"),
    path("desk/cohorts/<uuid:uuid>/evaluation/", cohort_evaluation, name="cohort-evaluation"),
    path("desk/cohorts/<uuid:uuid>/evaluation.csv", cohort_evaluation_export, name="cohort-evaluation-export"),
    path("desk/cohorts/<uuid:uuid>/evaluation/parts/", cohort_gain_parts, name="cohort-gain-parts"),
    path("desk/cohorts/<uuid:uuid>/evaluation/supervisors/", supervisor_codes, name="supervisor-codes"),
    path("desk/cohorts/<uuid:uuid>/evaluation/context/", context_note, name="context-note"),
    path("cohorts/<uuid:uuid>/reaction/", reaction, name="reaction"),
    path("cohorts/<uuid:uuid>/follow-up/<int:months>/", follow_up, name="follow-up"),
    path("supervisor/", supervisor_code, name="supervisor-code"),
    path("supervisor/<str:code>/", supervisor_answer, name="supervisor-answer"),
]
