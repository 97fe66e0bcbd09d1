"""One trainer's page: where they stand in each programme, with the reason for each rule, and what they bring."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from accounts.models import Person
from certificates.cascade.cohorts import TRAINING_PARTS, read_cohorts
from certificates.cascade.facts import judge_person
from certificates.cascade.forms import training_languages
from certificates.cascade.rules import RUBRIC_LINES
from certificates.cascade.standing import TrainerVerdict
from certificates.cascade.words import RETRACTION_REASONS, RUBRIC, asked_words, found_words, state_words, tone_of
from certificates.cascade.words import RULES as RULE_WORDS
from certificates.models import Award, Evidence, Programme, SessionPart, TrainerLine, TrainerProfile
from records.aliases import own


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One piece of evidence in words."""

    row: Evidence
    marks: list[tuple[Any, int]]
    reason: Any


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one person stands in one programme, judged now."""

    programme: Programme | None
    verdict: TrainerVerdict
    state: Any
    tone: str
    lines: list[tuple[Any, Any, Any, bool]]
    evidence: list[EvidenceRow]
    trained_by: Person | None
    line: TrainerLine | None


@dataclass(frozen=True, slots=True)
class Brought:
    """What a trainer brings: disciplines, languages, years of practice, certified modules, sessions held."""

    disciplines: list[Any]
    languages: list[Any]
    practice_since: int | None
    certified: list[Award]
    sessions: list[SessionPart]


def standings_of(login: Any, person: Person, now: dt.datetime) -> list[Standing]:
    """Return the standing in each programme that has this person as a trainer, or evidence of theirs."""
    lines = {each.programme_id: each for each in TrainerLine.objects.filter(person=person)}
    evidence = list(Evidence.objects.filter(own("person", person.uuid)))
    named = {each.programme_uuid for each in evidence}
    visible = Programme.objects.visible_to(login)
    programmes: list[Programme | None] = list(visible.filter(pk__in=[pk for pk in lines if pk]))
    known = {each.uuid for each in programmes if each}
    programmes += visible.filter(uuid__in=[uuid for uuid in named - known if uuid])
    if None in lines or None in named or not programmes:
        programmes.append(None)
    return [
        _standing(
            login, programme, person, [each for each in evidence if each.programme_uuid == _uuid(programme)], lines, now
        )
        for programme in programmes
    ]


def brought_by(person: Person) -> Brought:
    """Return what a trainer brings. Three queries."""
    profile = TrainerProfile.objects.filter(person=person).first() or TrainerProfile(person=person)
    languages = dict(training_languages())
    disciplines = dict(TrainerProfile.Discipline.choices)
    held = SessionPart.objects.filter(
        own("person__uuid", person.uuid), role__in=TRAINING_PARTS, session__cancelled_at__isnull=True
    ).select_related("session__cohort")
    return Brought(
        [disciplines.get(code, code) for code in profile.disciplines],
        [languages.get(code, code) for code in profile.languages],
        profile.practice_since,
        list(Award.objects.in_force().filter(own("person", person.uuid))),
        list(held.order_by("-session__starts_at")[:20]),
    )


def _standing(  # a standing is made of this much
    login: Any,
    programme: Programme | None,
    person: Person,
    evidence: list[Evidence],
    lines: dict[int | None, TrainerLine],
    now: dt.datetime,
) -> Standing:
    verdict = judge_person(programme, person, read_cohorts(programme), now)
    line = lines.get(programme.pk if programme else None)
    above = (
        Person.objects.visible_to(login).filter(uuid=line.parent_uuid).first() if line and line.parent_uuid else None
    )
    rows = [(RULE_WORDS[each.rule], asked_words(each), found_words(each), each.is_met) for each in verdict.lines]
    shown = [_evidence_row(each) for each in evidence]
    return Standing(programme, verdict, state_words(verdict.state), tone_of(verdict.state), rows, shown, above, line)


def _evidence_row(row: Evidence) -> EvidenceRow:
    marks = [(RUBRIC[line], mark) for line, mark in zip(RUBRIC_LINES, row.marks, strict=False)]
    return EvidenceRow(row, marks, RETRACTION_REASONS.get(row.retraction_reason, row.retraction_reason))


def _uuid(programme: Programme | None) -> Any:
    return programme.uuid if programme else None
