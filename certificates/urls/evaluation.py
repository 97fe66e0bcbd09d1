"""Addresses of evaluation."""

from django.urls import URLPattern

patterns: list[URLPattern] = []
