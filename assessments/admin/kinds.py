"""The kinds as their authors meet them, found by walking their folders."""

from assessments.admin.authored import AuthoredKind
from assessments.questions import import_from_kinds

_FOUND: list[AuthoredKind] = [module.AUTHORED for module in import_from_kinds("form").values()]
AUTHORED_KINDS = tuple(sorted(_FOUND, key=lambda kind: kind.place))
BY_MODEL_NAME = {kind.model_name: kind for kind in AUTHORED_KINDS}

__all__ = ["AUTHORED_KINDS", "BY_MODEL_NAME", "AuthoredKind"]
