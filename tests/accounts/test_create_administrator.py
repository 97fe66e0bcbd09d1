import pytest
from django.core.management import CommandError, call_command

from accounts.backends import find_login
from accounts.management.commands import create_administrator
from accounts.models import Country, Login, Person

pytestmark = pytest.mark.django_db


def run(monkeypatch, *typed):
    answers = iter(typed)
    monkeypatch.setattr(create_administrator, "getpass", lambda _prompt: next(answers))
    call_command("create_administrator", "--name", "First One", "--country", "ml", "--email", "First@Relais.example")


def test_the_first_administrator_has_the_role_everywhere(monkeypatch):
    run(monkeypatch, "a new long password", "a new long password")

    login = find_login("first@relais.example")
    assert login is not None
    assert login.check_password("a new long password")
    assert login.scope_of("administrator").everywhere
    assert not login.is_superuser


@pytest.mark.parametrize("typed", [("short", "short"), ("a new long password", "another long password")])
def test_a_bad_password_creates_nothing(monkeypatch, typed):
    with pytest.raises(CommandError):
        run(monkeypatch, *typed)

    assert not Login.objects.exists()
    assert not Person.objects.exists()
    assert not Country.objects.exists()
