"""How a gap that is a list to choose from is written in lines."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.questions.gap_lines import ids_of_lines, words_of_lines

LABEL = _("Choose from a list")
HELP = _("One choice on each line, the right one first. The same order in every language.")


def read_gap(
    lines: Mapping[str, Sequence[str]], before: Mapping[str, Any], words: Mapping[str, Mapping[str, str]]
) -> tuple[dict[str, Any], dict[str, dict[str, str]]]:
    """Return the structure and the words by language; a line keeps the id of the choice that said the same."""
    known = before.get("choices", [])
    ids = ids_of_lines(lines, known, words)
    # New ones in the order of their ids, which is none: where nothing is shuffled, the right one must not stand first.
    order = [*(each for each in known if each in ids), *sorted(each for each in ids if each not in known)]
    return {"choices": order, "right": ids[:1]}, words_of_lines(lines, ids)


def write_gap(structure: Mapping[str, Any], words: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return the lines by language."""
    right = list(structure["right"])
    order = right + [each for each in structure["choices"] if each not in right]
    return {language: "\n".join(own.get(each, "") for each in order) for language, own in words.items()}
