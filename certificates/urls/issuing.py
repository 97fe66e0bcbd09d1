"""Addresses of issuing."""

from django.urls import URLPattern

patterns: list[URLPattern] = []
