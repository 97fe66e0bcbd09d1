"""The page of a device, and what signing out tells the browser."""

import pytest
from django.urls import reverse

from tests.factories.accounts import LoginFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_page_of_a_device_opens_and_is_never_kept(client, is_signed_in):
    login = LoginFactory.create(person__full_name="Aminata Diakité")
    if is_signed_in:
        client.force_login(login, backend="accounts.backends.RelaisBackend")

    response = client.get(reverse("sync:device"))

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    page = response.content.decode()
    assert "data-device-page" in page
    assert "Diakit" not in page


def test_sign_out_names_the_person_to_the_scripts_of_the_next_page(client):
    login = LoginFactory.create()
    client.force_login(login, backend="accounts.backends.RelaisBackend")

    response = client.post(reverse("account_logout"))

    cookie = response.cookies["relais_left"]
    assert cookie.value == str(login.person.uuid)
    assert not cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_sign_out_of_nobody_names_nobody(client):
    assert "relais_left" not in client.post(reverse("account_logout")).cookies
