"""Lists of people: what is read, what each line becomes, writing all or nothing, and taking it back."""

import io
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook

from accounts.actions import confirm_import, create_login, decide_lines, preview_import, set_aside_import, undo_import
from accounts.errors import ImportStateError, ImportUndecidedError, OutOfScopeError, SheetRefusedError
from accounts.joining import registry
from accounts.joining.sheets import LARGEST_FILE_BYTES, read_sheet, read_upload
from accounts.models import (
    ActorAccount,
    AuditEvent,
    CohortMember,
    ImportedPerson,
    Login,
    OneTimeCode,
    PeopleImport,
    Person,
)
from accounts.policy import COORDINATOR, TRAINER
from tests.factories.accounts import (
    AgencyFactory,
    CohortFactory,
    CohortMemberFactory,
    CountryFactory,
    PersonFactory,
    make_login,
)

pytestmark = pytest.mark.django_db
State = CohortMember.State
HEADER = "Nom et prénom;Matricule;Sexe;Année de naissance;Grade;Affectation"
ROWS = ("KEÏTA Aminata;20 417-K;F;1994;agent;frontière", "Modibo Kanouté;;;;;")


@pytest.fixture
def by() -> Any:
    return make_login(COORDINATOR)


@pytest.fixture
def cohort() -> Any:
    return CohortFactory.create(language="fr")


def listed(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join((header, *rows)).encode()


def book(rows: list[list[Any]]) -> bytes:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def preview(by: Any, cohort: Any, content: bytes) -> PeopleImport:
    return preview_import(by=by, cohort=cohort, file_name="list.csv", content=content)


def verdicts(source: PeopleImport) -> list[tuple[int, str, str]]:
    return [(row["line"], row["verdict"], row["reason"]) for row in source.rows]


def people_tables() -> list[Any]:
    return [
        list(table.objects.order_by("pk").values())
        for table in (Person, ActorAccount, Login, CohortMember, ImportedPerson, AuditEvent)
    ]


def test_preview_writes_no_person_member_or_login(by: Any, cohort: Any) -> None:
    before = people_tables()
    source = preview(by, cohort, listed(*ROWS))
    assert verdicts(source) == [(2, "new", ""), (3, "new", "")]
    assert people_tables() == before


def test_lines_become_people_of_the_cohort_with_what_they_say(by: Any, cohort: Any) -> None:
    source = confirm_import(by=by, source=preview(by, cohort, listed(*ROWS)))
    person = Person.objects.get(full_name="KEÏTA Aminata")
    said = (person.service_number, person.sex, person.birth_year, person.rank_band, person.duty, person.language)
    assert said == ("20417K", "female", 1994, "junior", "border", "fr")
    assert (person.agency, person.country, person.actor_accounts.count()) == (cohort.agency, cohort.country, 1)
    assert set(cohort.members.values_list("state", flat=True)) == {State.ACTIVE}
    assert (source.rows, list(source.people.values_list("line", "did"))) == ([], [(2, "made"), (3, "made")])


def test_workbook_reads_as_the_same_list(by: Any, cohort: Any) -> None:
    rows: list[list[Any]] = [
        ["First name", "Last name", "Year of birth", "Phone"],
        ["Aminata", "Keïta", 1994.0, "x"],
        [None, None, None, None],
    ]
    source = preview(by, cohort, book(rows))
    assert [(row["facts"]["full_name"], row["facts"]["birth_year"]) for row in source.rows] == [("Aminata Keïta", 1994)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_spreadsheets_of_all_sorts_are_read(encoding: str, delimiter: str) -> None:
    text = f"Nom et prénom{delimiter}Matricule\r\nKEÏTA Aminata{delimiter}4\r\n"
    assert [line.cells for line in read_sheet(text.encode(encoding))][1] == ("KEÏTA Aminata", "4")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (";1;;;;", "no-name"),
        ("x" * 200 + ";;;;;", "too-long"),
        ("Aminata;;;1870;;", "bad-year"),
        ("Aminata;;maybe;;;", "bad-sex"),
        ("Aminata;;;;general of all;", "bad-rank"),
        ("Aminata;;;;;moon", "bad-duty"),
        ("=cmd|'/c calc'!A1;;;;;", "odd-letters"),
        ("@SUM(A1);;;;;", "odd-letters"),
        ("Ami\u202enata;;;;;", "odd-letters"),
        ("Ami\u2066nata;;;;;", "odd-letters"),
    ],
)
def test_line_that_cannot_be_taken_is_named_with_its_reason(by: Any, cohort: Any, row: str, reason: str) -> None:
    source = preview(by, cohort, listed(ROWS[0], row))
    assert verdicts(source) == [(2, "new", ""), (3, "refused", reason)]
    confirm_import(by=by, source=source)
    assert Person.objects.filter(memberships__cohort=cohort).count() == 1
    assert source.people.get(line=3).reason == reason


def test_somebody_twice_in_a_list_is_taken_once(by: Any, cohort: Any) -> None:
    source = preview(by, cohort, listed(ROWS[0], ROWS[0].replace("20 417-K", "20417k"), ROWS[1], ROWS[1]))
    assert [reason for _line, _verdict, reason in verdicts(source)] == ["", "twice-in-list", "", "twice-in-list"]


def test_same_agency_and_number_is_the_same_person_whatever_the_name(by: Any, cohort: Any) -> None:
    known = PersonFactory.create(agency=cohort.agency, service_number="20417K", full_name="A. Keita")
    source = preview(by, cohort, listed(ROWS[0]))
    assert (source.rows[0]["verdict"], source.rows[0]["person"]) == ("known", str(known.uuid))
    confirm_import(by=by, source=source)
    assert list(cohort.members.values_list("person", flat=True)) == [known.pk]


def test_like_name_and_year_is_decided_by_a_person(by: Any, cohort: Any) -> None:
    known = PersonFactory.create(agency=AgencyFactory.create(), full_name="Aminata Keita", birth_year=1994)
    source = preview(by, cohort, listed(ROWS[0]))
    assert (source.rows[0]["verdict"], source.rows[0]["alike"]) == ("alike", [str(known.uuid)])
    with pytest.raises(ImportUndecidedError):
        confirm_import(by=by, source=source)
    for wrong in (str(by.person.uuid), "", "x"):
        assert decide_lines(by=by, source=source, choices={"2": wrong}).choices == {}
    decide_lines(by=by, source=source, choices={"2": str(known.uuid)})
    confirm_import(by=by, source=source)
    assert list(cohort.members.values_list("person", flat=True)) == [known.pk]


@pytest.mark.parametrize(("choice", "members"), [("new", 1), ("skip", 0)])
def test_like_person_can_be_another_or_left_out(by: Any, cohort: Any, choice: str, members: int) -> None:
    known = PersonFactory.create(agency=AgencyFactory.create(), full_name="Aminata Keita", birth_year=1994)
    source = preview(by, cohort, listed(ROWS[0]))
    decide_lines(by=by, source=source, choices={"2": choice})
    confirm_import(by=by, source=source)
    assert cohort.members.exclude(person=known).count() == members


def test_like_name_without_a_year_and_other_number_of_the_agency_match_nobody(by: Any, cohort: Any) -> None:
    PersonFactory.create(agency=cohort.agency, service_number="1", full_name="Aminata Keita", birth_year=1994)
    PersonFactory.create(full_name="Modibo Kanouté", birth_year=None)
    assert [row["verdict"] for row in preview(by, cohort, listed(*ROWS)).rows] == ["new", "new"]


def test_person_who_came_since_the_preview_is_not_made_twice(by: Any, cohort: Any) -> None:
    source = preview(by, cohort, listed(ROWS[0]))
    known = PersonFactory.create(agency=cohort.agency, service_number="20417K")
    confirm_import(by=by, source=source)
    assert list(cohort.members.values_list("person", flat=True)) == [known.pk]


def test_confirming_twice_writes_once(by: Any, cohort: Any) -> None:
    source = preview(by, cohort, listed(*ROWS))
    confirm_import(by=by, source=source)
    after = people_tables()
    confirm_import(by=by, source=source)
    assert people_tables() == after


def test_failure_on_the_last_line_leaves_nothing(by: Any, cohort: Any, monkeypatch: Any) -> None:
    source = preview(by, cohort, listed(*ROWS))
    before = people_tables()

    def fail(*_args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(registry, "_admitted", [fail])
    with pytest.raises(RuntimeError):
        confirm_import(by=by, source=source)
    assert people_tables() == before


def test_more_people_than_places_go_to_the_waiting_list(by: Any, cohort: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(registry, "_capacities", [lambda _cohort: 1])
    confirm_import(by=by, source=preview(by, cohort, listed(*ROWS)))
    assert sorted(cohort.members.values_list("state", flat=True)) == [State.ACTIVE, State.WAITING]


def test_undo_removes_who_did_nothing_and_leaves_who_signed_in(by: Any, cohort: Any) -> None:
    CohortMemberFactory.create(cohort=cohort)
    before = list(Person.objects.order_by("pk").values()), list(CohortMember.objects.order_by("pk").values())
    known = PersonFactory.create(agency=cohort.agency, service_number="777")
    source = confirm_import(by=by, source=preview(by, cohort, listed(*ROWS, "X;777;;;;")))
    active = Person.objects.get(full_name="Modibo Kanouté")
    login = create_login(by=None, person=active)
    login.last_login = source.done_at
    login.save()
    undo_import(by=by, source=source)
    lines = {line.line: (line.undone, line.trace) for line in source.people.all()}
    assert lines == {2: ("removed", ""), 3: ("kept", "signed-in"), 4: ("left", "")}
    assert not Person.objects.filter(full_name="KEÏTA Aminata").exists()
    assert CohortMember.objects.get(person=active).state == State.ACTIVE
    assert CohortMember.objects.get(person=known).state == State.WITHDRAWN
    with pytest.raises(ImportStateError):
        undo_import(by=by, source=source)
    active_rows = Person.objects.exclude(pk__in=(active.pk, known.pk)).order_by("pk")
    assert list(active_rows.values()) == before[0]


def test_undo_takes_a_printed_code_along(by: Any, cohort: Any) -> None:
    from accounts.actions import issue_one_time_code

    source = confirm_import(by=by, source=preview(by, cohort, listed(ROWS[0])))
    issue_one_time_code(by=by, person=Person.objects.get(full_name="KEÏTA Aminata"))
    undo_import(by=by, source=source)
    assert not Person.objects.filter(full_name="KEÏTA Aminata").exists()
    assert not OneTimeCode.objects.exists()


def test_set_aside_forgets_the_list(by: Any, cohort: Any) -> None:
    set_aside_import(by=by, source=preview(by, cohort, listed(*ROWS)))
    assert not PeopleImport.objects.exists()


@pytest.mark.parametrize("act", ["preview", "decide", "confirm", "set-aside", "undo"])
def test_only_who_runs_the_cohort_imports(by: Any, cohort: Any, act: str) -> None:
    source = preview(by, cohort, listed(*ROWS))
    trainer = make_login(TRAINER)
    CohortMemberFactory.create(cohort=cohort, person=trainer.person, role=CohortMember.Role.TRAINER)
    acts: dict[str, Any] = {
        "preview": lambda login: preview(login, cohort, listed(*ROWS)),
        "decide": lambda login: decide_lines(by=login, source=source, choices={}),
        "confirm": lambda login: confirm_import(by=login, source=source),
        "set-aside": lambda login: set_aside_import(by=login, source=source),
        "undo": lambda login: undo_import(by=login, source=source),
    }
    for login in (trainer, make_login(COORDINATOR, CountryFactory.create(code="UA"))):
        with pytest.raises(OutOfScopeError):
            acts[act](login)


def test_people_of_another_country_are_neither_matched_nor_shown(by: Any, cohort: Any) -> None:
    abroad = CountryFactory.create(code="UA")
    PersonFactory.create(country=abroad, full_name="Aminata Keita", birth_year=1994)
    PersonFactory.create(country=abroad, agency=cohort.agency, service_number="999")
    source = preview(by, cohort, listed(ROWS[0]))
    assert (source.rows[0]["verdict"], source.rows[0]["alike"]) == ("new", [])


# What anybody may have made of a file.


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, part)
    return file.getvalue()


def replaced(content: bytes, name: str, change: Any) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return file.getvalue()


GOOD = [["Name"], ["Aminata"]]
BOMB = b"<a>" + b" " * (30 * 1024 * 1024)
DTD = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'


def hostile() -> dict[str, tuple[bytes, str]]:
    good = book(GOOD)
    return {
        "zip bomb": (with_part(good, "xl/bomb.xml", BOMB), "bomb"),
        "macros": (with_part(good, "xl/vbaProject.bin", b"x"), "macros"),
        "embedded file": (with_part(good, "xl/embeddings/a.docx", b"x"), "macros"),
        "outside": (with_part(good, "../../etc/cron.d/x", b"x"), "not_a_list"),
        "absolute": (with_part(good, "/etc/passwd", b"x"), "not_a_list"),
        "drive": (with_part(good, "C:/x", b"x"), "not_a_list"),
        "many parts": (zipped(**{f"p{n}": b"" for n in range(500)}), "not_a_list"),
        "entity": (replaced(good, "xl/workbook.xml", lambda xml: DTD + xml), "not_a_list"),
        "entity in UTF-16": (with_part(good, "xl/x.xml", DTD.decode().encode("utf-16")), "not_a_list"),
        "other zip": (zipped(word__document=b"<w/>"), "not_a_list"),
        "cut": (good[: len(good) // 2], "not_a_list"),
        "formula": (book([["Name"], ["=HYPERLINK(1)"]]), "formula"),
        "wide sheet": (book([["Name"] + ["x"] * 3000, ["A"] + ["=1"] * 3000]), "formula"),
        "too many rows": (("Name\n" + "A\n" * 1500).encode(), "too_long"),
        "too many rows in a book": (book([["Name"], *([f"A{n}"] for n in range(1100))]), "too_long"),
        "long cell": (("Name\n" + "A" * 5000).encode(), "long_cell"),
        "huge cell": (b'Name\n"' + b"A" * 200_000, "not_a_list"),
        "picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "not_a_list"),
        "program": (b"MZ\x00\x00" * 50, "not_a_list"),
        "header only": (b"Name\n", "no_rows"),
        "empty rows": (b"\n\n\n", "no_rows"),
        "odd bytes": (b"\x81\x8d\x8f\n\x90", "not_a_list"),
    }


@pytest.mark.parametrize("name", list(hostile()))
def test_hostile_file_is_refused_with_a_reason_and_nothing_is_kept(by: Any, cohort: Any, name: str) -> None:
    content, code = hostile()[name]
    with pytest.raises(SheetRefusedError) as refused:
        preview(by, cohort, content)
    assert refused.value.code == f"accounts.import.{code}"
    assert not PeopleImport.objects.exists()


def test_list_without_a_column_of_names_is_refused(by: Any, cohort: Any) -> None:
    with pytest.raises(SheetRefusedError) as refused:
        preview(by, cohort, b"Telephone,Town\n1,Bamako")
    assert refused.value.code == "accounts.import.no_name_column"


def test_upload_is_read_to_its_limit_and_no_further() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            assert 0 < size <= LARGEST_FILE_BYTES + 1
            Endless.given += size
            return b"x" * size

    with pytest.raises(SheetRefusedError):
        read_upload(Endless())  # type: ignore[arg-type]
    assert Endless.given == LARGEST_FILE_BYTES + 1
    with pytest.raises(SheetRefusedError):
        read_upload(io.BytesIO(b"  \n"))
