"""What a role may do in Wagtail's admin, in code: apps register, no table can drift.

A permission is written as Django writes it, "app.codename", or "app.*" for all of an app's.
`everywhere=True` keeps it for those whose role holds in every country: pages, images and
documents belong to all countries at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from accounts import policy
from accounts.models import Login


@dataclass(frozen=True, slots=True)
class _Grant:
    names: frozenset[str]
    everywhere: bool


_grants: dict[str, list[_Grant]] = {}


def register(role: str, names: Iterable[str], *, everywhere: bool = False) -> None:
    """Give a role permissions; call it from an app's ready()."""
    _grants.setdefault(role, []).append(_Grant(frozenset(names), everywhere))


def permissions_of(login: Login) -> set[str]:
    """Return every permission of a login, from its role grants in force."""
    found: set[str] = set()
    for role in {grant.role for grant in login.grants}:
        is_everywhere = login.scope_of(role).everywhere
        for grant in _grants.get(role, []):
            if is_everywhere or not grant.everywhere:
                found |= grant.names
    return _resolved(frozenset(found))


def _resolved(names: frozenset[str]) -> set[str]:
    exact = {name for name in names if not name.endswith(".*")}
    apps = frozenset(name.removesuffix(".*") for name in names - exact)
    return exact | (_names_in_apps(apps) if apps else set())


@cache
def _names_in_apps(app_labels: frozenset[str]) -> set[str]:
    """Return all default and own permissions of the models of some apps, read from the code."""
    from django.apps import apps  # noqa: PLC0415  # ready when asked, not when imported

    return {
        f"{label}.{codename}"
        for label in app_labels
        for model in apps.get_app_config(label).get_models()
        for codename in _codenames(model)
    }


def _codenames(model: Any) -> set[str]:
    meta = model._meta  # noqa: SLF001
    return {f"{action}_{meta.model_name}" for action in meta.default_permissions} | {
        codename for codename, _name in meta.permissions
    }


for _role in (policy.TRAINER, policy.EDITOR, policy.ADMINISTRATOR):
    register(_role, {"wagtailadmin.access_admin"})
register(policy.EDITOR, {"wagtailimages.*", "wagtaildocs.*"}, everywhere=True)
register(
    policy.ADMINISTRATOR,
    {"wagtailcore.*", "wagtailadmin.*", "wagtailimages.*", "wagtaildocs.*"},
    everywhere=True,
)
for _role in (policy.EDITOR, policy.ADMINISTRATOR):
    register(_role, {"wagtail_localize.submit_translation"}, everywhere=True)
