"""What the pages of an import show, line by line."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.joining.registry import trace_label
from accounts.joining.verdicts import Refused, Verdict
from accounts.models import ImportedPerson, Login, PeopleImport, Person

REASONS: dict[str, Any] = {
    Refused.NO_NAME: _("No name"),
    Refused.LONG: _("The name or the number is too long"),
    Refused.UNKNOWN_AGENCY: _("No agency of this name in the country of the cohort"),
    Refused.NUMBER_WITHOUT_AGENCY: _("A service number without an agency"),
    Refused.BAD_YEAR: _("The year of birth is not understood"),
    Refused.BAD_SEX: _("The sex is not understood"),
    Refused.BAD_RANK: _("The rank is none of the bands"),
    Refused.BAD_DUTY: _("The place of duty is neither border nor inland"),
    Refused.BAD_LANGUAGE: _("The language is none of this site’s"),
    Refused.TWICE: _("The same person stands above in this list"),
    Refused.ELSEWHERE: _("This service number belongs to somebody whom you do not look after"),
    Refused.ODD_LETTERS: _("The name or number begins like a formula, or holds letters that cannot be seen"),
}


@dataclass(slots=True)
class ImportPage:
    """The lines of an import and how many there are of each sort."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def coming(self) -> int:
        """How many people would come, if everybody who looks alike does."""
        return sum(self.counts[name] for name in (Verdict.NEW, Verdict.KNOWN, Verdict.ALIKE))


def preview_lines(login: Login, source: PeopleImport) -> ImportPage:
    """Return each line with its verdict, and the people it may be. One query."""
    named = {uuid for row in source.rows for uuid in (row["person"], *row["alike"]) if uuid}
    rows = Person.objects.visible_to(login).filter(uuid__in=named).select_related("agency__country")
    people = {str(person.uuid): person for person in rows}
    page = ImportPage()
    for row in source.rows:
        page.counts[row["verdict"]] += 1
        page.lines.append(
            {
                "number": row["line"],
                "name": row["facts"]["full_name"],
                "service_number": row["facts"]["service_number"],
                "birth_year": row["facts"]["birth_year"],
                "verdict": row["verdict"],
                "reason": REASONS.get(row["reason"], row["reason"]),
                "person": people.get(row["person"]),
                "alike": [people[uuid] for uuid in row["alike"] if uuid in people],
                "choice": source.choices.get(str(row["line"]), ""),
            }
        )
    # What a person must look at stands first.
    page.lines.sort(
        key=lambda line: (line["verdict"] != Verdict.ALIKE, line["verdict"] != Verdict.REFUSED, line["number"])
    )
    return page


def result_lines(login: Login, source: PeopleImport) -> ImportPage:
    """Return what each line did, and what was kept when it was taken back. Two queries."""
    rows = list(source.people.all())
    seen = Person.objects.visible_to(login).filter(uuid__in=[row.person_id for row in rows if row.person_id])
    people = {person.uuid: person for person in seen}
    page = ImportPage()
    for row in rows:
        page.counts[row.undone or row.did] += 1
        page.lines.append(
            {
                "number": row.line,
                "person": people.get(row.person_id) if row.person_id else None,
                "did": row.get_did_display(),
                "is_refused": row.did == ImportedPerson.Did.REFUSED,
                "reason": REASONS.get(row.reason, ""),
                "undone": row.get_undone_display() if row.undone else "",
                "trace": trace_label(row.trace) if row.trace else "",
            }
        )
    return page
