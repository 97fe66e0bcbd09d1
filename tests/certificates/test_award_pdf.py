"""The PDF of an award: for its holder and the country's staff, in the award's words, never cached."""

import io
from urllib.parse import unquote
from uuid import UUID

import pypdf
import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.policy import ADMINISTRATOR, COORDINATOR, TRAINER
from certificates.actions import revoke_award
from certificates.awarded import course_award, trainer_award
from certificates.credentials.issuing import credential_json
from certificates.models import Award, HolderName
from certificates.printing import role_of
from elearning.lib.points import points_text
from tests.factories.accounts import CohortFactory, CountryFactory, PersonFactory, make_login, sign_in
from tests.factories.certificates import award, holder_login, publish_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def row():
    publish_course()
    cohort = CohortFactory.create(name="Kayes 3")
    return award(PersonFactory.create(full_name="Aïssata Traoré", country=cohort.country), cohort=cohort)


def address(row) -> str:
    return reverse("certificates:award-pdf", args=[row.serial])


def words_of(answer) -> str:
    return " ".join(pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text().split())


def test_the_holder_gets_the_pdf_by_its_number_and_nothing_is_audited(client, row):
    answer = sign_in(client, holder_login(row)).get(address(row))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith(f'attachment; filename="{row.serial}.pdf"; ')
    assert "no-store" in answer["Cache-Control"]
    words = words_of(answer)
    for expected in (
        "Aïssata Traoré",
        "First Aid Kit",
        row.serial,
        "8 out of 10",
        "Kayes 3",
        "2 lessons",
        "12 minutes",
    ):
        assert expected in words
    assert not AuditEvent.objects.exists()


def test_it_speaks_the_language_of_the_award_not_of_the_page(client, row):
    sign_in(client, holder_login(row))
    assert "Certificate of completion" in words_of(client.get(address(row).replace("/en/", "/fr/")))


@pytest.mark.parametrize("role", [COORDINATOR, ADMINISTRATOR])
def test_staff_of_the_country_get_it_and_are_audited(client, row, role):
    login = make_login(role, row.country)
    assert sign_in(client, login).get(address(row)).status_code == 200
    event = AuditEvent.objects.get(act="award.downloaded")
    assert (event.actor_uuid, event.target_uuid, event.country_code) == (login.person.uuid, row.uuid, "ML")


def test_for_anybody_else_it_is_not_there(client, row):
    others = [
        make_login(),
        make_login(COORDINATOR, CountryFactory.create(code="UA")),
        make_login(TRAINER, row.country),
    ]
    for login in others:
        assert sign_in(client, login).get(address(row)).status_code == 404
    client.logout()
    assert "sign-in" in client.get(address(row)).url
    assert sign_in(client, holder_login(row)).get(address(row).replace(row.serial, "nonsense")).status_code == 404
    assert not AuditEvent.objects.exists()


def test_a_withdrawn_certificate_is_not_printed_anew(client, row):
    revoke_award(by=make_login(COORDINATOR, row.country), award=row, reason="on-request")
    answer = sign_in(client, holder_login(row)).get(address(row))
    assert answer.status_code == 410
    assert "This certificate was withdrawn" in answer.content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [({"full_name": "Someone Else"}, "is not on this site"), (None, "is not on this site")],
)
def test_a_name_that_is_gone_or_was_changed_is_not_printed(client, row, change, said, caplog):
    """The statement's hash holds the name: whoever edits the row prints nothing."""
    names = HolderName.objects.filter(pk=row.uuid)
    names.update(**change) if change else names.delete()
    answer = sign_in(client, holder_login(row)).get(address(row))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert row.serial in caplog.text
    assert "Someone Else" not in caplog.text


def test_a_name_that_no_font_can_draw_gives_a_page_that_says_what_to_do(client, caplog):
    publish_course()
    row = award(PersonFactory.create(full_name="\U00012345 \U00012346"))
    answer = sign_in(client, holder_login(row)).get(address(row))
    assert answer.status_code == 422
    assert "letters that our fonts do not have" in answer.content.decode()
    assert "certificates.pdf.unprintable" in caplog.text


def test_half_points_are_written_as_half_points():
    assert [points_text(milli) for milli in (8000, 7500, 0, 6667)] == ["8", "7.5", "0", "6.66"]


def test_a_trainers_award_is_told_from_a_learners():
    programme = UUID(int=7)
    trainer = Award(programme_uuid=programme, award_uuid=trainer_award(programme))
    learner = Award(programme_uuid=programme, award_uuid=course_award(programme))
    assert [role_of(each) for each in (trainer, learner, Award(award_uuid=UUID(int=1)))] == [
        "trainer",
        "learner",
        "learner",
    ]


def test_a_certificate_printed_again_is_the_same_file_in_its_holders_script(client):
    publish_course()
    row = award(PersonFactory.create(full_name="Yuliia Kovalchuk", full_name_other="Юлія Ковальчук"))
    sign_in(client, holder_login(row))
    first, second = (client.get(address(row)) for _time in range(2))
    assert first.content == second.content
    assert unquote(first["Content-Disposition"]).endswith(f"Юлія Ковальчук {row.serial}.pdf")
    attached = pypdf.PdfReader(io.BytesIO(first.content)).attachments
    assert attached == {"credential.json": [credential_json(row)]}
