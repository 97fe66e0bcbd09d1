"""Bring a list of people into a cohort: preview, decide, write all or nothing, and take it back."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from accounts import policy
from accounts.actions.audit import record_audit
from accounts.actions.membership import enter_cohort
from accounts.actions.people import insert_person
from accounts.errors import (
    ImportStateError,
    ImportUndecidedError,
    OutOfScopeError,
    ServiceNumberTakenError,
    SheetRefusedError,
)
from accounts.joining.columns import has_name, plain, read_header
from accounts.joining.registry import announce_admitted, announce_taken_back, traces_of
from accounts.joining.sheets import Line, read_sheet
from accounts.joining.verdicts import Judged, Known, Setting, Verdict, compare_lines, judge_lines
from accounts.leaving import IMPORT_UNDONE
from accounts.models import Agency, Cohort, CohortMember, ImportedPerson, Login, PeopleImport, Person
from accounts.profiles import announce_profile_change

SKIP, MAKE = "skip", "new"
State, Did, Undone = PeopleImport.State, ImportedPerson.Did, ImportedPerson.Undone


@transaction.atomic
def preview_import(*, by: Login, cohort: Cohort, file_name: str, content: bytes) -> PeopleImport:
    """Read a list and say what would become of each line; no person, member or login is written.

    Raises OutOfScopeError unless `by` runs the cohort, SheetRefusedError.
    """
    if not policy.COHORTS_RUN.allows(by, cohort):
        raise OutOfScopeError
    lines = read_sheet(content)
    _check_header(lines)
    judged = judge_lines(lines, _setting(cohort), _known(by, cohort))
    # What somebody looked at and left is not kept: one preview for each cohort and member of staff.
    PeopleImport.objects.filter(cohort=cohort, by=by.person, state=State.PREVIEW).delete()
    return PeopleImport.objects.create(
        cohort=cohort,
        by=by.person,
        file_name=plain_file_name(file_name),
        file_sha256=hashlib.sha256(content).hexdigest(),
        rows=[each.as_json() for each in judged],
        created_at=timezone.now(),
    )


@transaction.atomic
def decide_lines(*, by: Login, source: PeopleImport, choices: Mapping[str, str]) -> PeopleImport:
    """Keep who the doubtful lines are: a UUID that the line offers, `new` or `skip`; other answers count for none."""
    here = _held(by, source, State.PREVIEW)
    offered = {str(row["line"]): {*row["alike"], SKIP, MAKE} for row in here.rows if row["verdict"] == Verdict.ALIKE}
    here.choices |= {line: choice for line, choice in choices.items() if choice in offered.get(line, ())}
    here.save(update_fields=["choices"])
    return here


@transaction.atomic
def confirm_import(*, by: Login, source: PeopleImport) -> PeopleImport:
    """Write the people of a list and let them into the cohort, all or nothing; a second time changes nothing.

    The lines are compared once more with who is here now. Raises OutOfScopeError, ImportStateError,
    ImportUndecidedError: then the preview holds what has changed.
    """
    here = _held(by, source, State.PREVIEW, State.DONE)
    if here.state == State.DONE:
        return here
    cohort = here.cohort
    judged = [Judged(**row) for row in here.rows]
    compare_lines(judged, _known(by, cohort))
    if any(each.verdict == Verdict.ALIKE and str(each.line) not in here.choices for each in judged):
        raise ImportUndecidedError
    lines = [(each, *_written(by, cohort, each, here.choices.get(str(each.line), ""))) for each in judged]
    entered = enter_cohort(cohort, [person for _each, _did, person in lines if person], takes_back=True)
    there = {member.person_id for member in entered.there}
    ImportedPerson.objects.bulk_create(
        ImportedPerson(
            source=here,
            line=each.line,
            did=Did.NOTHING if person and person.pk in there else did,
            reason=each.reason,
            person=person,
        )
        for each, did, person in lines
    )
    announce_admitted(by, cohort, [member.person for member in entered.came_in])
    # The rows hold names beside the people's own table: they go as soon as they are of no use.
    here.state, here.done_at, here.rows, here.choices = State.DONE, timezone.now(), [], {}
    here.save(update_fields=["state", "done_at", "rows", "choices"])
    made = sum(did == Did.MADE for _each, did, _person in lines)
    detail = {"import": str(here.uuid), "made": made, "lines": len(lines), "waiting": _waiting(entered.new)}
    record_audit(by=by, act="people.imported", target=cohort, country=cohort.country, detail=detail)
    return here


@transaction.atomic
def set_aside_import(*, by: Login, source: PeopleImport) -> None:
    """Forget a preview. Raises OutOfScopeError, ImportStateError."""
    _held(by, source, State.PREVIEW).delete()


@transaction.atomic
def undo_import(*, by: Login, source: PeopleImport) -> PeopleImport:
    """Take back an import: who it made and who did nothing since is removed, who it brought in leaves the cohort.

    Whoever did something since stays, and the line says what. Raises OutOfScopeError, ImportStateError.
    """
    here = _held(by, source, State.DONE)
    cohort, since = here.cohort, here.created_at
    lines = list(here.people.filter(did__in=(Did.MADE, Did.JOINED), person__isnull=False).select_related("person"))
    people = [line.person for line in lines if line.person]
    # Coming into this cohort by this import is no trace; coming into another one later is.
    traces = traces_of(people, here.done_at or since)
    free = [line for line in lines if line.person and line.person.uuid not in traces]
    announce_taken_back(by, cohort, [line.person for line in free if line.person], since)
    known = {line.pk: line.person.uuid for line in lines if line.person}
    for line in lines:
        assert line.person is not None  # noqa: S101  # as filtered
        line.trace = traces.get(line.person.uuid, "")
        line.undone = Undone.KEPT if line.trace else _undo(cohort, line)
    ImportedPerson.objects.bulk_update(lines, ["undone", "trace"])
    # What anybody else still says of them, an enrolment on another node, is nobody's from now on.
    announce_profile_change([known[line.pk] for line in lines if line.undone == Undone.REMOVED])
    here.state, here.undone_at = State.UNDONE, timezone.now()
    here.save(update_fields=["state", "undone_at"])
    detail = {"import": str(here.uuid), "undone": len(free), "kept": len(lines) - len(free)}
    record_audit(by=by, act="people.import-undone", target=cohort, country=cohort.country, detail=detail)
    return here


def plain_file_name(name: str) -> str:
    """Return a file's name as it is shown: no path, no control letters, not too long."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in last if letter.isprintable())[:100] or "-"


def _undo(cohort: Cohort, line: ImportedPerson) -> str:
    person = line.person
    assert person is not None  # noqa: S101  # the caller's filter
    member = CohortMember.objects.learners().filter(cohort=cohort, person=person)
    if line.did == Did.JOINED:
        member.update(state=CohortMember.State.WITHDRAWN, left_at=timezone.now(), left_reason=IMPORT_UNDONE)
        return Undone.LEFT
    try:
        with transaction.atomic():
            member.delete()
            person.actor_accounts.all().delete()
            Login.objects.filter(person=person).delete()
            person.delete()
    except ProtectedError:
        line.trace = "in-use"
        return Undone.KEPT
    line.person = None
    return Undone.REMOVED


def _written(by: Login, cohort: Cohort, each: Judged, choice: str) -> tuple[str, Person | None]:
    """Return what a line does and with whom, having made the person where there was none."""
    if each.verdict == Verdict.REFUSED or (each.verdict == Verdict.ALIKE and choice == SKIP):
        return Did.REFUSED, None
    known = each.person or (choice if each.verdict == Verdict.ALIKE and choice != MAKE else "")
    if known:
        person = Person.objects.visible_to(by).standing().filter(uuid=UUID(known)).first()
        if person is None:
            raise ImportStateError
        return Did.JOINED, person
    facts = {name: value for name, value in each.facts.items() if name not in ("agency", "service_number")}
    agency = Agency.objects.get(uuid=each.facts["agency"]) if each.facts["agency"] else None
    number = each.facts["service_number"]
    try:
        person = insert_person(service_number=number, country=cohort.country, agency=agency, **facts)
    except ServiceNumberTakenError:
        raise ImportStateError from None
    record_audit(by=by, act="person.created", target=person, country=cohort.country)
    return Did.MADE, person


def _held(by: Login, source: PeopleImport, *states: str) -> PeopleImport:
    if not policy.COHORTS_RUN.allows(by, source.cohort):
        raise OutOfScopeError
    rows = PeopleImport.objects.select_for_update(of=("self",)).select_related("cohort__country", "cohort__agency")
    here = rows.filter(pk=source.pk).first()
    if here is None or here.state not in states:
        raise ImportStateError
    return here


def _check_header(lines: Sequence[Line]) -> None:
    from django.utils.translation import gettext_lazy as _  # noqa: PLC0415  # `_` is a name of loops above

    if not has_name(read_header(lines[0].cells)):
        text = _("The first row does not say which column holds the names. Nothing was read. Write Name above it.")
        raise SheetRefusedError(code="no_name_column", text=text)


def _setting(cohort: Cohort) -> Setting:
    agencies = Agency.objects.filter(country=cohort.country)
    return Setting(
        agencies={plain(name): uuid for name, uuid in agencies.values_list("name", "uuid")},
        agency=cohort.agency.uuid if cohort.agency else None,
        language=cohort.language,
        languages=[code for code, _name in settings.LANGUAGES],
        year=timezone.now().year,
    )


def _known(by: Login, cohort: Cohort) -> list[Known]:
    """Return the people a list into this cohort is compared with: those of its country, and of its agencies."""
    rows = Person.objects.standing().filter(country=cohort.country, erased_at__isnull=True)
    columns = ("uuid", "full_name", "agency__uuid", "service_number", "birth_year")
    visible = set(rows.visible_to(by).values_list("uuid", flat=True))
    return [
        Known(uuid, name, agency, number, year, uuid in visible)
        for uuid, name, agency, number, year in rows.values_list(*columns)
    ]


def _waiting(members: Sequence[Any]) -> int:
    return sum(member.state == CohortMember.State.WAITING for member in members)
