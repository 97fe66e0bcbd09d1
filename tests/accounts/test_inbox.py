"""Messages: told once, read in the reader's language, seen by nobody else; e-mail is a bonus."""

import datetime as dt
import uuid

import pytest
from django.core import mail
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from accounts.actions import mail_messages, send_message, send_messages
from accounts.actions.messages import Telling
from accounts.messaging import MessageKind, local_link, register_message, words_of
from accounts.models import Message
from accounts.policy import COORDINATOR
from tests.factories.accounts import LoginFactory, PersonFactory, make_login, sign_in

pytestmark = pytest.mark.django_db
CODE = "tests.greeting"


@pytest.fixture(autouse=True)
def kind():
    register_message(MessageKind(CODE, "Until %(until_on)s", "“%(title)s” for %(who)s.", "Look"))


@pytest.fixture
def login():
    return LoginFactory.create(email="awa@relais.example")


def tell(person, **changes) -> bool:
    facts = {"until_on": "2026-12-31", "title": {"en": "Kit", "fr": "Trousse"}, "who": "<b>Awa</b>"}
    return send_message(**{"person": person, "code": CODE, "facts": facts, "link": "/en/record/"} | changes)


def test_the_same_is_told_once_and_another_key_again(login):
    assert [tell(login.person), tell(login.person)] == [True, False]
    assert tell(login.person, key="other")
    assert not tell(login.person, key="other", facts={"who": "somebody else"})
    assert tell(PersonFactory.create(), key="other")
    assert Message.objects.count() == 3


def test_many_are_sent_by_two_queries():
    people = [PersonFactory.create() for _each in range(4)]
    with CaptureQueriesContext(connection) as queries:
        assert send_messages([Telling(each, CODE, key="k") for each in people]) == 4
    assert len([each for each in queries if "SAVEPOINT" not in each["sql"]]) == 2


def test_words_dates_and_link_follow_the_reader_s_language(login):
    tell(login.person)
    message = Message.objects.get()
    with translation.override("fr"):
        words = words_of(message)
        assert words.text == "“Trousse” for <b>Awa</b>."
        assert words.title == "Until 31 décembre 2026"
        assert words.link == "/fr/record/"
    assert local_link("/media/x") == "/media/x"


def test_a_fact_that_is_missing_and_a_kind_that_is_gone_break_nothing(client, login):
    tell(login.person, facts={})
    tell(login.person, code="gone.kind")
    page = sign_in(client, login).get(reverse("accounts:inbox")).content.decode()
    assert "“…” for …." in page
    assert "no longer here" in page


def test_the_inbox_shows_one_s_own_and_escapes_what_it_says(client, login):
    tell(login.person)
    tell(PersonFactory.create(), facts={"who": "Foreign"})
    answer = sign_in(client, login).get(reverse("accounts:inbox"))
    page = answer.content.decode()
    assert "&lt;b&gt;Awa&lt;/b&gt;" in page
    assert "Foreign" not in page
    assert "no-store" in answer["Cache-Control"]
    assert Message.objects.filter(read_at__isnull=False).count() == 0


def test_reading_one_leads_on_and_another_s_is_not_there(client, login):
    tell(login.person)
    message = Message.objects.get()
    address = reverse("accounts:inbox-read", args=[message.uuid])
    assert sign_in(client, make_login(COORDINATOR)).post(address).status_code == 404
    assert client.post(reverse("accounts:inbox-read", args=[uuid.uuid4()])).status_code == 404
    message.refresh_from_db()
    assert message.read_at is None
    assert sign_in(client, login).post(address)["Location"] == "/en/record/"
    message.refresh_from_db()
    assert message.read_at is not None


def test_all_are_read_at_once_and_only_one_s_own(client, login):
    tell(login.person)
    tell(login.person, key="two")
    tell(PersonFactory.create())
    sign_in(client, login).post(reverse("accounts:inbox-read-all"))
    assert Message.objects.unread().count() == 1


def test_without_a_mail_server_nothing_is_sent(login):
    tell(login.person)
    assert mail_messages(timezone.now()) == 0
    assert mail.outbox == []


@override_settings(RELAIS_SENDS_MAIL=True, WAGTAILADMIN_BASE_URL="https://relais.example/")
def test_mail_goes_once_in_the_person_s_language_to_those_with_an_address(login):
    login.person.language = "fr"
    login.person.save()
    tell(login.person)
    tell(LoginFactory.create(email=None).person)
    suspended = LoginFactory.create(email="gone@relais.example", is_active=False)
    tell(suspended.person)
    assert [mail_messages(timezone.now()) for _again in range(2)] == [1, 0]
    (sent,) = mail.outbox
    assert sent.to == ["awa@relais.example"]
    assert "https://relais.example/fr/record/" in sent.body
    assert "Trousse" in sent.body


@override_settings(RELAIS_SENDS_MAIL=True)
def test_a_server_that_refuses_is_asked_again_and_old_news_is_not_sent(login, monkeypatch, caplog):
    tell(login.person)
    monkeypatch.setattr("accounts.actions.messages.EmailMessage.send", _refuse)
    assert mail_messages(timezone.now()) == 0
    assert "was not mailed" in caplog.text
    assert "awa@" not in caplog.text
    monkeypatch.undo()
    assert mail_messages(timezone.now() + dt.timedelta(days=15)) == 0
    assert mail_messages(timezone.now()) == 1


def _refuse(_mail):
    raise ConnectionRefusedError
