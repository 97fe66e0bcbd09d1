"""A CSV file of attendance is read with suspicion, and taken whole or not at all."""

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from certificates.models import Attendance
from certificates.programmes.sheets import (
    LARGEST_BYTES,
    MOST_LINES,
    Attendee,
    SheetRefusedError,
    judge_lines,
    key_of,
    read_sheet,
)
from tests.factories.accounts import sign_in
from tests.factories.programmes import SessionFactory, attended, learner, trainer_of

AWA = UUID(int=1)
HEADER = "Service number,Name,Attendance,Minutes\n"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b"a" * (LARGEST_BYTES + 1), "too-large"),
        (b"PK\x03\x04 a workbook", "not-text"),
        (b"\x89PNG\r\n", "not-text"),
        ("matricule;présence\né".encode("latin-1"), "not-text"),
        (b"name,attendance\nA\0B,present", "not-text"),
        (b'name,attendance\n"open,present', "not-text"),
        (b"who,what\nAwa,present\n", "no-header"),
        (b"name\nAwa\n", "no-header"),
        (b"name,attendance\n" + b"A,present\n" * (MOST_LINES + 1), "too-many-lines"),
        (b"name,attendance\n" + b"A" * 301 + b",present\n", "cell-too-long"),
    ],
)
def test_a_file_that_is_no_list_is_refused(raw, code):
    with pytest.raises(SheetRefusedError) as error:
        read_sheet(raw)
    assert error.value.code == code


@pytest.mark.parametrize(
    "text",
    ["Matricule;Présence\n20417K;présent\n", "matricule\tprésence\n20417K\tOUI\n", "\ufeffName,Attendance\nAwa,p\n"],
)
def test_french_headers_and_other_separators_are_read(text):
    ((number, cells),) = read_sheet(text.encode())
    assert number == 2
    assert cells["status"]


def test_each_bad_line_has_its_own_reason():
    awa, two = Attendee(AWA, "Awa Traoré", "20417K"), Attendee(UUID(int=2), "Ali", "1")
    people = {key_of("20417K"): [awa], key_of("awa traoré"): [awa], "ali": [two, Attendee(UUID(int=3), "Ali", "2")]}
    text = HEADER + (
        "20 417-k,,present,50\n"
        "99999,,present,\n"
        ",Ali,present,\n"
        ",Awa Traoré,perhaps,\n"
        ",Awa Traoré,present,500\n"
        ",Awa Traoré,present,-1\n"
        ",AWA TRAORÉ,excused,\n"
        "=1+1,,present,\n"
    )
    lines = judge_lines(read_sheet(text.encode()), people, 100)
    assert [line.problem for line in lines] == [
        "", "unknown", "several", "status", "minutes", "minutes", "twice", "unknown",
    ]  # fmt: skip
    assert (lines[0].person, lines[0].status, lines[0].minutes) == (AWA, "present", 50)


@pytest.fixture
def taking(db):
    session = SessionFactory.create()
    return session, sign_in(Client(), trainer_of(session.cohort))


def send(client, session, text: str):
    address = reverse("certificates:attendance-upload", args=[session.uuid])
    return client.post(address, {"file": SimpleUploadedFile("list.csv", text.encode())})


def test_one_bad_line_keeps_the_whole_file_out(taking):
    session, client = taking
    one = learner(session.cohort)
    response = send(client, session, f"{HEADER}{one.service_number},,present,\nnobody,,present,\n")
    assert "Nobody of this cohort has this number or name." in response.text
    assert not Attendance.objects.exists()


def test_the_exported_list_comes_back_as_it_was(taking):
    session, client = taking
    one, two = learner(session.cohort, full_name="=cmd|' /C calc'!A0"), learner(session.cohort)
    attended(session, one, minutes=40)
    attended(session, two, "excused")
    text = client.get(reverse("certificates:attendance-export", args=[session.uuid])).text
    assert "\"'=cmd" in text
    before = list(Attendance.objects.order_by("pk").values())
    response = send(client, session, text)
    assert response.status_code == 302
    assert list(Attendance.objects.order_by("pk").values()) == before


def test_people_of_other_cohorts_are_not_found(taking):
    session, client = taking
    other = learner(SessionFactory.create().cohort, service_number="55555E")
    response = send(client, session, f"{HEADER}{other.service_number},,present,\n")
    assert "Nobody of this cohort has this number or name." in response.text
    assert not Attendance.objects.exists()
