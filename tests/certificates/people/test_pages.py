"""The pages of a cohort's people, from the coordinator's side of the desk."""

import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.joining.guessing import proof_of
from accounts.models import CohortMember, Login, Merging, PeopleImport, Person
from accounts.policy import COORDINATOR, TRAINER
from certificates.models import CohortPlan, Total
from courses.models import Enrolment
from records.state import rebuild_state, state_hash
from tests.factories.accounts import (
    CohortFactory,
    CohortMemberFactory,
    CountryFactory,
    InvitationCodeFactory,
    PersonFactory,
    make_login,
    sign_in,
)
from tests.factories.courses import make_course

pytestmark = pytest.mark.django_db
State = CohortMember.State


@pytest.fixture
def course() -> Any:
    return make_course(self_enrolment=False)


@pytest.fixture
def cohort(course: Any) -> Any:
    made = CohortFactory.create()
    CohortPlan.objects.create(cohort=made, course_uuid=course.uuid)
    return made


@pytest.fixture
def desk(client: Client) -> Client:
    return sign_in(client, make_login(COORDINATOR))


def address(name: str, *args: Any) -> str:
    return reverse(f"certificates:{name}", args=args)


def upload(desk: Client, cohort: Any, *rows: str) -> PeopleImport:
    file = SimpleUploadedFile("liste.csv", "\n".join(("Name,Service number,Year of birth", *rows)).encode())
    response = desk.post(address("cohort-import", cohort.uuid), {"file": file})
    source = PeopleImport.objects.latest("pk")
    assert response["Location"] == address("people-import", source.uuid)
    return source


def test_list_is_previewed_written_and_enrolled_in_the_course_of_the_plan(
    desk: Client, cohort: Any, course: Any
) -> None:
    source = upload(desk, cohort, "Awa Sissouma,1K,1994", ",2,")
    page = desk.get(address("people-import", source.uuid)).content.decode()
    assert "Nothing is written yet." in page
    assert "No name" in page
    assert not Enrolment.objects.exists()
    desk.post(address("people-import", source.uuid), {"act": "confirm"})
    enrolment = Enrolment.objects.get()
    person = Person.objects.get(full_name="Awa Sissouma")
    assert (enrolment.person_id, enrolment.cohort_id, enrolment.course_uuid) == (person.uuid, cohort.uuid, course.uuid)
    assert Total.objects.get().enrolled == 1
    assert state_hash() == rebuild_state()


def test_import_taken_back_leaves_no_figure(desk: Client, cohort: Any) -> None:
    before = state_hash()
    source = upload(desk, cohort, "Awa Sissouma,1K,1994", "Modibo,,")
    desk.post(address("people-import", source.uuid), {"act": "confirm"})
    assert state_hash() != before
    desk.post(address("people-import", source.uuid), {"act": "undo"})
    assert not Person.objects.filter(full_name__in=("Awa Sissouma", "Modibo")).exists()
    assert not Enrolment.objects.exists()
    assert state_hash() == before == rebuild_state()
    assert "Removed" in desk.get(address("people-import", source.uuid)).content.decode()


def test_person_taken_back_can_be_imported_again(desk: Client, cohort: Any) -> None:
    known = PersonFactory.create(agency=cohort.agency, service_number="1K")
    for _ in range(2):
        source = upload(desk, cohort, "Awa,1K,")
        desk.post(address("people-import", source.uuid), {"act": "confirm"})
        assert Enrolment.objects.get().person_id == known.uuid
        desk.post(address("people-import", source.uuid), {"act": "undo"})
        assert not Enrolment.objects.exists()
    assert state_hash() == rebuild_state()


def test_doubtful_line_is_decided_on_the_page(desk: Client, cohort: Any) -> None:
    known = PersonFactory.create(full_name="SISSOUMA Awa", birth_year=1994, country=cohort.country)
    source = upload(desk, cohort, "Awa Sissouma,,1994")
    assert f'value="{known.uuid}"' in desk.get(address("people-import", source.uuid)).content.decode()
    page = desk.post(address("people-import", source.uuid), {"act": "confirm"}, follow=True).content.decode()
    assert "Decide about each of them first." in page
    desk.post(address("people-import", source.uuid), {"act": "confirm", "line:2": str(known.uuid)})
    assert list(cohort.members.values_list("person", flat=True)) == [known.pk]


def test_file_that_is_no_list_is_refused_in_words(desk: Client, cohort: Any) -> None:
    file = SimpleUploadedFile("a.xlsx", b"PK\x03\x04nonsense")
    response = desk.post(address("cohort-import", cohort.uuid), {"file": file})
    assert response.status_code == 422
    assert "This is no list that can be read" in response.content.decode()


def test_waiting_list_is_let_in_from_the_page_and_begins_the_course(desk: Client, cohort: Any) -> None:
    CohortPlan.objects.filter(cohort=cohort).update(capacity=1)
    here, waits = (
        CohortMemberFactory.create(cohort=cohort),
        CohortMemberFactory.create(cohort=cohort, state=State.WAITING),
    )
    page = desk.get(address("cohort-people", cohort.uuid)).content.decode()
    assert "1 of 1 places taken" in page
    assert 'value="admit"' not in page
    member = address("cohort-member", cohort.uuid, here.person.uuid)
    desk.post(member, {"act": "withdraw", "reason": "workload"})
    assert 'value="admit"' in desk.get(address("cohort-people", cohort.uuid)).content.decode()
    desk.post(address("cohort-member", cohort.uuid, waits.person.uuid), {"act": "admit"})
    assert Enrolment.objects.get().person_id == waits.person.uuid
    desk.post(member, {"act": "back"})
    here.refresh_from_db()
    assert here.state == State.WAITING


def test_withdrawing_needs_a_reason_and_transfer_offers_only_ones_own_cohorts(desk: Client, cohort: Any) -> None:
    member = CohortMemberFactory.create(cohort=cohort)
    abroad = CohortFactory.create(country=CountryFactory.create(code="UA"))
    own = CohortFactory.create()
    where = address("cohort-member", cohort.uuid, member.person.uuid)
    assert desk.post(where, {"act": "withdraw"}).status_code == 422
    assert desk.post(where, {"act": "transfer", "to": abroad.uuid}).status_code == 422
    page = desk.get(where).content.decode()
    assert str(own.uuid) in page
    assert str(abroad.uuid) not in page
    desk.post(where, {"act": "transfer", "to": own.uuid})
    assert own.members.get().state == State.ACTIVE


def test_newcomer_of_a_full_cohort_is_told_and_not_enrolled(client: Client, cohort: Any, course: Any) -> None:
    CohortPlan.objects.filter(cohort=cohort).update(capacity=0)
    invitation = InvitationCodeFactory.create(cohort=cohort, course_uuid=course.uuid)
    facts = {"full_name": "Aïssata Diallo", "service_number": "04218-K", "password": "quiet river stone"}
    page = client.post("/en/join/", {"code": invitation.code} | facts, follow=True).content.decode()
    assert "You are on the waiting list" in page
    assert Login.objects.get(person__full_name="Aïssata Diallo")
    assert not Enrolment.objects.exists()


def test_search_adds_people_of_ones_scope_and_no_others(desk: Client, cohort: Any) -> None:
    person = PersonFactory.create(full_name="Awa Sissouma", country=cohort.country)
    abroad = PersonFactory.create(full_name="Awa Abroad", country=CountryFactory.create(code="UA"))
    where = address("cohort-add", cohort.uuid)
    page = desk.get(where, {"q": "awa"}).content.decode()
    assert "Awa Sissouma" in page
    assert "Awa Abroad" not in page
    assert desk.post(where, {"person": abroad.uuid}).status_code == 404
    desk.post(where, {"person": person.uuid})
    assert cohort.members.get().person == person


def test_new_person_is_written_once_alike_people_are_named_first(desk: Client, cohort: Any) -> None:
    where = f"{address('person-new')}?cohort={cohort.uuid}"
    given = {
        "full_name": "Awa Sissouma",
        "country": cohort.country_id,
        "agency": cohort.agency_id,
        "service_number": "1K",
        "language": "fr",
        "birth_year": "1994",
        "rank_band": "junior",
        "duty": "border",
    }
    assert desk.post(where, given)["Location"] == address("cohort-people", cohort.uuid)
    assert cohort.members.get().person.rank_band == "junior"
    again = desk.post(where, given | {"service_number": "2K"})
    assert again.status_code == 422
    assert "Somebody with this name is here" in again.content.decode()
    assert desk.post(where, given | {"sure": "on"}).status_code == 422  # the number is taken
    assert desk.post(where, given | {"service_number": "2K", "sure": "on"}).status_code == 302
    assert cohort.members.count() == 2


def test_new_person_of_another_country_is_no_choice(desk: Client) -> None:
    abroad = CountryFactory.create(code="UA")
    given = {"full_name": "A", "country": abroad.pk, "language": "en"}
    assert desk.post(address("person-new"), given).status_code == 422
    assert not Person.objects.filter(full_name="A").exists()


def test_fields_that_the_form_does_not_have_change_nothing(desk: Client, cohort: Any) -> None:
    given = {"full_name": "A", "country": cohort.country_id, "language": "en"}
    desk.post(
        address("person-new"), given | {"uuid": "x", "erased_at": "2026-01-01", "is_staff": "1", "role": "editor"}
    )
    person = Person.objects.get(full_name="A")
    assert (person.erased_at, person.role_grants.count(), hasattr(person, "login")) == (None, 0, False)


def test_sign_in_slips_are_shown_once_and_open_the_login(desk: Client, client: Client, cohort: Any) -> None:
    person = CohortMemberFactory.create(cohort=cohort).person
    page = desk.post(address("sign-in-codes", cohort.uuid), {"person": [str(person.uuid)]}).content.decode()
    code = page.split('<p class="code"><b>')[1].split("</b>")[0]
    assert code not in desk.get(address("sign-in-codes", cohort.uuid)).content.decode()
    assert person.agency is not None
    given = {
        "agency": str(person.agency.uuid),
        "identifier": person.service_number,
        "code": code,
        "new_password": "quiet river stone",
        "repeated": "quiet river stone",
    }
    assert Client().post(reverse("accounts:code-redeem"), given).status_code == 302


def test_slips_are_issued_only_to_people_of_the_list(desk: Client, cohort: Any) -> None:
    stranger, staff = PersonFactory.create(), make_login(TRAINER)
    CohortMemberFactory.create(cohort=cohort, person=staff.person)
    desk.post(address("sign-in-codes", cohort.uuid), {"person": [str(stranger.uuid), str(staff.person.uuid)]})
    assert not stranger.one_time_codes.exists()
    assert not staff.person.one_time_codes.exists()


def test_merge_shows_both_and_is_undone_from_the_list(desk: Client, cohort: Any) -> None:
    one, other = PersonFactory.create(full_name="Awa S."), PersonFactory.create(full_name="Awa Sissouma")
    where = address("person-merge", one.uuid)
    assert "Awa Sissouma" in desk.get(where, {"q": "awa"}).content.decode()
    page = desk.get(where, {"other": str(other.uuid)}).content.decode()
    assert page.index("This record stays") < page.index("Awa S.")
    turned = desk.get(where, {"other": str(other.uuid), "keep": str(other.uuid)}).content.decode()
    assert turned.index('<h2><bdi dir="auto">Awa Sissouma') < turned.index('<h2><bdi dir="auto">Awa S.')
    desk.post(where, {"other": other.uuid, "keep": other.uuid})
    merging = Merging.objects.get()
    assert (merging.kept, merging.absorbed) == (other, one)
    assert "This record was merged" in desk.get(reverse("accounts:person", args=[one.uuid])).content.decode()
    desk.post(address("merging-undo", merging.uuid))
    merging.refresh_from_db()
    assert merging.undone_at is not None


def test_merge_with_somebody_abroad_is_not_there(desk: Client) -> None:
    one, abroad = PersonFactory.create(), PersonFactory.create(country=CountryFactory.create(code="UA"))
    where = address("person-merge", one.uuid)
    assert desk.get(where, {"other": str(abroad.uuid)}).status_code == 404
    assert desk.post(where, {"other": abroad.uuid}).status_code == 404
    assert desk.get(address("person-merge", abroad.uuid)).status_code == 404
    assert not Merging.objects.exists()


def test_qr_of_the_sheet_opens_the_join_page_with_the_code(
    desk: Client, cohort: Any, course: Any, tmp_path: Path
) -> None:
    import segno

    from certificates.views.people.codes import join_link

    invitation = InvitationCodeFactory.create(cohort=cohort, course_uuid=course.uuid)
    page = desk.get(address("invitation-sheet", cohort.uuid, invitation.code), {"cards": "6"}).content.decode()
    link = join_link(cohort, invitation)
    drawn = segno.make_qr(link, error="m")
    # The same drawing that stands in the page, as pixels.
    assert drawn.svg_inline(border=2, omitsize=True, dark="#000", light="#fff") in page
    assert page.count("<svg") >= 7
    drawn.save(str(tmp_path / "code.png"), scale=6, border=4)
    read = subprocess.run(
        ["zbarimg", "-q", "--raw", str(tmp_path / "code.png")], capture_output=True, text=True, check=True
    )
    assert read.stdout.strip() == link
    parts = urlsplit(read.stdout.strip())
    assert parse_qs(parts.query) == {"code": [invitation.code], "k": [proof_of(invitation.code)]}
    assert 'name="full_name"' in Client().get(f"{parts.path}?{parts.query}").content.decode()


def test_closed_code_and_code_of_another_cohort_have_no_sheet(desk: Client, cohort: Any) -> None:
    closed, other = InvitationCodeFactory.create(cohort=cohort, uses_left=0), InvitationCodeFactory.create()
    for code in (closed.code, other.code, "NOSUCH22"):
        assert desk.get(address("invitation-sheet", cohort.uuid, code)).status_code == 404


def test_trainer_sees_the_list_without_what_only_coordinators_do(client: Client, cohort: Any) -> None:
    trainer = make_login(TRAINER)
    CohortMemberFactory.create(cohort=cohort, person=trainer.person, role=CohortMember.Role.TRAINER)
    left = CohortMemberFactory.create(cohort=cohort, state=State.WITHDRAWN, left_reason="conduct").person
    page = sign_in(client, trainer).get(address("cohort-people", cohort.uuid)).content.decode()
    assert left.full_name not in page
    assert address("cohort-import", cohort.uuid) not in page


def test_list_asks_the_same_queries_for_twice_the_people(
    desk: Client, cohort: Any, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    CohortMemberFactory.create_batch(5, cohort=cohort)
    CohortMemberFactory.create_batch(2, cohort=cohort, state=State.WAITING)
    where = address("cohort-people", cohort.uuid)
    desk.get(where)
    with CaptureQueriesContext(
        connection,
    ) as few:
        desk.get(where)
    CohortMemberFactory.create_batch(20, cohort=cohort)
    CohortMemberFactory.create_batch(8, cohort=cohort, state=State.WAITING)
    with django_assert_num_queries(len(few)):
        desk.get(where)
