"""What lies beside the packs: the grades of sources, the readings, the glossary's spellings."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from courses.packs.checking.subject import Facts
from courses.packs.errors import Findings
from courses.packs.yaml_text import Fields, read_yaml
from library.glossary.terms import ids_by_spelling, read_terms

FILE = "sources-grades.yaml"


def read_facts(folder: Path) -> Facts:
    """Return what a folder of packs knows; nothing of a folder without the file. Raise PackErrors."""
    path = folder / FILE
    if not path.is_file():
        return Facts(terms=_terms())
    findings = Findings()
    value: Any = read_yaml(path.read_text(encoding="utf-8"), FILE, findings)
    findings.refuse_if_any()
    fields = value if isinstance(value, Fields) else {}
    return Facts(
        grades=dict(fields.get("grades") or {}),
        cases=dict(fields.get("cases") or {}),
        readings=frozenset(fields.get("readings") or ()),
        terms=_terms(),
    )


def _terms() -> Mapping[str, Mapping[str, str]]:
    languages = {language for term in read_terms() for language in term.words}
    return {language: ids_by_spelling(language) for language in languages}
