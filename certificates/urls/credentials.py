"""Addresses of credentials that belong to a page, and of the status that verification reads."""

from django.urls import URLPattern, path

from certificates.views.credentials import award_credential, learner_record, status

patterns: list[URLPattern] = [
    path("certificates/<str:serial>.json", award_credential, name="award-credential"),
    path("record/credentials.json", learner_record, name="record-credential"),
    path("verify/status.json", status, name="status"),
]
