"""The site as an app: base templates, tags and commands; it owns no tables."""

from django.apps import AppConfig


class ElearningConfig(AppConfig):
    """The site."""

    name = "elearning"
