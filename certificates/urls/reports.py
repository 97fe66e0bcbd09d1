"""Addresses of reports."""

from django.urls import URLPattern, path

from certificates.views.report import report

patterns: list[URLPattern] = [path("desk/report/", report, name="donor-report")]
