"""How the people of one cohort stand: the list a trainer opens, a page at a time, written down as one act.

Of a cohort of a thousand everybody's name is read, to put them in order; all else only for the page that is shown.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import CharField, Count, Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import get_language

from accounts.actions import record_audit
from accounts.models import Cohort, CohortMember, Login, Person
from certificates.course_terms import course_titles
from certificates.figures import sorting_key
from certificates.models import Award
from courses.models import Enrolment
from records.models import Alias

PER_PAGE = 40
_LONGEST_SEARCH = 60


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One enrolment of the cohort, or a member without one. `person` is None for one the viewer can't see."""

    person: Person | None
    enrolment: UUID | None = None
    course: str = ""
    completed: int = 0
    total: int = 0
    is_completed: bool = False
    serial: str = ""
    last_activity_at: dt.datetime | None = None

    @property
    def is_enrolled(self) -> bool:
        """Tell whether there is anything to report."""
        return self.enrolment is not None


@dataclass(frozen=True, slots=True)
class CohortList:
    """One page of a cohort's list, and how the whole cohort stands."""

    page: Page[Any]
    lines: Sequence[MemberLine]
    enrolled: int
    completed: int
    certified: int
    asked: str


@dataclass(frozen=True, slots=True)
class _Place:
    """A person (by the row's number; None: not one's own to see) and an enrolment, of which either may be missing."""

    person: int | None
    name: str
    other: str
    enrolment: str = ""

    @property
    def order(self) -> tuple[bool, str, str]:
        """What places are ordered by: those that have a name first, by its letters."""
        return (self.person is None, sorting_key(self.name), self.enrolment)

    def is_like(self, text: str) -> bool:
        """Tell whether a name has these letters, whatever their accents."""
        return any(sorting_key(text) in sorting_key(each) for each in (self.name, self.other))


def list_cohort(*, by: Login, cohort: Cohort, page: str | None = None, asked: str = "") -> CohortList:
    """Return a page of the cohort's people, enrolled or not, by name; audited. Ten queries, however many people."""
    text = asked.replace("\0", "").strip()[:_LONGEST_SEARCH]
    rows = Enrolment.objects.filter(cohort=cohort)
    in_force = Award.objects.in_force().filter(enrolment_uuid=OuterRef("pk"))
    counted = rows.aggregate(
        enrolled=Count("pk"),
        completed=Count("pk", filter=Q(progress__completed_at__isnull=False)),
        certified=Count("pk", filter=Exists(in_force)),
    )
    places = _places(rows, cohort, by)
    wanted = [each for each in places if each.person is not None and each.is_like(text)] if text else places
    found = Paginator(sorted(wanted, key=lambda each: each.order), PER_PAGE).get_page(page)
    record_audit(by=by, act="cohort.listed", target=cohort, country=cohort.country, detail={"people": len(places)})
    return CohortList(page=found, lines=_lines(list(found), by), asked=text, **counted)


def _places(rows: QuerySet[Enrolment], cohort: Cohort, by: Login) -> list[_Place]:
    """Return everybody of the cohort. Four queries; ids stay text and numbers, as a thousand UUIDs cost more."""
    names = ("full_name", "full_name_other")
    enrolled = rows.annotate(text=Cast("pk", CharField())).values_list(
        "person__pk", *(f"person__{name}" for name in names), "text"
    )
    without = (
        CohortMember.objects.learners()
        .active()
        .filter(~Exists(rows.filter(person=OuterRef("person__uuid"))), cohort=cohort)
    )
    everybody = [
        *(_Place(*row) for row in enrolled),
        *(_Place(*row) for row in without.values_list("person", *(f"person__{name}" for name in names))),
    ]
    seen = Person.objects.visible_to(by)
    mine = set(
        seen.filter(Q(uuid__in=rows.values("person_id")) | Q(pk__in=without.values("person"))).values_list(
            "pk", flat=True
        )
    )
    kept = _kept(rows, seen)
    return [_seen(each, mine, kept) for each in everybody]


def _seen(place: _Place, mine: set[int], kept: Mapping[int | None, _Place]) -> _Place:
    """Return a place as the viewer may see it: under the person whose record it is now, or without a name."""
    if place.person in kept:
        return replace(kept[place.person], enrolment=place.enrolment)
    return place if place.person in mine else _Place(None, "", "", place.enrolment)


def _kept(rows: QuerySet[Enrolment], seen: QuerySet[Person]) -> dict[int | None, _Place]:
    """Return, by the row of a record that was made another's, whose it is now. One query, three where there are any."""
    aliases = dict(
        Alias.objects.filter(absorbed_uuid__in=rows.values("person_id"), kept_uuid__isnull=False).values_list(
            "absorbed_uuid", "kept_uuid"
        )
    )
    if not aliases:
        return {}
    absorbed = dict(Person.objects.filter(uuid__in=aliases).values_list("uuid", "pk"))
    keeping = seen.in_bulk(set(aliases.values()), field_name="uuid")
    return {
        absorbed[old]: _Place(keeping[new].pk, keeping[new].full_name, keeping[new].full_name_other)
        for old, new in aliases.items()
        if old in absorbed and new in keeping
    }


def _lines(places: Sequence[_Place], by: Login) -> list[MemberLine]:
    people = Person.objects.visible_to(by).in_bulk([each.person for each in places if each.person is not None])
    shown = [UUID(each.enrolment) for each in places if each.enrolment]
    last = Max(Coalesce("activity_states__completed_at", "activity_states__started_at"))
    enrolments = {
        each.pk: each for each in Enrolment.objects.filter(pk__in=shown).select_related("progress").annotate(last=last)
    }
    titles = course_titles({each.course_uuid for each in enrolments.values()}, get_language() or "en")
    awards = Award.objects.in_force().filter(enrolment_uuid__in=shown).order_by("period", "version")
    serials = dict(awards.values_list("enrolment_uuid", "serial"))
    return [
        _line(
            people.get(each.person) if each.person is not None else None,
            enrolments.get(UUID(each.enrolment)) if each.enrolment else None,
            titles,
            serials,
        )
        for each in places
    ]


def _line(person: Person | None, enrolment: Any, titles: Mapping[UUID, str], serials: Mapping[UUID, str]) -> MemberLine:
    if enrolment is None:
        return MemberLine(person)
    progress = getattr(enrolment, "progress", None)
    return MemberLine(
        person=person,
        enrolment=enrolment.pk,
        course=titles[enrolment.course_uuid],
        completed=progress.activities_completed if progress else 0,
        total=progress.activities_total if progress else 0,
        is_completed=bool(progress and progress.completed_at),
        serial=serials.get(enrolment.pk, ""),
        last_activity_at=enrolment.last,
    )
