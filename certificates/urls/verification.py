"""Addresses of verification."""

from django.urls import URLPattern, path

from certificates.views.verification import verify, verify_file, verify_number

patterns: list[URLPattern] = [
    path("verify/", verify, name="verify"),
    path("verify/relais-verify.html", verify_file, name="verify-file"),
    path("verify/<str:serial>/", verify_number, name="verify"),
]
