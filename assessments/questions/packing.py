"""What the kinds share in reading and writing questions.yaml: see `pack.py` in the folder of each.

`read_body(form, once)` returns the structure, `read_words(words, body)` the words by part in one language;
`write_body(body)` and `write_words(body, choices)` return the same as fields of questions.yaml. `once`
returns the UUID of a form, and notes one that stands twice in the pack.
"""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from courses.packs.forms import Form

MOST_PARTS = 12
Once = Callable[[Form, UUID], UUID]


def read_credit(form: Form, *names: str) -> dict[str, str]:
    """Return the rules of partial credit that are given (assessments.questions.credit)."""
    accepted = {"partial": "all", "wrong": "free"}
    found = {}
    for name in names:
        if value := form.text(name, required=False):
            if value != accepted[name]:
                form.problem(name, f"{value!r} is unknown. Accepted: {accepted[name]}")
            found[name] = value
    return found


def write_credit(body: Mapping[str, str]) -> dict[str, str]:
    """Return the rules of partial credit that are set."""
    return {name: body[name] for name in ("partial", "wrong") if body.get(name)}


def read_list(words: Form, key: str, parts: Sequence[str]) -> dict[str, str]:
    """Return the words of some parts, given as a list in their order."""
    if not parts:
        return {}
    return dict(zip(parts, words.texts(key, len(parts), len(parts)), strict=False))


def write_list(parts: Sequence[str], choices: Mapping[str, str]) -> list[str]:
    """Return the words of some parts as a list in their order."""
    return [choices.get(part, "") for part in parts]
