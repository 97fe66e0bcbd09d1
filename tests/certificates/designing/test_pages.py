"""The pages of designs in Wagtail's admin: scope, the form, the picture."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.policy import ADMINISTRATOR, COORDINATOR, EDITOR, TRAINER
from certificates.models import CertificateDesign
from tests.factories.accounts import CountryFactory, make_login, sign_in
from tests.factories.certificate_pdf import seal_picture
from tests.factories.programmes import ProgrammeFactory

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n"
FILLED = {
    "ground": "dark",
    "shows_score": "on",
    "title_en": "Certificate of the programme",
    "name_0": "Mariam Koné",
    "office_0": "Director",
    "sample_language": "fr",
}


@pytest.fixture
def mali():
    return CountryFactory.create(code="ML")


@pytest.fixture
def own(mali):
    return ProgrammeFactory.create(code="own", name={"en": "Borders of Mali"}, countries=("ML",))


@pytest.fixture
def shared(mali):
    CountryFactory.create(code="NE")
    return ProgrammeFactory.create(code="shared", name={"en": "Two borders"}, countries=("ML", "NE"))


@pytest.fixture
def foreign():
    CountryFactory.create(code="UA")
    return ProgrammeFactory.create(code="foreign", name={"en": "Far away"}, countries=("UA",))


def page(programme) -> str:
    return reverse("certificate-designs:edit", args=[programme.uuid])


def picture(programme) -> str:
    return reverse("certificate-designs:picture", args=[programme.uuid])


def test_editor_finds_the_usual_design_and_every_programme(client, own, foreign):
    said = (
        sign_in(client, make_login(EDITOR, everywhere=True)).get(reverse("certificate-designs:index")).content.decode()
    )
    for words in ("All other certificates", "Borders of Mali", "Far away"):
        assert words in said


def test_administrator_of_mali_finds_what_mali_runs_alone(client, mali, own, shared, foreign):
    said = sign_in(client, make_login(ADMINISTRATOR, mali)).get(reverse("certificate-designs:index")).content.decode()
    assert "Borders of Mali" in said
    for words in ("Far away", "Two borders", reverse("certificate-designs:usual")):
        assert words not in said


def test_foreign_programme_is_not_there_and_shared_one_is_not_yours(client, mali, own, shared, foreign):
    sign_in(client, make_login(ADMINISTRATOR, mali))
    asked = [("get", page), ("post", page), ("post", picture)]
    assert [getattr(client, method)(at(own), FILLED).status_code for method, at in asked] == [200, 200, 200]
    assert {getattr(client, method)(at(foreign), FILLED).status_code for method, at in asked} == {404}
    # Wagtail leads a refused visitor to its first page, and says so there.
    refused = [getattr(client, method)(at(shared), {**FILLED, "do": "save"}) for method, at in asked]
    assert {(each.status_code, each.get("Location")) for each in refused} == {(302, reverse("wagtailadmin_home"))}
    assert not CertificateDesign.objects.exists()


@pytest.mark.parametrize("name", ["usual", "usual-picture"])
def test_usual_design_is_closed_to_one_country(client, mali, own, name):
    answer = sign_in(client, make_login(ADMINISTRATOR, mali)).post(reverse(f"certificate-designs:{name}"), FILLED)
    assert (answer.status_code, answer["Location"]) == (302, reverse("wagtailadmin_home"))


@pytest.mark.parametrize("role", [TRAINER, COORDINATOR, ""])
def test_who_designs_nothing_sees_no_page_and_no_menu_entry(client, mali, own, role):
    login = make_login(role, mali) if role else make_login()
    sign_in(client, login)
    for address in (reverse("certificate-designs:index"), page(own)):
        assert client.get(address).status_code in {302, 404}
    if role == TRAINER:
        assert reverse("certificate-designs:index") not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_form_saves_what_was_typed_and_shows_it_again(client, own):
    sign_in(client, make_login(EDITOR, everywhere=True))
    upload = SimpleUploadedFile("seal.png", seal_picture(), "image/png")
    answer = client.post(page(own), {**FILLED, "do": "save", "seal": upload, "seal_alt": "Two circles"})
    assert (answer.status_code, answer["Location"]) == (302, page(own))
    row = CertificateDesign.objects.get(programme=own)
    assert (row.title, row.seal_alt) == ({"en": "Certificate of the programme"}, "Two circles")
    assert row.signatories == [{"name": "Mariam Koné", "office": "Director", "since": "", "until": ""}]
    assert bytes(row.seal_png).startswith(PNG)
    assert 'value="Mariam Koné"' in client.get(page(own)).content.decode()
    client.post(page(own), {**FILLED, "do": "save", "removes_seal": "on"})
    assert not CertificateDesign.objects.get(programme=own).seal_png


def test_showing_saves_nothing(client, own):
    sign_in(client, make_login(EDITOR, everywhere=True))
    for button in ({}, {"do": "show"}):
        answer = client.post(page(own), {**FILLED, **button})
        assert answer.status_code == 200
        assert "data:image/png;base64," in answer.content.decode()
    assert not CertificateDesign.objects.exists()


def test_picture_follows_the_form_and_its_language(client, own):
    sign_in(client, make_login(EDITOR, everywhere=True))
    made = [
        client.post(picture(own), {**FILLED, **change})
        for change in ({}, {"title_fr": "Autre titre"}, {"sample_language": "ar"}, {"ground": "white"}, {})
    ]
    assert {(each.status_code, each["Content-Type"]) for each in made} == {(200, "image/png")}
    assert len({each.content for each in made}) == 4
    assert made[0].content == made[-1].content
    assert client.get(picture(own)).status_code == 405


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"office_0": ""}, "needs both a name and an office"),
        ({"title_fr": "\U00012345"}, "no such letters"),
        ({"since_0": "2026-02-02", "until_0": "2026-02-01"}, "lies before the first"),
        ({"ground": "pink"}, "pink"),
        ({"seal": SimpleUploadedFile("seal.svg", b"<svg onload='alert(1)'/>", "image/svg+xml")}, "not a PNG"),
    ],
)
def test_what_cannot_be_printed_is_said_and_not_saved(client, own, change, said):
    sign_in(client, make_login(EDITOR, everywhere=True))
    answer = client.post(picture(own), {**FILLED, **change})
    assert answer.status_code == 422
    assert any(said in each for each in answer.json()["problems"]), answer.json()
    for upload in (each for each in change.values() if hasattr(each, "seek")):
        upload.seek(0)
    again = client.post(page(own), {**FILLED, **change, "do": "save"})
    assert again.status_code == 200
    assert said in again.content.decode()
    assert not CertificateDesign.objects.exists()


def test_typed_markup_is_text_on_the_page(client, own):
    sign_in(client, make_login(EDITOR, everywhere=True))
    client.post(page(own), {**FILLED, "do": "save", "title_en": "<script>alert(1)</script> #panic()"})
    said = client.get(page(own)).content.decode()
    assert "<script>alert" not in said
    assert "&lt;script&gt;alert(1)" in said


def test_pages_run_nothing_inline(client, own):
    answer = sign_in(client, make_login(EDITOR, everywhere=True)).get(page(own))
    policy = dict(part.split(maxsplit=1) for part in answer["Content-Security-Policy"].split("; "))
    assert policy["script-src-elem"] == policy["style-src"] == "'self'"
    body = answer.content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", body.partition("cd-form")[2])


def test_list_asks_no_more_when_there_are_more_programmes(client, own, django_assert_max_num_queries):
    sign_in(client, make_login(EDITOR, everywhere=True))
    client.get(reverse("certificate-designs:index"))
    counts = []
    for _round in range(2):
        with django_assert_max_num_queries(60) as asked:
            client.get(reverse("certificate-designs:index"))
        counts.append(len(asked))
        for number in range(4):
            ProgrammeFactory.create(code=f"more-{_round}-{number}")
    assert counts[0] == counts[1]
