"""The kinds of question, a folder each. Adding a kind is adding a folder: nothing lists them by name."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from types import ModuleType


@cache
def kind_names() -> tuple[str, ...]:
    """Return the names of the folders, in alphabetical order."""
    return tuple(sorted(module.name for module in iter_modules(__path__) if module.ispkg))


def import_from_kinds(module: str) -> dict[str, ModuleType]:
    """Return a module of every kind that has it, by the kind's name. tests/assessments/test_kinds.py misses none."""
    paths = {name: f"{__name__}.{name}.{module}" for name in kind_names()}
    return {name: import_module(path) for name, path in paths.items() if find_spec(path)}
