"""Whether what is said says where it comes from."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from courses.packs.checking.subject import Subject
from courses.packs.errors import Problem
from courses.packs.model import Block

REFUSED_GRADES = frozenset({"K", "D"})
# What a reader would want to look up: an article, a year, a share, a paragraph.
_FACT = re.compile(r"\bart(?:icle|\.)\s?\d|\b(?:1[89]|20)\d\d\b|\d\s?%|¶\s?\d", re.IGNORECASE)
_SOURCED_LISTS = {"checklist": ("items",), "indicators": ("items",), "do_dont": ("do", "dont")}
_NEEDS_SOURCE = {"legal_text", "glossary_term"}


def sources_of_blocks(subject: Subject) -> Iterator[Problem]:
    """Find texts and terms without a source, and facts that stand without one."""
    for text in subject.lesson_texts():
        for block in text.blocks:
            yield from (Problem(text.file, block.line, reason) for reason in _unsourced(block))


def _unsourced(block: Block) -> Iterator[str]:
    fields = block.fields
    if block.kind == "text" and not fields["sources"]:
        yield f"the text “{fields['heading'][:60]}” names no sources"
    if block.kind in _NEEDS_SOURCE and not fields["source"]:
        yield f"this {block.kind} names no source"
    if block.kind == "table" and not fields.get("source") and _FACT.search(str(fields.get("rows"))):
        yield "the table holds a fact to look up (an article, a year, a share) and names no source"
    for key in _SOURCED_LISTS.get(block.kind, ()):
        for item in fields[key]:
            if _states_a_fact(item):
                yield f"a fact without a source: “{item['text'][:60]}”"


def _states_a_fact(item: Mapping[str, Any]) -> bool:
    return not item["source"] and bool(_FACT.search(item["text"]))


def grades_of_sources(subject: Subject) -> Iterator[Problem]:
    """Find codes that the curriculum does not know, that nobody has read, or that name another case."""
    facts = subject.facts
    if not facts.grades:
        return
    for code, words in subject.pack.sources.items():
        grade, case = facts.grades.get(code), facts.cases.get(code)
        if case is not None:
            if not any(case.casefold() in title.casefold() for title in words.values()):
                yield Problem("sources.yaml", 1, f"{code} is the case {case!r}, which its title does not name")
        elif grade is None:
            yield Problem("sources.yaml", 1, f"{code} is no code of sources-grades.yaml")
        elif grade in REFUSED_GRADES:
            yield Problem(
                "sources.yaml", 1, f"{code} has grade {grade}: nobody here has read it, so no fact rests on it"
            )


def readings_are_known(subject: Subject) -> Iterator[Problem]:
    """Find readings whose code is none of the library's."""
    if not subject.facts.readings:
        return
    for text in subject.texts():
        for block in text.blocks:
            for item in block.fields["items"] if block.kind == "further_reading" else ():
                if item.get("code") and item["code"] not in subject.facts.readings:
                    yield Problem(text.file, block.line, f"{item['code']} is no reading of sources-grades.yaml")
