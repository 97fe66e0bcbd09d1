"""The page that checks certificates, without JavaScript: a pasted text or a file, from anybody, changing nothing."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.policy import COORDINATOR
from certificates.actions import revoke_award
from certificates.credentials.issuing import credential_json
from certificates.models import Award
from certificates.printing import print_award
from certificates.verification.link import verify_link
from tests.certificates.verification import material
from tests.factories.accounts import PersonFactory, make_login, sign_in
from tests.factories.certificates import award, publish_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Award:
    publish_course()
    return award(PersonFactory.create(full_name="Aïssata Traoré", full_name_other="عائشة تراوري"))


def sent(text: str = "", file: bytes | None = None, name: str = "x.pdf"):
    """Return the answer to what a browser without scripts and without a cookie sends."""
    data = {"text": text} | ({"file": SimpleUploadedFile(name, file)} if file is not None else {})
    return Client(enforce_csrf_checks=True).post(reverse("certificates:verify"), data)


def reason_in(answer) -> str:
    found = re.search(r'data-checked data-reason="([\w-]+)"', answer.content.decode())
    assert found is not None
    return found[1]


def test_a_pasted_link_is_checked_and_its_words_are_shown(row):
    answer = sent(verify_link(row))
    page = answer.content.decode()
    assert (answer.status_code, reason_in(answer)) == (200, "valid")
    for shown in (
        "Aïssata Traoré",
        "عائشة تراوري",
        row.serial,
        "Signature: genuine",
        "Issuer: trusted",
        "not withdrawn as of",
    ):
        assert shown in page


@pytest.mark.parametrize("make", [credential_json, print_award], ids=["credential", "pdf"])
def test_a_file_is_checked(row, make):
    content = make(row)
    assert reason_in(sent(file=content)) == "valid"
    assert reason_in(sent(file=content.replace(b"2026", b"2025", 1))) == "edited"


def test_a_withdrawn_one_is_named_so_at_once(row):
    content = credential_json(row)
    revoke_award(by=make_login(COORDINATOR, row.country), award=row, reason="issued-in-error")
    assert reason_in(sent(file=content)) == "revoked"
    assert reason_in(sent(verify_link(row))) == "revoked"


def test_a_number_is_looked_up_in_the_register(row):
    answer = sent(f" {row.serial.lower()} ")
    assert answer.status_code == 302
    assert answer.url == reverse("certificates:verify", args=[row.serial])


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-", b"{}", b"\0" * 5000, b"[" * 100_000, b'{"a":' * 50_000, b"%PDF-" + b"/EmbeddedFile" * 50_000],
)
def test_hostile_files_are_answered(content):
    answer = sent(file=content)
    if content:
        assert (answer.status_code, reason_in(answer)) == (
            200,
            "unsigned" if content.startswith(b"%PDF") else "unreadable",
        )
    else:
        assert answer.status_code == 422


def test_nothing_sent_and_too_much_sent_are_said_so():
    assert sent().status_code == 422
    assert sent("x" * 10_001).status_code == 422
    answer = sent(file=bytes(8 * 2**20 + 1))
    assert answer.status_code == 422
    assert "larger than 8 MB" in answer.content.decode()


def test_words_of_a_stranger_are_text_and_never_confirmed():
    who = material.Holder(name='<script>alert("x")</script>')
    answer = sent(material.link(material.FOREIGN, who).decode())
    page = answer.content.decode()
    assert reason_in(answer) in ("foreign-issuer", "forged")
    assert "<script>alert" not in page
    assert "Nothing confirms these words." in page


def test_the_page_is_the_same_for_everybody_whatever_the_moment(row, client):
    """It is kept on devices: nothing of a session or of a moment may be in it."""
    address = reverse("certificates:verify")
    assert Client().get(address).content == Client().get(address).content
    assert "csrfmiddlewaretoken" not in Client().get(address).content.decode()
    sign_in(client, make_login(COORDINATOR, row.country))
    assert client.get(address).status_code == 200


def test_it_changes_nothing(row, django_assert_max_num_queries):
    link = verify_link(row)
    before = list(Award.objects.values())
    with django_assert_max_num_queries(8):
        sent(link)
    assert list(Award.objects.values()) == before


def test_only_the_question_and_the_form_are_answered(row, client):
    number = reverse("certificates:verify", args=[row.serial])
    assert client.post(number).status_code == 405
    assert client.put(reverse("certificates:verify")).status_code == 405
