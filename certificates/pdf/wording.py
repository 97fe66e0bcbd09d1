"""The fixed words of a certificate in each language of the site: a file for each, read once."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

import yaml
from babel import Locale

from certificates.errors import CertificateRenderError

Language = Literal["en", "fr", "es", "pt", "ru", "uk", "ar"]
Role = Literal["learner", "trainer"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
RIGHT_TO_LEFT = frozenset({"ar"})
FALLBACK: Language = "en"
_FOLDER = Path(__file__).parent / "words"


@dataclass(frozen=True, slots=True)
class Words:
    """The fixed words in one language; those with %(names)s are filled by `fill`."""

    language: Language
    is_complete: bool
    document_title: str  # %(serial)s, %(holder_name)s
    title: str
    completed: str
    trainer_title: str
    trainer_completed: str
    course_step: str
    trained_step: str
    lessons: Mapping[str, str]  # %(count)s, by plural category
    minutes: Mapping[str, str]  # %(count)s, by plural category
    test_step: str
    conditions_step: str
    score: str  # %(points)s, %(out_of)s, %(pass_mark_percent)s
    issued_step: str
    serial: str
    valid_until: str
    no_expiry: str
    edition: str
    international: str
    edition_version: str  # %(edition)s, %(version)s
    cohort: str
    funding: str
    verify_caption: str
    qr_alt: str
    seal_alt: str
    credential: str
    hijri: str  # %(day)s, %(month)s, %(year)s
    hijri_months: tuple[str, ...]

    def counted(self, field: Literal["lessons", "minutes"], count: int) -> str:
        """Return "7 lessons" in the plural that the language has for seven."""
        forms: Mapping[str, str] = getattr(self, field)
        form = forms.get(Locale.parse(self.language).plural_form(count), forms["other"])
        return fill(field, form, {"count": count})


@lru_cache
def words_of(language: Language) -> Words:
    """Return the words of a language, draft or complete."""
    read: dict[str, Any] = yaml.safe_load((_FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    read["hijri_months"] = tuple(read["hijri_months"])
    read["is_complete"] = read.pop("status") == "complete"
    wanted = {field.name for field in fields(Words)} - {"language"}
    if wanted != set(read):
        message = f"{language}.yaml: {sorted(wanted ^ set(read))}"
        raise CertificateRenderError(code="certificates.pdf.words", message=message)
    return Words(language=language, **read)


def print_language(wanted: str) -> Language:
    """Return the language to print in: the one that is wanted when its words are complete, else English.

    >>> print_language("fr-CA"), print_language("de")
    ('fr', 'en')
    """
    code = wanted.partition("-")[0]
    known = next((each for each in LANGUAGES if each == code), FALLBACK)
    return known if words_of(known).is_complete else FALLBACK


def fill(field: str, template: str, values: Mapping[str, object]) -> str:
    """Return the words with their names filled in; a translator's slip is a typed error."""
    try:
        return template % values
    except (KeyError, TypeError, ValueError) as error:
        names = ", ".join(sorted(values))
        message = f"words {field} are {template!r}; they may name {names} ({error})"
        raise CertificateRenderError(code="certificates.pdf.placeholder", message=message) from error
