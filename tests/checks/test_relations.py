"""Relations between models run downward only, like imports; import-linter can't see a foreign key given as text."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models

# From the top down, as in pyproject.toml's contract.
ORDER = ("elearning", "sync", "certificates", "assessments", "courses", "library", "records", "accounts")
OURS = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in ORDER]


def relations(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.get_fields() if field.is_relation and field.concrete]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_relation_points_down(model: type[models.Model]) -> None:
    for field in relations(model):
        target = field.related_model
        if target is None or target._meta.app_label not in ORDER:
            continue
        here, there = model._meta.app_label, target._meta.app_label
        assert ORDER.index(there) >= ORDER.index(here), f"{model._meta.label}.{field.name} points up to {there}"


def test_foreign_package_is_never_changed_by_a_migration_of_ours() -> None:
    labels = {model._meta.app_label for model in OURS}
    assert labels <= set(ORDER)
    assert {"accounts", "records", "courses", "assessments", "certificates"} <= labels
