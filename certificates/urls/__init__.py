"""Addresses of certificates, a module for each subject; the first that fits answers."""

from django.urls import URLPattern, URLResolver

from certificates.urls import (
    awards,
    credentials,
    evaluation,
    figures,
    issuing,
    people,
    programmes,
    reports,
    trainers,
    verification,
)

app_name = "certificates"
urlpatterns: list[URLPattern | URLResolver] = [
    *verification.patterns,
    *credentials.patterns,
    *figures.patterns,
    *programmes.patterns,
    *people.patterns,
    *trainers.patterns,
    *evaluation.patterns,
    *issuing.patterns,
    *reports.patterns,
    *awards.patterns,
]
