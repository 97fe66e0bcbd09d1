"""What a form must not take: every field of every model of ours, sent along with each request (S3)."""

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.db import models

from accounts.models import Login, Person, RoleGrant
from assessments.models import Attempt
from certificates.models import Award
from courses.models import Enrolment

OURS = ("accounts", "records", "courses", "assessments", "certificates", "sync")
# Beside the fields of models, what somebody would try.
_TRIED = {"is_staff": "1", "is_superuser": "1", "score": "100", "passed": "1", "everywhere": "1", "scope": "everywhere"}
# With these a form about oneself is valid, so that what is sent along would count.
_SOUND = {"language": "fr", "sex": "female", "birth_year": "1990", "role": "administrator"}


def hostile_form() -> dict[str, str]:
    """Return a form with every field of every model."""
    found = {
        field.name: _value_of(field)
        for model in apps.get_models()
        if model._meta.app_label in OURS
        for field in model._meta.concrete_fields
    }
    return {**found, **{f"{name}_id": "1" for name in found}, **_TRIED, **_SOUND}


def what_no_form_changes() -> Mapping[str, list[Any]]:
    """Return what decides on powers, identity and merit, as it stands."""
    return {
        "roles": _rows(RoleGrant, "pk", "person", "role", "country", "ended_at"),
        "people": _rows(Person, "pk", "uuid", "country", "agency", "service_number", "created_at", "erased_at"),
        "logins": _rows(Login, "pk", "person", "email"),
        "enrolments": _rows(Enrolment, "pk", "person", "course_uuid", "country", "cohort", "outline"),
        "attempts": _rows(Attempt.objects.filter(handed_in_at__isnull=False), "pk", "points_milli", "out_of_milli"),
        "awards": _rows(Award, "pk", "person", "serial", "version", "points_milli", "issued_at", "valid_until"),
    }


def _rows(source: Any, *columns: str) -> list[Any]:
    rows = source if isinstance(source, models.QuerySet) else source._base_manager.all()
    return list(rows.order_by("pk").values_list(*columns))


def _value_of(field: Any) -> str:
    if isinstance(field, models.DateTimeField):
        return "2030-01-01T00:00:00Z"
    if isinstance(field, models.DateField):
        return "2030-01-01"
    if isinstance(field, models.BooleanField | models.IntegerField | models.ForeignKey):
        return "1"
    return "administrator"
