"""One pack through all rules: what was found, and its row in the table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from courses.packs.checking.facts import read_facts
from courses.packs.checking.levels import ease_of
from courses.packs.checking.registry import all_counters, all_rules, rules_across
from courses.packs.checking.subject import Facts, Subject
from courses.packs.checking.visible import count_words
from courses.packs.errors import Findings, PackErrors, Problem
from courses.packs.files import list_files
from courses.packs.model import Pack
from courses.packs.reading import read_pack

READING = "reading"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One problem and the rule that found it."""

    problem: Problem
    rule: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A pack after all rules: its figures by column, and what was found."""

    slug: str
    figures: dict[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def check_folder(root: Path, facts: Facts | None = None) -> Checked:
    """Read a pack and put it through every rule. Reads files, no database."""
    return check_folders([root], facts)[0]


def check_folders(roots: Sequence[Path], facts: Facts | None = None) -> list[Checked]:
    """Put packs through every rule, and all of them together through the rules over several."""
    read = [_subject(root.resolve(), facts) for root in roots]
    subjects = [each for each in read if isinstance(each, Subject)]
    shared: dict[str, list[Finding]] = {}
    for name, rule in rules_across().items() if len(subjects) > 1 else ():
        for slug, problem in rule(subjects):
            shared.setdefault(slug, []).append(Finding(problem, name))
    return [each if isinstance(each, Checked) else _checked(each, shared) for each in read]


def _subject(root: Path, facts: Facts | None) -> Subject | Checked:
    """Return a pack to check, or what is wrong with one that cannot be read."""
    try:
        return Subject(read_pack(root), read_facts(root.parent) if facts is None else facts, size_of(root))
    except PackErrors as errors:
        return Checked(root.name, {}, tuple(Finding(problem, READING) for problem in errors.problems))


def _checked(subject: Subject, shared: Mapping[str, list[Finding]]) -> Checked:
    slug = subject.pack.course.slug
    return Checked(slug, figures_of(subject), tuple(sorted({*findings_of(subject), *shared.get(slug, ())})))


def findings_of(subject: Subject) -> tuple[Finding, ...]:
    """Return what all rules find. Pure."""
    found = {Finding(problem, name) for name, rule in all_rules().items() for problem in rule(subject)}
    return tuple(sorted(found))


def figures_of(subject: Subject) -> dict[str, str]:
    """Return the row of a pack in the table, by column."""
    pack = subject.pack
    figures = {"lessons": str(len(pack.course.lessons()))}
    figures["minutes"] = str(_minutes(pack))
    for language in pack.course.languages:
        texts = [lesson.texts[language] for lesson in pack.course.lessons()]
        figures[f"words {language}"] = str(sum(map(count_words, texts)))
    for language in pack.course.languages:
        eases = [ease_of(lesson.texts[language]).score for lesson in pack.course.lessons()]
        figures[f"level {language}"] = f"{min(eases):.0f}-{max(eases):.0f}"
    for counter in all_counters():
        figures |= counter(pack)
    figures["kB"] = str(subject.size_bytes // 1000)
    return figures


def size_of(root: Path) -> int:
    """Return the bytes of a pack's files."""
    files = list_files(root, Findings())
    return sum((root / name).stat().st_size for name in files.names)


def _minutes(pack: Pack) -> int:
    first = pack.course.languages[0]
    return sum(lesson.texts[first].minutes for lesson in pack.course.lessons())
