"""Addresses of figures."""

from django.urls import URLPattern, path

from certificates.views import figures, public_figures

_COHORT = "desk/cohorts/<uuid:uuid>/figures/"

patterns: list[URLPattern] = [
    path("figures/", public_figures.public_figures, name="public-figures"),
    path("figures/<slug:name>.csv", public_figures.public_table, name="public-table"),
    path("desk/countries/<str:code>/", figures.desk_country, name="desk-country"),
    path("desk/groups/", figures.desk_groups, name="desk-groups"),
    path("desk/freshness/", figures.desk_freshness, name="desk-freshness"),
    path("desk/decisions/", figures.desk_decisions, name="desk-decisions"),
    path("desk/tables/<slug:name>.<slug:form>", figures.desk_table, name="desk-table"),
    path(_COHORT, figures.cohort_figures, name="cohort-figures"),
    path(f"{_COHORT}<slug:name>.<slug:form>", figures.cohort_table_file, name="cohort-table"),
]
