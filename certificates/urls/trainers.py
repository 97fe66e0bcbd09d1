"""Addresses of trainers."""

from django.urls import URLPattern

patterns: list[URLPattern] = []
