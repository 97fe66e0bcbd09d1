"""What is to become of each line of a list: read, checked, and compared with who is here. Pure.

Nobody is matched by name. Agency and service number say who somebody is; a like name with the same year of birth is
shown to a person, who decides.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from accounts.joining.columns import plain, read_header
from accounts.joining.sheets import Line

EARLIEST_BIRTH_YEAR, YOUNGEST = 1920, 15
_LONGEST_NAME, _LONGEST_NUMBER = 150, 32
# They shape letters in Persian and Indic scripts and turn nothing.
_JOINERS = "\u200c\u200d"
_FORMULA = frozenset("=+-@'\uff1d\uff0b\uff0d\uff20")
# What people write, without accents: English and French words, and the codes themselves.
_SEX = {
    **dict.fromkeys(("f", "female", "woman", "femme", "feminin"), "female"),
    **dict.fromkeys(("m", "male", "man", "h", "homme", "masculin"), "male"),
    **dict.fromkeys(("other", "autre", "x"), "other"),
}
_RANK = {
    **dict.fromkeys(("junior", "constable", "guard", "clerk", "agent", "gardien", "militairedurang"), "junior"),
    **dict.fromkeys(("middle", "sergeant", "inspector", "officer", "inspecteur", "sousofficier", "officier"), "middle"),
    **dict.fromkeys(("senior", "superintendent", "commander", "commissaire", "officiersuperieur"), "senior"),
    **dict.fromkeys(("civilian", "civil", "norank", "sansgrade"), "civilian"),
}
_DUTY = {**dict.fromkeys(("border", "frontiere"), "border"), **dict.fromkeys(("inland", "interieur"), "inland")}


class Verdict(StrEnum):
    """What a line is."""

    NEW = "new"
    KNOWN = "known"
    ALIKE = "alike"
    REFUSED = "refused"


class Refused(StrEnum):
    """Why a line is left out."""

    NO_NAME = "no-name"
    LONG = "too-long"
    UNKNOWN_AGENCY = "unknown-agency"
    NUMBER_WITHOUT_AGENCY = "number-without-agency"
    BAD_YEAR = "bad-year"
    BAD_SEX = "bad-sex"
    BAD_RANK = "bad-rank"
    BAD_DUTY = "bad-duty"
    BAD_LANGUAGE = "bad-language"
    TWICE = "twice-in-list"
    ELSEWHERE = "not-yours"
    ODD_LETTERS = "odd-letters"


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who is here, as far as a list can be compared with them."""

    uuid: UUID
    full_name: str
    agency: UUID | None
    service_number: str
    birth_year: int | None
    # Whether the person who imports may see them: nobody else's people are shown, matched or not.
    is_visible: bool = True


@dataclass(slots=True)
class Judged:
    """One line with what it says and what it is."""

    line: int
    facts: dict[str, Any] = field(default_factory=dict)
    verdict: str = Verdict.NEW
    reason: str = ""
    person: str = ""
    alike: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return what the import keeps until it is done."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the lines are read against: the agencies of the country by plain name, the cohort's own, the languages."""

    agencies: Mapping[str, UUID]
    agency: UUID | None
    language: str
    languages: Sequence[str]
    year: int


def judge_lines(lines: Sequence[Line], setting: Setting, known: Iterable[Known]) -> list[Judged]:
    """Return a verdict for each line after the header."""
    header = read_header(lines[0].cells)
    judged = [_read(line, header, setting) for line in lines[1:]]
    _mark_twice(judged)
    compare_lines(judged, known)
    return judged


def compare_lines(judged: Sequence[Judged], known: Iterable[Known]) -> None:
    """Compare the lines that are not refused with who is here: once for the preview, once more before writing."""
    people = list(known)
    by_number = {(each.agency, each.service_number): each for each in people if each.service_number}
    by_name: dict[tuple[str, int | None], list[Known]] = {}
    for each in people:
        if each.is_visible:
            by_name.setdefault((name_key(each.full_name), each.birth_year), []).append(each)
    for one in judged:
        if one.verdict != Verdict.REFUSED:
            one.verdict, one.person, one.alike = Verdict.NEW, "", []
            _compare(one, by_number, by_name)


def name_key(name: str) -> str:
    """Return a name as it is compared: its parts in plain letters, in any order.

    >>> name_key("KEÏTA Aminata") == name_key("aminata Keita")
    True
    """
    return " ".join(sorted(plain(part) for part in name.replace("-", " ").split()))


def _compare(one: Judged, by_number: Mapping[Any, Known], by_name: Mapping[Any, list[Known]]) -> None:
    facts = one.facts
    agency = UUID(facts["agency"]) if facts["agency"] else None
    same = by_number.get((agency, facts["service_number"])) if facts["service_number"] else None
    if same is not None:
        if same.is_visible:
            one.verdict, one.person = Verdict.KNOWN, str(same.uuid)
        else:
            one.verdict, one.reason = Verdict.REFUSED, Refused.ELSEWHERE
        return
    year = facts["birth_year"]
    # Another service number of the same agency is another officer, whatever the name.
    alike = [
        each
        for each in by_name.get((name_key(facts["full_name"]), year), ())
        if not (facts["service_number"] and each.service_number and each.agency == agency)
    ]
    if alike and year is not None:
        one.verdict, one.alike = Verdict.ALIKE, [str(each.uuid) for each in alike]


def _read(line: Line, header: Mapping[int, str], setting: Setting) -> Judged:
    given = {name: line.cells[place] for place, name in header.items() if place < len(line.cells)}
    one = Judged(line.number)
    name = given.get("full_name") or " ".join(filter(None, (given.get("given_name"), given.get("family_name"))))
    one.facts = {
        "full_name": name,
        "full_name_other": given.get("full_name_other", ""),
        "service_number": "".join(given.get("service_number", "").upper().split()).replace("–", "-").replace("-", ""),
        "agency": str(_agency(given.get("agency", ""), setting) or ""),
        "sex": _SEX.get(plain(given.get("sex", "")), ""),
        "rank_band": _RANK.get(plain(given.get("rank_band", "")), ""),
        "duty": _DUTY.get(plain(given.get("duty", "")), ""),
        "birth_year": _year(given.get("birth_year", ""), setting.year),
        "language": given.get("language", "").strip().lower()[:8] or setting.language,
    }
    reason = _fault(one.facts, given, setting)
    if reason:
        one.verdict, one.reason = Verdict.REFUSED, reason
    return one


def _agency(text: str, setting: Setting) -> UUID | None:
    return setting.agencies.get(plain(text)) if text else setting.agency


def _year(text: str, this_year: int) -> int | None:
    """Return a year of birth, of a date its year; None where there is none to read."""
    digits = [part for part in text.replace("/", "-").replace(".", "-").split(" ")[0].split("-") if len(part) == 4]  # noqa: PLR2004
    year = int(digits[0]) if digits and digits[0].isascii() and digits[0].isdigit() else None
    return year if year is not None and EARLIEST_BIRTH_YEAR <= year <= this_year - YOUNGEST else None


def _fault(facts: Mapping[str, Any], given: Mapping[str, str], setting: Setting) -> str:
    """Return the first thing that is wrong, or nothing. What is given and not understood is refused, never dropped."""
    checks = (
        (Refused.NO_NAME, not facts["full_name"]),
        (Refused.LONG, max(len(facts["full_name"]), len(facts["full_name_other"])) > _LONGEST_NAME),
        (Refused.LONG, len(facts["service_number"]) > _LONGEST_NUMBER),
        (
            Refused.ODD_LETTERS,
            any(not _is_plain(facts[name]) for name in ("full_name", "full_name_other", "service_number")),
        ),
        (Refused.UNKNOWN_AGENCY, bool(given.get("agency")) and not facts["agency"]),
        (Refused.NUMBER_WITHOUT_AGENCY, bool(facts["service_number"]) and not facts["agency"]),
        (Refused.BAD_YEAR, bool(given.get("birth_year")) and facts["birth_year"] is None),
        (Refused.BAD_SEX, bool(given.get("sex")) and not facts["sex"]),
        (Refused.BAD_RANK, bool(given.get("rank_band")) and not facts["rank_band"]),
        (Refused.BAD_DUTY, bool(given.get("duty")) and not facts["duty"]),
        (Refused.BAD_LANGUAGE, facts["language"] not in setting.languages),
    )
    return next((reason for reason, is_so in checks if is_so), "")


def _is_plain(text: str) -> bool:
    """Tell whether a text is no formula and has no control letters: those that turn the direction hide who is meant."""
    return text[:1] not in _FORMULA and all(letter.isprintable() or letter in _JOINERS for letter in text)


def _mark_twice(judged: Sequence[Judged]) -> None:
    seen: set[tuple[Any, ...]] = set()
    for one in judged:
        facts = one.facts
        number = (facts["agency"], facts["service_number"])
        key = (
            number
            if facts["service_number"]
            else (name_key(facts["full_name"]), facts["birth_year"], facts["agency"], "")
        )
        if one.verdict == Verdict.REFUSED:
            continue
        if key in seen:
            one.verdict, one.reason = Verdict.REFUSED, Refused.TWICE
        seen.add(key)
