"""How a cloze response is marked. Pure."""

from collections.abc import Mapping
from typing import Any

from assessments.questions.credit import FULL_MARK_MILLI, share


def mark(structure: Mapping[str, Any], response: Any) -> int:
    """Return the mean of what the gaps earn, each marked by its own kind and weighed, rounded down.

    A gap without an answer earns 0; {"partial": "all"} asks for every gap. A response is
    {gap id: response of its kind}.

    >>> gaps = [{"id": each, "kind": "true_false", "structure": {"is_true": True}} for each in "abc"]
    >>> mark({"gaps": gaps}, {"a": True, "b": True})
    666
    """
    # The table of markers imports this module: at the top there is none yet.
    from assessments.questions.marking import MARKERS  # noqa: PLC0415

    given = response if isinstance(response, dict) else {}
    gaps = structure["gaps"]
    earned = sum(
        each.get("weight", 1) * MARKERS[each["kind"]](each["structure"], given.get(each["id"])) for each in gaps
    )
    return share(earned, sum(each.get("weight", 1) for each in gaps) * FULL_MARK_MILLI, structure)
