"""Verification: separate facts in plain words, to anybody who has the number, and nothing more."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.policy import COORDINATOR
from certificates.actions import revoke_award
from certificates.models import Award, HolderName
from tests.factories.accounts import CohortFactory, PersonFactory, make_login
from tests.factories.certificates import award, publish_course

pytestmark = pytest.mark.django_db
UNKNOWN = "RLS-ML-2026-0000-0000"


@pytest.fixture
def row():
    publish_course()
    cohort = CohortFactory.create(name="Kayes secret cohort")
    person = PersonFactory.create(full_name="Aïssata Traoré", full_name_other="عائشة تراوري", country=cohort.country)
    return award(person, cohort=cohort)


def verify(client, serial: str):
    return client.get(reverse("certificates:verify", args=[serial]))


def test_a_valid_certificate_shows_name_course_dates_issuer_and_edition(client, row, settings):
    answer = verify(client, row.serial)
    page = answer.content.decode()
    assert answer.status_code == 200
    for expected in (
        "This certificate is valid today",
        "Number: in the register",
        "Dates: not expired",
        "Withdrawal: not withdrawn",
        "Aïssata Traoré",
        "عائشة تراوري",
        "Certificate: First Aid Kit",
        "International",
        "2026.1",
        settings.ISSUER_NAME,
        row.serial,
    ):
        assert expected in page


def test_it_shows_no_score_no_cohort_and_no_id(client, row):
    page = verify(client, row.serial).content.decode()
    hidden = [
        "Kayes",
        "8 of 10",
        "8 out of",
        str(row.uuid),
        str(row.person_id),
        str(row.enrolment_uuid),
        "70%",
        "signature",
    ]
    assert not [text for text in hidden if text.lower() in page.lower()]


def test_the_course_is_named_in_the_language_of_the_page(client, row):
    assert "First Aid Kit (français)" in client.get(f"/fr/verify/{row.serial}/").content.decode()


def test_an_expired_certificate_is_said_to_be_expired(client, row):
    Award.objects.update(valid_until=dt.date(2020, 1, 31))
    page = verify(client, row.serial).content.decode()
    assert "This certificate has expired" in page
    assert "Dates: expired" in page
    assert "31 January 2020" in page or "Jan. 31, 2020" in page
    assert "valid today" not in page


def test_the_last_day_still_counts(client, row):
    Award.objects.update(valid_until=dt.datetime.now(dt.UTC).date())
    assert "valid today" in verify(client, row.serial).content.decode()


def test_a_certificate_without_end_says_so(client, row):
    Award.objects.update(valid_until=None)
    assert "Dates: no end date" in verify(client, row.serial).content.decode()


def test_a_withdrawn_certificate_tells_the_day_and_never_the_reason(client, row):
    revoke_award(by=make_login(COORDINATOR, row.country), award=row, reason="wrong-person")
    page = verify(client, row.serial).content.decode()
    assert "This certificate was withdrawn" in page
    assert "Withdrawal: withdrawn" in page
    assert "Another person" not in page
    assert "wrong-person" not in page


def test_an_unknown_number_is_not_found_and_helped(client, row):
    answer = verify(client, UNKNOWN)
    assert answer.status_code == 404
    assert "No certificate with this number is known here" in answer.content.decode()
    assert "does not prove" in answer.content.decode()


def test_all_wrong_numbers_get_the_same_page(client, row):
    near = row.serial[:-1] + ("0" if row.serial[-1] != "0" else "1")
    pages = {verify(client, serial).content for serial in (UNKNOWN, near, "nonsense")}
    languages = {page.split(b"<main")[1] for page in pages}
    assert len(languages) == 1


def test_an_erased_or_changed_name_is_not_shown_and_the_rest_stands(client, row):
    HolderName.objects.update(full_name="Forged Name")
    page = verify(client, row.serial).content.decode()
    assert "Forged Name" not in page
    assert "The name is not on this site" in page
    assert "valid today" in page


@pytest.mark.parametrize("typed", ["{0} ", "  rls {1}", "{2}"])
def test_the_form_forgives_spelling(client, row, typed):
    spelled = typed.format(row.serial.lower(), row.serial[4:].replace("-", " "), row.serial.replace("0", "O"))
    answer = client.get(reverse("certificates:verify"), {"number": spelled})
    assert answer.url == reverse("certificates:verify", args=[row.serial])
    assert verify(client, row.serial.lower()).url == reverse("certificates:verify", args=[row.serial])


@pytest.mark.parametrize("typed", ["", "hello", "x" * 1000])
def test_the_form_says_what_is_wrong_with_half_a_number(client, typed):
    answer = client.get(reverse("certificates:verify"), {"number": typed})
    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.content.decode()


def test_search_engines_and_caches_are_kept_out(client, row):
    for answer in (client.get(reverse("certificates:verify")), verify(client, row.serial), verify(client, UNKNOWN)):
        assert "noindex" in answer["X-Robots-Tag"]
        assert "no-store" in answer["Cache-Control"]


def test_nobody_needs_an_account_and_nothing_but_reading_is_answered(client, row):
    assert client.post(reverse("certificates:verify", args=[row.serial])).status_code == 405
