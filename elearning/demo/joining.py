"""A class that is still filling up: an imported list, a waiting list, somebody who left, and a record too many."""

import datetime as dt

from accounts.actions import confirm_import, preview_import, withdraw_member
from accounts.models import Cohort, CohortMember, Login, Person
from certificates.actions import merge_people
from elearning.demo.clock import clock_at
from elearning.demo.people import demo_uuid
from elearning.lib.csvsafe import csv_text

_CLASS = "Kayes, classe de décembre (démo)"
_AT = dt.datetime(2026, 11, 19, 9, 30, tzinfo=dt.UTC)
_HEADER = ("Nom et prénom", "Matricule", "Service", "Sexe", "Année de naissance", "Affectation")
_SERVICE = "Police des frontières (démo)"
_FIRST_NAMES = (
    ("Hawa", "F"),
    ("Bakary", "H"),
    ("Salimata", "F"),
    ("Lassana", "H"),
    ("Djeneba", "F"),
    ("Fousseyni", "H"),
)
_LAST_NAMES = ("Sissafou", "Dembaya", "Kassonké", "Tounkarou")
# The same officer as in Bamako, written down anew because nobody searched first.
_AGAIN = ("Rokia NIARE", "", "", "F", "", "")
_KNOWN_NUMBER = "20512Q"


def add_joining() -> None:
    """Bring a list into the class of December: more people than it has places."""
    by = Login.objects.select_related("person").get(person__uuid=demo_uuid("person", "coordinator"))
    cohort = Cohort.objects.get(name=_CLASS)
    content = csv_text(_HEADER, [_AGAIN, *_officers(), ("", "40999Z", _SERVICE, "", "", "")]).encode()
    with clock_at(_AT):
        source = preview_import(by=by, cohort=cohort, file_name="kayes-decembre.csv", content=content)
        confirm_import(by=by, source=source)
    with clock_at(_AT + dt.timedelta(hours=2)):
        again = Person.objects.get(full_name=_AGAIN[0], memberships__cohort=cohort)
        known = Person.objects.get(service_number=_KNOWN_NUMBER, agency__country__code="ML")
        merge_people(by=by, kept=known, absorbed=again)
    with clock_at(_AT + dt.timedelta(days=1)):
        member = CohortMember.objects.learners().active().filter(cohort=cohort).order_by("pk")[3]
        withdraw_member(by=by, member=member, reason="posting")


def _officers() -> list[tuple[str, ...]]:
    """Return twenty-one officers who do not exist."""
    names = [(f"{last} {first}", sex) for last in _LAST_NAMES for first, sex in _FIRST_NAMES][:21]
    return [
        (name, f"4{number:04}K", _SERVICE, sex, str(1980 + number % 20), "frontière" if number % 3 else "intérieur")
        for number, (name, sex) in enumerate(names, start=1)
    ]
