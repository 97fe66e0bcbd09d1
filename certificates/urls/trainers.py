"""Addresses of trainers."""

from django.urls import URLPattern, path

from certificates.views.evidence import evidence_new, evidence_retract, trainer_rules
from certificates.views.trainers import (
    trainer,
    trainer_count,
    trainer_export,
    trainer_list,
    trainer_profile,
    trainer_tree,
)

patterns: list[URLPattern] = [
    path("desk/trainers/", trainer_list, name="trainer-list"),
    path("desk/trainers/tree/", trainer_tree, name="trainer-tree"),
    path("desk/trainers/tree.csv", trainer_export, name="trainer-export"),
    path("desk/trainers/count/", trainer_count, name="trainer-count"),
    path("desk/trainers/<uuid:person>/", trainer, name="trainer"),
    path("desk/trainers/<uuid:person>/profile/", trainer_profile, name="trainer-profile"),
    path("desk/trainers/<uuid:person>/evidence/", evidence_new, name="evidence-new"),
    path("desk/evidence/<uuid:evidence>/retract/", evidence_retract, name="evidence-retract"),
    path("desk/programmes/<uuid:programme>/trainer-rules/", trainer_rules, name="trainer-rules"),
]
