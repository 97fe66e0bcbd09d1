"""All rules in their order; upper apps add theirs, for the files of a pack that are theirs."""

from collections.abc import Callable, Mapping

from courses.packs.checking import (
    across,
    lengths,
    levels,
    self_checks,
    sourcing,
    terms,
    typography,
    weight,
    whole,
    wording,
)
from courses.packs.checking.subject import AcrossRule, Rule
from courses.packs.model import Pack

# What an upper app counts of a pack, by the name of the column.
Counter = Callable[[Pack], Mapping[str, str]]

_rules: dict[str, Rule] = {
    "whole": whole.course_is_whole,
    "module": whole.module_is_whole,
    "lessons": whole.lessons_are_whole,
    "words": lengths.words_of_lessons,
    "languages": lengths.words_between_languages,
    "minutes": lengths.minutes_of_lessons,
    "job-aid": lengths.words_of_job_aids,
    "level": levels.level_of_lessons,
    "typography": typography.french_typography,
    "wording": wording.spelling_of_terms,
    "glossary": terms.terms_are_in_glossary,
    "sources": sourcing.sources_of_blocks,
    "grades": sourcing.grades_of_sources,
    "readings": sourcing.readings_are_known,
    "self-checks": self_checks.self_checks_are_there,
    "self-check-habits": self_checks.self_checks_do_not_tell,
    "weight": weight.weight_of_pack,
}
_counters: list[Counter] = []
_across: dict[str, AcrossRule] = {"uuids": across.no_id_twice}


def register_rule(name: str, rule: Rule) -> None:
    """Add a rule; AppConfig.ready calls this."""
    _rules[name] = rule


def register_across(name: str, rule: AcrossRule) -> None:
    """Add a rule over several packs at once; AppConfig.ready calls this."""
    _across[name] = rule


def rules_across() -> Mapping[str, AcrossRule]:
    """Return the rules over several packs by name."""
    return _across


def register_counter(counter: Counter) -> None:
    """Add columns to the table of packs; AppConfig.ready calls this."""
    if counter not in _counters:
        _counters.append(counter)


def all_rules() -> Mapping[str, Rule]:
    """Return the rules by name, in order."""
    return _rules


def all_counters() -> list[Counter]:
    """Return what counts, in order."""
    return list(_counters)
