"""How each kind marks a response: pure, so that every node marks alike. Found by walking the kinds' folders."""

from collections.abc import Callable, Mapping
from typing import Any

from assessments.questions import import_from_kinds
from assessments.questions.credit import FULL_MARK_MILLI

Marker = Callable[[Mapping[str, Any], Any], int]

_MODULES = import_from_kinds("marking")
MARKERS: dict[str, Marker] = {name: module.mark for name, module in _MODULES.items() if hasattr(module, "mark")}
# A person marks these: their modules say so instead of marking.
MARKED_BY_HAND = frozenset(name for name, module in _MODULES.items() if getattr(module, "IS_MARKED_BY_HAND", False))

__all__ = ["FULL_MARK_MILLI", "MARKED_BY_HAND", "MARKERS", "Marker"]
