"""The session plan: its template, and what a plan still lacks. Pure.

After shared/content/train-the-trainers.md, section 4: at most four objectives with verbs that can be
observed; five steps, of which the activity takes the largest share; a source behind each key point.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

MOST_OBJECTIVES = 4
WHOLE = 100
# The template's shares of the time, in percent.
STEPS = {"opening": 5, "input": 20, "activity": 45, "debrief": 20, "check": 10}
LISTS = ("objectives", "key_points", "materials", "questions")
TEXTS = ("module", "audience", "local_law", "safety", "inclusion", "evaluation", "after")
# Without these a session is not ready; the after-notes come after it.
NEEDED = ("audience", "objectives", "key_points", "local_law", "safety", "inclusion", "evaluation")
# Nobody can see whether somebody "understands": words that begin such an objective, in three languages.
_UNSEEN = re.compile(
    r"\W*(know|understand|learn|be aware|appreciate|connaître|connaitre|comprendre|savoir|apprendre|"
    r"أن يعرف|أن يفهم|يعرف|يفهم|معرفة|فهم)\b",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"\[[A-Z]\d{1,3}(?:[ ,;][^\]]*)?\]")


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """One plan as it was written; a new one has the template's shares."""

    shares: Mapping[str, int] = field(default_factory=lambda: dict(STEPS))
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Tell whether nobody has written anything."""
        return not any(self.lists.values()) and not any(self.texts.values())


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about a plan: a stable code, the field it is about, and what was found there."""

    code: str
    about: str
    detail: str = ""


def read_plan(stored: Mapping[str, Any]) -> SessionPlan:
    """Return the plan that is stored; an unknown part is left out."""
    return SessionPlan(
        {step: int(stored.get("shares", STEPS).get(step, 0)) for step in STEPS},
        {name: [str(line) for line in stored.get(name, [])] for name in LISTS},
        {name: str(stored.get(name, "")) for name in TEXTS},
    )


def stored_form(plan: SessionPlan) -> dict[str, Any]:
    """Return what is stored."""
    return {"shares": dict(plan.shares), **{k: list(v) for k, v in plan.lists.items()}, **plan.texts}


def refusals(plan: SessionPlan) -> list[Finding]:
    """Return what makes a plan impossible: it is not saved."""
    found = []
    if len(plan.lists.get("objectives", ())) > MOST_OBJECTIVES:
        found.append(Finding("too-many-objectives", "objectives", str(len(plan.lists["objectives"]))))
    if any(share < 0 for share in plan.shares.values()) or sum(plan.shares.values()) != WHOLE:
        found.append(Finding("shares-not-whole", "shares", str(sum(plan.shares.values()))))
    return found


def advice(plan: SessionPlan) -> list[Finding]:
    """Return what a good plan would have otherwise: it is saved, and shown."""
    found = [Finding("missing", name) for name in NEEDED if not (plan.lists.get(name) or plan.texts.get(name))]
    found += [
        Finding("not-observable", "objectives", line)
        for line in plan.lists.get("objectives", ())
        if _UNSEEN.match(line)
    ]
    found += [
        Finding("no-source", "key_points", line)
        for line in plan.lists.get("key_points", ())
        if not _SOURCE.search(line)
    ]
    if plan.shares["activity"] < max(plan.shares["input"], plan.shares["debrief"]):
        found.append(Finding("listens-more-than-works", "shares", str(plan.shares["activity"])))
    return found


def step_minutes(plan: SessionPlan, minutes: int) -> dict[str, int]:
    """Return how long each step takes: whole minutes that add up to the session's.

    >>> sum(step_minutes(SessionPlan(), 47).values())
    47
    """
    exact = {step: minutes * share / WHOLE for step, share in plan.shares.items()}
    whole = {step: int(value) for step, value in exact.items()}
    # The largest remainders get the minutes that rounding lost.
    for step in sorted(exact, key=lambda each: whole[each] - exact[each])[: minutes - sum(whole.values())]:
        whole[step] += 1
    return whole
