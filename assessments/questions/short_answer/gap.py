"""How a gap that is a word to write is written in lines."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.questions.credit import FULL_MARK_MILLI

LABEL = _("Write a word or a few")
HELP = _("One accepted answer on each line; * stands for any text. With 50% before it, an answer is partly right.")
_PARTLY = re.compile(r"([0-9]{1,2}(?:[.,][0-9])?) ?% ?(.+)")


def read_gap(
    lines: Mapping[str, Sequence[str]], before: Mapping[str, Any], words: Mapping[str, Mapping[str, str]]
) -> tuple[dict[str, Any], dict[str, dict[str, str]]]:
    """Return the structure; the lines belong to the key, so there are no words."""
    del words
    forms = {language: [each for each in own if not _PARTLY.fullmatch(each)] for language, own in lines.items()}
    # A language that the form does not show keeps its forms.
    accepted = {**before.get("accepted", {}), **forms}
    structure = {**before, "accepted": {language: own for language, own in accepted.items() if own}}
    structure.pop("partial_answers", None)
    if partly := read_partly(each for own in lines.values() for each in own):
        structure["partial_answers"] = partly
    return structure, {}


def write_gap(structure: Mapping[str, Any], words: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return the lines by language; those of partly right answers belong to all."""
    del words
    partly = write_partly(structure.get("partial_answers", ()))
    lines = {language: "\n".join(own) for language, own in structure["accepted"].items()}
    return lines | ({"": partly} if partly else {})


def read_partly(lines: Iterable[str]) -> list[dict[str, Any]]:
    """Return the partly right answers that lines like "50% traffick*" say, each once.

    >>> read_partly(["50% traffick*", "33,3 % slave*"])
    [{'pattern': 'traffick*', 'milli': 500}, {'pattern': 'slave*', 'milli': 333}]
    """
    found = [match for each in dict.fromkeys(lines) if (match := _PARTLY.fullmatch(each.strip()))]
    return [{"pattern": match[2].strip(), "milli": round(float(match[1].replace(",", ".")) * 10)} for match in found]


def write_partly(partly: Iterable[Mapping[str, Any]]) -> str:
    """Return the lines that say the same."""
    return "\n".join(f"{percent(each['milli'])}% {each['pattern']}" for each in partly)


def percent(milli: int) -> str:
    """Return thousandths as a percentage of the full mark.

    >>> percent(500), percent(333)
    ('50', '33.3')
    """
    return f"{milli * 100 / FULL_MARK_MILLI:g}"
