"""Addresses of credentials."""

from django.urls import URLPattern

patterns: list[URLPattern] = []
