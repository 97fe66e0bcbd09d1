"""Whether a lesson words its terms as the glossary does, the same term in every language."""

from collections.abc import Iterator, Mapping

from courses.packs.checking.subject import Subject
from courses.packs.errors import Problem
from courses.packs.model import SheetText
from library.glossary.terms import fold_case


def terms_are_in_glossary(subject: Subject) -> Iterator[Problem]:
    """Find terms that the glossary does not have in these words, or that are two terms in two languages."""
    known, course = subject.facts.terms, subject.pack.course
    if not known:
        return
    for page in course.pages():
        first, *others = page.texts.values()
        yield from _unknown(first, known)
        for other in others:
            yield from _unknown(other, known)
            yield from _unequal(first, other, known)


def _unknown(text: SheetText, known: Mapping[str, Mapping[str, str]]) -> Iterator[Problem]:
    for block in text.blocks:
        if block.kind == "glossary_term" and fold_case(block.fields["term"]) not in known.get(text.language, {}):
            term = block.fields["term"]
            yield Problem(text.file, block.line, f"the glossary does not have “{term}” in these words")


def _unequal(first: SheetText, other: SheetText, known: Mapping[str, Mapping[str, str]]) -> Iterator[Problem]:
    for mine, theirs in zip(first.blocks, other.blocks, strict=False):
        if mine.kind != "glossary_term" or theirs.kind != mine.kind:
            continue
        terms = (mine.fields["term"], theirs.fields["term"])
        ids = [
            known.get(text.language, {}).get(fold_case(term)) for text, term in zip((first, other), terms, strict=True)
        ]
        if None not in ids and ids[0] != ids[1]:
            yield Problem(other.file, theirs.line, f"“{terms[1]}” is not what the glossary has for “{terms[0]}”")
