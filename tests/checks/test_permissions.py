"""The permission table: what it says is what happens, and every address is in it."""

import re
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse
from django.utils import translation

from tests.checks.hostile import hostile_form, what_no_form_changes
from tests.checks.permissions import ADMIN_PAGES, OPEN_ADMIN, REFUSED, ROLES, TABLE, Row
from tests.checks.world import World, build_world

ADMIN = settings.ADMIN_PATH
# Something of the right form, for addresses of the admin that need an argument.
SAMPLES = {"int": 1, "str": "sample", "slug": "sample", "uuid": uuid.UUID(int=1), "path": "sample"}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Build the world once for this file, and take it back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


def ask(world: World, role: str, method: str, address: str) -> int:
    """Return the status of a request whose effects are taken back; 401 for the way to the sign-in page."""
    with transaction.atomic():
        client = world.client(role)
        response = client.generic(method, address, "", content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    if response.status_code == 302 and "/account/sign-in/" in response["Location"]:
        return 401
    return response.status_code


def address_of(world: World, row: Row) -> str:
    with translation.override("fr"):
        return reverse(row.name, args=[world.arguments[name] for name in row.arguments])


@pytest.mark.parametrize("row", TABLE, ids=lambda row: " ".join((row.method, row.name, *row.arguments)))
def test_each_role_gets_what_the_table_says(world, row):
    address = address_of(world, row)
    assert dict(zip(ROLES, [ask(world, role, row.method, address) for role in ROLES], strict=True)) == dict(
        zip(ROLES, row.statuses, strict=True)
    )


def test_method_without_a_row_is_refused_to_everybody(world):
    declared = {(row.name, row.arguments): {each.method for each in TABLE if each.name == row.name} for row in TABLE}
    led_away = {
        (row.name, role) for row in TABLE for role, status in zip(ROLES, row.statuses, strict=True) if status == 302
    }
    for row in {(row.name, row.arguments): row for row in TABLE}.values():
        methods = declared[row.name, row.arguments]
        # Django's forms take PUT as POST: then the row of POST speaks for it.
        for method in {"GET", "POST", "PUT", "DELETE"} - methods - ({"PUT"} if "POST" in methods else set()):
            for role in ROLES:
                status = ask(world, role, method, address_of(world, row))
                is_led_away = status == 302 and (row.name, role) in led_away
                assert status in REFUSED or is_led_away, f"{role} {method} {row.name}: {status}"


def test_every_address_is_in_the_table():
    declared = {row.name for row in TABLE}
    missing = {name for name, pattern, _converters in addresses() if not pattern.startswith(ADMIN)} - declared
    assert not missing, "add a row for each of these to tests/checks/permissions.py"


@pytest.mark.parametrize("role", ["learner", "coordinator"])
def test_no_form_takes_a_field_that_it_does_not_show(world, role):
    form, before = urlencode(hostile_form()), what_no_form_changes()
    client = world.client(role)
    taken = set()
    for row in TABLE:
        if row.method != "POST":
            continue
        with transaction.atomic():
            answer = client.post(address_of(world, row), form, content_type="application/x-www-form-urlencoded")
            after = what_no_form_changes()
            transaction.set_rollback(True)
        assert answer.status_code < 500, row.name
        # Whoever was there is who they were: a form may only add.
        changed = [name for name, rows in before.items() if not all(each in after[name] for each in rows)]
        assert not changed, f"{role} {row.name}"
        assert after["roles"] == before["roles"], f"{role} {row.name}"
        if answer.status_code == 302:  # done, and led on
            taken.add(row.name)
    # Else nothing was tried but refusals.
    assert {"accounts:profile", "courses:enrol"} <= taken


@pytest.mark.parametrize("name", sorted(ADMIN_PAGES))
def test_first_pages_of_the_admin_open_to_the_roles_that_work_there(world, name):
    statuses = {role: ask(world, role, "GET", reverse(name)) for role in ROLES}
    assert {role for role, status in statuses.items() if status == 200} == ADMIN_PAGES[name], statuses


@pytest.mark.parametrize("role", ["anonymous", "learner", "coordinator"])
def test_nothing_of_the_admin_opens_without_a_role_there(world, role):
    opened = []
    for name, _pattern, converters in addresses():
        if not _pattern.startswith(ADMIN) or name in OPEN_ADMIN:
            continue
        address = sample_address(name, converters)
        if address is None:
            continue
        for method in ("GET", "POST"):
            status = ask(world, role, method, address)
            if status not in REFUSED | {302, 410}:
                opened.append(f"{method} {name}: {status}")
    assert not opened


def addresses() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield (name, pattern, converters) of every address."""
    yield from _walk(get_resolver(), "", "", {})


def _walk(resolver: Any, namespace: str, prefix: str, converters: dict[str, Any]) -> Iterator[Any]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        known = converters | getattr(entry.pattern, "converters", {})
        if isinstance(entry, URLPattern):
            yield namespace + (entry.name or pattern), pattern, known
        else:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, inner, pattern, known)


def sample_address(name: str, converters: dict[str, Any]) -> str | None:
    """Return the address with made-up arguments, or None where a regular expression asks for more."""
    kinds = {each: re.sub(r"Converter$", "", type(found).__name__).lower() for each, found in converters.items()}
    kinds = {each: {"string": "str"}.get(kind, kind) for each, kind in kinds.items()}
    try:
        return reverse(name, kwargs={each: SAMPLES[kind] for each, kind in kinds.items()})
    except (NoReverseMatch, KeyError):
        return None
