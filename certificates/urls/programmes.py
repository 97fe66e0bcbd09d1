"""Addresses of programmes."""

from django.urls import URLPattern

patterns: list[URLPattern] = []
