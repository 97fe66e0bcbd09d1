"""Guesses at invitation codes: few for one, a trickle for a place, and a printed code always opens."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.joining import guessing
from accounts.joining.guessing import MOST_OF_A_PLACE, MOST_OF_ONE, proof_of
from accounts.models import GuessCount
from tests.factories.accounts import InvitationCodeFactory, make_login, sign_in
from tests.factories.courses import make_course

pytestmark = pytest.mark.django_db
JOIN = "/en/join/"
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


@pytest.fixture
def invitation() -> Any:
    return InvitationCodeFactory.create(
        course_uuid=make_course(self_enrolment=False).uuid, expires_at=NOW + dt.timedelta(days=7)
    )


def guess(client: Client, number: int = 0, address: str = "10.0.0.1") -> int:
    return client.post(JOIN, {"code": f"XX{number:06}"}, REMOTE_ADDR=address).status_code


@time_machine.travel(NOW, tick=False)
def test_one_browser_gets_ten_wrong_codes_and_the_others_of_its_post_go_on(invitation: Any) -> None:
    browser = Client()
    # The first wrong one brings the cookie by which the next are counted.
    assert [guess(browser, number) for number in range(MOST_OF_ONE + 1)] == [422] * (MOST_OF_ONE + 1)
    assert guess(browser) == 429
    assert browser.post(JOIN, {"code": invitation.code}, REMOTE_ADDR="10.0.0.1").status_code == 429
    assert Client().post(JOIN, {"code": invitation.code}, REMOTE_ADDR="10.0.0.1").status_code == 200


def test_browser_may_try_again_after_a_quarter_of_an_hour(invitation: Any) -> None:
    browser = Client()
    with time_machine.travel(NOW, tick=False):
        for number in range(MOST_OF_ONE + 1):
            guess(browser, number)
        assert guess(browser) == 429
    with time_machine.travel(NOW + dt.timedelta(minutes=16), tick=False):
        assert browser.post(JOIN, {"code": invitation.code}, REMOTE_ADDR="10.0.0.1").status_code == 200


def test_machine_without_cookies_gets_a_hundred_and_then_a_trickle() -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        assert {guess(Client(), number) for number in range(MOST_OF_A_PLACE)} == {422}
        passed = 0
        for number in range(60):
            passed += guess(Client(), number) == 422
            clock.shift(dt.timedelta(milliseconds=500))
        assert passed <= 11  # one every three seconds of thirty


def test_throttled_place_is_not_locked(invitation: Any) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        for number in range(MOST_OF_A_PLACE):
            guess(Client(), number)
        typed = {"code": invitation.code}
        assert Client().post(JOIN, typed, REMOTE_ADDR="10.0.0.1").status_code == 429
        # A printed code, another place, somebody signed in: at once.
        assert Client().get(JOIN, typed | {"k": proof_of(invitation.code)}, REMOTE_ADDR="10.0.0.1").status_code == 200
        assert Client().post(JOIN, typed, REMOTE_ADDR="10.0.0.2").status_code == 200
        member = sign_in(Client(), make_login())
        assert member.post(JOIN, typed, REMOTE_ADDR="10.0.0.1").status_code == 302
        # And anybody who waits three seconds.
        clock.shift(dt.timedelta(seconds=3))
        assert Client().post(JOIN, typed, REMOTE_ADDR="10.0.0.1").status_code == 200


@time_machine.travel(NOW, tick=False)
def test_newcomer_who_came_by_a_printed_code_fills_in_the_form_while_the_place_is_throttled(invitation: Any) -> None:
    for number in range(MOST_OF_A_PLACE):
        guess(Client(), number)
    client = Client()
    query = {"code": invitation.code, "k": proof_of(invitation.code)}
    page = client.get(JOIN, query, REMOTE_ADDR="10.0.0.1").content.decode()
    assert f'name="k" value="{query["k"]}"' in page
    facts = {"full_name": "Aïssata Diallo", "service_number": "1", "password": "quiet river stone"}
    assert client.post(JOIN, query | facts, REMOTE_ADDR="10.0.0.1").status_code == 302


@time_machine.travel(NOW, tick=False)
def test_proof_of_one_code_opens_no_other(invitation: Any) -> None:
    for number in range(MOST_OF_A_PLACE):
        guess(Client(), number)
    other = {"code": "XX000001", "k": proof_of(invitation.code)}
    assert Client().post(JOIN, other, REMOTE_ADDR="10.0.0.1").status_code == 429


@time_machine.travel(NOW, tick=False)
def test_signed_in_login_gets_ten_wrong_codes_wherever_it_goes() -> None:
    login = make_login()
    for number in range(MOST_OF_ONE):
        assert guess(sign_in(Client(), login), number, f"10.0.0.{number}") == 422
    assert guess(sign_in(Client(), login), 99, "10.9.9.9") == 429


@time_machine.travel(NOW, tick=False)
def test_right_and_closed_codes_are_not_counted(invitation: Any) -> None:
    closed = InvitationCodeFactory.create(uses_left=0)
    Client().post(JOIN, {"code": invitation.code})
    Client().post(JOIN, {"code": closed.code})
    assert not GuessCount.objects.exists()


@time_machine.travel(NOW, tick=False)
def test_machines_of_one_network_of_version_6_are_one_place() -> None:
    guess(Client(), 1, "2001:db8::1")
    guess(Client(), 2, "2001:db8::ffff")
    guess(Client(), 3, "2001:db8:0:1::1")
    assert sorted(GuessCount.objects.values_list("wrong", flat=True)) == [1, 2]


def test_counts_are_forgotten_after_a_day_and_name_nobody() -> None:
    with time_machine.travel(NOW, tick=False):
        guess(Client(), 1)
        assert "10.0.0.1" not in str(GuessCount.objects.values_list("key", flat=True))
    with time_machine.travel(NOW + guessing.WINDOW * 200, tick=False):
        guess(Client(), 1, "10.0.0.9")
        assert GuessCount.objects.count() == 1
