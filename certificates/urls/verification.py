"""Addresses of verification."""

from django.urls import URLPattern

patterns: list[URLPattern] = []
