"""The app certificates."""

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    """What is attested."""

    name = "certificates"
    default_auto_field = "django.db.models.BigAutoField"
